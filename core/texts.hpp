#pragma once

#include "core/instant.hpp"

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace rasid {

/// The words of one language for what Rasid writes itself: messages from i18n, numbers and times as that language
/// writes them. An unknown language is English. Digits are Latin in both.
class Texts {
public:
    explicit Texts(std::string_view language);

    using Value = std::variant<std::int64_t, std::string>;
    using Argument = std::pair<std::string_view, Value>;
    using Arguments = std::initializer_list<Argument>;

    /// The message of a key with its ICU arguments put in. An unknown key or a malformed message is a broken promise.
    std::string operator()(std::string_view key, Arguments arguments = {}) const;
    std::string operator()(std::string_view key, std::span<const Argument> arguments) const;

    /// "8,412".
    std::string number(std::int64_t value) const;

    /// "3 hours and 5 minutes": minutes below two days, else days and hours; parts that are zero are left out.
    std::string duration(Duration duration) const;

    /// "today 14:07", "Sun 22 Nov, 14:07", in the zone (an unknown one is UTC).
    std::string time(Instant at, Instant now, const std::string& time_zone) const;

    /// "Thursday", in the zone.
    std::string weekday(Instant at, const std::string& time_zone) const;

    /// "Sun 22 Nov", in the zone.
    std::string date(Instant at, const std::string& time_zone) const;

    /// "14:00", in the zone.
    std::string clock(Instant at, const std::string& time_zone) const;

    const std::string& language() const { return language_; }
    bool right_to_left() const { return language_ == "ar"; }

private:
    std::string language_;
};

}  // namespace rasid
