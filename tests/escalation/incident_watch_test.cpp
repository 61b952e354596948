#include "escalation/incident_series.hpp"
#include "escalation/incident_tickets.hpp"
#include "escalation/incident_watch.hpp"
#include "escalation/route.hpp"
#include "escalation/rungs.hpp"
#include "tests/support/fake_random.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rasid {
namespace {

using namespace std::chrono_literals;

const Instant kMondayNoon = *parse_rfc3339("2026-03-02T12:00:00Z");
const Series kLate{"nasma", Series::Kind::rule, "late order"};
const Series kComplaint{"nasma", Series::Kind::tag, "complaint"};
const Series kNews{"nasma", Series::Kind::source, "news"};

/// Two weeks of one mention an hour.
HourHistory two_weeks(Instant until = kMondayNoon) {
    return {std::chrono::floor<std::chrono::hours>(until) - std::chrono::weeks(2),
            std::deque<HourCount>(14 * 24, HourCount{1, 0})};
}

IncidentWatch watch_of(const std::vector<Series>& series) {
    IncidentWatch watch;
    std::vector<KnownSeries> known;
    for (const auto& one : series) known.push_back({one, two_weeks(), {}});
    watch.resume(std::move(known), {});
    return watch;
}

WatchedMention mention(int n, const std::vector<Series>& series, Instant at) {
    return {.id = "m" + std::to_string(n),
            .group = "m" + std::to_string(n),
            .at = at,
            .series = series,
            .ticket = "t" + std::to_string(n)};
}

/// Hears until the first rise; returns its turns.
std::vector<SeriesTurn> rise(IncidentWatch& watch, const std::vector<Series>& series, Instant from = kMondayNoon,
                             int first = 0) {
    for (int n = 0; n < 60; ++n) {
        auto turns = watch.hear(mention(first + n, series, from + n * 20s));
        if (!turns.empty()) return turns;
    }
    return {};
}

TEST(SeriesOfTest, counts_a_routed_mention_by_its_rules_tags_and_source_the_most_telling_first) {
    const RuleRoutes routes = {{"late order", {"care", "late order", Priority::high}}};
    Verdict verdict;
    verdict.brand = "nasma";
    verdict.rules = {"late order", "menu"};
    verdict.tags = {"complaint", "complaint"};
    verdict.queue = "care";
    EXPECT_EQ(series_of(verdict, "news", routes), (std::vector<Series>{kLate, kComplaint, kNews}));
    EXPECT_EQ(route_of(kLate, verdict, routes).priority, Priority::high);
    EXPECT_EQ(route_of(kNews, verdict, routes).queue, "care");
    verdict.queue.reset();
    EXPECT_TRUE(series_of(verdict, "news", routes).empty()) << "what nobody has to handle is no incident";
}

TEST(IncidentWatchTest, rises_of_the_same_mentions_are_one_incident) {
    auto watch = watch_of({kLate, kComplaint, kNews});
    const auto turns = rise(watch, {kLate, kComplaint, kNews});
    ASSERT_EQ(turns.size(), 3u);
    EXPECT_EQ(turns[0].series, kLate);
    const auto brought = watch.join(kLate, turns[0].turn.incident.began_at, "incident");
    EXPECT_GE(brought.size(), 6u);
    for (std::size_t i = 1; i < turns.size(); ++i) {
        const auto since = turns[i].turn.incident.began_at;
        EXPECT_EQ(watch.incident_like(turns[i].series, since), "incident");
        EXPECT_TRUE(watch.join(turns[i].series, since, "incident").empty()) << "they are part of it already";
    }
    EXPECT_EQ(watch.running(std::vector<Series>{kLate, kComplaint, kNews}).size(), 3u);
}

TEST(IncidentWatchTest, rises_of_other_mentions_are_another_incident) {
    const Series menu{"nasma", Series::Kind::rule, "menu"};
    auto watch = watch_of({kLate, menu});
    const auto first = rise(watch, {kLate});
    watch.join(kLate, first.at(0).turn.incident.began_at, "incident");
    const auto second = rise(watch, {menu}, kMondayNoon + 25min, 200);
    ASSERT_EQ(second.size(), 1u);
    EXPECT_EQ(watch.incident_like(menu, second[0].turn.incident.began_at), "");
}

TEST(IncidentWatchTest, a_copy_of_a_member_is_part_of_the_incident_wherever_it_is_heard) {
    const Series other{"nasma", Series::Kind::source, "x"};
    auto watch = watch_of({kLate, other});
    const auto turns = rise(watch, {kLate});
    const auto brought = watch.join(kLate, turns.at(0).turn.incident.began_at, "incident");
    auto copy = mention(100, {other}, kMondayNoon + 30min);
    copy.group = brought.front().group;
    watch.hear(copy);
    EXPECT_EQ(watch.incident_of_last(), "incident");
    watch.hear(mention(101, {other}, kMondayNoon + 30min));
    EXPECT_EQ(watch.incident_of_last(), "") << "a text of its own is not";
}

TEST(IncidentWatchTest, a_watch_begun_again_goes_on_with_the_incident_that_runs) {
    auto lived = watch_of({kLate});
    const auto began = rise(lived, {kLate}).at(0).turn.incident;
    lived.join(kLate, began.began_at, "incident");
    const auto running = lived.running(std::vector<Series>{kLate}).at(0);

    IncidentWatch again;
    std::vector<WatchedMention> past_hour;
    for (int n = 0; n < 15; ++n) past_hour.push_back(mention(n, {kLate}, kMondayNoon + n * 20s));
    for (auto& one : past_hour) one.incident = "incident";
    again.resume({{kLate, two_weeks(), running}}, past_hour);
    EXPECT_TRUE(again.hear(mention(50, {kLate}, kMondayNoon + 6min)).empty()) << "nothing is told twice";
    EXPECT_EQ(again.incident_of_last(), "incident");
    std::vector<SeriesTurn> ended;
    for (Instant now = kMondayNoon + 6min; ended.empty() && now < kMondayNoon + 5h; now += 1min)
        ended = again.tick(now);
    ASSERT_EQ(ended.size(), 1u) << "nothing is forgotten";
    EXPECT_EQ(ended[0].incident, "incident");
    EXPECT_FALSE(again.runs("incident"));
}

TEST(IncidentWatchTest, a_clock_that_jumps_a_day_neither_ends_an_incident_nor_makes_another) {
    auto watch = watch_of({kLate});
    const auto began = rise(watch, {kLate}).at(0).turn.incident;
    watch.join(kLate, began.began_at, "incident");
    EXPECT_TRUE(watch.tick(kMondayNoon + 24h).empty());
    EXPECT_TRUE(watch.tick(kMondayNoon + 10min).empty());
    EXPECT_TRUE(watch.hear(mention(90, {kLate}, kMondayNoon + 11min)).empty());
    EXPECT_TRUE(watch.runs("incident"));
}

TEST(SpikeWatchTest, what_comes_more_than_an_hour_late_is_counted_and_makes_nothing_unusual) {
    SpikeWatch watch({}, two_weeks());
    watch.tick(kMondayNoon);
    for (int i = 0; i < 400; ++i) EXPECT_FALSE(watch.hear(kMondayNoon - 3h + i * 1s, true));
    EXPECT_EQ(watch.history().counts().at(14 * 24 - 3).total, 401);
}

/// Tickets under a small house's promises.
class IncidentTicketsTest : public testing::Test {
protected:
    IncidentTicketsTest() {
        policies.ladders = {{.name = "care", .steps = {{.at_percent = 50, .to = "role:moderator"}}}};
        policies.queues = {{.name = "care", .targets = {.first_response = 10min}, .ladder = "care", .brand = "nasma"}};
    }

    Ticket opened(Priority priority) {
        Mention mention;
        mention.key = {"x", "1"};
        mention.author.handle = "hind";
        mention.created_at = kMondayNoon;
        Verdict verdict;
        verdict.queue = "care";
        verdict.brand = "nasma";
        verdict.priority = priority;
        const auto change = route(policies, mention, verdict, {.mention_id = "m1"}, random, kMondayNoon);
        events = change->events;
        return change->after;
    }
    TicketChange incident(Priority of_rule = Priority::normal) {
        Incident rise;
        rise.reason = {"incident.volume", {"30", "4.2"}};
        return open_incident(policies, kLate, rise, {"care", "late order", of_rule}, random, kMondayNoon);
    }

    Policies policies;
    FakeRandom random;
    std::vector<TicketEvent> events;
};

TEST_F(IncidentTicketsTest, an_incident_has_a_ticket_of_its_own_more_urgent_than_its_rule) {
    const auto ticket = incident().after;
    EXPECT_TRUE(ticket.leads_incident());
    EXPECT_TRUE(ticket.incident_runs);
    EXPECT_EQ(ticket.priority, Priority::high);
    EXPECT_EQ(incident(Priority::high).after.priority, Priority::critical);
    EXPECT_EQ(ticket.queue, "care");
    EXPECT_EQ(ticket.mentions, 0);
    EXPECT_EQ(ticket.reasons.front(), (Reason{"incident.volume", {"30", "4.2"}}));
    EXPECT_EQ(in_words(ticket.reasons.back(), Texts("en")), "an unusual rise of volume in rule:late order");
    ASSERT_FALSE(rungs_ahead(ticket, policies).empty()) << "it climbs its ladder for all";
    EXPECT_EQ(rungs_ahead(ticket, policies).front().at, kMondayNoon) << "the first step at once";
    EXPECT_EQ(ticket.check_at, kMondayNoon);
}

TEST_F(IncidentTicketsTest, a_member_takes_no_step_while_the_incident_runs_and_its_clock_goes_on) {
    const auto parent = incident().after;
    const auto ticket = opened(Priority::normal);
    const auto grouped = group_ticket(policies, ticket, Priority::normal, events, parent, random, kMondayNoon + 1min);
    ASSERT_TRUE(grouped);
    EXPECT_EQ(grouped->after.incident, parent.id);
    EXPECT_TRUE(rungs_ahead(grouped->after, policies).empty());
    EXPECT_EQ(grouped->after.due_at, kMondayNoon + 10min);
    EXPECT_EQ(grouped->after.check_at, kMondayNoon + 10min) << "a breach is recorded all the same";

    events.insert(events.end(), grouped->events.begin(), grouped->events.end());
    const auto over = end_incident(policies, grouped->after, events, random, kMondayNoon + 2min);
    ASSERT_TRUE(over);
    EXPECT_EQ(over->after.incident, parent.id) << "whose member it was is remembered";
    EXPECT_FALSE(rungs_ahead(over->after, policies).empty());
    events.insert(events.end(), over->events.begin(), over->events.end());
    EXPECT_FALSE(end_incident(policies, over->after, events, random, kMondayNoon + 3min));
}

TEST_F(IncidentTicketsTest, a_ticket_of_a_more_urgent_rule_or_another_queue_stands_on_its_own) {
    const auto parent = incident().after;
    EXPECT_FALSE(
        group_ticket(policies, opened(Priority::critical), Priority::critical, events, parent, random, kMondayNoon));
    auto elsewhere = opened(Priority::normal);
    elsewhere.queue = "safety";
    EXPECT_FALSE(group_ticket(policies, elsewhere, Priority::normal, events, parent, random, kMondayNoon));
}

TEST_F(IncidentTicketsTest, nothing_is_put_below_an_incident_that_somebody_resolved) {
    auto parent = incident().after;
    parent.state = TicketState::resolved;
    EXPECT_FALSE(
        group_ticket(policies, opened(Priority::normal), Priority::normal, events, parent, random, kMondayNoon));
}

TEST_F(IncidentTicketsTest, a_person_takes_a_ticket_out_and_back) {
    const auto parent = incident().after;
    const auto ticket = opened(Priority::normal);
    const auto grouped = group_ticket(policies, ticket, Priority::normal, events, parent, random, kMondayNoon);
    events.insert(events.end(), grouped->events.begin(), grouped->events.end());
    TicketCommand order{.kind = TicketCommand::Kind::ungroup, .actor = "p1"};
    const auto out = command(policies, grouped->after, events, order, random, kMondayNoon + 1min);
    ASSERT_TRUE(out);
    EXPECT_EQ(out->after.incident, "");
    EXPECT_FALSE(rungs_ahead(out->after, policies).empty());
    events.insert(events.end(), out->events.begin(), out->events.end());
    order = {.kind = TicketCommand::Kind::undo, .actor = "p1", .event = out->events.front().id};
    const auto back = command(policies, out->after, events, order, random, kMondayNoon + 2min);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->after.incident, parent.id);
    EXPECT_TRUE(back->after.held_by_incident());
    order = {.kind = TicketCommand::Kind::ungroup, .actor = "p1"};
    EXPECT_FALSE(command(policies, ticket, {events.data(), 1}, order, random, kMondayNoon));
}

TEST_F(IncidentTicketsTest, a_mention_of_an_incident_that_runs_weighs_more) {
    Mention mention;
    mention.key = {"x", "1"};
    mention.created_at = kMondayNoon;
    Verdict verdict;
    verdict.queue = "care";
    const auto change = route(policies, mention, verdict, {.mention_id = "m1", .incident = true}, random, kMondayNoon);
    ASSERT_TRUE(change);
    EXPECT_NE(std::ranges::find(change->after.reasons, "priority.incident", &Reason::code),
              change->after.reasons.end());
}

}  // namespace
}  // namespace rasid
