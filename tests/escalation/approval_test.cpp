#include "escalation/approval.hpp"

#include "escalation/ticket_news.hpp"
#include "tests/escalation/ticket_scene.hpp"

#include <algorithm>

namespace rasid {
namespace {

/// A ticket of a queue whose replies a manager lets out.
class ApprovalTest : public TicketScene {
protected:
    ApprovalTest() {
        policies.queues[0].approval = true;
        open_ticket();
    }

    TicketCommand reply(std::string actor = "p-sara") {
        return {.kind = Kind::reply, .actor = std::move(actor), .text = "we are sorry"};
    }
    TicketCommand approve(std::string actor = "p-khalid") { return {.kind = Kind::approve, .actor = std::move(actor)}; }
    TicketCommand give_back(std::string actor = "p-khalid") {
        return {.kind = Kind::return_reply, .actor = std::move(actor), .text = "name the branch"};
    }
    bool refuses(TicketCommand asked) { return !say(std::move(asked)); }
    const TargetClock& first_response() const {
        return *std::ranges::find(ticket.clocks, Target::first_response, &TargetClock::target);
    }
    std::vector<std::string> told(const TicketEvent& event) {
        std::vector<std::string> people;
        for (const auto& news : news_of(ticket, history, event)) people.push_back(news.person);
        return people;
    }
};

TEST_F(ApprovalTest, a_moderators_reply_waits_and_meets_nothing) {
    const auto proposed = act(reply());
    EXPECT_EQ(proposed.kind, TicketEventKind::reply_proposed);
    EXPECT_EQ(ticket.proposed_reply, proposed.id);
    EXPECT_TRUE(ticket.pending_reply.empty());
    EXPECT_FALSE(first_response().met_at);
    EXPECT_TRUE(refuses(reply())) << "one reply waits at a time";
    EXPECT_TRUE(refuses(reply("p-khalid"))) << "a manager decides on what waits before he answers himself";
}

TEST_F(ApprovalTest, managers_are_told_of_it_and_its_author_of_the_return) {
    EXPECT_EQ(told(act(reply())), std::vector<std::string>{"p-khalid"});
    EXPECT_EQ(told(act(give_back())), std::vector<std::string>{"p-sara"});
    policies.people[2].brands = {"saba"};
    EXPECT_EQ(told(act(reply())), std::vector<std::string>{"p-omar"}) << "where no manager sees it, admins";
}

TEST_F(ApprovalTest, approving_queues_the_words_of_whoever_wrote_them_and_the_clock_is_met_when_they_are_published) {
    const auto proposed = act(reply());
    EXPECT_TRUE(refuses(approve("p-sara"))) << "nobody approves his own";
    EXPECT_TRUE(refuses(approve("p-dana"))) << "nor a colleague's";
    now += 5min;
    const auto approved = act(approve());
    EXPECT_EQ(approved.kind, TicketEventKind::reply_queued);
    EXPECT_EQ(approved.text, "we are sorry");
    EXPECT_EQ(approved.actor, "p-khalid");
    EXPECT_EQ(approved.person, "p-sara");
    EXPECT_EQ(approved.refers_to, proposed.id);
    EXPECT_TRUE(ticket.proposed_reply.empty());
    EXPECT_EQ(ticket.pending_reply, approved.id);
    EXPECT_FALSE(first_response().met_at);
    now += 10s;
    keep(published(policies, ticket, history, approved.id, true, "", random, now));
    EXPECT_EQ(history.back().kind, TicketEventKind::replied);
    EXPECT_EQ(history.back().actor, "p-sara") << "who wrote it answered";
    EXPECT_EQ(first_response().met_at, now);
}

TEST_F(ApprovalTest, an_approval_is_taken_back_while_it_is_held_and_the_reply_waits_again) {
    const auto proposed = act(reply());
    const auto approved = act(approve());
    act({.kind = Kind::undo, .actor = "p-khalid", .event = approved.id});
    EXPECT_EQ(ticket.proposed_reply, proposed.id);
    EXPECT_TRUE(ticket.pending_reply.empty());
}

TEST_F(ApprovalTest, a_returned_reply_waits_no_longer_and_says_why) {
    const auto proposed = act(reply());
    EXPECT_TRUE(refuses(give_back("p-sara")));
    auto wordless = give_back();
    wordless.text = "  ";
    EXPECT_TRUE(refuses(wordless));
    const auto returned = act(give_back());
    EXPECT_EQ(returned.refers_to, proposed.id);
    EXPECT_EQ(returned.text, "name the branch");
    EXPECT_TRUE(ticket.proposed_reply.empty());
    EXPECT_TRUE(refuses(approve())) << "nothing waits";
    act(reply());
    EXPECT_FALSE(ticket.proposed_reply.empty());
}

TEST_F(ApprovalTest, who_proposed_takes_it_back_himself) {
    const auto proposed = act(reply());
    act({.kind = Kind::undo, .actor = "p-sara", .event = proposed.id});
    EXPECT_TRUE(ticket.proposed_reply.empty());
    EXPECT_TRUE(told(*std::ranges::find(history, proposed.id, &TicketEvent::id)).empty()) << "there is nothing to do";
}

TEST_F(ApprovalTest, managers_and_queues_without_approval_send_at_once) {
    EXPECT_EQ(act(reply("p-khalid")).kind, TicketEventKind::reply_queued);
    TicketScene::policies.queues[0].approval = false;
    act({.kind = Kind::undo, .actor = "p-khalid", .event = ticket.pending_reply});
    EXPECT_EQ(act(reply()).kind, TicketEventKind::reply_queued);
}

TEST_F(ApprovalTest, who_may_read_a_reply_travels_with_it) {
    auto asked = reply();
    asked.detail = EventDetail{.visibility = "direct"};
    act(asked);
    const auto approved = act(approve());
    ASSERT_TRUE(approved.detail);
    EXPECT_EQ(approved.detail->visibility, "direct");
}

TEST_F(ApprovalTest, a_note_tells_the_colleagues_that_it_names) {
    const auto noted = act({.kind = Kind::note, .actor = "p-sara", .text = "@Dana and @Khalid, please; not @Sara"});
    EXPECT_EQ(told(noted), (std::vector<std::string>{"p-dana", "p-khalid"}));
    EXPECT_TRUE(told(act({.kind = Kind::note, .actor = "p-sara", .text = "nobody"})).empty());
}

TEST(NamedColleagues, are_whole_names_behind_an_at_sign) {
    const std::vector<Person> people = {{.id = "1", .name = "Sara"},
                                        {.id = "2", .name = "Sara Ali"},
                                        {.id = "3", .name = "سارة"},
                                        {.id = "4", .name = "Omar", .brands = {"saba"}}};
    const auto named = [&](std::string_view note) { return named_colleagues(note, people, "nasma"); };
    using Ids = std::vector<std::string>;
    EXPECT_EQ(named("@Sara, look"), Ids{"1"});
    EXPECT_EQ(named("@Sara Ali look, and @Sara"), (Ids{"2", "1"}));
    EXPECT_EQ(named("اسألي @سارة، من فضلك"), Ids{"3"});
    EXPECT_EQ(named("@سارة"), Ids{"3"});
    EXPECT_EQ(named("@Saras and mail@Sara"), Ids{});
    EXPECT_EQ(named("@سارةو"), Ids{});
    EXPECT_EQ(named("@Omar"), Ids{}) << "he does not see this brand";
    EXPECT_EQ(named("@Sara @Sara @"), Ids{"1"});
}

}  // namespace
}  // namespace rasid
