#include "rules/literal_search.hpp"

#include "core/text/fold.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <cassert>

namespace rasid {
namespace {

/// One letter for all cases of a letter, as case-insensitive patterns see them (ſ is s, K is k).
std::string without_case(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto code = next_character(text, at);
        if (code < 0x80)
            out += code >= U'A' && code <= U'Z' ? static_cast<char>(code + 32) : static_cast<char>(code);
        else
            append_utf8(out, static_cast<char32_t>(u_foldCase(static_cast<UChar32>(code), U_FOLD_CASE_DEFAULT)));
    }
    return out;
}

std::size_t head_hash(const char* at) {
    const auto byte = [&](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(at[i])}; };
    return ((byte(0) << 16 | byte(1) << 8 | byte(2)) * 0x9e3779b1U) >> 16;
}

}  // namespace

LiteralSearch::LiteralSearch(const std::vector<std::string>& literals) {
    for (const auto& literal : literals) {
        auto text = without_case(literal).substr(0, kLongest);
        assert(text.size() >= kShortest);
        heads_.set(head_hash(text.data()));
        literals_.push_back({std::move(text), static_cast<int>(literals_.size())});
    }
    std::sort(literals_.begin(), literals_.end(), [](const Literal& a, const Literal& b) { return a.text < b.text; });
}

std::vector<int> LiteralSearch::find(std::string_view written) const {
    std::vector<int> found;
    if (literals_.empty()) return found;
    const auto text = without_case(written);
    for (std::size_t at = 0; at + kShortest <= text.size(); ++at) {
        if (!heads_.test(head_hash(text.data() + at))) continue;
        // The literals that go on as the text does become fewer with every byte.
        auto first = literals_.begin();
        auto last = literals_.end();
        for (std::size_t size = 0; first != last; ++size) {
            for (; first != last && first->text.size() == size; ++first) found.push_back(first->number);
            if (at + size == text.size()) break;
            const auto byte = static_cast<unsigned char>(text[at + size]);
            const auto byte_of = [size](const Literal& literal) {
                return static_cast<unsigned char>(literal.text[size]);
            };
            first = std::partition_point(first, last, [&](const Literal& literal) { return byte_of(literal) < byte; });
            last = std::partition_point(first, last, [&](const Literal& literal) { return byte_of(literal) == byte; });
        }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

}  // namespace rasid
