#include "core/text/tokens.hpp"
#include "rules/duplicates.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace rasid;

constexpr std::size_t kPosts = 1'000'000;
const Instant kNow = Instant(std::chrono::sys_days(std::chrono::year(2026) / 3 / 1));

/// Posts of words that are as unequally common as those of a language, so that unrelated posts share phrases.
class Writer {
public:
    explicit Writer(unsigned seed) : random_(seed) {}

    std::vector<std::string> post() {
        std::vector<std::string> words;
        for (auto left = 8 + random_() % 22; left > 0; --left) words.push_back(word());
        return words;
    }
    std::string word() {
        constexpr double kVocabulary = 30'000;
        const auto uniform = std::generate_canonical<double, 32>(random_);
        return "w" + std::to_string(static_cast<int>(std::exp(uniform * std::log(kVocabulary))) * 7919) + "o";
    }
    std::size_t below(std::size_t bound) { return random_() % bound; }

private:
    std::mt19937 random_;
};

std::string text_of(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) (text += text.empty() ? "" : " ") += word;
    return text;
}

TextSketch sketch(const std::string& text) { return sketch_of(tokenize(text)); }

struct Edit {
    const char* name;
    std::function<std::string(std::vector<std::string>, Writer&)> make;
};

const std::vector<Edit>& edits() {
    static const std::vector<Edit> all = {
        {"repost", [](auto words, Writer&) { return "RT @somebody: " + text_of(words); }},
        {"via_and_link",
         [](auto words, Writer& writer) {
             return text_of(words) + " https://example.org/" + writer.word() + " via @news";
         }},
        {"cut_to_three_quarters",
         [](auto words, Writer&) {
             words.resize(std::max<std::size_t>(6, words.size() * 3 / 4));
             return text_of(words) + "…";
         }},
        {"cut_to_half",
         [](auto words, Writer&) {
             words.resize(std::max<std::size_t>(6, words.size() / 2));
             return text_of(words) + "…";
         }},
        {"one_word_replaced",
         [](auto words, Writer& writer) {
             words[writer.below(words.size())] = writer.word();
             return text_of(words);
         }},
        {"two_words_replaced",
         [](auto words, Writer& writer) {
             for (int i = 0; i < 2; ++i) words[writer.below(words.size())] = writer.word();
             return text_of(words);
         }},
        {"comment_before",
         [](auto words, Writer& writer) {
             return writer.word() + " " + writer.word() + " " + writer.word() + ": " + text_of(words);
         }},
    };
    return all;
}

/// A million posts and the index that knows them.
struct World {
    std::vector<std::vector<std::string>> some_posts = {};
    std::vector<std::size_t> some_numbers = {};
    DuplicateIndex index{};

    World() {
        Writer writer(1);
        for (std::size_t i = 0; i < kPosts; ++i) {
            auto words = writer.post();
            index.add(sketch(text_of(words)), std::to_string(i), kNow);
            if (i % 100 != 0) continue;
            some_posts.push_back(std::move(words));
            some_numbers.push_back(i);
        }
    }
};

World& world() {
    static World made;
    return made;
}

void find_unknown_post_among_a_million(benchmark::State& state) {
    auto& known = world();
    Writer writer(2);
    std::vector<TextSketch> unknown;
    for (int i = 0; i < 20'000; ++i) unknown.push_back(sketch(text_of(writer.post())));
    std::size_t i = 0;
    std::size_t found = 0;
    for (auto _ : state) found += known.index.find(unknown[i++ % unknown.size()], kNow).has_value();
    state.counters["false_pairs_%"] = 100.0 * static_cast<double>(found) / static_cast<double>(state.iterations());
    state.counters["entries"] = static_cast<double>(known.index.size());
}
BENCHMARK(find_unknown_post_among_a_million);

void find_copy_among_a_million(benchmark::State& state) {
    auto& known = world();
    std::vector<TextSketch> copies;
    for (const auto& words : known.some_posts) copies.push_back(sketch("RT @a: " + text_of(words)));
    std::size_t i = 0;
    for (auto _ : state) benchmark::DoNotOptimize(known.index.find(copies[i++ % copies.size()], kNow));
}
BENCHMARK(find_copy_among_a_million);

void sketch_of_tokens(benchmark::State& state) {
    Writer writer(3);
    std::vector<TokenizedText> posts;
    for (int i = 0; i < 1000; ++i) posts.push_back(tokenize(text_of(writer.post())));
    std::size_t i = 0;
    for (auto _ : state) benchmark::DoNotOptimize(sketch_of(posts[i++ % posts.size()]));
}
BENCHMARK(sketch_of_tokens);

/// The usual SimHash of 64 bits over words and word pairs, to compare with.
std::uint64_t simhash(const std::string& text) {
    const auto words = tokenize(text);
    std::array<int, 64> sums{};
    const auto add = [&](std::uint64_t hash, int weight) {
        hash = (hash ^ hash >> 29) * 0xbf58476d1ce4e5b9;
        hash ^= hash >> 32;
        for (std::size_t bit = 0; bit < 64; ++bit) sums[bit] += (hash >> bit & 1U) != 0 ? weight : -weight;
    };
    std::uint64_t last = 0;
    for (const auto& token : words.tokens()) {
        if (token.kind != TokenKind::word || words.text_of(token) == "rt" || words.text_of(token) == "via") continue;
        add(token.hash, 1);
        if (last != 0) add(last * 3 + token.hash, 2);
        last = token.hash;
    }
    std::uint64_t out = 0;
    for (std::size_t bit = 0; bit < 64; ++bit) out |= std::uint64_t{sums[bit] > 0} << bit;
    return out;
}

/// How many edited copies are found in their own group; beside it how many have a SimHash within 3, 6 and 10 bits.
void recall(benchmark::State& state) {
    auto& known = world();
    const auto& edit = edits()[static_cast<std::size_t>(state.range(0))];
    Writer writer(4);
    double found = 0;
    std::array<double, 3> near{};
    for (auto _ : state) {
        for (std::size_t i = 0; i < known.some_posts.size(); ++i) {
            const auto edited = edit.make(known.some_posts[i], writer);
            const auto group = known.index.find(sketch(edited), kNow);
            found += group && *group == std::to_string(known.some_numbers[i]);
            const auto distance = std::popcount(simhash(text_of(known.some_posts[i])) ^ simhash(edited));
            near[0] += distance <= 3;
            near[1] += distance <= 6;
            near[2] += distance <= 10;
        }
    }
    const auto percent = 100.0 / static_cast<double>(known.some_posts.size()) / static_cast<double>(state.iterations());
    state.SetLabel(edit.name);
    state.counters["found_%"] = found * percent;
    state.counters["simhash3_%"] = near[0] * percent;
    state.counters["simhash6_%"] = near[1] * percent;
    state.counters["simhash10_%"] = near[2] * percent;
}
BENCHMARK(recall)->DenseRange(0, 6)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
