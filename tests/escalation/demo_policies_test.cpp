#include "core/setup_toml.hpp"
#include "escalation/business_time.hpp"
#include "escalation/route.hpp"
#include "escalation/rungs.hpp"
#include "tests/support/fake_random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace rasid {
namespace {

Setup demo_setup() {
    std::ifstream file(RASID_SOURCE_DIR "/demo/setup.toml");
    EXPECT_TRUE(file);
    std::stringstream text;
    text << file.rdbuf();
    auto parsed = parse_setup(text.str(), "setup.toml");
    for (const auto& error : parsed.errors) ADD_FAILURE() << to_string(error);
    for (const auto& error : check_references(parsed.setup)) ADD_FAILURE() << to_string(error);
    for (auto& person : parsed.setup.people) person.id = "id-of-" + person.name;
    return parsed.setup;
}

TEST(DemoPolicies, calendars_can_be_used) {
    for (const auto& calendar : demo_setup().calendars) EXPECT_FALSE(problem_of(calendar)) << calendar.name;
}

TEST(DemoPolicies, every_queue_promises_answers_and_tells_somebody_when_nobody_answers) {
    const auto policies = policies_of(demo_setup());
    ASSERT_FALSE(policies.queues.empty());
    FakeRandom random;
    const auto now = parse_rfc3339("2026-11-22T08:00:00Z").value();
    for (const auto& queue : policies.queues) {
        Verdict verdict;
        verdict.queue = queue.name;
        Mention mention{.key = {"mastodon", "1"}, .source = "fedi", .text = "x", .created_at = now};
        const auto opened = route(policies, mention, verdict, {.mention_id = "m"}, random, now);
        ASSERT_TRUE(opened);
        EXPECT_TRUE(opened->after.check_at) << queue.name;
        const auto later = now + std::chrono::hours(24 * 30);
        const auto told = escalate(policies, opened->after, opened->events, random, later).change.events;
        EXPECT_TRUE(std::ranges::any_of(told, [](const TicketEvent& event) { return !event.person.empty(); }))
            << queue.name;
    }
}

}  // namespace
}  // namespace rasid
