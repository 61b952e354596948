#include "connectors/word_filter.hpp"

#include <unicode/uchar.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <array>
#include <bit>
#include <map>
#include <optional>

namespace rasid {
namespace {

constexpr std::uint32_t kNowhere = 0xFFFFFFFF;
constexpr char32_t kDropped = 0xFFFFFFFF;
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

std::uint64_t key_of(std::uint32_t from, char32_t letter) {
    return (std::uint64_t{from} << 21 | letter) + 1;  // 0 is a free place
}

std::size_t place_of(std::uint64_t key, std::size_t size) {
    return static_cast<std::size_t>(key * 0x9E3779B97F4A7C15u >> (64 - std::countr_zero(size)));
}

}  // namespace

/// The automaton of Aho and Corasick while it grows: a tree of the words, then its fallbacks, level by level.
class WordFilter::Builder {
public:
    void add(std::string_view word) {
        State state = 0;
        const auto* data = reinterpret_cast<const std::uint8_t*>(word.data());
        const auto length = static_cast<std::int64_t>(word.size());
        for (std::int64_t at = 0; at < length;) {
            UChar32 point = 0;
            U8_NEXT_OR_FFFD(data, at, length, point);
            const auto letter = fold_letter(static_cast<char32_t>(point));
            if (letter == kDropped) continue;
            const auto [child, added] = children_[state].emplace(letter, static_cast<State>(nodes_.size()));
            if (added) {
                nodes_.emplace_back();
                children_.emplace_back();
            }
            state = child->second;
        }
        if (state != 0) nodes_[state].word = true;
    }

    void finish(WordFilter& filter) {
        filter.edges_.resize(std::bit_ceil(nodes_.size() * 2 + 2));
        for (State from = 0; from < children_.size(); ++from)
            for (const auto& [letter, to] : children_[from]) insert(filter.edges_, key_of(from, letter), to);
        filter.nodes_ = nodes_;
        std::vector<State> level = {0};
        while (!level.empty()) {
            std::vector<State> next;
            for (auto from : level)
                for (const auto& [letter, to] : children_[from]) {
                    auto& node = filter.nodes_[to];
                    if (from != 0) node.fallback = filter.step(filter.nodes_[from].fallback, letter);
                    node.word = node.word || filter.nodes_[node.fallback].word;
                    next.push_back(to);
                }
            level = std::move(next);
        }
    }

private:
    static void insert(std::vector<Edge>& edges, std::uint64_t key, State to) {
        auto place = place_of(key, edges.size());
        while (edges[place].key != 0) place = (place + 1) & (edges.size() - 1);
        edges[place] = {key, to};
    }

    std::vector<std::map<char32_t, State>> children_ = {{}};
    std::vector<Node> nodes_ = {{}};
};

WordFilter::WordFilter(const std::vector<std::string>& words) {
    Builder builder;
    for (const auto& word : words) builder.add(word);
    builder.finish(*this);
}

WordFilter::State WordFilter::edge(State from, char32_t letter) const {
    const auto key = key_of(from, letter);
    for (auto place = place_of(key, edges_.size());; place = (place + 1) & (edges_.size() - 1)) {
        if (edges_[place].key == key) return edges_[place].to;
        if (edges_[place].key == 0) return kNowhere;
    }
}

WordFilter::State WordFilter::step(State from, char32_t letter) const {
    for (;;) {
        const auto to = edge(from, letter);
        if (to != kNowhere) return to;
        if (from == 0) return 0;
        from = nodes_[from].fallback;
    }
}

bool WordFilter::matches(std::string_view bytes) const {
    State state = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto letter = fold_letter(next_letter(bytes, at));
        if (letter == kDropped) continue;
        state = step(state, letter);
        if (nodes_[state].word) return true;
    }
    return false;
}

}  // namespace rasid
