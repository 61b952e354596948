#include "tests/storage/samples.hpp"
#include "tests/storage/store_contract.hpp"

namespace rasid {
namespace {

using samples::minute;

/// Cases, surveys, proposals, promises, segments and pilots.
class EngagementContract : public StoreContract {
protected:
    void SetUp() override {
        StoreContract::SetUp();
        store->put_customer(samples::customer("c1"));
    }
};
RASID_OVER_ENGINES(EngagementContract);

TEST_P(EngagementContract, lists_cases_oldest_first_and_replaces_them_by_id) {
    auto later = samples::bad_experience("a", 9);
    const auto earlier = samples::bad_experience("b", 1);
    store->apply_plan({.customer = "c1", .cases = {later, earlier}});
    EXPECT_EQ(store->cases("c1"), (std::vector<BadExperience>{earlier, later}));
    later.resolved_at.reset();
    later.about = {};
    later.posts = 4;
    store->apply_plan({.customer = "c1", .cases = {later}});
    EXPECT_EQ(store->cases("c1"), (std::vector<BadExperience>{earlier, later}));
    EXPECT_TRUE(store->cases("c2").empty());
}

TEST_P(EngagementContract, gives_back_case_events_in_the_order_in_which_they_happened_and_each_once) {
    PlanChange change{.customer = "c1"};
    change.case_events = {samples::case_event("z", "case-1", CaseEventKind::opened),
                          samples::case_event("y", "case-1", CaseEventKind::resolved),
                          samples::case_event("x", "case-1", CaseEventKind::reopened)};
    change.case_events[2].at = minute(-9);
    store->apply_plan(change);
    store->apply_plan(change);
    EXPECT_EQ(store->case_events("c1"), change.case_events);
}

TEST_P(EngagementContract, keeps_the_answer_to_a_survey) {
    Survey asked{.id = "s1", .customer = "c1", .laid_at = minute(1), .send_at = minute(2), .expires_at = minute(9)};
    store->put_survey(asked);
    EXPECT_EQ(store->survey("s1"), asked);
    const auto answered = samples::survey("s1");
    store->put_survey(answered);
    EXPECT_EQ(store->survey("s1"), answered);
    EXPECT_FALSE(store->survey("s2"));
    const auto older = samples::survey("s0", -5);
    store->put_survey(older);
    EXPECT_EQ(store->surveys("c1"), (std::vector<Survey>{older, answered}));
}

TEST_P(EngagementContract, sends_surveys_in_their_time_and_once) {
    const auto put = [&](const std::string& id, int send, int expire) {
        Survey survey{.id = id, .customer = "c1", .send_at = minute(send), .expires_at = minute(expire)};
        store->put_survey(survey);
        return survey;
    };
    const auto waiting = put("waiting", 5, 50);
    const auto longest = put("longest", 1, 50);
    put("to come", 11, 50);
    put("expired", 1, 10);
    store->put_survey(samples::survey("sent", 0));
    EXPECT_EQ(store->surveys_to_send(minute(10), 10), (std::vector<Survey>{longest, waiting}));
    EXPECT_EQ(store->surveys_to_send(minute(10), 1), (std::vector<Survey>{longest}));
}

TEST_P(EngagementContract, never_asks_again_what_was_decided) {
    auto proposal = samples::proposal("p1");
    proposal.state = ProposalState::open;
    proposal.decided_by.clear();
    proposal.decided_at.reset();
    store->apply_plan({.customer = "c1", .proposals = {proposal}});
    EXPECT_EQ(store->proposals("c1", true), (std::vector<Proposal>{proposal}));
    auto decided = proposal;
    decided.state = ProposalState::dismissed;
    decided.decided_by = "person-1";
    decided.decided_at = minute(5);
    store->put_proposal(decided);
    proposal.made_at = minute(7);
    store->apply_plan({.customer = "c1", .proposals = {proposal}});
    EXPECT_EQ(store->proposal("p1"), decided);
    EXPECT_TRUE(store->proposals("c1", true).empty());
    EXPECT_EQ(store->proposals("c1", false), (std::vector<Proposal>{decided}));
    EXPECT_FALSE(store->proposal("p2"));
}

TEST_P(EngagementContract, pages_the_open_proposals_of_all_customers_of_ones_brands) {
    auto other = samples::customer("c2");
    other.brand = "other";
    store->put_customer(other);
    for (int i = 1; i <= 4; ++i) {
        auto proposal = samples::proposal("p" + std::to_string(i), i == 3 ? 2 : i, i == 4 ? "c2" : "c1");
        proposal.state = i == 1 ? ProposalState::confirmed : ProposalState::open;
        store->put_proposal(proposal);
    }
    const auto ids = [&](const std::vector<std::string>& brands, std::string_view after, int limit) {
        std::string listed;
        for (const auto& proposal : store->open_proposals(brands, after, limit)) listed += proposal.id + " ";
        return listed;
    };
    EXPECT_EQ(ids({}, "", 10), "p4 p3 p2 ");
    EXPECT_EQ(ids({}, "", 1), "p4 ");
    EXPECT_EQ(ids({}, "p4", 1), "p3 ");
    EXPECT_EQ(ids({}, "p3", 5), "p2 ");
    EXPECT_EQ(ids({"nasma"}, "", 10), "p3 p2 ");
    EXPECT_EQ(ids({"none"}, "", 10), "");
}

TEST_P(EngagementContract, keeps_promises_as_what_happened_to_them) {
    const auto made = samples::promise_event("z", PromiseEventKind::made);
    auto moved = samples::promise_event("y", PromiseEventKind::moved);
    moved.at = minute(-9);  // the clock was set back
    const auto elsewhere = samples::promise_event("x", PromiseEventKind::made, "t2");
    const auto to_nobody = samples::promise_event("w", PromiseEventKind::made, "t2", "");
    const auto on_the_phone = samples::promise_event("v", PromiseEventKind::made, "");
    store->append_promise_events({made, moved, elsewhere, to_nobody, on_the_phone});
    store->append_promise_events({made});
    using Events = std::vector<PromiseEvent>;
    EXPECT_EQ(store->promise_events("c1"), (Events{made, moved, elsewhere, on_the_phone}));
    EXPECT_EQ(store->promise_events_of_ticket("t1"), (Events{made, moved}));
    EXPECT_EQ(store->promise_events_of_ticket("t2"), (Events{elsewhere, to_nobody}));
    EXPECT_TRUE(store->promise_events("").empty());
    EXPECT_TRUE(store->promise_events_of_ticket("").empty());
}

TEST_P(EngagementContract, keeps_segments_and_pilots_by_name) {
    store->put_segment({"loyal", R"({"all":[]})"});
    store->put_segment({"at risk", R"({"any":[]})"});
    store->put_segment({"loyal", R"({"none":[]})"});
    EXPECT_EQ(store->segments(),
              (std::vector<StoredSegment>{{"at risk", R"({"any":[]})"}, {"loyal", R"({"none":[]})"}}));
    store->remove_segment("at risk");
    EXPECT_EQ(store->segments().size(), 1u);

    const auto pilot = samples::pilot("more calls");
    auto endless = samples::pilot("fewer cards");
    endless.until.reset();
    store->put_pilot(endless);
    store->put_pilot({.name = "more calls", .from = pilot.from});
    store->put_pilot(pilot);
    EXPECT_EQ(store->pilots(), (std::vector<Pilot>{endless, pilot}));
    store->remove_pilot("fewer cards");
    EXPECT_EQ(store->pilots(), (std::vector<Pilot>{pilot}));
}

TEST_P(EngagementContract, shows_what_is_held_on_a_person) {
    Intake intake;
    intake.mentions = {samples::mention("1"), samples::mention("2"), samples::mention("3")};
    intake.mentions[2].customer = "c2";
    intake.tickets = {samples::opening("t1"), samples::opening("t2"), samples::opening("t3")};
    for (auto& change : intake.tickets) change.after.customer = "c1";
    intake.tickets[1].after.opened_at = minute(5);
    intake.tickets[2].after.customer = "";
    intake.tickets[2].after.platform = "elsewhere";
    store->take(intake);
    auto edited = samples::mention("1");
    edited.mention.text = "what he says now";
    edited.mention.revision = "r2";
    edited.stored_at = minute(7);
    store->take({.mentions = {edited}});

    ASSERT_EQ(store->mentions_of_customer("c1", "", 10).size(), 2u);
    EXPECT_EQ(store->mentions_of_customer("c1", "", 1)[0].id, "id-of-1");
    EXPECT_EQ(store->mentions_of_customer("c1", "id-of-1", 10)[0].id, "id-of-2");
    const auto before = samples::mention("1").mention;
    EXPECT_EQ(store->revisions_of("id-of-1"),
              (std::vector<MentionRevision>{{1, before.revision, before.title, before.text, minute(7)}}));
    const auto tickets = store->tickets_of_customer("c1", 10);
    ASSERT_EQ(tickets.size(), 2u);
    EXPECT_EQ(tickets[0].id, "t2");
    EXPECT_TRUE(store->tickets_of_customer("", 10).empty());

    auto about_ticket = samples::mail("o1", 3);
    auto to_him = samples::mail("o2", 2);
    to_him.ticket = "";
    to_him.to = "AHMAD@example.org";
    auto about_him = samples::mail("o3", 1);
    about_him.ticket = "";
    about_him.payload = R"({"url":"/customers/c1"})";
    auto to_his_old_address = samples::mail("o5", 4);
    to_his_old_address.ticket = "";
    to_his_old_address.event = "asked";
    store->put_survey(samples::survey("asked"));
    auto other = samples::mail("o4", 0);
    other.ticket = "t3";
    for (const auto& item : {about_ticket, to_him, about_him, to_his_old_address, other}) store->put_outbox(item);
    EXPECT_EQ(store->outbox_of_customer("c1"),
              (std::vector<OutboxItem>{about_him, to_him, about_ticket, to_his_old_address}));
    EXPECT_TRUE(store->outbox_of_customer("nobody").empty());
}

}  // namespace
}  // namespace rasid
