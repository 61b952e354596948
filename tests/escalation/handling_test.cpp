#include "escalation/handling.hpp"

#include "core/icalendar.hpp"
#include "escalation/ticket_change.hpp"
#include "tests/escalation/ticket_scene.hpp"

#include <algorithm>

namespace rasid {
namespace {

class HandlingTest : public TicketScene {
protected:
    HandlingTest() {
        policies.conduct = {{.name = "no insults", .version = 3, .text = "Be kind."}};
        policies.guidelines = {{.name = "vip", .rule = "complaints", .tier = "vip", .text = "Call at once."},
                               {.name = "usual", .rule = "complaints", .text = "Answer within the hour."}};
        open_ticket();
    }

    bool refuses(TicketCommand asked) { return !say(std::move(asked)); }
    TicketCommand call(Instant due_at) const {
        return {.kind = Kind::plan_call,
                .person = "p-dana",
                .text = "too angry for writing",
                .detail = EventDetail{"call", "+966 5 1234", "", due_at}};
    }
    TicketCommand dispute(std::string step, std::optional<Instant> due_at = {}) const {
        return {.kind = Kind::dispute, .text = "words", .detail = EventDetail{std::move(step), "", "", due_at}};
    }
};

TEST_F(HandlingTest, a_planned_call_has_a_target_of_its_own_and_holding_it_answers_the_customer) {
    now += 10min;
    const auto planned = act(call(now + 2h)).id;
    ASSERT_TRUE(clock(Target::call));
    EXPECT_EQ(clock(Target::call)->due_at, now + 2h);
    EXPECT_EQ(state(Target::call), ClockState::running);
    EXPECT_TRUE(refuses(call(now + 3h))) << "one call at a time";
    EXPECT_TRUE(refuses({.kind = Kind::call_held, .text = "fine", .event = "unknown"}));
    EXPECT_TRUE(refuses({.kind = Kind::call_held, .event = planned})) << "what came of it is missing";
    now += 30min;
    act({.kind = Kind::call_held, .text = "she is content", .event = planned});
    EXPECT_EQ(state(Target::call), ClockState::met);
    EXPECT_EQ(clock(Target::first_response)->met_at, now) << "a person has answered";
    EXPECT_TRUE(refuses({.kind = Kind::call_held, .text = "again", .event = planned}));
}

TEST_F(HandlingTest, a_call_that_nobody_holds_is_a_breach_whatever_the_status_of_the_ticket) {
    act(call(now + 2h));
    act(Kind::hold);
    now += 2h + 1s;
    tick();
    EXPECT_EQ(state(Target::call), ClockState::breached);
    EXPECT_EQ(state(Target::first_response), ClockState::paused) << "on hold";
}

TEST_F(HandlingTest, a_changed_setup_withdraws_no_appointment) {
    act(call(now + 2h));
    policies.queues[0].targets = {};
    now += 1min;
    keep(retargeted(policies, ticket, history, random, now));
    EXPECT_FALSE(clock(Target::first_response)) << "no longer promised";
    EXPECT_EQ(clock(Target::call)->due_at, now - 1min + 2h);
}

TEST_F(HandlingTest, a_call_needs_a_reason_a_number_a_person_and_a_time_to_come) {
    auto asked = call(now + 1h);
    asked.text = " ";
    EXPECT_TRUE(refuses(asked));
    asked = call(now + 1h);
    asked.detail->contact = "";
    EXPECT_TRUE(refuses(asked));
    asked = call(now + 1h);
    asked.person = "nobody";
    EXPECT_TRUE(refuses(asked));
    EXPECT_TRUE(refuses(call(now)));
    asked = call(now + 1h);
    asked.detail->step = "fax";
    EXPECT_TRUE(refuses(asked));
    asked = call(now + 1h);
    asked.person = "";
    EXPECT_EQ(act(asked).person, "p-sara") << "whoever plans it calls";
}

TEST_F(HandlingTest, a_dispute_has_its_steps_in_order_and_ends_with_a_look_back) {
    EXPECT_TRUE(refuses(dispute("alternatives")));
    act(dispute("problem"));
    act(dispute("problem"));
    EXPECT_TRUE(refuses(dispute("agreement", now + 24h)));
    act(dispute("alternatives"));
    EXPECT_TRUE(refuses(dispute("agreement"))) << "without a date to check back";
    act(dispute("agreement", now + 24h));
    EXPECT_EQ(clock(Target::check_back)->due_at, now + 24h);
    act(dispute("agreement", now + 48h));
    EXPECT_EQ(clock(Target::check_back)->due_at, now + 48h) << "the agreement was made again";
    now += 25h;
    act(dispute("checked"));
    EXPECT_EQ(state(Target::check_back), ClockState::met);
    act(dispute("problem"));
    EXPECT_TRUE(refuses(dispute("checked")));
}

TEST_F(HandlingTest, an_undone_step_does_not_count) {
    act(dispute("problem"));
    const auto second = act(dispute("alternatives")).id;
    act({.kind = Kind::undo, .event = second});
    EXPECT_TRUE(refuses(dispute("agreement", now + 24h)));
    const auto planned = act(call(now + 2h)).id;
    act({.kind = Kind::undo, .event = planned});
    EXPECT_FALSE(clock(Target::call));
    act(call(now + 3h));
}

TEST_F(HandlingTest, an_intervention_cites_the_written_rule_with_its_version) {
    const auto step = [](std::string word, std::string rule = "no insults") {
        return TicketCommand{.kind = Kind::intervene, .detail = EventDetail{std::move(word), "", std::move(rule), {}}};
    };
    EXPECT_EQ(act(step("warned")).detail->rule, "no insults, version 3");
    EXPECT_TRUE(refuses(step("warned", "unwritten")));
    EXPECT_TRUE(refuses(step("shouted")));
    EXPECT_TRUE(refuses(step("handed_on"))) << "to whom?";
    auto handed = step("handed_on");
    handed.person = "p-khalid";
    act(handed);
    EXPECT_EQ(ticket.assignee, "p-khalid");
}

TEST_F(HandlingTest, a_departure_from_the_guideline_is_recorded_with_its_reason) {
    EXPECT_EQ(guideline_of(policies, "complaints", "vip")->name, "vip");
    EXPECT_EQ(guideline_of(policies, "complaints", "")->name, "usual");
    EXPECT_FALSE(guideline_of(policies, "praise", ""));
    TicketCommand departs{
        .kind = Kind::depart, .text = "he asked us not to call", .detail = EventDetail{.rule = "vip"}};
    EXPECT_EQ(act(departs).kind, TicketEventKind::departed);
    departs.text = "";
    EXPECT_TRUE(refuses(departs));
    departs.detail->rule = "unknown";
    EXPECT_TRUE(refuses(departs));
}

TEST_F(HandlingTest, an_invitation_is_a_calendar_entry_that_no_text_breaks_out_of) {
    CallInvitation invitation;
    invitation.planned = act(call(at("2026-03-01T10:00:00Z")));
    invitation.planned.text = "why\r\nATTENDEE:evil";
    invitation.attendee = policies.people[1];
    invitation.summary = "Call Hind; now, please";
    invitation.domain = "rasid.example.org";
    const auto lines = icalendar::read_lines(call_invitation(invitation, now), 100);
    const auto value = [&](std::string_view name) {
        const auto line = std::ranges::find(lines, name, &icalendar::Line::name);
        return line == lines.end() ? std::string("none") : line->value;
    };
    EXPECT_EQ(value("DTSTART"), "20260301T100000Z");
    EXPECT_EQ(value("DTEND"), "20260301T103000Z");
    EXPECT_EQ(value("METHOD"), "REQUEST");
    EXPECT_EQ(value("UID"), invitation.planned.id + "@rasid.example.org");
    EXPECT_EQ(value("ATTENDEE"), "mailto:someone@example.org");
    EXPECT_EQ(std::ranges::count(lines, "ATTENDEE", &icalendar::Line::name), 1);
    invitation.withdrawn = true;
    EXPECT_NE(call_invitation(invitation, now).find("METHOD:CANCEL\r\n"), std::string::npos);
}

}  // namespace
}  // namespace rasid
