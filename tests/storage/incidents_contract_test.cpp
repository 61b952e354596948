#include "tests/storage/samples.hpp"
#include "tests/storage/store_contract.hpp"

namespace rasid {
namespace {

using namespace std::chrono_literals;

const Instant kHour = std::chrono::floor<std::chrono::hours>(samples::minute(0));
const Series kLate{"nasma", Series::Kind::rule, "late order"};
const Series kNews{"nasma", Series::Kind::source, "news"};

class IncidentsContract : public StoreContract {
protected:
    void count(const Series& series, Instant hour, HourCount count) {
        Intake intake;
        intake.hours = {{series, hour, count}};
        store->take(intake);
    }

    /// A ticket; of an incident when one is named.
    Ticket put(const std::string& id, const std::string& incident = {}, int opened = 1) {
        auto change = samples::opening(id);
        change.after.incident = incident;
        change.after.incident_runs = !incident.empty();
        change.after.opened_at = samples::minute(opened);
        return store->apply(change, {}, {});
    }

    static IncidentRise rise(const std::string& ticket, const Series& series, int found = 10) {
        IncidentRise made{.ticket = ticket, .series = series};
        made.incident = {.kind = Incident::Kind::negativity,
                         .began_at = samples::minute(found - 5),
                         .found_at = samples::minute(found),
                         .ended_at = {},
                         .expected = 4.25,
                         .found_with = 30,
                         .peak = 31,
                         .members = 32,
                         .reason = {"incident.negativity", {"30", "40", "4.2"}}};
        return made;
    }

    std::vector<std::string> ids(const std::vector<Ticket>& tickets) {
        std::vector<std::string> found;
        for (const auto& ticket : tickets) found.push_back(ticket.id);
        return found;
    }
};
RASID_OVER_ENGINES(IncidentsContract);

TEST_P(IncidentsContract, hours_add_up_and_come_back_with_the_hour_that_a_series_is_known_from) {
    count(kLate, kHour + 2h, {3, 1});
    count(kLate, kHour + 2h, {2, 2});
    count(kLate, kHour + 5h, {1, 0});
    count(kNews, kHour + 3h, {7, 0});
    reopen();
    const std::vector<SeriesHour> all = {{kLate, kHour + 2h, {0, 0}},
                                         {kLate, kHour + 2h, {5, 3}},
                                         {kLate, kHour + 5h, {1, 0}},
                                         {kNews, kHour + 3h, {0, 0}},
                                         {kNews, kHour + 3h, {7, 0}}};
    EXPECT_EQ(store->series_hours(kHour), all);
    const auto later = store->series_hours(kHour + 4h);
    ASSERT_EQ(later.size(), 3u);
    EXPECT_EQ(later[0], (SeriesHour{kLate, kHour + 4h, {0, 0}})) << "known since before: silence counts";
    EXPECT_EQ(later[1], (SeriesHour{kLate, kHour + 5h, {1, 0}}));
    EXPECT_EQ(store->hours_of(kLate, kHour, kHour + 5h), (std::vector<SeriesHour>{{kLate, kHour + 2h, {5, 3}}}));
}

TEST_P(IncidentsContract, a_series_that_is_learnt_anew_forgets_what_was_before) {
    count(kLate, kHour + 2h, {3, 1});
    count(kLate, kHour + 5h, {1, 0});
    store->restart_series(kLate, kHour + 5h);
    EXPECT_EQ(store->series_hours(kHour),
              (std::vector<SeriesHour>{{kLate, kHour + 5h, {0, 0}}, {kLate, kHour + 5h, {1, 0}}}));
}

TEST_P(IncidentsContract, rises_come_back_as_they_were_stored_the_first_found_leading) {
    put("parent", "parent");
    auto also = rise("parent", kNews, 12);
    also.incident.ended_at = samples::minute(60);
    store->put_rises({also, rise("parent", kLate, 10)});
    reopen();
    EXPECT_EQ(store->rises_of("parent"), (std::vector<IncidentRise>{rise("parent", kLate, 10), also}));
    EXPECT_EQ(store->rises_since(samples::minute(61)).size(), 1u) << "what runs, and what ended since";
    EXPECT_EQ(store->rises_since(samples::minute(60)).size(), 2u);
    auto ended = rise("parent", kLate, 10);
    ended.incident.ended_at = samples::minute(50);
    store->put_rises({ended});
    EXPECT_TRUE(store->rises_since(samples::minute(61)).empty());
    EXPECT_EQ(store->rises_of("parent").size(), 2u);
}

TEST_P(IncidentsContract, members_are_listed_in_order_without_the_incident_s_own_ticket) {
    put("parent", "parent");
    put("c", "parent", 2);
    put("a", "parent", 3);
    put("b", "parent", 2);
    put("alone");
    EXPECT_EQ(store->incident_size("parent"), 3);
    EXPECT_EQ(ids(store->tickets_of_incident("parent", "", 10)), (std::vector<std::string>{"b", "c", "a"}));
    EXPECT_EQ(ids(store->tickets_of_incident("parent", "b", 1)), (std::vector<std::string>{"c"}));
    EXPECT_EQ(ids(store->tickets_of_incident("parent", "a", 5)), (std::vector<std::string>{}));
    EXPECT_EQ(store->incident_size(""), 0);
    EXPECT_TRUE(store->ticket("a")->incident_runs);
}

TEST_P(IncidentsContract, incidents_are_paged_the_one_found_last_first) {
    for (const auto* id : {"i1", "i2", "i3"}) put(id, id);
    auto over = rise("i2", kLate, 20);
    over.incident.ended_at = samples::minute(30);
    store->put_rises({rise("i1", kLate, 10), over, rise("i3", kLate, 30), rise("i3", kNews, 5)});
    using Ids = std::vector<std::string>;
    EXPECT_EQ(store->incidents({}, false, "", 10), (Ids{"i2", "i1", "i3"})) << "by its first rise";
    EXPECT_EQ(store->incidents({}, false, "i2", 1), (Ids{"i1"}));
    EXPECT_EQ(store->incidents({}, true, "", 10), (Ids{"i1", "i3"}));
    EXPECT_EQ(store->incidents({"other"}, false, "", 10), Ids{});
}

TEST_P(IncidentsContract, members_stand_below_their_incident_s_ticket_while_it_is_open) {
    put("parent", "parent");
    put("member", "parent");
    put("alone");
    const auto shown = [&](TicketView view) {
        return ids(store->tickets({.filter = {.view = view}, .person = "p1", .now = samples::minute(5)}).tickets);
    };
    EXPECT_EQ(shown(TicketView::waiting).size(), 2u);
    EXPECT_EQ(shown(TicketView::unassigned).size(), 2u);
    auto mine = samples::next(*store->ticket("member"));
    mine.after.assignee = "p1";
    store->apply(mine, {}, {});
    EXPECT_EQ(shown(TicketView::mine), (std::vector<std::string>{"member"})) << "whoever has it finds it";
    auto resolved = samples::next(*store->ticket("parent"), TicketEventKind::resolved);
    resolved.after.state = TicketState::resolved;
    store->apply(resolved, {}, {});
    EXPECT_EQ(shown(TicketView::waiting).size(), 2u) << "what was not resolved with it is listed again";
}

TEST_P(IncidentsContract, what_is_old_is_forgotten_but_no_incident_that_somebody_needs) {
    for (const auto* id : {"old", "open", "kept"}) put(id, id);
    put("member", "kept");
    for (const auto* id : {"old", "kept"}) {
        auto resolved = samples::next(*store->ticket(id), TicketEventKind::resolved);
        resolved.after.state = TicketState::resolved;
        store->apply(resolved, {}, {});
    }
    store->put_rises({rise("old", kLate), rise("open", kLate), rise("kept", kLate)});
    count(kLate, kHour, {3, 0});
    count(kNews, kHour + 9h, {3, 0});
    store->forget_incidents(kHour + 5h, samples::minute(100));
    EXPECT_FALSE(store->ticket("old"));
    EXPECT_TRUE(store->rises_of("old").empty());
    EXPECT_TRUE(store->ticket("open"));
    EXPECT_TRUE(store->ticket("kept"));
    const auto hours = store->series_hours(kHour);
    ASSERT_EQ(hours.size(), 2u);
    EXPECT_EQ(hours[0].series, kNews);
}

TEST_P(IncidentsContract, a_page_that_is_not_stored_counts_no_hour) {
    Intake intake;
    intake.hours = {{kLate, kHour, {3, 0}}};
    intake.rises = {rise("nobody", kLate)};
    EXPECT_THROW(store->take(intake), StoreError);
    EXPECT_TRUE(store->series_hours(kHour).empty());
}

}  // namespace
}  // namespace rasid
