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

}  // namespace

IncidentSettings read_incidents(TomlReader& in) {
    IncidentSettings settings;
    settings.enabled = in.boolean("enabled").value_or(settings.enabled);
    settings.least = in.whole_number("least", 2, kMostMentions, settings.least);
    read_chance(in, "volume_chance", settings.volume_chance);
    read_chance(in, "negativity_chance", settings.negativity_chance);
    settings.calm = in.duration_of_at_least("calm", std::chrono::minutes(5), settings.calm);
    settings.again = in.duration_of_at_least("again", Duration(0), settings.again);
    settings.longest = in.duration_of_at_least("longest", std::chrono::hours(2), settings.longest);
    return settings;
}

std::string print_incidents(const IncidentSettings& settings) {
    const IncidentSettings shipped;
    TomlLines out;
    out.unusual("enabled", settings.enabled, shipped.enabled);
    out.unusual("least", settings.least, shipped.least);
    out.unusual("volume_chance", settings.volume_chance, shipped.volume_chance);
    out.unusual("negativity_chance", settings.negativity_chance, shipped.negativity_chance);
    out.unusual("calm", settings.calm, shipped.calm);
    out.unusual("again", settings.again, shipped.again);
    out.unusual("longest", settings.longest, shipped.longest);
    return std::move(out).take();
}

}  // namespace rasid
