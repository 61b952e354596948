#include "tests/storage/samples.hpp"
#include "tests/storage/store_contract.hpp"

namespace rasid {
namespace {

using samples::minute;
using Ids = std::vector<std::string>;

class QueueContract : public StoreContract {
protected:
    template <typename Edit>
    void open(const std::string& id, int due, Edit edit) {
        auto change = samples::opening(id, due);
        edit(change.after);
        store->apply(change, {}, {});
    }
    void open(const std::string& id, int due, Priority priority = Priority::normal) {
        open(id, due, [&](Ticket& ticket) { ticket.priority = priority; });
    }
    void resolve(const std::string& id, int at) {
        open(id, 10, [&](Ticket& ticket) {
            ticket.state = TicketState::resolved;
            ticket.updated_at = minute(at);
            ticket.due_at.reset();
            ticket.soon_at.reset();
            ticket.check_at.reset();
        });
    }

    static Ids ids(const TicketPage& page) {
        Ids list;
        for (const auto& ticket : page.tickets) list.push_back(ticket.id);
        return list;
    }
    /// Walks all pages of `limit`.
    Ids walk(TicketQuery query, int limit) {
        query.limit = limit;
        Ids list;
        for (int page = 0; page < 100; ++page) {
            const auto found = store->tickets(query);
            for (const auto& id : ids(found)) list.push_back(id);
            EXPECT_LE(found.tickets.size(), static_cast<std::size_t>(limit));
            if (found.next.empty()) return list;
            query.after = found.next;
        }
        ADD_FAILURE() << "the pages do not end";
        return list;
    }
    TicketQuery query(TicketView view) { return {.filter = {.view = view}, .now = minute(100)}; }
};
RASID_OVER_ENGINES(QueueContract);

TEST_P(QueueContract, puts_what_is_overdue_or_due_soon_first_by_priority_and_the_rest_by_due_time) {
    open("rest-2", 300, Priority::critical);
    open("rest-1", 200, Priority::low);
    open("soon-low", 50, Priority::low);
    open("soon-high-2", 104, Priority::high);
    open("soon-high-1", 90, Priority::high);
    open("soon-critical", 105, Priority::critical);
    EXPECT_EQ(ids(store->tickets(query(TicketView::waiting))),
              (Ids{"soon-critical", "soon-high-1", "soon-high-2", "soon-low", "rest-1", "rest-2"}));
}

TEST_P(QueueContract, gives_the_same_list_in_pages_of_any_size) {
    for (int i = 0; i < 23; ++i) {
        open("t" + std::to_string(i), 80 + (i * 7 % 11) * 5, static_cast<Priority>(i % 4));  // many equal due times
    }
    for (int i = 0; i < 5; ++i) resolve("r" + std::to_string(i), 10 + i / 2);
    const auto whole = walk(query(TicketView::all), 200);
    ASSERT_EQ(whole.size(), 28u);
    for (int limit = 1; limit <= 29; ++limit) EXPECT_EQ(walk(query(TicketView::all), limit), whole) << limit;
}

TEST_P(QueueContract, keeps_the_time_of_the_first_page_for_the_pages_after_it) {
    open("a", 110);
    open("b", 120);
    open("c", 130);
    auto question = query(TicketView::waiting);
    question.limit = 1;
    question.after = store->tickets(question).next;
    question.now = minute(1000);
    const auto second = store->tickets(question);
    EXPECT_EQ(ids(second), (Ids{"b"}));
    question.after = second.next;
    EXPECT_EQ(ids(store->tickets(question)), (Ids{"c"}));
}

TEST_P(QueueContract, says_whether_there_is_a_next_page) {
    open("a", 10);
    open("b", 20);
    auto question = query(TicketView::waiting);
    question.limit = 2;
    EXPECT_EQ(store->tickets(question).next, "");
    question.limit = 1;
    EXPECT_NE(store->tickets(question).next, "");
}

TEST_P(QueueContract, gives_an_empty_page_for_a_token_that_it_never_made) {
    open("a", 10);
    for (const char* token :
         {"x", "1.2.3", "1.9.1.1.id", "1.0.1.1.", "99999999999999999999.0.0.0.a", "1.-1.1.1.a", "....", "1.0.0.0"}) {
        auto question = query(TicketView::waiting);
        question.after = token;
        EXPECT_TRUE(store->tickets(question).tickets.empty()) << token;
    }
}

TEST_P(QueueContract, shows_each_view_its_tickets) {
    open("late", 50, [](Ticket& ticket) { ticket.assignee = "p1"; });
    open("soon", 102, [](Ticket& ticket) { ticket.assignee = "p2"; });
    open("free", 300);
    open("met", 300, [](Ticket& ticket) {
        ticket.due_at.reset();
        ticket.soon_at.reset();
        ticket.assignee = "p1";
    });
    resolve("done-1", 5);
    resolve("done-2", 6);
    EXPECT_EQ(ids(store->tickets(query(TicketView::waiting))), (Ids{"late", "soon", "free"}));
    EXPECT_EQ(ids(store->tickets(query(TicketView::late))), (Ids{"late"}));
    EXPECT_EQ(ids(store->tickets(query(TicketView::unassigned))), (Ids{"free"}));
    EXPECT_EQ(ids(store->tickets(query(TicketView::resolved))), (Ids{"done-2", "done-1"}));
    EXPECT_EQ(ids(store->tickets(query(TicketView::all))), (Ids{"late", "soon", "free", "met", "done-2", "done-1"}));
    auto mine = query(TicketView::mine);
    mine.person = "p1";
    EXPECT_EQ(ids(store->tickets(mine)), (Ids{"late", "met"}));
    mine.person.clear();
    EXPECT_TRUE(store->tickets(mine).tickets.empty());
}

TEST_P(QueueContract, limits_a_list_to_a_queue_and_to_brands) {
    open("a", 50, [](Ticket& ticket) { ticket.queue = "care"; });
    open("b", 60, [](Ticket& ticket) { ticket.queue = "press"; });
    open("c", 70, [](Ticket& ticket) { ticket.brand = "other"; });
    open("d", 80, [](Ticket& ticket) { ticket.brand = "third"; });
    auto question = query(TicketView::waiting);
    question.filter.queue = "press";
    EXPECT_EQ(ids(store->tickets(question)), (Ids{"b"}));
    question.filter.queue.clear();
    question.brands = {"other", "third"};
    EXPECT_EQ(walk(question, 1), (Ids{"c", "d"}));
    question.brands = {"nobody's"};
    EXPECT_TRUE(store->tickets(question).tickets.empty());
}

TEST_P(QueueContract, counts_what_the_views_would_show) {
    open("a", 50, [](Ticket& ticket) { ticket.assignee = "p1"; });
    open("b", 200, [](Ticket& ticket) { ticket.queue = "press"; });
    open("c", 200, [](Ticket& ticket) { ticket.brand = "other"; });
    open("met", 300, [](Ticket& ticket) {
        ticket.due_at.reset();
        ticket.assignee = "p1";
    });
    resolve("done", 5);
    const auto counts = store->counts("p1", {}, minute(100));
    EXPECT_EQ(counts.waiting, 3);
    EXPECT_EQ(counts.late, 1);
    EXPECT_EQ(counts.mine, 2);
    EXPECT_EQ(counts.unassigned, 2);
    ASSERT_EQ(counts.queues.size(), 2u);
    EXPECT_EQ(counts.queues[0].name, "care");
    EXPECT_EQ(counts.queues[0].waiting, 2);
    EXPECT_EQ(counts.queues[0].late, 1);
    EXPECT_EQ(counts.queues[1].name, "press");
    EXPECT_EQ(counts.queues[1].waiting, 1);

    const auto limited = store->counts("", {"other"}, minute(100));
    EXPECT_EQ(limited.waiting, 1);
    EXPECT_EQ(limited.mine, 0);
    ASSERT_EQ(limited.queues.size(), 1u);
}

TEST_P(QueueContract, counts_nothing_in_an_empty_store) {
    const auto counts = store->counts("p1", {}, minute(0));
    EXPECT_EQ(counts.waiting + counts.late + counts.mine + counts.unassigned, 0);
    EXPECT_TRUE(counts.queues.empty());
}

TEST(TicketViews, are_read_by_their_names) {
    EXPECT_EQ(parse_ticket_view("waiting"), TicketView::waiting);
    EXPECT_EQ(parse_ticket_view("all"), TicketView::all);
    EXPECT_FALSE(parse_ticket_view("everything"));
    EXPECT_FALSE(parse_ticket_view(""));
}

}  // namespace
}  // namespace rasid
