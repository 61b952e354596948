#include "engagement/calendar_feed.hpp"
#include "engagement/plan.hpp"
#include "engagement/today.hpp"
#include "engagement/touch_actions.hpp"
#include "engagement/touch_content.hpp"
#include "tests/support/fake_random.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rasid {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

class TouchActionsTest : public ::testing::Test {
protected:
    TouchActionsTest() {
        plan.customer = {.id = "c1",
                         .name = "نوف",
                         .name_latin = "Nouf",
                         .emails = {"nouf@example.org"},
                         .phones = {"+96655"},
                         .language = "ar",
                         .owner = "sara"};
        plan.touches = lay_out_year(default_plan(), plan.customer, 2026, 2026y / 1 / 1);
    }

    PlannedTouch& touch(std::string_view id) { return *std::ranges::find(plan.touches, id, &PlannedTouch::id); }
    PlannedTouch& call(int ordinal) { return touch("c1-2026-call-" + std::to_string(ordinal)); }
    void keep(const PlanChange& change) {
        for (const auto& changed : change.touches) touch(changed.id) = changed;
    }
    PlanChange log(Contact contact) {
        contact.at = now;
        auto change = log_contact(plan, contact, {}, random);
        keep(change);
        return change;
    }
    Result<PlanChange> act(std::string_view id, TouchAction action) {
        return act_on_touch(plan, id, action, {}, random, now);
    }

    PlanState plan;
    FakeRandom random;
    Instant now = Instant(sys_days(2026y / 3 / 2)) + 9h;
};

TEST_F(TouchActionsTest, a_logged_call_fulfils_the_planned_call_and_nothing_else) {
    now = Instant(sys_days(call(1).due_on)) + 10h;
    const auto change = log({.kind = "call", .text = "asked about beans", .actor = "sara"});
    EXPECT_EQ(call(1).state, TouchState::done);
    ASSERT_EQ(change.ledger.size(), 1U);
    EXPECT_EQ(change.ledger[0].touch, "c1-2026-call-1");
    EXPECT_EQ(change.ledger[0].channel, "phone");
    EXPECT_EQ(change.ledger[0].actor, "sara");
    EXPECT_EQ(std::ranges::count(plan.touches, TouchState::done, &PlannedTouch::state), 1);
}

TEST_F(TouchActionsTest, what_is_no_touch_kind_early_or_about_a_complaint_stands_beside_the_plan) {
    now = Instant(sys_days(call(1).due_on)) - 24h * 40;
    EXPECT_TRUE(log({.kind = "call"}).touches.empty()) << "more than a month early";
    now = Instant(sys_days(call(1).due_on));
    EXPECT_TRUE(log({.kind = "reply", .channel = "mastodon"}).touches.empty());
    const auto about = log({.kind = "call", .ticket = "k1"});
    EXPECT_TRUE(about.touches.empty());
    EXPECT_EQ(about.ledger[0].ticket, "k1");
    EXPECT_TRUE(about.ledger[0].touch.empty());
}

TEST_F(TouchActionsTest, the_longest_overdue_is_fulfilled_first_and_a_recovery_call_before_all) {
    now = Instant(sys_days(call(3).due_on));
    plan.touches.push_back({.id = "r", .customer = "c1", .kind = "recovery_call", .due_on = call(3).due_on});
    EXPECT_EQ(log({.kind = "call", .ticket = "k1"}).ledger[0].touch, "r");
    EXPECT_EQ(log({.kind = "call"}).ledger[0].touch, "c1-2026-call-1");
    EXPECT_EQ(log({.kind = "call"}).ledger[0].touch, "c1-2026-call-2");
}

TEST_F(TouchActionsTest, a_call_makes_its_note_due_and_drafts_it_from_what_was_said) {
    const auto note = std::ranges::find(plan.touches, call(1).id, &PlannedTouch::follows);
    ASSERT_NE(note, plan.touches.end());
    now = Instant(sys_days(call(1).due_on) + std::chrono::days(20)) + 9h;
    log({.kind = "call", .text = "موعد افتتاح الفرع"});
    EXPECT_GT(sys_days(note->due_on), sys_days(utc_date(now)));
    EXPECT_LE(sys_days(note->due_on) - sys_days(utc_date(now)), std::chrono::days(7));
    EXPECT_NE(note->reason.find("the call was made on " + to_string(utc_date(now))), std::string::npos);
    EXPECT_NE(note->draft.find("نوف"), std::string::npos);
    EXPECT_NE(note->draft.find("موعد افتتاح الفرع"), std::string::npos);
}

TEST_F(TouchActionsTest, a_skipped_call_takes_its_note_along) {
    const auto note = std::ranges::find(plan.touches, call(1).id, &PlannedTouch::follows);
    keep(act(call(1).id, {.action = "skip", .text = "he is away"}).value());
    EXPECT_EQ(call(1).reason, "he is away");
    EXPECT_EQ(note->state, TouchState::skipped);
    EXPECT_EQ(note->reason, "its call was skipped");
}

TEST_F(TouchActionsTest, moving_keeps_to_working_days_to_come) {
    const auto id = call(5).id;
    const auto was = to_string(call(5).due_on);
    const auto refuses = [&](Date to, Failure::Kind kind) {
        const auto change = act(id, {.action = "move", .to = to});
        return !change && change.error().kind == kind;
    };
    EXPECT_TRUE(refuses(2026y / 12 / 25, Failure::Kind::malformed)) << "a Friday";
    EXPECT_TRUE(refuses(2026y / 2 / 30, Failure::Kind::malformed));
    EXPECT_TRUE(refuses(2026y / 3 / 1, Failure::Kind::refused)) << "yesterday";
    keep(act(id, {.action = "move", .to = 2026y / 12 / 24, .text = "he asked"}).value());
    EXPECT_EQ(call(5).due_on, Date(2026y / 12 / 24));
    EXPECT_EQ(call(5).reason, "moved from " + was + ": he asked");
    keep(act(id, {.action = "move", .to = 2026y / 12 / 23}).value());
    EXPECT_EQ(call(5).reason, "moved from 2026-12-24: by hand") << "only the latest move is told";
    EXPECT_FALSE(act("unknown", {.action = "done"}));
}

TEST_F(TouchActionsTest, every_touch_carries_its_value_item_and_the_reminder_to_refer) {
    for (const auto& each : plan.touches) {
        for (const auto* language : {"ar", "en"}) {
            const auto content = content_of(default_plan(), each, {}, language);
            EXPECT_FALSE(content.value_item.empty());
            EXPECT_FALSE(content.referral_reminder.empty());
            EXPECT_EQ(content.referral_steps.size(), 3U);
            EXPECT_FALSE(content_of(default_plan(), each, {.ticket = "k"}, language).asks_for_referral);
        }
    }
    PlanTemplate own{.value_items = {{"call", "one"}, {"gift", "x"}, {"call", "two"}}, .referral_steps = {"just ask"}};
    EXPECT_EQ(content_of(own, call(1), {}, "en").value_item, "one");
    EXPECT_EQ(content_of(own, call(2), {}, "en").value_item, "two");
    EXPECT_EQ(content_of(own, call(3), {}, "en").value_item, "one");
    EXPECT_EQ(content_of(own, call(3), {}, "en").referral_steps, std::vector<std::string>{"just ask"});
}

TEST_F(TouchActionsTest, a_newsletter_by_mail_is_in_his_language_and_can_be_stopped_with_one_click) {
    const auto& letter = touch("c1-2026-newsletter-1");
    const auto write = [&](std::string_view body, std::string_view link) {
        return mail_of(default_plan(), letter, plan.customer, plan.guard, body, link);
    };
    EXPECT_FALSE(write("x", "")) << "a newsletter without a way out";
    EXPECT_FALSE(write("", "https://example.org/u/T")) << "nothing is written";
    auto mail = write("أهلا {name}.\n\nفتحنا فرعا.", "https://example.org/u/T").value();
    EXPECT_EQ(mail.language, "ar");
    EXPECT_NE(mail.subject.find("نوف"), std::string::npos);
    ASSERT_EQ(mail.paragraphs.size(), 4U);
    EXPECT_EQ(mail.paragraphs[1], "أهلا نوف.");
    EXPECT_EQ(mail.paragraphs[2], "فتحنا فرعا.");
    EXPECT_EQ(mail.steps.size(), 3U);
    EXPECT_EQ(mail.unsubscribe_url, "https://example.org/u/T");
    plan.customer.language = "en";
    EXPECT_NE(write("x", "https://example.org/u/T").value().subject.find("Nouf"), std::string::npos);
    plan.customer.emails.clear();
    EXPECT_FALSE(write("x", "https://example.org/u/T"));

    const auto stopped = unsubscribed(plan.customer, now);
    EXPECT_TRUE(lay_out_year(default_plan(), stopped, 2026, 2026y / 1 / 1).size() < 33U);
    EXPECT_FALSE(mail_of(default_plan(), call(1), plan.customer, {}, "x", {})) << "no mail carries a call";
}

TEST_F(TouchActionsTest, today_lists_what_is_owed_on_his_list_with_a_brief_for_calls) {
    CustomerToday first{.plan = plan, .expected_loss = 10};
    first.ledger = {{.id = "1", .at = now - 3h, .kind = "mention", .text = "old"},
                    {.id = "2", .at = now - 2h, .kind = "mention", .text = "new"},
                    {.id = "3", .at = now - 1h, .direction = Direction::outbound, .kind = "call", .text = "said"}};
    first.tickets = {{.id = "k1", .state = TicketState::open}, {.id = "k2", .state = TicketState::resolved}};
    first.promises = {{.id = "p", .kept_at = now}, {.id = "q"}};
    first.plan.customer.interests = {"beans"};
    auto second = first;
    second.expected_loss = 50;
    const std::vector<CustomerToday> customers = {first, second};
    const Date today = call(1).due_on;
    const auto items = list_of_today(customers, {}, "sara", today, "en");
    ASSERT_FALSE(items.empty());
    EXPECT_TRUE(list_of_today(customers, {}, "omar", today, "en").empty());
    for (const auto& item : items) {
        EXPECT_LE(sys_days(item.touch.due_on), sys_days(today));
        EXPECT_NE(item.touch.kind, "follow_up_note") << "no call was made yet";
    }
    EXPECT_TRUE(std::ranges::is_sorted(items, std::greater<>(), &TodayItem::expected_loss));
    EXPECT_EQ(items[0].touch.kind, "call");
    const auto& brief = items[0].brief;
    ASSERT_EQ(brief.last_mentions.size(), 2U);
    EXPECT_EQ(brief.last_mentions[0].text, "new");
    EXPECT_EQ(brief.last_calls.at(0).text, "said");
    EXPECT_EQ(brief.open_tickets.size(), 1U);
    EXPECT_EQ(brief.running_promises.at(0).id, "q");
    EXPECT_EQ(brief.interests, std::vector<std::string>{"beans"});
}

TEST(CalendarFeed, is_folded_escaped_and_keeps_the_ids_of_touches) {
    std::vector<CalendarEntry> entries = {
        {.touch = {.id = "c1-2026-call-1", .kind = "call", .due_on = 2026y / 12 / 31},
         .summary = "اتصل بنوف; ثم, اكتب\\ لها\nشكرًا\r جزيلًا على كل ما قالته لنا في الأسبوع الماضي وما قبله",
         .description = "x",
         .url = "https://example.org/customers/c1",
         .revision = 3},
        {.touch = {.id = "c1\r\nX:1", .kind = "gift", .due_on = 2028y / 2 / 28, .state = TouchState::skipped},
         .summary = "Gift"}};
    const auto feed =
        calendar_feed("سارة", "rasid.example.org", entries, parse_rfc3339("2026-11-22T08:09:10Z").value());
    std::string unfolded;
    std::size_t start = 0;
    while (start < feed.size()) {
        const auto end = feed.find("\r\n", start);
        ASSERT_NE(end, std::string::npos) << "every line ends in CRLF";
        const auto line = feed.substr(start, end - start);
        EXPECT_LE(line.size(), 75U);
        EXPECT_EQ(line.find_first_of("\r\n"), std::string::npos);
        if (line.starts_with(' ')) {
            EXPECT_NE(static_cast<unsigned char>(line[1]) & 0xC0, 0x80) << "folded inside a character";
            unfolded.erase(unfolded.size() - 1);
            unfolded += line.substr(1) + "\n";
        } else {
            unfolded += line + "\n";
        }
        start = end + 2;
    }
    const auto has = [&](std::string_view line) {
        return unfolded.find(std::string(line) + "\n") != std::string::npos;
    };
    EXPECT_TRUE(has("BEGIN:VCALENDAR\nVERSION:2.0")) << unfolded;
    EXPECT_TRUE(has("UID:c1-2026-call-1@rasid.example.org"));
    EXPECT_TRUE(has("DTSTAMP:20261122T080910Z"));
    EXPECT_TRUE(has("DTSTART;VALUE=DATE:20261231"));
    EXPECT_TRUE(has("DTEND;VALUE=DATE:20270101"));
    EXPECT_TRUE(has("SEQUENCE:3"));
    EXPECT_TRUE(
        has("SUMMARY:اتصل بنوف\\; ثم\\, اكتب\\\\ لها\\nشكرًا جزيلًا على كل ما قالته لنا في الأسبوع الماضي وما قبله"))
        << unfolded;
    EXPECT_TRUE(has("UID:c1X:1@rasid.example.org")) << "no line of its own";
    EXPECT_TRUE(has("DTEND;VALUE=DATE:20280229"));
    EXPECT_TRUE(has("STATUS:CANCELLED"));
    EXPECT_TRUE(unfolded.ends_with("END:VCALENDAR\n"));
}

}  // namespace
}  // namespace rasid
