#include "core/limits.hpp"
#include "tests/storage/samples.hpp"
#include "tests/storage/store_contract.hpp"

namespace rasid {
namespace {

using samples::minute;

class DraftsContract : public StoreContract {
protected:
    void SetUp() override {
        StoreContract::SetUp();
        store->put_setup(
            {.people = {{.name = "Sara", .email = "sara@example.org"}, {.name = "Dana", .email = "dana@example.org"}}});
        sara = id_of("Sara");
        dana = id_of("Dana");
        store->apply(samples::opening("t1"), {}, {});
    }

    std::string id_of(std::string_view name) { return find_named(store->setup().people, name)->id; }
    Draft draft(const std::string& person, const std::string& mode, const std::string& text, int at = 1) const {
        return {.ticket = "t1", .person = person, .mode = mode, .text = text, .saved_at = minute(at)};
    }

    std::string sara;
    std::string dana;
};

TEST_P(DraftsContract, keeps_one_for_each_person_and_mode) {
    store->put_draft(draft(sara, "reply", "first"));
    store->put_draft(draft(sara, "reply", "أهلًا", 2));
    store->put_draft(draft(sara, "note", "ask \"her\""));
    store->put_draft(draft(dana, "reply", "hers"));
    reopen();
    EXPECT_EQ(store->drafts("t1", sara),
              (std::vector<Draft>{draft(sara, "note", "ask \"her\""), draft(sara, "reply", "أهلًا", 2)}));
    EXPECT_EQ(another_reader()->drafts("t1", dana), std::vector<Draft>{draft(dana, "reply", "hers")});
}

TEST_P(DraftsContract, one_without_words_is_none) {
    store->put_draft(draft(sara, "reply", "first"));
    store->put_draft(draft(sara, "reply", ""));
    EXPECT_TRUE(store->drafts("t1", sara).empty());
}

TEST_P(DraftsContract, nothing_is_kept_for_a_ticket_or_person_that_is_gone) {
    auto unknown = draft(sara, "reply", "first");
    unknown.ticket = "t9";
    store->put_draft(unknown);
    EXPECT_TRUE(store->drafts("t9", sara).empty());
    store->put_draft(draft("person-999", "reply", "first"));
    EXPECT_TRUE(store->drafts("t1", "person-999").empty());
    store->put_draft(draft(sara, "reply", "first"));
    auto setup = store->setup();
    setup.people.erase(setup.people.begin());
    store->put_setup(setup);
    EXPECT_TRUE(store->drafts("t1", sara).empty()) << "they go with the person";
}

TEST_P(DraftsContract, beyond_the_bound_the_oldest_go) {
    for (int i = 0; i <= limits::kDraftsOfPerson; ++i) {
        const auto id = "many-" + std::to_string(i);
        store->apply(samples::opening(id), {}, {});
        store->put_draft({.ticket = id, .person = sara, .mode = "reply", .text = "words", .saved_at = minute(i)});
    }
    EXPECT_TRUE(store->drafts("many-0", sara).empty());
    EXPECT_EQ(store->drafts("many-1", sara).size(), 1u);
    EXPECT_EQ(store->drafts("many-" + std::to_string(limits::kDraftsOfPerson), sara).size(), 1u);
}

TEST_P(DraftsContract, forgetting_a_mention_forgets_what_was_begun_about_its_ticket) {
    auto mention = samples::mention("m1");
    mention.ticket = "t1";
    mention.stored_at = minute(1);
    store->take({.mentions = {mention}});
    store->put_draft(draft(sara, "reply", "quotes it"));
    auto resolved = samples::next(*store->ticket("t1"), TicketEventKind::resolved);
    resolved.after.state = TicketState::resolved;
    store->apply(resolved, {}, {});
    EXPECT_EQ(store->drafts("t1", sara).size(), 1u) << "a resolved ticket may still be written about";
    store->forget_before(minute(100), 10);
    EXPECT_TRUE(store->drafts("t1", sara).empty());
}

TEST_P(DraftsContract, a_reply_that_waits_for_approval_is_kept_with_its_ticket) {
    auto change = samples::next(*store->ticket("t1"), TicketEventKind::reply_proposed);
    change.after.proposed_reply = change.events[0].id;
    change.events[0].detail = EventDetail{.visibility = "direct", .people = {sara, dana}};
    store->apply(change, {}, {});
    reopen();
    EXPECT_EQ(store->ticket("t1")->proposed_reply, change.events[0].id);
    EXPECT_EQ(store->events_of("t1").back().detail, change.events[0].detail);
    EXPECT_EQ(store->ticket_news(10).size(), 1u) << "the managers are told";
}

RASID_OVER_ENGINES(DraftsContract);

}  // namespace
}  // namespace rasid
