// Words and phrases found by Rasid's trie, by Hyperscan and by RE2::Set: the same terms, the same posts, the same run.
// Each gets the posts as it likes them best, made before the clock starts: the trie as tokens, the others as folded
// words between single spaces. The first table asks for the words as they are, the second for Arabic words behind
// their particles as well; the trie looks for particles in both. That all find the same is checked before the clock
// starts.

#include "bench/invented_posts.hpp"
#include "core/text/tokens.hpp"
#include "rules/term_trie.hpp"

#include <hs/hs.h>
#include <malloc.h>
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

namespace rasid {
namespace {

constexpr std::size_t kPosts = 4000;
constexpr int kRounds = 7;
constexpr double kRoundSeconds = 0.15;

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double heap_megabytes() {
    const auto info = mallinfo2();
    return static_cast<double>(info.uordblks + info.hblkhd) / 1e6;
}

struct Post {
    TokenizedText words;
    std::string canonical;
};

std::string canonical(const TokenizedText& words) {
    std::string out = " ";
    for (const auto& token : words.tokens()) {
        if (token.in_tag) continue;
        out += token.kind == TokenKind::url ? "\x01" : words.text_of(token);
        out += ' ';
    }
    return out;
}

enum class Wanted { as_written, with_particles };

/// Numbers of the terms that a post holds, each once, ascending.
using Found = std::vector<std::uint32_t>;

class Matcher {
public:
    virtual ~Matcher() = default;
    virtual const char* name() const = 0;
    virtual std::size_t count(const Post& post) = 0;  ///< what is measured
    virtual Found find(const Post& post) = 0;         ///< what is compared
};

class Trie : public Matcher {
public:
    Trie(const std::vector<std::string>& terms, Wanted wanted) {
        for (const auto& term : terms) trie_.add(term_steps(term, false), wanted == Wanted::as_written);
    }
    const char* name() const override { return "rasid"; }
    std::size_t count(const Post& post) override { return trie_.find(post.words).size(); }
    Found find(const Post& post) override {
        Found found;
        for (const auto& hit : trie_.find(post.words))
            if (found.empty() || found.back() != hit.term) found.push_back(hit.term);
        return found;
    }

private:
    TermTrie trie_;
};

/// A folded word as a pattern with the particles that may stand before it.
std::string word_pattern(const std::string& word) {
    const bool arabic = static_cast<unsigned char>(word[0]) >= 0x80;
    if (!arabic) return word;
    const bool is_long = word.size() > 6;
    std::string out = "(?:و|ف)?(?:(?:ال|بال|كال|هال|عال|لل";
    if (is_long) out += "|ب|ل|ك|ه";
    if (is_long && word.starts_with("ال")) out += "|ع";
    out += ")?" + word;
    if (is_long && word.starts_with("ال")) out += "|لل" + word.substr(4);
    if (is_long && word.starts_with("الل")) out += '|' + word.substr(2);
    return out + ')';
}

std::string pattern_of(const std::string& term, Wanted wanted) {
    std::string out = " ";
    const auto words = tokenize(term);
    for (const auto& token : words.tokens()) {
        const std::string word(words.text_of(token));
        out += (wanted == Wanted::as_written ? word : word_pattern(word)) + ' ';
    }
    return out;
}

[[noreturn]] void fail(const char* what) {
    std::fprintf(stderr, "%s\n", what);
    std::exit(1);
}

class Hyperscan : public Matcher {
public:
    Hyperscan(const std::vector<std::string>& terms, Wanted wanted) {
        std::vector<std::string> patterns;
        for (const auto& term : terms) patterns.push_back(pattern_of(term, wanted));
        std::vector<const char*> pointers;
        std::vector<unsigned> ids;
        for (const auto& pattern : patterns) {
            ids.push_back(static_cast<unsigned>(pointers.size()));
            pointers.push_back(pattern.c_str());
        }
        const std::vector<unsigned> flags(patterns.size(), HS_FLAG_SINGLEMATCH);
        hs_compile_error_t* error = nullptr;
        if (hs_compile_multi(pointers.data(), flags.data(), ids.data(), static_cast<unsigned>(pointers.size()),
                             HS_MODE_BLOCK, nullptr, &database_, &error) != HS_SUCCESS)
            fail(error->message);
        if (hs_alloc_scratch(database_, &scratch_) != HS_SUCCESS) fail("hyperscan: no scratch space");
    }
    ~Hyperscan() override {
        hs_free_scratch(scratch_);
        hs_free_database(database_);
    }
    Hyperscan(const Hyperscan&) = delete;
    Hyperscan& operator=(const Hyperscan&) = delete;

    const char* name() const override { return "hyperscan"; }
    std::size_t count(const Post& post) override {
        found_.clear();
        hs_scan(database_, post.canonical.data(), static_cast<unsigned>(post.canonical.size()), 0, scratch_, on_match,
                &found_);
        return found_.size();
    }
    Found find(const Post& post) override {
        count(post);
        std::sort(found_.begin(), found_.end());
        return found_;
    }

private:
    static int on_match(unsigned id, unsigned long long, unsigned long long, unsigned, void* found) {
        static_cast<Found*>(found)->push_back(id);
        return 0;
    }

    hs_database_t* database_ = nullptr;
    hs_scratch_t* scratch_ = nullptr;
    Found found_;
};

class Re2Set : public Matcher {
public:
    Re2Set(const std::vector<std::string>& terms, Wanted wanted) : set_(options(), RE2::UNANCHORED) {
        for (const auto& term : terms)
            if (set_.Add(pattern_of(term, wanted), nullptr) < 0) fail("RE2::Set refuses a pattern");
        if (!set_.Compile()) fail("RE2::Set is out of memory");
    }
    const char* name() const override { return "RE2::Set"; }
    std::size_t count(const Post& post) override {
        set_.Match(post.canonical, &found_);
        return found_.size();
    }
    Found find(const Post& post) override {
        count(post);
        Found found(found_.begin(), found_.end());
        std::sort(found.begin(), found.end());
        return found;
    }

private:
    static RE2::Options options() {
        RE2::Options options;
        options.set_max_mem(std::int64_t{1} << 30);
        return options;
    }
    RE2::Set set_;
    std::vector<int> found_;
};

struct Measured {
    const char* name = "";
    double microseconds = 0;  ///< a post
    double megabytes = 0;
    double compile_seconds = 0;
    double hits = 0;  ///< a post
};

struct Contestant {
    std::unique_ptr<Matcher> matcher;
    Measured measured;
    std::vector<double> rounds = {};
};

template <typename Made>
Contestant contestant(const std::vector<std::string>& terms, Wanted wanted) {
    const auto heap = heap_megabytes();
    const auto start = cpu_seconds();
    auto matcher = std::make_unique<Made>(terms, wanted);
    const auto* name = matcher->name();
    return {std::move(matcher), {name, 0, heap_megabytes() - heap, cpu_seconds() - start}};
}

/// CPU microseconds a post, over as many posts as the round's time allows.
double measure(Matcher& matcher, const std::vector<Post>& posts, std::size_t& sink) {
    const auto start = cpu_seconds();
    std::size_t done = 0;
    double spent = 0;
    while (spent < kRoundSeconds) {
        for (std::size_t i = 0; i < 50; ++i) sink += matcher.count(posts[done++ % posts.size()]);
        spent = cpu_seconds() - start;
    }
    return spent / static_cast<double>(done) * 1e6;
}

[[noreturn]] void fail_on(const Post& post, const std::vector<std::string>& terms, const Found& expected,
                          const char* name, const Found& found) {
    Found differing;
    std::set_symmetric_difference(expected.begin(), expected.end(), found.begin(), found.end(),
                                  std::back_inserter(differing));
    std::fprintf(stderr, "%s disagrees about “%s” in: %s\n", name, terms[differing.front()].c_str(),
                 post.canonical.c_str());
    std::exit(1);
}

std::vector<Measured> compete(const std::vector<std::string>& terms, Wanted wanted, const std::vector<Post>& posts) {
    std::vector<Contestant> all;
    all.push_back(contestant<Trie>(terms, wanted));
    all.push_back(contestant<Hyperscan>(terms, wanted));
    all.push_back(contestant<Re2Set>(terms, wanted));
    // The slow one is asked about fewer posts.
    const auto compared = terms.size() > 10000 ? posts.size() / 20 : posts.size();
    std::size_t hits = 0;
    for (std::size_t i = 0; i < compared; ++i) {
        const auto expected = all[0].matcher->find(posts[i]);
        hits += expected.size();
        for (std::size_t other = 1; other < all.size(); ++other) {
            const auto found = all[other].matcher->find(posts[i]);
            if (found != expected) fail_on(posts[i], terms, expected, all[other].measured.name, found);
        }
    }
    std::size_t sink = 0;
    for (int round = 0; round < kRounds; ++round)
        for (auto& one : all) one.rounds.push_back(measure(*one.matcher, posts, sink));
    std::vector<Measured> out;
    for (auto& one : all) {
        std::nth_element(one.rounds.begin(), one.rounds.begin() + kRounds / 2, one.rounds.end());
        one.measured.microseconds = one.rounds[kRounds / 2];
        one.measured.hits = static_cast<double>(hits) / static_cast<double>(compared);
        out.push_back(one.measured);
    }
    return out;
}

void print_ratio(const char* what, double value, const char* goal, bool met) {
    std::printf("%-52s %7.2f   goal %-9s %s\n", what, value, goal, met ? "met" : "MISSED");
}

std::vector<std::vector<Measured>> print_table(const char* title, const std::vector<std::string>& terms, Wanted wanted,
                                               const std::vector<Post>& posts, std::initializer_list<long> counts) {
    std::printf("\n%s\n%8s  %-10s %10s %10s %10s %12s\n", title, "terms", "matcher", "us a post", "MB", "compile s",
                "hits a post");
    std::vector<std::vector<Measured>> table;
    for (const auto count : counts) {
        table.push_back(compete({terms.begin(), terms.begin() + count}, wanted, posts));
        for (const auto& row : table.back())
            std::printf("%8ld  %-10s %10.2f %10.1f %10.3f %12.2f\n", count, row.name, row.microseconds, row.megabytes,
                        row.compile_seconds, row.hits);
        std::fflush(stdout);
    }
    return table;
}

int run() {
    InventedPosts invented(7);
    const auto texts = invented.posts(kPosts);
    std::size_t bytes = 0;
    for (const auto& text : texts) bytes += text.size();
    std::vector<Post> posts;
    const auto start = cpu_seconds();
    for (const auto& text : texts) posts.push_back({tokenize(text), {}});
    const auto tokenizing = (cpu_seconds() - start) / static_cast<double>(kPosts) * 1e6;
    for (auto& post : posts) post.canonical = canonical(post.words);
    std::printf("%zu posts of %zu bytes in the mean; CPU time, median of %d rounds in turn\n"
                "folding and tokenising, which all need: %.2f us a post\n",
                kPosts, bytes / kPosts, kRounds, tokenizing);

    const auto terms = invented.terms(100000);
    const auto table =
        print_table("words and phrases as written", terms, Wanted::as_written, posts, {10, 1000, 10000, 100000});
    print_table("with Arabic particles", terms, Wanted::with_particles, posts, {10, 1000, 10000});

    const auto& at_10k = table[2];
    const auto& at_100k = table[3];
    std::printf("\n");
    const auto near_limit = at_10k[0].microseconds / at_10k[1].microseconds;
    print_ratio("rasid : hyperscan at 10,000 terms", near_limit, "<= 2", near_limit <= 2);
    const auto large = at_100k[0].microseconds / at_100k[1].microseconds;
    print_ratio("rasid : hyperscan at 100,000 terms", large, "< 1", large < 1);
    const auto growth = at_100k[0].microseconds / at_10k[0].microseconds;
    print_ratio("rasid at 100,000 : at 10,000 terms", growth, "<= 1.5", growth <= 1.5);
    print_ratio("rasid's memory at 100,000 terms, MB", at_100k[0].megabytes, "<= 80", at_100k[0].megabytes <= 80);
    return 0;
}

}  // namespace
}  // namespace rasid

int main() { return rasid::run(); }
