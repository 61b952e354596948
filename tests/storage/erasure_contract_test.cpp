#include "tests/storage/samples.hpp"
#include "tests/storage/search_fold.hpp"
#include "tests/storage/store_contract.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace rasid {
namespace {

using samples::minute;

/// Stands in every text that is kept about the person to be erased, in forms that searching folds differently.
const std::string kCanary = "Canary4711Zx";
const std::string kFolded = "canary4711zx";

/// A customer with the word in every field that is free text.
Customer marked(const std::string& id) {
    auto made = samples::customer(id);
    made.name = "الاسم " + kCanary;
    made.name_latin = kCanary;
    made.emails = {kCanary + "@example.org"};
    made.phones = {kCanary};
    made.address = kCanary + " street";
    made.identities = {{"mastodon", kCanary, "import", minute(1)}};
    made.anniversaries[0].name = kCanary;
    made.interests = {kCanary};
    made.consents[0].source = kCanary;
    made.quiet[0].reason = kCanary;
    made.referred_by = kCanary;
    made.notes = kCanary;
    made.sources[0].field = "interests/" + kCanary;
    return made;
}

StoredMention marked_mention(const std::string& native_id, const std::string& customer) {
    auto made = samples::mention(native_id);
    made.customer = customer;
    made.mention.author = {kCanary, kCanary, kCanary, 5, false};
    made.mention.title = kCanary;
    made.mention.text = kCanary + " says something";
    made.mention.url = "https://example.org/" + kCanary;
    made.mention.conversation = kCanary;
    made.verdict.hits = {{"rule", kCanary, 0, 5}};
    made.verdict.reasons = {{"rule", {"complaints", kCanary}}};
    return made;
}

TicketChange marked_ticket(const std::string& id, const std::string& customer) {
    auto change = samples::opening(id);
    change.after.customer = customer;
    change.after.author = {kCanary, kCanary, kCanary, 5, false};
    change.after.conversation = kCanary;
    change.after.reasons = {{"rule", {"complaints", kCanary}}};
    change.after.labels = {kCanary};
    auto& opening = *change.events[0].opening;
    opening.author = change.after.author;
    opening.conversation = kCanary;
    opening.customer = customer;
    opening.reasons = {already_said(kCanary)};
    change.events[0].text = kCanary;
    change.events[0].detail = EventDetail{.contact = kCanary, .priority_parts = {{"tier", kCanary, 5}}};
    change.events[0].detail->reasons = {{"released.away", {kCanary}}};
    opening.priority_parts = {{"tier", kCanary, 5}};
    return change;
}

PlanChange marked_plan(const std::string& customer) {
    PlanChange change{.customer = customer};
    change.touches = {samples::touch("touch/" + customer, 3, customer)};
    change.touches[0].reason = change.touches[0].draft = kCanary;
    change.events = {samples::touch_event("e/" + customer, change.touches[0].id, TouchEventKind::drafted, customer)};
    change.events[0].text = change.events[0].reason = change.events[0].laid->draft = kCanary;
    change.ledger = {samples::entry("l/" + customer, 1, customer)};
    change.ledger[0].text = kCanary;
    change.ledger[0].about = {kCanary};
    change.guard = Guard{"case", minute(1), kCanary};
    change.cases = {samples::bad_experience("case/" + customer, 0, customer)};
    change.cases[0].about = {kCanary};
    change.case_events = {samples::case_event("ce/" + customer, "case/" + customer, CaseEventKind::opened, customer)};
    change.case_events[0].about = {kCanary};
    change.surveys = {samples::survey("s/" + customer, 0, customer)};
    change.surveys[0].comment = kCanary;
    change.proposals = {samples::proposal("p/" + customer, 0, customer)};
    change.proposals[0].reason = kCanary;
    return change;
}

class ErasureContract : public StoreContract {
protected:
    /// Leaves the word wherever the store has room for it.
    void live_through_everything() {
        store->put_setup({.people = {{.name = "Sara", .email = "sara@example.org"}}});
        store->put_customer(marked("his-id"));
        auto old_self = marked("old-self");
        old_self.identities = {{"bluesky", kCanary + ".example", "import", minute(1)}};
        store->put_customer(old_self);
        for (const std::string of : {"his-id", "old-self"}) {
            store->apply_plan(marked_plan(of));
            auto promise = samples::promise_event("pe/" + of, PromiseEventKind::made, "t/" + of, of);
            promise.text = kCanary;
            store->append_promise_events({promise});
            Intake intake;
            intake.mentions = {marked_mention("1/" + of, of), marked_mention("before he was known/" + of, "")};
            intake.mentions[0].ticket = "t/" + of;
            intake.tickets = {marked_ticket("t/" + of, of)};
            store->take(intake);
            store->put_draft({.ticket = "t/" + of,
                              .person = store->setup().people.at(0).id,
                              .mode = "reply",
                              .text = "Dear " + kCanary,
                              .saved_at = minute(1)});
            auto edited = intake.mentions;
            edited[0].mention.text = "edited " + kCanary;
            edited[0].mention.revision = "r2";
            store->take({.mentions = {edited[0]}});
            auto mail = samples::mail("o/" + of);
            mail.ticket = "t/" + of;
            mail.payload = R"({"text":")" + kCanary + "\"}";
            store->put_outbox(mail);
            auto of_many = samples::mail("many/" + of);
            of_many.ticket = "";
            of_many.payload = R"({"html":"https://rasid.example/tickets/t/)" + of + "\\" + "\"" + kCanary + "\"}";
            store->put_outbox(of_many);
        }
        auto reply = samples::mention("our reply");
        reply.customer = "";
        reply.mention.own = true;
        reply.mention.author = {"brand", "Brand", "1", {}, false};
        reply.mention.in_reply_to = "before he was known/his-id";
        reply.mention.text = "Dear " + kCanary;
        store->take({.mentions = {reply}});
        auto to_him = samples::mail("to him");
        to_him.ticket = "";
        to_him.to = kCanary + "@example.org";
        store->put_outbox(to_him);
        store->remember_answer("person-1", "t/his-id/key", R"({"author":")" + kCanary + "\"}", minute(1));
        store->mute("mastodon", kCanary, true);

        auto merge = samples::merge("merge-1", *store->customer("his-id"), *store->customer("old-self"));
        store->put_merge(merge, {});
    }

    void index() {
        while (store->index_search(samples::fold_search, 7) > 0) {
        }
    }

    /// Somebody else, whose rows stand between the others.
    void other(int number) {
        const auto id = "other-" + std::to_string(number);
        auto customer = samples::customer(id);
        customer.identities = {{"mastodon", id, "import", minute(1)}};
        customer.notes = std::string(static_cast<std::size_t>(number % 7) * 100, 'n');
        store->put_customer(customer);
        PlanChange change{.customer = id};
        change.touches = {samples::touch("touch-of-" + id, 3, id)};
        change.ledger = {samples::entry("l-of-" + id, 1, id)};
        store->apply_plan(change);
        auto mention = samples::mention(id);
        mention.customer = id;
        mention.mention.author.handle = id;
        store->take({.mentions = {mention}});
    }

    /// Files of the database that hold a word.
    std::string files_with(const std::string& word) {
        std::string found;
        for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
            std::ifstream in(file.path(), std::ios::binary);
            std::ostringstream out;
            out << in.rdbuf();
            if (out.str().find(word) != std::string::npos) found += file.path().filename().string() + " ";
        }
        return found;
    }
};
RASID_OVER_ENGINES(ErasureContract);

TEST_P(ErasureContract, leaves_no_byte_of_a_person) {
    for (int i = 0; i < 40; ++i) other(i);
    live_through_everything();
    for (int i = 40; i < 120; ++i) other(i);  // pages split, and leave copies of rows that moved
    ASSERT_NE(files_with(kCanary), "");
    EXPECT_TRUE(store->erase_customer("his-id"));
    EXPECT_EQ(files_with(kCanary), "");
    EXPECT_EQ(files_with(kFolded), "");
    EXPECT_FALSE(store->erasure_pending());
    reopen();
    EXPECT_EQ(files_with(kCanary), "");
    EXPECT_FALSE(store->customer("his-id"));
    EXPECT_TRUE(store->mentions_of_customer("his-id", "", 9).empty());
    EXPECT_TRUE(store->promise_events("his-id").empty());
    EXPECT_FALSE(store->merge("merge-1"));
    EXPECT_FALSE(store->erase_customer("his-id"));
}

TEST_P(ErasureContract, leaves_no_byte_of_a_person_in_the_search_index) {
    for (int i = 0; i < 40; ++i) other(i);
    live_through_everything();
    auto note = samples::next(*store->ticket("t/his-id"));
    note.events[0].text = kCanary + " called";
    store->apply(note, {}, {});
    index();
    for (int i = 40; i < 120; ++i) other(i);  // the index is merged in parts, which leave what they took
    index();
    ASSERT_FALSE(store->search({.terms = {{.words = {kFolded}}}}).found.empty());
    ASSERT_NE(files_with(kFolded), "") << "the index holds folded words";
    EXPECT_TRUE(store->erase_customer("his-id"));
    EXPECT_EQ(files_with(kFolded), "");
    EXPECT_EQ(files_with(kCanary), "");
    EXPECT_TRUE(store->search({.terms = {{.words = {kFolded}}}}).found.empty());
    EXPECT_TRUE(store->search({.fields = {.author = kFolded}}).found.empty());
    EXPECT_EQ(store->search_backlog(), 0) << "nothing of his waits";
    EXPECT_FALSE(store->search({.terms = {{.words = {"quoted"}}}}).found.empty()) << "everybody else is found";
}

TEST_P(ErasureContract, leaves_no_byte_of_what_the_index_forgot_once_it_is_tidied) {
    other(1);
    auto old = marked_mention("1", "");
    store->take({.mentions = {old}});
    index();
    other(2);
    index();
    old.mention.deleted = true;
    store->take({.mentions = {old}});
    ASSERT_NE(files_with(kFolded), "") << "the index knows what it forgot until it is tidied";
    while (store->tidy_search()) {
    }
    EXPECT_EQ(files_with(kFolded), "");
    EXPECT_EQ(store->search({.terms = {{.words = {"quoted"}}}}).found.size(), 2u);
}

TEST_P(ErasureContract, leaves_everybody_else_as_he_was) {
    for (int i = 0; i < 3; ++i) other(i);
    live_through_everything();
    const auto other = *store->customer("other-1");
    const auto mentions = store->mentions_of_customer("other-1", "", 9);
    const auto count = store->mention_count();
    auto mail = samples::mail("to another");
    store->put_outbox(mail);
    store->remember_answer("person-1", "other", "answer", minute(1));
    store->mute("mastodon", "another", true);
    store->erase_customer("his-id");
    EXPECT_EQ(store->customer("other-1"), other);
    EXPECT_EQ(store->mentions_of_customer("other-1", "", 9), mentions);
    EXPECT_EQ(store->touches("other-1", 2026).size(), 1u);
    EXPECT_EQ(store->ledger("other-1", 9).size(), 1u);
    EXPECT_EQ(store->mention_count(), count - 5);
    EXPECT_EQ(store->outbox_item("to another"), mail);
    EXPECT_EQ(store->answer_to("person-1", "other"), "answer");
    EXPECT_EQ(store->muted_authors(), (std::vector<MutedAuthor>{{"mastodon", "another"}}));
}

TEST_P(ErasureContract, keeps_his_tickets_as_numbers_without_author_and_words) {
    live_through_everything();
    const auto before = *store->ticket("t/his-id");
    store->erase_customer("his-id");
    auto expected = before;
    expected.author = {};
    expected.conversation.clear();
    expected.customer.clear();
    expected.reasons.clear();
    expected.labels.clear();
    EXPECT_EQ(store->ticket("t/his-id"), expected);
    const auto events = store->events_of("t/his-id");
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0].text, "");
    EXPECT_EQ(events[0].opening->author, Author{});
    EXPECT_EQ(events[0].opening->promises, samples::opening("t/his-id").events[0].opening->promises);
}

TEST_P(ErasureContract, takes_him_out_of_what_is_kept_about_others) {
    live_through_everything();
    other(1);
    auto friend_of_his = *store->customer("other-1");
    friend_of_his.referred_by = "his-id";
    store->put_customer(friend_of_his);
    auto same_person = samples::proposal("p-merge", 0, "other-1");
    same_person.kind = ProposalKind::merge;
    same_person.subject = "his-id";
    auto his_account = samples::proposal("p-link", 0, "other-1");
    his_account.kind = ProposalKind::link_account;
    his_account.subject = "mastodon:@" + kCanary;
    const auto unrelated = samples::proposal("p-other", 0, "other-1");
    store->apply_plan({.customer = "other-1", .proposals = {same_person, his_account, unrelated}});

    // His post in somebody else's ticket.
    auto joined = marked_mention("joined", "his-id");
    joined.ticket = "t-other";
    const auto ticket = store->take({.mentions = {joined}, .tickets = {samples::opening("t-other")}}).at(0);
    auto change = samples::next(ticket, TicketEventKind::joined);
    change.events[0].mention = joined.id;
    change.events[0].text = kCanary;
    store->apply(change, {}, {});

    store->erase_customer("his-id");
    EXPECT_EQ(store->customer("other-1")->referred_by, "");
    EXPECT_EQ(store->proposals("other-1", false), (std::vector<Proposal>{unrelated}));
    EXPECT_EQ(store->ticket("t-other")->author.handle, "Hind_Z");
    EXPECT_EQ(store->events_of("t-other")[1].text, "");
    EXPECT_EQ(files_with(kCanary), "");
}

TEST_P(ErasureContract, leaves_an_account_that_went_to_somebody_else_to_him) {
    store->put_customer(marked("his-id"));
    store->put_customer(marked("old-self"));  // takes the handle
    auto merge = samples::merge("merge-1", *store->customer("his-id"), *store->customer("old-self"));
    store->put_merge(merge, {});
    auto undone = *store->merge("merge-1");
    undone.undone_at = minute(9);
    store->take_back_merge(undone, merge.kept, merge.dropped, {});
    store->take({.mentions = {marked_mention("1", "old-self")}});
    store->erase_customer("his-id");
    EXPECT_EQ(store->customer("old-self"), merge.dropped);
    EXPECT_EQ(store->mentions_of_customer("old-self", "", 9).size(), 1u);
}

TEST_P(ErasureContract, erases_nothing_when_the_transaction_around_it_fails) {
    live_through_everything();
    const auto before = store->customer("his-id");
    EXPECT_THROW(store->transact([&] {
        EXPECT_TRUE(store->erase_customer("his-id"));
        throw std::runtime_error("later trouble");
    }),
                 std::runtime_error);
    EXPECT_EQ(store->customer("his-id"), before);
    EXPECT_EQ(store->mentions_of_customer("his-id", "", 9).size(), 2u);
    EXPECT_FALSE(store->erasure_pending());
}

TEST_P(ErasureContract, finishes_inside_a_larger_transaction_once_that_is_committed) {
    live_through_everything();
    store->transact([&] {
        store->erase_customer("his-id");
        EXPECT_TRUE(store->erasure_pending());
        store->put_cursor("fedi", "7");
    });
    EXPECT_FALSE(store->erasure_pending());
    EXPECT_EQ(files_with(kCanary), "");
    EXPECT_EQ(store->source("fedi")->cursor, "7");
}

}  // namespace
}  // namespace rasid
