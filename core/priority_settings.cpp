#include "core/priority_settings.hpp"

#include "core/toml.hpp"
#include "core/toml_print.hpp"

#include <cmath>

namespace rasid {

PrioritySettings read_priorities(TomlReader& in) {
    constexpr double kMostPoints = 50;
    PrioritySettings settings;
    for (const auto& [tier, points] : in.number_table("tiers")) {
        if (points < 0 || points > kMostPoints || points != std::floor(points))
            in.error_at("tiers", "the points of tier `" + tier + "` must be a whole number from 0 to 50");
        else
            settings.tiers[tier] = static_cast<int>(points);
    }
    settings.loss_scale = in.number("loss_scale").value_or(settings.loss_scale);
    if (!(settings.loss_scale > 0)) in.error_at("loss_scale", "`loss_scale` must be more than zero");
    return settings;
}

std::string print_priorities(const PrioritySettings& settings) {
    TomlLines out;
    if (!settings.tiers.empty()) {
        std::string tiers;
        for (const auto& [tier, points] : settings.tiers)
            tiers += (tiers.empty() ? "" : ", ") + toml_quoted(tier) + " = " + std::to_string(points);
        out.line("tiers", "{ " + tiers + " }");
    }
    out.unusual("loss_scale", settings.loss_scale, PrioritySettings().loss_scale);
    return std::move(out).take();
}

}  // namespace rasid
