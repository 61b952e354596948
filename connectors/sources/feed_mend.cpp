#include "connectors/sources/feed_mend.hpp"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <vector>

namespace rasid {
namespace {

Failure not_xml(std::string what) { return {Failure::Kind::malformed, std::move(what)}; }

bool name_start(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return std::isalpha(byte) || c == '_' || byte >= 0x80;
}

bool starts_with_word(std::string_view text, std::string_view word) {
    if (text.size() < word.size()) return false;
    return std::equal(word.begin(), word.end(), text.begin(),
                      [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

void skip_past(std::string_view& text, std::string_view end) {
    auto at = text.find(end);
    text.remove_prefix(at == std::string_view::npos ? text.size() : at + end.size());
}

/// Moves past a DOCTYPE; false when it carries an internal subset.
bool skip_doctype(std::string_view& text) {
    char quote = '\0';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != '\0') {
            if (c == quote) quote = '\0';
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '[') {
            return false;
        } else if (c == '>') {
            text.remove_prefix(i + 1);
            return true;
        }
    }
    text = {};
    return true;
}

// Numeric even for & and <: behind its first error libxml2 drops every named reference.
std::string numeric(unsigned int point) { return "&#" + std::to_string(point) + ";"; }

bool xml_character(unsigned int point) {
    return point == 0x9 || point == 0xA || point == 0xD || (point >= 0x20 && point <= 0xD7FF) ||
           (point >= 0xE000 && point <= 0xFFFD) || (point >= 0x10000 && point <= 0x10FFFF);
}

struct Reference {
    std::string written = {};
    std::size_t length = 0;  ///< in the input, the ampersand included
};

/// What stands for the reference at the start of `text`, if it is one that is known without any declaration.
std::optional<Reference> reference(std::string_view text) {
    constexpr std::size_t kLongest = 12;
    auto end = text.substr(0, kLongest).find(';');
    if (end == std::string_view::npos || end < 2) return std::nullopt;
    auto name = text.substr(1, end - 1);
    if (name.starts_with('#')) {
        name.remove_prefix(1);
        const int base = name.starts_with('x') || name.starts_with('X') ? 16 : 10;
        if (base == 16) name.remove_prefix(1);
        unsigned int point = 0;
        auto [stop, error] = std::from_chars(name.data(), name.data() + name.size(), point, base);
        if (name.empty() || stop != name.data() + name.size() || error == std::errc::invalid_argument)
            return std::nullopt;
        const bool good = error == std::errc() && xml_character(point);
        return Reference{numeric(good ? point : 0xFFFD), end + 1};
    }
    if (name == "apos") return Reference{numeric('\''), end + 1};
    const auto* known = htmlEntityLookup(reinterpret_cast<const xmlChar*>(std::string(name).c_str()));
    if (!known) return std::nullopt;
    return Reference{numeric(known->value), end + 1};
}

std::string_view written_tag_name(std::string_view text) {
    return text.substr(0, std::min(text.find_first_of(" \t\r\n/>"), text.size()));
}

bool is_void(std::string_view name) {
    constexpr std::array<std::string_view, 4> kVoid = {"br", "hr", "img", "wbr"};
    return std::any_of(kVoid.begin(), kVoid.end(), [name](std::string_view known) {
        return name.size() == known.size() && starts_with_word(name, known);
    });
}

/// Rewrites everything from the root element on.
class Mender {
public:
    explicit Mender(std::string_view text) : rest_(text) { out_.reserve(text.size() + text.size() / 16); }

    /// False: elements are nested deeper than any feed's.
    bool run() {
        while (!rest_.empty()) {
            copy(std::min(rest_.find_first_of("<&"), rest_.size()));
            if (rest_.empty()) break;
            if (rest_.front() == '&')
                ampersand();
            else if (rest_.starts_with("<![CDATA["))
                cdata();
            else if (rest_.starts_with("<!--"))
                skip_past(rest_, "-->");
            else if (rest_.starts_with("<?"))
                skip_past(rest_, "?>");
            else if (rest_.size() > 1 && name_start(rest_[1]))
                open_tag();
            else if (rest_.size() > 2 && rest_[1] == '/' && name_start(rest_[2]))
                close_tag();
            else
                replace(1, numeric('<'));
            if (open_.size() > kDeepest) return false;
        }
        return true;
    }
    bool repaired() const { return repaired_; }
    std::string take() && { return std::move(out_); }

private:
    static constexpr std::size_t kDeepest = 200;  // below libxml2's own limit

    void copy(std::size_t length) { replace(length, rest_.substr(0, length)); }
    void replace(std::size_t length, std::string_view by) {
        out_ += by;
        rest_.remove_prefix(length);
    }

    void ampersand() {
        auto known = reference(rest_);
        replace(known ? known->length : 1, known ? known->written : numeric('&'));
    }

    void cdata() {
        auto end = std::min(rest_.find("]]>"), rest_.size());
        out_ += rest_.substr(0, end);
        out_ += "]]>";
        rest_.remove_prefix(std::min(end + 3, rest_.size()));
    }

    /// Attributes are left to the loop, which mends them as text.
    void open_tag() {
        const auto name = written_tag_name(rest_.substr(1));
        const auto end = tag_end();
        if (end == std::string_view::npos) return copy(1);
        if (is_void(name)) return replace(end + 1, "<" + std::string(name) + "/>");
        if (rest_[end - 1] != '/') open_.push_back(name);
        copy(1);
    }

    void close_tag() {
        const auto name = written_tag_name(rest_.substr(2));
        const auto end = rest_.find('>');
        if (end == std::string_view::npos) return copy(1);
        const auto match = std::find(open_.rbegin(), open_.rend(), name);
        if (match == open_.rend()) {
            repaired_ = repaired_ || !is_void(name);
            return replace(end + 1, "");
        }
        for (auto forgotten = open_.rbegin(); forgotten != match; ++forgotten) {
            out_ += "</" + std::string(*forgotten) + ">";
            repaired_ = true;
        }
        open_.erase(match.base() - 1, open_.end());
        copy(end + 1);
    }

    std::size_t tag_end() const {
        char quote = '\0';
        for (std::size_t i = 1; i < rest_.size(); ++i) {
            const char c = rest_[i];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c == '"' || c == '\'')
                quote = c;
            else if (c == '>')
                return i;
        }
        return std::string_view::npos;
    }

    std::string_view rest_;
    std::string out_;
    std::vector<std::string_view> open_;
    bool repaired_ = false;
};

}  // namespace

Result<MendedXml> mend_xml(std::string_view utf8) {
    for (;;) {
        utf8.remove_prefix(std::min(utf8.find('<'), utf8.size()));
        if (utf8.empty()) return not_xml("the answer is neither XML nor JSON");
        if (utf8.starts_with("<!--")) {
            skip_past(utf8, "-->");
        } else if (utf8.starts_with("<?")) {
            skip_past(utf8, "?>");
        } else if (starts_with_word(utf8, "<!doctype")) {
            if (!skip_doctype(utf8))
                return not_xml(
                    "the feed carries an internal DTD subset, which is never read; ask its publisher to leave it out");
        } else if (utf8.size() > 1 && name_start(utf8[1])) {
            break;
        } else {
            utf8.remove_prefix(1);
        }
    }
    auto name = written_tag_name(utf8.substr(1));
    if (auto colon = name.rfind(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
    Mender mender(utf8);
    if (!mender.run()) return not_xml("the elements of the feed are nested without end");
    const bool repaired = mender.repaired();
    return MendedXml{std::move(mender).take(), std::string(name), repaired};
}

}  // namespace rasid
