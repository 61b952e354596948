#include "core/setup_people.hpp"

#include "core/calendar_days.hpp"
#include "core/toml.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <tuple>

namespace rasid {
namespace {

constexpr std::int64_t kLongestShift = 366;
constexpr std::int64_t kMostTickets = 10000;

void check_email(TomlReader& in, std::string_view key, const std::string& email) {
    const auto at = email.find('@');
    if (!email.empty() && (at == std::string::npos || at == 0 || at + 1 == email.size() ||
                           email.find_first_of(" \t\r\n<>\",;") != std::string::npos)) {
        in.error_at(key, "`" + email + "` is no e-mail address");
    }
}

Instant read_instant(TomlReader& in, std::string_view key) {
    const auto text = in.required_string(key);
    const auto instant = parse_rfc3339(text);
    if (!instant && !text.empty()) in.error_at(key, "`" + text + "` is no time; write \"2026-03-08T09:00:00+03:00\"");
    // As much as its printed form keeps.
    return std::chrono::floor<std::chrono::milliseconds>(instant.value_or(Instant()));
}

RotaOverride read_override(TomlReader& in) {
    RotaOverride instead;
    instead.from = read_instant(in, "from");
    instead.to = read_instant(in, "to");
    if (instead.to <= instead.from) in.error_at("to", "this override ends before it begins");
    instead.person = in.string("person").value_or("");
    in.finish();
    return instead;
}

std::optional<int> read_share(TomlReader& in, const std::string& text) {
    int percent = 0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, percent);
    if (parsed.ec == std::errc() && parsed.ptr + 1 == end && *parsed.ptr == '%' && percent >= 1 && percent <= 1000)
        return percent;
    in.error_at("at", "`" + text + "` is no share of a target; write \"50%\" (1% to 1000%)");
    return std::nullopt;
}

void read_moment(TomlReader& in, LadderStep& step) {
    const auto at = in.string("at");
    step.unacknowledged = in.duration("unacknowledged");
    if (at) step.at_percent = read_share(in, *at);
    if (at && step.unacknowledged)
        in.error_at("at", "a step has `at` or `unacknowledged`, not both; make two steps of it");
    if (!at && !step.unacknowledged)
        in.error(in.origin(), "this step does not say when; add at = \"50%\" or unacknowledged = \"30m\"");
    if (step.unacknowledged && *step.unacknowledged <= Duration(0))
        in.error_at("unacknowledged", "`unacknowledged` must be longer than zero");
}

bool names_something(std::string_view text, std::string_view prefix) {
    return text.starts_with(prefix) && text.size() > prefix.size();
}

LadderStep read_step(TomlReader& in) {
    LadderStep step;
    step.origin = in.origin();
    read_moment(in, step);
    step.to = in.required_string("to");
    const bool somebody = names_something(step.to, "role:") || names_something(step.to, "person:") ||
                          names_something(step.to, "on-call:");
    if (!step.to.empty() && !somebody) {
        in.error_at("to",
                    "`" + step.to + "` names nobody; write \"role:manager\", \"person:NAME\" or \"on-call:ROTA\"");
    }
    step.by = in.string("by").value_or("mail");
    if (step.by != "mail" && !names_something(step.by, "slack:") && !names_something(step.by, "webhook:")) {
        in.error_at("by", "`" + step.by +
                              "` is no way to tell somebody; write \"mail\", \"slack:NAME\" or \"webhook:NAME\", NAME "
                              "being that of a [[webhook]] in rasid.toml");
    }
    in.finish();
    return step;
}

}  // namespace

std::optional<int> parse_time_of_day(std::string_view text) {
    const auto interval = parse_day_interval(std::string(text) + "-24:00");
    return interval ? std::optional(interval->from) : std::nullopt;
}

std::string time_of_day(int minute) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%02d:%02d", minute / 60, minute % 60);
    return text.data();
}

std::optional<DayInterval> parse_quiet_hours(std::string_view text) {
    if (text.size() != 11) return std::nullopt;
    const auto from = parse_time_of_day(text.substr(0, 5));
    const auto to = parse_time_of_day(text.substr(6));
    if (!from || !to || *from == *to || text[5] != '-') return std::nullopt;
    return DayInterval{*from, *to};
}

std::string quiet_hours_text(const DayInterval& quiet) { return time_of_day(quiet.from) + "-" + time_of_day(quiet.to); }

std::pair<std::string, std::string> moment_of(const LadderStep& step) {
    if (step.at_percent) return {"at", std::to_string(*step.at_percent) + "%"};
    return {"unacknowledged", to_duration_text(step.unacknowledged.value_or(Duration(0)))};
}

Person read_person(TomlReader& in) {
    Person person;
    person.name = in.required_string("name");
    person.email = in.required_string("email");
    check_email(in, "email", person.email);
    const auto role = in.string("role").value_or("moderator");
    in.require_one_of("role", role, {"moderator", "manager", "admin"});
    person.role = parse_role(role).value_or(Role::moderator);
    person.language = in.string("language").value_or("en");
    in.require_one_of("language", person.language, {"ar", "en"});
    person.brands = in.strings("brands");
    person.languages = in.strings("languages");
    person.skills = in.strings("skills");
    person.capacity = in.whole_number("capacity", 0, kMostTickets, person.capacity);
    if (const auto quiet = in.string("quiet")) {
        person.quiet = parse_quiet_hours(*quiet);
        if (!person.quiet) in.error_at("quiet", "`" + *quiet + "` are no hours of a day; write \"22:00-07:00\"");
    }
    person.time_zone = in.string("time_zone").value_or("");
    person.second = in.string("second").value_or("");
    if (!names_something(person.second, "slack:") && !names_something(person.second, "webhook:"))
        check_email(in, "second", person.second);
    person.updates = in.boolean("updates").value_or(true);
    person.digest = in.boolean("digest").value_or(true);
    return person;
}

Rota read_rota(TomlReader& in, const std::string& file, std::vector<SetupError>& errors) {
    Rota rota;
    rota.name = in.required_string("name");
    rota.time_zone = in.string("time_zone").value_or("UTC");
    const auto first_day = in.required_string("first_day");
    const auto date = parse_date(first_day);
    if (!date && !first_day.empty()) in.error_at("first_day", "`" + first_day + "` is no date; write \"2026-03-01\"");
    rota.first_day = date.value_or(Date());
    const auto handover = in.string("handover").value_or("09:00");
    const auto minute = parse_time_of_day(handover);
    if (!minute) in.error_at("handover", "`" + handover + "` is no time of a day; write \"09:00\"");
    rota.handover = minute.value_or(rota.handover);
    rota.days = in.whole_number("days", 1, kLongestShift, rota.days);
    rota.people = in.strings("people");
    if (rota.people.empty()) in.error_at("people", "nobody takes turns; write people = [\"Sara\", \"Dana\"]");
    for (const auto* table : in.tables("overrides")) {
        TomlReader override_in(*table, file, "rota.overrides", errors);
        rota.overrides.push_back(read_override(override_in));
    }
    return rota;
}

Ladder read_ladder(TomlReader& in, const std::string& file, std::vector<SetupError>& errors) {
    Ladder ladder;
    ladder.name = in.required_string("name");
    for (const auto* table : in.tables("steps")) {
        TomlReader step_in(*table, file, "ladder.steps", errors);
        ladder.steps.push_back(read_step(step_in));
    }
    std::ranges::stable_sort(ladder.steps, {}, [](const LadderStep& step) {
        return std::tuple(!step.at_percent, step.at_percent.value_or(0), step.unacknowledged.value_or(Duration(0)));
    });
    return ladder;
}

}  // namespace rasid
