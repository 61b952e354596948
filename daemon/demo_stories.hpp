#pragma once

#include "core/random.hpp"
#include "core/touch.hpp"
#include "engagement/plan_rules.hpp"
#include "storage/store.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// One thing that happened between the demo's brand and a customer before the demo began.
struct StoryLine {
    std::string customer = {};  ///< name
    Instant at = {};
    std::string deed = {};  ///< contact | referral | survey | complaint | promise | resolve | unanswered
    std::string kind = {};  ///< of a contact or a survey
    std::string text = {};
    std::string platform = {};
    std::string handle = {};
    std::vector<std::string> tags = {};
    int score = 0;
    Duration within = {};                ///< of a promise
    std::optional<Duration> kept_after;  ///< absent: it was broken
};

/// Lines of demo/stories.ndjson, oldest first. Throws std::runtime_error naming the line that cannot be read.
std::vector<StoryLine> parse_stories(std::string_view ndjson, Instant now);

/// Whether nobody answers what this customer writes before the demo begins.
bool is_unanswered(const std::vector<StoryLine>& stories, std::string_view customer);

/// Tells one line in the store by the functions that the daemon uses. What its state does not allow is passed over.
void tell(Store& store, const StoryLine& line, const Customer& customer, const ReactRules& rules, Random& random);

}  // namespace rasid
