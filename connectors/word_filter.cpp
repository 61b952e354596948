#include "connectors/word_filter.hpp"

#include <unicode/uchar.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <bit>
#include <map>
#include <optional>

namespace rasid {
namespace {

constexpr std::uint32_t kNowhere = 0xFFFFFFFF;
constexpr char32_t kDropped = 0xFFFFFFFF;
/// Cells of the table of whole steps: what fits a processor's cache.
constexpr std::size_t kDenseCells = 128 * 1024;
constexpr std::size_t kEscape = 6;  ///< bytes of \uXXXX

/// The letter that stands for all its spellings; kDropped for marks that are passed over.
char32_t fold_letter(char32_t letter) {
    if (letter < 0x80) return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    if ((letter >= 0x064B && letter <= 0x0652) || letter == 0x0640 || letter == 0x0670) return kDropped;
    switch (letter) {
    case 0x0622:
    case 0x0623:
    case 0x0625:
    case 0x0671:
        return 0x0627;  // alef
    case 0x0629:
    case 0x06C1:
        return 0x0647;  // heh, teh marbuta
    case 0x0649:
    case 0x06CC:
    case 0x0626:
        return 0x064A;  // yeh
    case 0x06A9:
        return 0x0643;  // kaf
    case 0x0624:
        return 0x0648;  // waw
    default:
        return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(letter), U_FOLD_CASE_DEFAULT));
    }
}

/// The unit of a \uXXXX that starts at `at`.
std::optional<char32_t> escaped_unit(std::string_view bytes, std::size_t at) {
    if (at + kEscape > bytes.size() || bytes[at] != '\\' || bytes[at + 1] != 'u') return std::nullopt;
    char32_t unit = 0;
    for (auto digit : bytes.substr(at + 2, 4)) {
        const auto value = u_digit(static_cast<unsigned char>(digit), 16);
        if (value < 0) return std::nullopt;
        unit = unit * 16 + static_cast<char32_t>(value);
    }
    return unit;
}

/// The character that JSON writes at `at`, which moves behind it.
char32_t next_letter(std::string_view bytes, std::size_t& at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    if (first == '\\') {
        if (const auto unit = escaped_unit(bytes, at)) {
            at += kEscape;
            if (!U16_IS_LEAD(*unit)) return *unit;
            const auto trail = escaped_unit(bytes, at);
            if (!trail || !U16_IS_TRAIL(*trail)) return *unit;
            at += kEscape;
            return static_cast<char32_t>(U16_GET_SUPPLEMENTARY(*unit, *trail));
        }
        at += at + 1 < bytes.size() ? 2 : 1;
        const auto escaped = bytes[at - 1];
        return escaped == '"' || escaped == '/' || escaped == '\\' ? static_cast<char32_t>(escaped) : U' ';
    }
    if (first < 0x80) {
        ++at;
        return first;
    }
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    auto index = static_cast<std::int64_t>(at);
    UChar32 point = 0;
    U8_NEXT_OR_FFFD(data, index, static_cast<std::int64_t>(bytes.size()), point);
    at = static_cast<std::size_t>(index);
    return static_cast<char32_t>(point);
}

std::uint64_t key_of(std::uint32_t from, std::uint32_t letter) {
    return (std::uint64_t{from} << 32 | letter) + 1;  // 0 is a free place
}

std::size_t place_of(std::uint64_t key, std::size_t size) {
    return static_cast<std::size_t>(key * 0x9E3779B97F4A7C15u >> (64 - std::countr_zero(size)));
}

}  // namespace

/// The automaton of Aho and Corasick while it grows: a tree of the words, then its fallbacks, level by level.
class WordFilter::Builder {
public:
    explicit Builder(WordFilter& filter) : filter_(filter) {}

    void add(std::string_view word) {
        State state = 0;
        const auto* data = reinterpret_cast<const std::uint8_t*>(word.data());
        const auto length = static_cast<std::int64_t>(word.size());
        for (std::int64_t at = 0; at < length;) {
            UChar32 point = 0;
            U8_NEXT_OR_FFFD(data, at, length, point);
            const auto letter = fold_letter(static_cast<char32_t>(point));
            if (letter == kDropped) continue;
            const auto [child, added] =
                tree_[state].children.emplace(number_of(letter), static_cast<State>(tree_.size()));
            state = child->second;
            if (added) tree_.emplace_back();
        }
        if (state != 0) tree_[state].word = true;
    }

    void finish() {
        filter_.letters_ = letters_ + 1;
        for (char32_t code = 0; code < kLetterTable; ++code) {
            const auto letter = fold_letter(code);
            const auto known = filter_.others_.find(letter);
            filter_.table_[code] = letter == kDropped               ? kDroppedLetter
                                   : known == filter_.others_.end() ? 0
                                                                    : known->second;
        }
        number_by_level();
        fill();
    }

private:
    struct Branch {
        std::map<std::uint32_t, State> children = {};
        bool word = false;
    };

    std::uint32_t number_of(char32_t letter) {
        const auto [known, added] = filter_.others_.emplace(letter, letters_ + 1);
        if (added) ++letters_;
        return known->second;
    }

    /// Those that every text passes come first.
    void number_by_level() {
        order_ = {0};
        for (std::size_t i = 0; i < order_.size(); ++i)
            for (const auto& [letter, child] : tree_[order_[i]].children) order_.push_back(child);
        numbers_.resize(tree_.size());
        for (State i = 0; i < order_.size(); ++i) numbers_[order_[i]] = i;
    }

    void fill() {
        auto& filter = filter_;
        filter.dense_ = static_cast<State>(std::min<std::size_t>(tree_.size(), kDenseCells / filter.letters_ + 1));
        filter.steps_.resize(std::size_t{filter.dense_} * filter.letters_);
        filter.edges_.resize(std::bit_ceil(tree_.size() * 2 + 2));
        filter.nodes_.resize(tree_.size());
        for (State from = 0; from < order_.size(); ++from) {
            const auto& branch = tree_[order_[from]];
            auto& node = filter.nodes_[from];
            node.word = branch.word || filter.nodes_[node.fallback].word;
            const bool dense = from < filter.dense_;
            if (dense && from != 0) copy_steps(node.fallback, from);
            for (const auto& [letter, child] : branch.children) {
                const auto to = numbers_[child];
                if (from != 0) filter.nodes_[to].fallback = filter.step(node.fallback, letter);
                if (!dense) insert(key_of(from, letter), to);
            }
            if (!dense) continue;
            for (const auto& [letter, child] : branch.children)
                filter.steps_[std::size_t{from} * filter.letters_ + letter] = numbers_[child];
        }
    }

    void copy_steps(State from, State to) {
        const auto row = [&](State state) {
            return filter_.steps_.begin() + static_cast<std::ptrdiff_t>(std::size_t{state} * filter_.letters_);
        };
        std::copy_n(row(from), filter_.letters_, row(to));
    }

    void insert(std::uint64_t key, State to) {
        auto& edges = filter_.edges_;
        auto place = place_of(key, edges.size());
        while (edges[place].key != 0) place = (place + 1) & (edges.size() - 1);
        edges[place] = {key, to};
    }

    WordFilter& filter_;
    std::vector<Branch> tree_ = {{}};
    std::vector<State> order_ = {};    ///< places in the tree, level by level
    std::vector<State> numbers_ = {};  ///< of those places, in that order
    std::uint32_t letters_ = 0;
};

WordFilter::WordFilter(const std::vector<std::string>& words) {
    Builder builder(*this);
    for (const auto& word : words) builder.add(word);
    builder.finish();
}

std::uint32_t WordFilter::letter_of(char32_t code) const {
    if (code < kLetterTable) return table_[code];
    const auto folded = fold_letter(code);
    if (folded == kDropped) return kDroppedLetter;
    const auto known = others_.find(folded);
    return known == others_.end() ? 0 : known->second;
}

WordFilter::State WordFilter::edge(State from, std::uint32_t letter) const {
    const auto key = key_of(from, letter);
    for (auto place = place_of(key, edges_.size());; place = (place + 1) & (edges_.size() - 1)) {
        if (edges_[place].key == key) return edges_[place].to;
        if (edges_[place].key == 0) return kNowhere;
    }
}

WordFilter::State WordFilter::step(State from, std::uint32_t letter) const {
    if (letter == 0) return 0;
    while (from >= dense_) {
        const auto to = edge(from, letter);
        if (to != kNowhere) return to;
        from = nodes_[from].fallback;
    }
    return steps_[std::size_t{from} * letters_ + letter];
}

bool WordFilter::matches(std::string_view bytes) const {
    State state = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto byte = static_cast<unsigned char>(bytes[at]);
        std::uint32_t letter = 0;
        if (byte < 0x80 && byte != '\\') {
            letter = table_[byte];
            ++at;
        } else {
            letter = letter_of(next_letter(bytes, at));
        }
        if (letter == kDroppedLetter) continue;
        state = step(state, letter);
        if (nodes_[state].word) return true;
    }
    return false;
}

}  // namespace rasid
