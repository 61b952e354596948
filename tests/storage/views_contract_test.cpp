#include "tests/storage/samples.hpp"
#include "tests/storage/store_contract.hpp"

#include <algorithm>

namespace rasid {
namespace {

using samples::minute;
using Ids = std::vector<std::string>;

/// Filters of the queue, what is snoozed, and filters that are kept under a name. It is minute 100.
class ViewsContract : public StoreContract {
protected:
    template <typename Edit>
    void open(const std::string& id, Edit edit, int due = 300) {
        auto change = samples::opening(id, due);
        change.after.incident.clear();
        change.after.labels.clear();
        edit(change.after);
        store->apply(change, {}, {});
    }
    void open(const std::string& id, int due = 300) {
        open(
            id, [](Ticket&) {}, due);
    }

    TicketQuery query(TicketFilter filter) {
        return {.filter = std::move(filter), .person = "p1", .limit = 50, .now = minute(100)};
    }
    Ids shown(TicketFilter filter) { return ids(store->tickets(query(std::move(filter)))); }
    static Ids ids(const TicketPage& page) {
        Ids list;
        for (const auto& ticket : page.tickets) list.push_back(ticket.id);
        std::ranges::sort(list);
        return list;
    }
};
RASID_OVER_ENGINES(ViewsContract);

TEST_P(ViewsContract, a_filter_shows_what_has_all_that_it_asks_for) {
    open("a", [](Ticket& ticket) { ticket.assignee = "p1"; });
    open("b", [](Ticket& ticket) { ticket.priority = Priority::critical; });
    open("c", [](Ticket& ticket) { ticket.platform = "youtube"; });
    open("d", [](Ticket& ticket) { ticket.source = "yt"; });
    open("e", [](Ticket& ticket) { ticket.brand = "saba"; });
    open("f", [](Ticket& ticket) { ticket.tags = {"refund"}; });
    EXPECT_EQ(shown({.assignee = "me"}), (Ids{"a"}));
    EXPECT_EQ(shown({.assignee = "p1"}), (Ids{"a"}));
    EXPECT_EQ(shown({.assignee = "p2"}), Ids{});
    EXPECT_EQ(shown({.assignee = "none"}), (Ids{"b", "c", "d", "e", "f"}));
    EXPECT_EQ(shown({.priority = Priority::critical}), (Ids{"b"}));
    EXPECT_EQ(shown({.platform = "youtube"}), (Ids{"c"}));
    EXPECT_EQ(shown({.source = "yt"}), (Ids{"d"}));
    EXPECT_EQ(shown({.brand = "saba"}), (Ids{"e"}));
    EXPECT_EQ(shown({.tag = "refund"}), (Ids{"f"}));
    EXPECT_EQ(shown({.assignee = "none", .platform = "youtube"}), (Ids{"c"}));
    EXPECT_EQ(shown({.platform = "youtube", .tag = "refund"}), Ids{});
}

TEST_P(ViewsContract, a_label_is_found_whole_and_whatever_it_is_made_of) {
    open("a", [](Ticket& ticket) { ticket.labels = {"refund 100%", "said \"no\""}; });
    open("b", [](Ticket& ticket) { ticket.labels = {"refund"}; });
    open("c", [](Ticket& ticket) { ticket.labels = {"استرجاع"}; });
    EXPECT_EQ(shown({.label = "refund"}), (Ids{"b"}));
    EXPECT_EQ(shown({.label = "refund 100%"}), (Ids{"a"}));
    EXPECT_EQ(shown({.label = "said \"no\""}), (Ids{"a"}));
    EXPECT_EQ(shown({.label = "استرجاع"}), (Ids{"c"}));
    EXPECT_EQ(shown({.label = "refund%"}), Ids{}) << "no pattern of the database's";
}

TEST_P(ViewsContract, language_and_sentiment_are_those_of_the_newest_mention) {
    auto negative = samples::mention("n");
    negative.verdict.hits = {{"complaints", R"({"language":"en","sentiment":{"label":"positive")", 0, 3}};
    auto positive = samples::mention("p");
    positive.verdict.language = "en";
    positive.verdict.sentiment.label = Polarity::positive;
    store->take({.source = "fedi", .mentions = {negative, positive}});
    open("a", [](Ticket& ticket) { ticket.latest_mention = "id-of-n"; });
    open("b", [](Ticket& ticket) { ticket.latest_mention = "id-of-p"; });
    EXPECT_EQ(shown({.language = "ar"}), (Ids{"a"}));
    EXPECT_EQ(shown({.language = "en"}), (Ids{"b"})) << "words of a mention are no verdict";
    EXPECT_EQ(shown({.sentiment = Polarity::negative}), (Ids{"a"}));
    EXPECT_EQ(shown({.sentiment = Polarity::positive}), (Ids{"b"}));
    EXPECT_EQ(shown({.language = "en", .sentiment = Polarity::negative}), Ids{});
}

TEST_P(ViewsContract, a_state_leaves_the_other_one_out) {
    open("open");
    open("done", [](Ticket& ticket) { ticket.state = TicketState::resolved; });
    EXPECT_EQ(shown({.view = TicketView::all}), (Ids{"done", "open"}));
    EXPECT_EQ(shown({.view = TicketView::all, .state = TicketState::open}), (Ids{"open"}));
    EXPECT_EQ(shown({.view = TicketView::all, .state = TicketState::resolved}), (Ids{"done"}));
    EXPECT_EQ(shown({.view = TicketView::waiting, .state = TicketState::resolved}), Ids{});
}

TEST_P(ViewsContract, a_filtered_list_goes_on_page_by_page_in_the_order_of_the_whole_one) {
    Ids expected;
    for (int i = 0; i < 30; ++i) {
        const auto id = "t" + std::to_string(10 + i);
        open(
            id, [&](Ticket& ticket) { ticket.source = i % 3 == 0 ? "yt" : "fedi"; }, 200 + i);
        if (i % 3 == 0) expected.push_back(id);
    }
    auto question = query({.source = "yt"});
    question.limit = 3;
    Ids walked;
    for (int page = 0; page < 20; ++page) {
        const auto found = store->tickets(question);
        for (const auto& ticket : found.tickets) walked.push_back(ticket.id);
        if (found.next.empty()) break;
        question.after = found.next;
    }
    EXPECT_EQ(walked, expected);
}

TEST_P(ViewsContract, what_is_snoozed_comes_back_by_itself_and_late_stays_late) {
    const auto snooze = [](Ticket& ticket) {
        ticket.assignee.clear();
        ticket.snoozed_until = minute(120);
    };
    open("late", snooze, 50);
    open("calm", snooze);
    open("mine", [](Ticket& ticket) {
        ticket.assignee = "p1";
        ticket.snoozed_until = minute(120);
    });
    EXPECT_EQ(shown({}), Ids{});
    EXPECT_EQ(shown({.view = TicketView::unassigned}), Ids{});
    EXPECT_EQ(shown({.view = TicketView::mine}), Ids{});
    EXPECT_EQ(shown({.view = TicketView::late}), (Ids{"late"}));
    EXPECT_EQ(shown({.view = TicketView::snoozed}), (Ids{"calm", "late", "mine"}));
    auto counts = store->counts("p1", {}, minute(100));
    EXPECT_EQ(counts.waiting, 0);
    EXPECT_EQ(counts.late, 1);
    EXPECT_EQ(counts.mine, 0);
    EXPECT_EQ(counts.unassigned, 0);
    EXPECT_EQ(counts.snoozed, 3);

    auto later = query({});
    later.now = minute(120);
    EXPECT_EQ(ids(store->tickets(later)), (Ids{"calm", "late", "mine"}));
    counts = store->counts("p1", {}, minute(120));
    EXPECT_EQ(counts.waiting, 3);
    EXPECT_EQ(counts.mine, 1);
    EXPECT_EQ(counts.snoozed, 0);
}

TEST_P(ViewsContract, counts_a_filter_no_further_than_asked) {
    for (int i = 0; i < 7; ++i) open("t" + std::to_string(i), 90 + i * 10);
    open("other", [](Ticket& ticket) { ticket.source = "yt"; });
    open("done", [](Ticket& ticket) { ticket.state = TicketState::resolved; });
    EXPECT_EQ(store->count_tickets(query({.source = "fedi"}), 99), (BoundedCount{7, false}));
    EXPECT_EQ(store->count_tickets(query({.source = "fedi"}), 7), (BoundedCount{7, false}));
    EXPECT_EQ(store->count_tickets(query({.source = "fedi"}), 6), (BoundedCount{6, true}));
    EXPECT_EQ(store->count_tickets(query({.view = TicketView::all}), 99), (BoundedCount{9, false}));
    auto limited = query({.source = "fedi"});
    limited.brands = {"saba"};
    EXPECT_EQ(store->count_tickets(limited, 99), (BoundedCount{0, false}));
}

TEST_P(ViewsContract, keeps_filters_under_names_of_ones_own_and_of_everybody) {
    const SavedView own{"p1", "تأخر", "p1", {.view = TicketView::late, .queue = "care", .label = "a \"b\""}};
    const SavedView of_another{"p2", "mine", "p2", {.view = TicketView::mine}};
    const SavedView shared{"", "press", "p2", {.priority = Priority::high, .sentiment = Polarity::negative}};
    for (const auto& view : {own, of_another, shared}) store->put_view(view);
    reopen();
    EXPECT_EQ(store->views("p1"), (std::vector<SavedView>{own, shared}));
    EXPECT_EQ(store->views("p2"), (std::vector<SavedView>{of_another, shared}));

    auto changed = own;
    changed.filter = {.view = TicketView::all};
    store->put_view(changed);
    store->remove_view("", "press");
    store->remove_view("p1", "mine");
    EXPECT_EQ(store->views("p1"), (std::vector<SavedView>{changed}));
    EXPECT_EQ(store->views("p2"), (std::vector<SavedView>{of_another})) << "somebody else's is not touched";
}

}  // namespace
}  // namespace rasid
