#include "core/incident_settings.hpp"

#include "core/toml.hpp"
#include "core/toml_print.hpp"

namespace rasid {
namespace {

constexpr double kLeastChance = 1e-12;
constexpr double kMostChance = 0.01;
constexpr std::int64_t kMostMentions = 100000;

void read_chance(TomlReader& in, std::string_view key, double& into) {
    const auto given = in.number(key);
    if (!given) return;
    if (*given < kLeastChance || *given > kMostChance)
        in.error_at(key, "`" + std::string(key) + "` is a chance from 1e-12 to 0.01; 1e-6 is once in a million hours");
    else
        into = *given;
}

void read_length(TomlReader& in, std::string_view key, Duration least, Duration& into) {
    const auto given = in.duration(key);
    if (!given) return;
    if (*given < least)
        in.error_at(key, "`" + std::string(key) + "` must be at least " + to_duration_text(least));
    else
        into = *given;
}

}  // namespace

IncidentSettings read_incidents(TomlReader& in) {
    IncidentSettings settings;
    settings.enabled = in.boolean("enabled").value_or(settings.enabled);
    if (const auto least = in.integer("least")) {
        if (*least < 2 || *least > kMostMentions)
            in.error_at("least", "`least` must be a whole number from 2 to " + std::to_string(kMostMentions));
        else
            settings.least = static_cast<int>(*least);
    }
    read_chance(in, "volume_chance", settings.volume_chance);
    read_chance(in, "negativity_chance", settings.negativity_chance);
    read_length(in, "calm", std::chrono::minutes(5), settings.calm);
    read_length(in, "again", Duration(0), settings.again);
    read_length(in, "longest", std::chrono::hours(2), settings.longest);
    return settings;
}

std::string print_incidents(const IncidentSettings& settings) {
    const IncidentSettings shipped;
    std::string out;
    const auto line = [&](std::string_view key, const std::string& value) {
        out += std::string(key) + " = " + value + "\n";
    };
    if (settings.enabled != shipped.enabled) line("enabled", "false");
    if (settings.least != shipped.least) line("least", std::to_string(settings.least));
    const auto chance = [&](std::string_view key, double value, double usual) {
        if (value != usual) line(key, toml_number(value));
    };
    chance("volume_chance", settings.volume_chance, shipped.volume_chance);
    chance("negativity_chance", settings.negativity_chance, shipped.negativity_chance);
    const auto length = [&](std::string_view key, Duration value, Duration usual) {
        if (value != usual) line(key, toml_quoted(to_duration_text(value)));
    };
    length("calm", settings.calm, shipped.calm);
    length("again", settings.again, shipped.again);
    length("longest", settings.longest, shipped.longest);
    return out;
}

}  // namespace rasid
