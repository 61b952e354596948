#include "core/texts.hpp"

#include "core/embedded.hpp"
#include "core/json.hpp"

#include <unicode/msgfmt.h>
#include <unicode/numfmt.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include <cassert>
#include <map>
#include <memory>
#include <vector>

namespace rasid {

namespace embedded {
std::span<const EmbeddedFile> texts();
}

namespace {

using Messages = std::map<std::string, std::string, std::less<>>;

Messages read_messages(std::string_view file_name) {
    Messages messages;
    for (const auto& file : embedded::texts()) {
        if (file.name != file_name) continue;
        const auto document = parse_json(file.content);
        assert(document);
        for (const auto& [key, text] : document->root().members()) messages.emplace(key, text.text_or({}));
    }
    return messages;
}

const Messages& messages_of(std::string_view language) {
    static const Messages arabic = read_messages("ar.json");
    static const Messages english = read_messages("en.json");
    return language == "ar" ? arabic : english;
}

icu::Locale locale_of(std::string_view language) {
    return icu::Locale(language == "ar" ? "ar@calendar=gregorian;numbers=latn" : "en_GB@calendar=gregorian");
}

icu::UnicodeString unicode(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string utf8(const icu::UnicodeString& text) {
    std::string result;
    text.toUTF8String(result);
    return result;
}

UDate to_date(Instant at) { return static_cast<double>(to_micros(at)) / 1000.0; }

/// A moment by an ICU pattern, in a zone (an unknown one is UTC).
std::string written(const char16_t* pattern, Instant at, std::string_view language, const std::string& time_zone) {
    UErrorCode status = U_ZERO_ERROR;
    icu::SimpleDateFormat format(icu::UnicodeString(pattern), locale_of(language), status);
    if (U_FAILURE(status)) return to_rfc3339(at);
    const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(unicode(time_zone)));
    format.setTimeZone(*zone);
    icu::UnicodeString result;
    return utf8(format.format(to_date(at), result));
}

}  // namespace

Texts::Texts(std::string_view language) : language_(language == "ar" ? "ar" : "en") {}

std::string Texts::operator()(std::string_view key, Arguments arguments) const {
    return (*this)(key, std::span(arguments.begin(), arguments.size()));
}

std::string Texts::operator()(std::string_view key, std::span<const Argument> arguments) const {
    const auto& messages = messages_of(language_);
    const auto message = messages.find(key);
    assert(message != messages.end());
    if (message == messages.end()) return std::string(key);

    std::vector<icu::UnicodeString> names;
    std::vector<icu::Formattable> values;
    for (const auto& [name, value] : arguments) {
        names.push_back(unicode(name));
        if (const auto* number = std::get_if<std::int64_t>(&value))
            values.emplace_back(*number);
        else
            values.emplace_back(unicode(std::get<std::string>(value)));
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::MessageFormat format(unicode(message->second), locale_of(language_), status);
    icu::UnicodeString result;
    format.format(names.data(), values.data(), static_cast<std::int32_t>(values.size()), result, status);
    assert(U_SUCCESS(status));
    return utf8(result);
}

std::string Texts::number(std::int64_t value) const {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::NumberFormat> format(icu::NumberFormat::createInstance(locale_of(language_), status));
    if (U_FAILURE(status)) return std::to_string(value);
    icu::UnicodeString result;
    return utf8(format->format(value, result));
}

std::string Texts::duration(Duration duration) const {
    const auto minutes = std::chrono::floor<std::chrono::minutes>(duration).count();
    if (minutes < 1) return (*this)("mail.duration.moment");
    const auto both = [&](std::string_view large_key, std::int64_t large, std::string_view small_key,
                          std::int64_t small) {
        const auto& texts = *this;
        if (large == 0) return texts(small_key, {{"count", small}});
        if (small == 0) return texts(large_key, {{"count", large}});
        return texts("mail.duration.and", {{"first", texts(large_key, {{"count", large}})},
                                           {"second", texts(small_key, {{"count", small}})}});
    };
    constexpr std::int64_t kDay = 24 * 60;
    if (minutes < 2 * kDay) return both("mail.duration.hours", minutes / 60, "mail.duration.minutes", minutes % 60);
    return both("mail.duration.days", minutes / kDay, "mail.duration.hours", minutes % kDay / 60);
}

std::string Texts::time(Instant at, Instant now, const std::string& time_zone) const {
    const auto day = [&](Instant instant) { return written(u"yyyy-MM-dd", instant, language_, time_zone); };
    if (day(at) == day(now)) {
        return (*this)("mail.time.today", {{"time", written(u"HH:mm", at, language_, time_zone)}});
    }
    return written(right_to_left() ? u"EEEE d MMMM، HH:mm" : u"EEE d MMM, HH:mm", at, language_, time_zone);
}

std::string Texts::weekday(Instant at, const std::string& time_zone) const {
    return written(u"EEEE", at, language_, time_zone);
}

std::string Texts::clock(Instant at, const std::string& time_zone) const {
    return written(u"HH:mm", at, language_, time_zone);
}

std::string Texts::date(Instant at, const std::string& time_zone) const {
    return written(right_to_left() ? u"EEEE d MMMM" : u"EEE d MMM", at, language_, time_zone);
}

}  // namespace rasid
