#pragma once

#include "core/setup.hpp"
#include "core/setup_toml.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rasid {

class TomlReader;

// The parts of a setup that say who works here, who is on call and who is told. Errors go to the reader; `errors` takes
// those of tables inside.
Person read_person(TomlReader& in);
Rota read_rota(TomlReader& in, const std::string& file, std::vector<SetupError>& errors);
Ladder read_ladder(TomlReader& in, const std::string& file, std::vector<SetupError>& errors);

/// How a step says when: {"at", "50%"} or {"unacknowledged", "30m"}.
std::pair<std::string, std::string> moment_of(const LadderStep& step);

/// The days of a week as a setup writes them, Sunday first.
inline constexpr std::array<std::string_view, 7> kWeekdayWords = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

/// "09:00" as a minute of the day and back; nullopt: no time of a day, as 24:00.
std::optional<int> parse_time_of_day(std::string_view text);
std::string time_of_day(int minute);

/// "22:00-07:00": hours of a day that may reach over midnight, and back.
std::optional<DayInterval> parse_quiet_hours(std::string_view text);
std::string quiet_hours_text(const DayInterval& quiet);

}  // namespace rasid
