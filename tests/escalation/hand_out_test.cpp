#include "escalation/hand_out.hpp"
#include "escalation/ticket_history.hpp"
#include "tests/escalation/ticket_scene.hpp"

#include <algorithm>

namespace rasid {
namespace {

/// A house whose queue gives its tickets out.
class HandOutTest : public TicketScene {
protected:
    HandOutTest() {
        policies.queues[0].assign = AssignmentWay::round_robin;
        for (const auto& person : policies.people) workloads.push_back({.person = person.id});
    }

    void come(std::string_view id) { said(id, true); }
    void go(std::string_view id) { said(id, false); }
    void said(std::string_view id, bool present) {
        auto& own = *std::ranges::find(workloads, id, &Workload::person);
        own.present = present;
        own.said_at = now;
    }

    std::vector<Colleague> colleagues() const { return colleagues_of(policies.people, workloads, now); }

    const Ticket& open_among(const std::vector<Colleague>& some) {
        context.colleagues = some;
        return open_ticket();
    }

    std::vector<TicketChange> give() {
        const std::vector<HeldTicket> held = {{.ticket = ticket, .history = history}};
        auto changes = hand_out(policies, colleagues(), held, random, now);
        for (const auto& change : changes) keep(change);
        return changes;
    }

    TicketEvent last(TicketEventKind kind) const {
        const auto found = std::find_if(history.rbegin(), history.rend(),
                                        [&](const TicketEvent& event) { return event.kind == kind; });
        return found == history.rend() ? TicketEvent() : *found;
    }

    std::vector<Workload> workloads;
};

TEST_F(HandOutTest, a_new_ticket_goes_to_somebody_who_is_here_and_the_reason_is_on_record) {
    come("p-dana");
    open_among(colleagues());
    EXPECT_EQ(ticket.assignee, "p-dana");
    EXPECT_EQ(ticket.acknowledged_by, "") << "being given a ticket is not knowing of it";
    EXPECT_EQ(history.back().kind, TicketEventKind::assigned);
    EXPECT_EQ(history.back().actor, "");
    EXPECT_EQ(words_of(history.back(), Texts("en")), "longest without a new ticket of 1");
}

TEST_F(HandOutTest, without_anybody_here_or_in_a_queue_that_does_not_assign_it_waits) {
    open_among(colleagues());
    EXPECT_EQ(ticket.assignee, "");
    EXPECT_TRUE(give().empty());
    policies.queues[0].assign.reset();
    come("p-dana");
    EXPECT_TRUE(give().empty());
}

TEST_F(HandOutTest, who_comes_is_given_what_nobody_has) {
    open_among(colleagues());
    come("p-sara");
    EXPECT_EQ(give().size(), 1U);
    EXPECT_EQ(ticket.assignee, "p-sara");
    EXPECT_TRUE(give().empty()) << "once";
}

TEST_F(HandOutTest, what_a_person_gave_back_by_hand_waits_for_a_person) {
    come("p-sara");
    open_among(colleagues());
    act({.kind = Kind::release});
    now += 1h;
    EXPECT_TRUE(give().empty());
}

TEST_F(HandOutTest, tickets_of_who_left_go_to_another_after_the_grace) {
    come("p-sara");
    open_among(colleagues());
    now += 1h;
    come("p-dana");
    go("p-sara");
    now += kAbsenceGrace - 1us;
    EXPECT_TRUE(give().empty());
    now += 1us;
    ASSERT_EQ(give().size(), 1U);
    EXPECT_EQ(ticket.assignee, "p-dana");
    EXPECT_EQ(words_of(last(TicketEventKind::released), Texts("en")), "Sara is away");
    EXPECT_LT(last(TicketEventKind::released).sequence, last(TicketEventKind::assigned).sequence);
}

TEST_F(HandOutTest, with_nobody_left_it_is_taken_back_and_its_ladder_goes_on) {
    come("p-sara");
    open_among(colleagues());
    act({.kind = Kind::acknowledge});
    go("p-sara");
    now += kAbsenceGrace;
    ASSERT_EQ(give().size(), 1U);
    EXPECT_EQ(ticket.assignee, "");
    EXPECT_EQ(ticket.acknowledged_by, "");
    EXPECT_EQ(words_of(last(TicketEventKind::released), Texts("en")), "Sara is away; nobody is here");
    EXPECT_EQ(words_of(last(TicketEventKind::released), Texts("ar")), "\u2068Sara\u2069 غائب؛ لا أحد حاضر");
    come("p-dana");
    give();
    EXPECT_EQ(ticket.assignee, "p-dana") << "what the machine took back it gives to who comes";
}

TEST_F(HandOutTest, what_somebody_took_after_he_left_or_without_ever_saying_that_he_is_here_stays_his) {
    come("p-dana");
    open_among({});
    act({.kind = Kind::take});
    now += 100h;
    EXPECT_TRUE(give().empty()) << "Sara never said anything";
    go("p-sara");
    now += kAbsenceGrace - 1min;
    act({.kind = Kind::release});
    act({.kind = Kind::take});
    now += 2min;
    EXPECT_TRUE(give().empty());
}

TEST_F(HandOutTest, tickets_of_somebody_who_is_no_longer_known_move_at_once) {
    come("p-sara");
    come("p-dana");
    open_among(colleagues());
    std::erase_if(policies.people, [&](const Person& person) { return person.id == ticket.assignee; });
    ASSERT_EQ(give().size(), 1U);
    EXPECT_NE(ticket.assignee, "");
}

TEST_F(HandOutTest, who_forgets_to_say_that_he_leaves_counts_as_gone_after_twelve_hours) {
    come("p-sara");
    now += kPresenceLasts - 1us;
    EXPECT_TRUE(colleagues()[0].present);
    now += 1us;
    EXPECT_FALSE(colleagues()[0].present);
    EXPECT_EQ(colleagues()[0].absent_since, now);
}

TEST_F(HandOutTest, loads_are_counted_on_from_ticket_to_ticket) {
    come("p-sara");
    come("p-dana");
    for (auto& person : policies.people) person.capacity = 1;
    open_among({});
    const std::vector<HeldTicket> held(3, {.ticket = ticket, .history = history});
    const auto changes = hand_out(policies, colleagues(), held, random, now);
    ASSERT_EQ(changes.size(), 2U) << "the third would be one too many";
    EXPECT_NE(changes[0].after.assignee, changes[1].after.assignee);
}

}  // namespace
}  // namespace rasid
