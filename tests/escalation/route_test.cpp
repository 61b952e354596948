#include "escalation/ticket_history.hpp"
#include "tests/escalation/ticket_scene.hpp"

namespace rasid {
namespace {

class RouteTest : public TicketScene {
protected:
    std::optional<TicketChange> route_it(const Mention& heard) {
        return route(policies, heard, verdict, context, random, now);
    }
};

TEST_F(RouteTest, a_rule_with_a_queue_opens_a_ticket_with_a_clock_for_each_target) {
    context.customer = "c1";
    const auto change = route_it(mention()).value();
    EXPECT_EQ(change.expected_version, 0);
    ASSERT_EQ(change.events.size(), 1U);
    EXPECT_EQ(change.events[0].kind, TicketEventKind::opened);
    const auto& opened = change.after;
    EXPECT_EQ(opened.id, change.events[0].ticket);
    EXPECT_EQ(opened.number, 0);
    EXPECT_EQ(opened.version, 1);
    EXPECT_EQ(opened.queue, "care");
    EXPECT_EQ(opened.brand, "nasma");
    EXPECT_EQ(opened.ladder, "care");
    EXPECT_EQ(opened.rule, "complaints");
    EXPECT_EQ(opened.customer, "c1");
    EXPECT_EQ(opened.author.handle, "hind_z");
    EXPECT_EQ(opened.first_mention, "m1");
    EXPECT_EQ(opened.latest_mention, "m1");
    EXPECT_EQ(opened.mentions, 1);
    ASSERT_EQ(opened.clocks.size(), 2U);
    EXPECT_EQ(opened.clocks[0].due_at, now + 60min);
    EXPECT_EQ(opened.clocks[1].due_at, now + 8h);
    EXPECT_EQ(opened.due_at, now + 60min);
    EXPECT_EQ(opened.soon_at, now + 45min);
    EXPECT_EQ(opened.check_at, now + 30min) << "half of the first response";
}

TEST_F(RouteTest, the_clock_starts_at_the_publication_but_not_before_the_source_was_added_nor_in_the_future) {
    auto heard = mention();
    heard.created_at = now - 10min;
    EXPECT_EQ(route_it(heard)->after.clocks[0].started_at, now - 10min);
    context.since = heard.created_at;
    heard.created_at = now + 100h;
    EXPECT_EQ(route_it(heard)->after.clocks[0].started_at, now);
}

TEST_F(RouteTest, a_ticket_keeps_the_sum_of_its_priority_and_no_word_of_the_mention) {
    verdict.reasons = {{"rule", {"complaints", "0500000000"}}};
    EXPECT_EQ(route_it(mention())->after.reasons, reasons_of(sum_priority(verdict)));
}

TEST_F(RouteTest, what_is_older_than_the_source_is_history) {
    auto heard = mention();
    heard.created_at = context.since - 1us;
    EXPECT_FALSE(route_it(heard));
}

TEST_F(RouteTest, muted_authors_ignoring_rules_tombstones_and_mentions_without_a_queue_do_nothing) {
    open_ticket();
    const auto nothing = [&] { return !hear(mention(), "m2"); };
    context.muted = true;
    EXPECT_TRUE(nothing());
    context.muted = false;
    verdict.ignore = true;
    EXPECT_TRUE(nothing());
    verdict.ignore = false;
    auto deleted = mention();
    deleted.deleted = true;
    EXPECT_FALSE(hear(deleted, "m2"));
    verdict.queue.reset();
    EXPECT_TRUE(nothing());
    context.open.reset();
    EXPECT_FALSE(route_it(mention()));
}

TEST_F(RouteTest, a_further_message_joins_the_open_ticket_from_whatever_source_it_comes) {
    open_ticket();
    auto heard = mention("still waiting");
    heard.key.platform = "feed";
    heard.source = "reviews";
    keep(hear(heard, "m2").value());
    EXPECT_EQ(ticket.mentions, 2);
    EXPECT_EQ(ticket.first_mention, "m1");
    EXPECT_EQ(ticket.latest_mention, "m2");
    EXPECT_EQ(ticket.version, 2);
    EXPECT_EQ(ticket.number, 4821);
    EXPECT_EQ(ticket.clocks[0].due_at, now + 60min) << "writing again promises no later answer";
}

TEST_F(RouteTest, the_same_message_twice_joins_once) {
    open_ticket();
    EXPECT_FALSE(hear(mention(), "m1"));
    keep(hear(mention(), "m2").value());
    keep(hear(mention(), "m3").value());
    EXPECT_FALSE(hear(mention(), "m2"));
}

TEST_F(RouteTest, a_joining_message_may_raise_the_priority_with_its_reason_and_never_lowers_it) {
    open_ticket();
    verdict.priority = Priority::critical;
    const auto change = hear(mention(), "m2").value();
    keep(change);
    ASSERT_EQ(change.events.size(), 2U);
    EXPECT_EQ(change.events[1].kind, TicketEventKind::priority_changed);
    EXPECT_TRUE(change.events[1].actor.empty());
    EXPECT_TRUE(change.events[1].text.empty());
    EXPECT_EQ(ticket.priority, Priority::critical);
    EXPECT_EQ(ticket.version, 3);
    EXPECT_EQ(ticket.reasons.back().code, "priority.sum");
    EXPECT_EQ(change.events[1].detail->reasons, std::vector<Reason>{ticket.reasons.back()});
    verdict.priority = Priority::low;
    keep(hear(mention(), "m3").value());
    EXPECT_EQ(ticket.priority, Priority::critical);
}

TEST_F(RouteTest, an_edit_of_a_message_of_the_ticket_only_ever_raises_its_priority) {
    open_ticket();
    context.edit = true;
    EXPECT_FALSE(hear(mention("the latte was COLD"), "m1"));
    verdict.priority = Priority::high;
    const auto change = hear(mention("there was glass in it"), "m1").value();
    ASSERT_EQ(change.events.size(), 1U);
    EXPECT_EQ(change.events[0].kind, TicketEventKind::priority_changed);
}

TEST_F(RouteTest, an_edit_that_turns_into_a_complaint_opens_a_ticket_timed_from_the_edit) {
    context.edit = true;
    auto heard = mention();
    heard.created_at = now - 10h;
    heard.edited_at = now - 5min;
    EXPECT_EQ(route_it(heard)->after.clocks[0].started_at, now - 5min);
    context.was_routed = true;
    EXPECT_FALSE(route_it(heard)) << "its ticket was resolved; an edit does not bring it back";
}

TEST_F(RouteTest, an_own_post_never_opens_a_ticket) {
    auto own = mention("we open at nine");
    own.own = true;
    EXPECT_FALSE(route_it(own));
}

TEST_F(RouteTest, an_own_post_that_answers_meets_the_first_response_at_its_publication) {
    open_ticket();
    now += 50min;
    auto own = mention("we are sorry");
    own.own = true;
    own.created_at = now - 20min;
    const auto change = hear(own, "m2").value();
    keep(change);
    EXPECT_EQ(change.events[0].kind, TicketEventKind::replied);
    EXPECT_EQ(change.events[0].mention, "m2");
    EXPECT_EQ(clock(Target::first_response)->met_at, now - 20min);
    EXPECT_EQ(state(Target::first_response), ClockState::met);
    EXPECT_EQ(ticket.latest_mention, "m1") << "what the customer said last";
    EXPECT_FALSE(hear(own, "m2"));
}

TEST_F(RouteTest, an_own_answer_seen_late_takes_back_a_breach_that_never_was) {
    open_ticket();
    now += 61min;
    tick();
    EXPECT_EQ(state(Target::first_response), ClockState::breached);
    auto own = mention("we are sorry");
    own.own = true;
    own.created_at = now - 30min;
    keep(hear(own, "m2").value());
    EXPECT_EQ(state(Target::first_response), ClockState::met);
    EXPECT_FALSE(clock(Target::first_response)->breached_at);
}

TEST_F(RouteTest, an_own_post_from_before_the_complaint_answers_nothing) {
    open_ticket();
    auto own = mention("good morning");
    own.own = true;
    own.created_at = now - 1min;
    EXPECT_FALSE(hear(own, "m0"));
}

TEST_F(RouteTest, the_echo_of_a_reply_that_rasid_published_is_no_second_reply) {
    open_ticket();
    const auto queued = act(TicketCommand::Kind::reply, "We are sorry,\nwrite to us").id;
    now += 12s;
    auto echo = mention("@hind_z We are sorry, write to us");
    echo.own = true;
    EXPECT_FALSE(hear(echo, "m2")) << "seen before the dispatcher reported";
    outcome(queued, true);
    EXPECT_FALSE(hear(echo, "m2")) << "and after";
}

TEST_F(RouteTest, an_echo_shows_that_a_reply_given_up_as_lost_was_published) {
    open_ticket();
    const auto queued = act(TicketCommand::Kind::reply, "We are sorry").id;
    outcome(queued, false, "no answer in time");
    now += 1min;
    auto echo = mention("@hind_z We are sorry");
    echo.own = true;
    const auto change = hear(echo, "m2").value();
    EXPECT_EQ(change.events[0].refers_to, queued);
    EXPECT_EQ(change.events[0].actor, "p-sara");
}

TEST_F(RouteTest, a_queue_that_was_removed_meanwhile_loses_no_ticket) {
    verdict.queue = "gone";
    const auto change = route_it(mention()).value();
    EXPECT_EQ(change.after.queue, "gone");
    EXPECT_TRUE(change.after.clocks.empty());
    EXPECT_FALSE(change.after.due_at);
}

TEST_F(RouteTest, targets_of_a_queue_with_a_calendar_run_in_working_time) {
    verdict.queue = "slow";
    now = at("2026-03-05T13:00:00Z");  // Thursday 16:00 in Riyadh
    const auto change = route_it(mention()).value();
    EXPECT_EQ(change.after.clocks[0].due_at, at("2026-03-08T09:00:00Z"));
    EXPECT_EQ(state_of(change.after.clocks[0], policies, at("2026-03-06T09:00:00Z")), ClockState::paused);
    EXPECT_EQ(state_of(change.after.clocks[0], policies, now), ClockState::running);
}

TEST(PriorityTest, is_the_rules_weight_raised_by_influence_and_negative_sentiment) {
    Verdict verdict;
    verdict.priority = Priority::normal;
    EXPECT_EQ(sum_priority(verdict).priority, Priority::normal);
    verdict.sentiment = {.label = Polarity::negative, .score = -1};
    EXPECT_EQ(sum_priority(verdict).priority, Priority::normal) << "anger alone is no reason";
    verdict.influence.score = 80;
    EXPECT_EQ(sum_priority(verdict).priority, Priority::high);
    verdict.priority = Priority::critical;
    EXPECT_EQ(sum_priority(verdict).priority, Priority::critical);
}

TEST_F(RouteTest, a_priority_that_an_earlier_version_raised_keeps_the_words_that_it_was_given) {
    open_ticket();
    auto events = history;
    const std::string words = "priority critical: 80 points, a step each 25";
    events.push_back({.ticket = ticket.id,
                      .sequence = ticket.version + 1,
                      .at = now,
                      .kind = TicketEventKind::priority_changed,
                      .text = words,
                      .priority = Priority::critical});
    EXPECT_EQ(fold(events, now).reasons.back(), already_said(words));
    EXPECT_EQ(words_of(events.back(), Texts("ar")), words);
}

TEST(PriorityTest, shows_every_addend_and_the_sum) {
    Verdict verdict;
    verdict.priority = Priority::high;
    verdict.influence.score = 40;
    verdict.sentiment = {.label = Polarity::negative, .score = -0.7};
    const auto reasons = in_words(reasons_of(sum_priority(verdict)), Texts("en"));
    ASSERT_EQ(reasons.size(), 4U);
    EXPECT_EQ(reasons[0], "rule priority high: +50");
    EXPECT_EQ(reasons[1], "influence 40 of 100: +8");
    EXPECT_EQ(reasons[2], "negative sentiment: +7");
    EXPECT_EQ(reasons[3], "priority high: 65 points, a step each 25");
}

TEST(PriorityTest, a_compliment_is_not_made_more_urgent_by_its_warmth) {
    Verdict verdict;
    verdict.priority = Priority::low;
    verdict.sentiment = {.label = Polarity::positive, .score = 1};
    EXPECT_EQ(sum_priority(verdict).priority, Priority::low);
}

}  // namespace
}  // namespace rasid
