#include "storage/queue_filter.hpp"
#include "storage/sql_store.hpp"
#include "storage/statement.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace rasid {
namespace {

/// Rows that are looked at for one page or one count of a filter that no index answers.
constexpr int kMostLooked = 20'000;

/// The list is walked section by section, each in an order of its own.
enum class Section { soon, rest, resolved };

/// Where the last row of a page stands. `now` is the first page's, so that rows do not change section between pages.
struct Place {
    Instant now = {};
    Section section = Section::soon;
    std::int64_t priority = 0;
    Instant time = {};
    std::string id = {};  ///< empty: before the first row of the section
};

std::string to_token(const Place& place) {
    return std::to_string(to_micros(place.now)) + "." + std::to_string(static_cast<int>(place.section)) + "." +
           std::to_string(place.priority) + "." + std::to_string(to_micros(place.time)) + "." + place.id;
}

std::optional<Place> parse_token(std::string_view token) {
    std::array<std::int64_t, 4> numbers{};
    for (auto& number : numbers) {
        const auto end = token.find('.');
        if (end == std::string_view::npos) return std::nullopt;
        const auto parsed = std::from_chars(token.data(), token.data() + end, number);
        if (parsed.ec != std::errc() || parsed.ptr != token.data() + end) return std::nullopt;
        token.remove_prefix(end + 1);
    }
    if (token.empty() || numbers[1] < 0 || numbers[1] > static_cast<int>(Section::resolved)) return std::nullopt;
    return Place{from_micros(numbers[0]), static_cast<Section>(numbers[1]), numbers[2], from_micros(numbers[3]),
                 std::string(token)};
}

Place place_of(const Answer& row, Section section, Instant now) {
    const auto time = from_micros(row.integer(section == Section::resolved ? 3 : 2));
    return {now, section, row.integer(1), time, std::string(row.text(0))};
}

std::vector<Section> sections_of(const TicketFilter& filter) {
    const bool only_resolved = filter.view == TicketView::resolved;
    const bool any = only_resolved || filter.view == TicketView::all;
    std::vector<Section> sections;
    if (!only_resolved && filter.state != TicketState::resolved) sections = {Section::soon, Section::rest};
    if (any && filter.state != TicketState::open) sections.push_back(Section::resolved);
    return sections;
}

std::string_view state_of(Section section) { return section == Section::resolved ? "'resolved'" : "'open'"; }

void add_section(Statement& statement, const Place& from, int limit) {
    auto& sql = statement.sql;
    const bool first = from.id.empty();
    const auto after = [&](std::string_view columns, std::string_view compare) {
        const auto time = statement.bind(from.time);
        sql += " (" + std::string(columns) + ") " + std::string(compare) + " (" + time + ", " +
               statement.bind(from.id) + ")";
    };
    switch (from.section) {
    case Section::soon:
        sql += " AND soon_at <= " + statement.bind(from.now);
        if (!first) {
            const auto priority = statement.bind(from.priority);
            sql += " AND (priority < " + priority + " OR (priority = " + priority + " AND";
            after("due_at, id", ">");
            sql += "))";
        }
        sql += " ORDER BY priority DESC, due_at, id";
        break;
    case Section::rest:
        sql += " AND soon_at > " + statement.bind(from.now);
        if (!first) {
            sql += " AND";
            after("due_at, id", ">");
        }
        sql += " ORDER BY due_at, id";
        break;
    case Section::resolved:
        if (!first) {
            sql += " AND";
            after("updated_at, id", "<");
        }
        sql += " ORDER BY updated_at DESC, id DESC";
        break;
    }
    sql += " LIMIT " + statement.bind(limit);
}

/// Where at most `limit` rows of one section stand, and whether each fits.
Statement places_statement(const QueueFilter& filter, const Place& from, int limit) {
    Statement statement;
    statement.sql = "SELECT id, priority, due_at, updated_at, " + filter.fits(statement);
    statement.sql += " FROM tickets WHERE state = ";
    statement.sql += state_of(from.section);
    filter.add_to(statement);
    add_section(statement, from, limit);
    return statement;
}

/// Which of the rows behind a place fit, in order.
struct Found {
    std::vector<Place> places = {};
    std::optional<Place> next_after = {};  ///< absent: there are no further ones
};

Found find_places(Engine& engine, const TicketQuery& query, const std::vector<Section>& sections, Place from) {
    const auto wanted = static_cast<std::size_t>(std::max(query.limit, 1));
    const QueueFilter filter(query, from.now);
    const bool looks = filter.looks_at_rows();
    Found found;
    int left = kMostLooked;
    for (const auto section : sections) {
        if (section < from.section) continue;
        if (section > from.section) from = Place{from.now, section, 0, {}, {}};
        // One more than wanted tells whether there is a next page.
        const int limit = looks ? left : static_cast<int>(wanted + 1 - found.places.size());
        const auto statement = places_statement(filter, from, limit);
        const auto answer = engine.ask_with(statement.sql, statement.values);
        while (answer->next()) {
            const auto place = place_of(*answer, section, from.now);
            const bool fits = answer->integer(4) != 0;
            if (fits && found.places.size() == wanted) {
                found.next_after = found.places.back();
                return found;
            }
            if (fits) found.places.push_back(place);
            if (looks && --left == 0) {
                found.next_after = place;
                return found;
            }
        }
    }
    return found;
}

}  // namespace

TicketPage SqlStore::tickets(const TicketQuery& query) {
    const auto sections = sections_of(query.filter);
    if (sections.empty()) return {};
    Place from{query.now, sections.front(), 0, {}, {}};
    if (!query.after.empty()) {
        const auto place = parse_token(query.after);
        if (!place) return {};
        from = *place;
    }
    return on_one_state([&] {
        const auto found = find_places(*engine_, query, sections, std::move(from));
        TicketPage page;
        for (const auto& place : found.places) {
            if (auto stored = ticket(place.id)) page.tickets.push_back(std::move(*stored));
        }
        if (found.next_after) page.next = to_token(*found.next_after);
        return page;
    });
}

BoundedCount SqlStore::count_tickets(const TicketQuery& query, int most) {
    return on_one_state([&] {
        BoundedCount counted;
        int looked = 0;
        for (const auto section : sections_of(query.filter)) {
            if (section == Section::soon) continue;  // Both sections of open tickets at once.
            Statement statement;
            const QueueFilter filter(query, query.now);
            statement.sql = "SELECT " + filter.fits(statement) + " FROM tickets WHERE state = ";
            statement.sql += state_of(section);
            filter.add_to(statement);
            statement.sql += " LIMIT " + statement.bind(kMostLooked - looked);
            const auto answer = engine_->ask_with(statement.sql, statement.values);
            while (answer->next()) {
                counted.more = ++looked == kMostLooked;
                if (answer->integer(0) == 0) continue;
                if (counted.count == most) return BoundedCount{most, true};
                ++counted.count;
            }
            if (counted.more) break;
        }
        return counted;
    });
}

TicketCounts SqlStore::counts(std::string_view person, const std::vector<std::string>& brands, Instant now) {
    Statement statement;
    statement.sql = R"sql(
        SELECT queue, count(*) FILTER (WHERE due_at < $1 AND snoozed_until <= $2),
               count(*) FILTER (WHERE due_at < $2),
               count(*) FILTER (WHERE assignee = $3 AND assignee <> '' AND snoozed_until <= $2),
               count(*) FILTER (WHERE assignee = '' AND snoozed_until <= $2),
               count(*) FILTER (WHERE snoozed_until > $2)
        FROM tickets WHERE state = 'open')sql";
    statement.values = {kNever, now, person};
    statement.only_brands(brands);
    statement.sql += " GROUP BY queue ORDER BY queue";
    TicketCounts counts;
    const auto answer = engine_->ask_with(statement.sql, statement.values);
    while (answer->next()) {
        Columns columns(*answer);
        TicketCounts::OfQueue queue;
        queue.name = columns.text();
        queue.waiting = columns.integer();
        queue.late = columns.integer();
        counts.waiting += queue.waiting;
        counts.late += queue.late;
        counts.mine += columns.integer();
        counts.unassigned += columns.integer();
        counts.snoozed += columns.integer();
        counts.queues.push_back(std::move(queue));
    }
    return counts;
}

}  // namespace rasid
