#pragma once

#include "core/setup_toml.hpp"
#include "daemon/intake.hpp"
#include "rules/sentiment_layers.hpp"

#include <memory>
#include <vector>

namespace rasid {

/// Everything wrong with a setup: names that nothing answers to, rules that do not compile, calendars that cannot be
/// used.
std::vector<SetupError> check_setup(const Setup& setup);

/// The compiled form of a setup that check_setup found good. Rules that fail all the same are left out.
std::shared_ptr<const Decisions> decisions_of(const Setup& setup);

/// The same decisions with what corrections taught, instead of what earlier ones did.
std::shared_ptr<const Decisions> taught(const Decisions& decisions, const SentimentLayers& layers);

}  // namespace rasid
