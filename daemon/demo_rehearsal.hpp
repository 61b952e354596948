#pragma once

#include "core/mention.hpp"
#include "daemon/demo_stories.hpp"
#include "daemon/intake.hpp"
#include "storage/store.hpp"

#include <vector>

namespace rasid {

/// Plays the demo's day before its start through the daemon's own decisions: every mention is taken at its time, and
/// two made-up moderators answer and resolve most tickets, some of them late, so that the page opens on a day that is
/// under way. `mentions` are in order of time; what is newer than `now` is left out. Whom `stories` leave unanswered
/// nobody answers.
void rehearse_day(Store& store, const Decisions& decisions, const std::vector<Mention>& mentions,
                  const std::string& source, const std::vector<StoryLine>& stories, Random& random, Instant now);

/// Lives every customer's current year, which is laid already, until today: most of what was planned is done on its
/// day, and the stories are told in between.
void rehearse_year(Store& store, const std::vector<StoryLine>& stories, Random& random, Instant now);

}  // namespace rasid
