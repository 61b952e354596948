#include "rules/pattern_example.hpp"

#include "core/text/fold.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace rasid {
namespace {

constexpr std::size_t kLongest = 2000;

/// Reads a pattern from left to right and writes as it reads.
class PatternReader {
public:
    PatternReader(std::string_view pattern, std::size_t choice) : pattern_(pattern), choice_(choice) {}

    std::string read_alternatives() {
        std::vector<std::string> alternatives = {read_sequence()};
        while (accept('|')) alternatives.push_back(read_sequence());
        return alternatives[choice_ % alternatives.size()];
    }

private:
    char peek() const { return at_ < pattern_.size() ? pattern_[at_] : '\0'; }

    bool accept(char wanted) {
        if (at_ >= pattern_.size() || pattern_[at_] != wanted) return false;
        ++at_;
        return true;
    }

    std::string read_sequence() {
        std::string out;
        while (at_ < pattern_.size() && peek() != '|' && peek() != ')') {
            const auto piece = peek() == '(' ? read_group() : read_atom();
            const auto times = read_repetition();
            for (std::size_t i = 0; i < times && out.size() < kLongest; ++i) out += piece;
        }
        return out;
    }

    std::string read_group() {
        ++at_;
        if (accept('?')) {
            // A name or flags; flags without a group end at once.
            if (accept('P')) {
                at_ = std::min(pattern_.find('>', at_), pattern_.size() - 1) + 1;
            } else {
                while (at_ < pattern_.size() && peek() != ':' && peek() != ')') ++at_;
                if (accept(')')) return {};
                accept(':');
            }
        }
        auto out = read_alternatives();
        accept(')');
        return out;
    }

    /// How often the piece before is written: as seldom as possible, once where it is optional and choices go on.
    std::size_t read_repetition() {
        std::size_t times = 1;
        if (accept('*') || accept('?')) {
            times = choice_ % 2;
        } else if (accept('+')) {
            times = 1;
        } else if (peek() == '{') {
            const auto end = pattern_.find('}', at_);
            const auto* from = pattern_.data() + at_ + 1;
            if (end == std::string_view::npos || from == pattern_.data() + end || *from < '0' || *from > '9') return 1;
            std::from_chars(from, pattern_.data() + end, times);
            at_ = end + 1;
        } else {
            return 1;
        }
        accept('?');
        return times;
    }

    /// One character, class or escape: the first candidate that it matches, the empty text for places such as ^.
    std::string read_atom() {
        const auto start = at_;
        if (pattern_.substr(at_).starts_with("\\Q")) {
            const auto end = std::min(pattern_.find("\\E", at_), pattern_.size());
            at_ = std::min(end + 2, pattern_.size());
            return std::string(pattern_.substr(start + 2, end - start - 2));
        }
        if (peek() == '[') {
            skip_class();
        } else if (peek() == '\\') {
            skip_escape();
        } else {
            next_character(pattern_, at_);
        }
        const auto atom = pattern_.substr(start, at_ - start);
        RE2::Options options;
        options.set_log_errors(false);
        const RE2 expression(re2::StringPiece(atom.data(), atom.size()), options);
        static constexpr std::array<std::string_view, 15> kCandidates = {"",  "a", "1", " ", "ع",  "A", "-", ".",
                                                                         "#", "_", "é", "٣", "中", "😡", "\n"};
        for (const auto candidate : kCandidates)
            if (RE2::FullMatch(re2::StringPiece(candidate.data(), candidate.size()), expression))
                return std::string(candidate);
        for (std::size_t at = 0; at < atom.size();) {
            const auto from = at;
            next_character(atom, at);
            if (RE2::FullMatch(re2::StringPiece(atom.data() + from, at - from), expression))
                return std::string(atom.substr(from, at - from));
        }
        std::string least;
        std::string greatest;
        return expression.ok() && expression.PossibleMatchRange(&least, &greatest, 8) ? least : std::string();
    }

    void skip_class() {
        ++at_;
        accept('^');
        accept(']');
        while (at_ < pattern_.size() && peek() != ']') {
            if (peek() == '\\') {
                skip_escape();
            } else if (pattern_.substr(at_).starts_with("[:")) {
                at_ = std::min(pattern_.find(":]", at_), pattern_.size() - 2) + 2;
            } else {
                ++at_;
            }
        }
        accept(']');
    }

    void skip_escape() {
        ++at_;
        const auto letter = peek();
        if (letter == '\0') return;
        next_character(pattern_, at_);
        if ((letter == 'p' || letter == 'P' || letter == 'x') && peek() == '{') {
            at_ = std::min(pattern_.find('}', at_), pattern_.size() - 1) + 1;
        } else if (letter == 'p' || letter == 'P') {
            at_ = std::min(at_ + 1, pattern_.size());
        } else if (letter == 'x') {
            at_ = std::min(at_ + 2, pattern_.size());
        } else if (letter >= '0' && letter <= '7') {
            for (int digits = 1; digits < 3 && peek() >= '0' && peek() <= '7'; ++digits) ++at_;
        }
    }

    std::string_view pattern_;
    std::size_t choice_;
    std::size_t at_ = 0;
};

}  // namespace

std::string pattern_example(std::string_view pattern, std::size_t choice) {
    return PatternReader(pattern, choice).read_alternatives();
}

}  // namespace rasid
