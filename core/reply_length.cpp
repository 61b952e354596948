#include "core/reply_length.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <utility>

namespace rasid {
namespace {

using icu::UnicodeString;

/// Code points that X counts as one half of what all others count.
constexpr std::array<std::pair<UChar32, UChar32>, 4> kLight = {{{0, 4351}, {8192, 8205}, {8208, 8223}, {8242, 8247}}};
constexpr std::u16string_view kEndsLink = u"<>\"«»";
constexpr std::u16string_view kTrails = u".,;:!?'\")]}…،؛؟";

bool is_one_of(std::u16string_view characters, UChar32 point) {
    return std::ranges::any_of(characters, [point](char16_t each) { return each == point; });
}

bool is_emoji(UChar32 point) {
    return u_hasBinaryProperty(point, UCHAR_EXTENDED_PICTOGRAPHIC) ||
           u_hasBinaryProperty(point, UCHAR_REGIONAL_INDICATOR) || point == 0x20e3;
}

std::size_t weight(const UnicodeString& grapheme) {
    std::size_t sum = 0;
    for (int at = 0; at < grapheme.length(); at = grapheme.moveIndex32(at, 1)) {
        const auto point = grapheme.char32At(at);
        if (is_emoji(point)) return 2;
        const bool light =
            std::ranges::any_of(kLight, [point](auto range) { return range.first <= point && point <= range.second; });
        sum += light ? 1 : 2;
    }
    return sum;
}

template <typename Count>
std::size_t over_graphemes(const UnicodeString& text, Count count) {
    UErrorCode failed = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> breaks(
        icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), failed));
    if (U_FAILURE(failed)) return static_cast<std::size_t>(text.countChar32());
    breaks->setText(text);
    std::size_t sum = 0;
    for (int from = breaks->first(), to = breaks->next(); to != icu::BreakIterator::DONE;
         from = to, to = breaks->next())
        sum += count(text.tempSubStringBetween(from, to));
    return sum;
}

std::size_t weighted(const UnicodeString& text) {
    UErrorCode failed = U_ZERO_ERROR;
    const auto* composing = icu::Normalizer2::getNFCInstance(failed);
    const auto composed = U_SUCCESS(failed) ? composing->normalize(text, failed) : text;
    return over_graphemes(composed, weight);
}

std::size_t bytes_of(const UnicodeString& text) {
    std::string utf8;
    text.toUTF8String(utf8);
    return utf8.size();
}

std::size_t length_in(LengthUnit unit, const UnicodeString& text) {
    switch (unit) {
    case LengthUnit::graphemes:
        return over_graphemes(text, [](const UnicodeString&) { return std::size_t{1}; });
    case LengthUnit::utf16:
        return static_cast<std::size_t>(text.length());
    case LengthUnit::bytes:
        return bytes_of(text);
    case LengthUnit::weighted:
        return weighted(text);
    }
    return 0;
}

bool begins_with(const UnicodeString& text, int at, const UnicodeString& word) {
    return text.caseCompare(at, word.length(), word, U_FOLD_CASE_DEFAULT) == 0;
}

/// Behind the link that begins here; `at`: there is none.
int end_of_link(const UnicodeString& text, int at) {
    static const UnicodeString kPlain(u"http://");
    static const UnicodeString kSafe(u"https://");
    const int scheme = begins_with(text, at, kSafe)    ? kSafe.length()
                       : begins_with(text, at, kPlain) ? kPlain.length()
                                                       : 0;
    if (scheme == 0) return at;
    int end = at + scheme;
    while (end < text.length() && !u_isUWhiteSpace(text.char32At(end)) && !is_one_of(kEndsLink, text.char32At(end)))
        end = text.moveIndex32(end, 1);
    if (end == at + scheme) return at;
    while (end > at + scheme && is_one_of(kTrails, text.charAt(end - 1))) --end;
    return end;
}

/// The text without its links, and how many they were.
std::pair<UnicodeString, std::size_t> without_links(const UnicodeString& text) {
    UnicodeString rest;
    std::size_t links = 0;
    for (int at = 0; at < text.length();) {
        const int end = end_of_link(text, at);
        if (end > at) {
            ++links;
            at = end;
        } else {
            rest.append(text.char32At(at));
            at = text.moveIndex32(at, 1);
        }
    }
    return {rest, links};
}

bool in_name(UChar32 point) { return u_isalpha(point) || u_isdigit(point) || point == '_'; }
bool in_host(UChar32 point) { return u_isalpha(point) || u_isdigit(point) || point == '-'; }

/// Behind a run of such characters with single marks of `joins` between them; `at`: there is none.
template <typename Belongs>
int end_of_run(const UnicodeString& text, int at, std::u16string_view joins, Belongs belongs) {
    int end = at;
    while (end < text.length()) {
        const auto point = text.char32At(end);
        const int next = text.moveIndex32(end, 1);
        const bool joined = end > at && is_one_of(joins, point) && next < text.length() && belongs(text.char32At(next));
        if (!belongs(point) && !joined) break;
        end = next;
    }
    return end;
}

/// Of every @name@server only @name.
UnicodeString without_servers(const UnicodeString& text) {
    UnicodeString rest;
    for (int at = 0; at < text.length();) {
        const auto point = text.char32At(at);
        const auto before = at > 0 ? text.char32At(text.moveIndex32(at, -1)) : UChar32{' '};
        rest.append(point);
        ++at;
        if (point > 0xffff) ++at;
        if (point != '@' || in_name(before) || before == '/' || before == '@') continue;
        const int name = end_of_run(text, at, u".-", in_name);
        if (name == at || name >= text.length() || text.charAt(name) != '@') continue;
        const int host = end_of_run(text, name + 1, u".", in_host);
        if (text.indexOf(u'.', name, host - name) < 0) continue;
        rest.append(text, at, name - at);
        at = host;
    }
    return rest;
}

}  // namespace

std::size_t reply_length(std::string_view text, const ReplyForm& form) {
    auto rest = UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
    if (!form.counts_remote_handles) rest = without_servers(rest);
    if (form.url_length == 0) return length_in(form.unit, rest);
    const auto [plain, links] = without_links(rest);
    return length_in(form.unit, plain) + links * static_cast<std::size_t>(form.url_length);
}

bool fits(std::string_view text, const ReplyForm& form) {
    return form.limit == 0 || reply_length(text, form) <= static_cast<std::size_t>(form.limit);
}

}  // namespace rasid
