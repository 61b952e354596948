#include "storage/sql_store.hpp"
#include "storage/statement.hpp"
#include "storage/ticket_row.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace rasid {
namespace {

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

Place place_of(const Ticket& ticket, Section section, Instant now) {
    const auto time = section == Section::resolved ? ticket.updated_at : ticket.due_at.value_or(kNever);
    return {now, section, static_cast<std::int64_t>(ticket.priority), time, ticket.id};
}

std::vector<Section> sections_of(TicketView view) {
    switch (view) {
    case TicketView::resolved:
        return {Section::resolved};
    case TicketView::all:
        return {Section::soon, Section::rest, Section::resolved};
    default:
        return {Section::soon, Section::rest};
    }
}

/// A member stands below its incident's ticket while that is open, whoever has it still finds it in his own list.
bool folds_members(TicketView view) {
    return view == TicketView::waiting || view == TicketView::late || view == TicketView::unassigned;
}

constexpr std::string_view kUnfolded = R"sql(
    AND (incident = '' OR incident = id
         OR NOT EXISTS (SELECT 1 FROM tickets AS parent WHERE parent.id = tickets.incident AND parent.state = 'open')))sql";

void add_view(Statement& statement, const TicketQuery& query, Instant now) {
    auto& sql = statement.sql;
    switch (query.view) {
    case TicketView::waiting:
        sql += " AND due_at < " + statement.bind(kNever);
        break;
    case TicketView::late:
        sql += " AND due_at < " + statement.bind(now);
        break;
    case TicketView::mine:
        sql += " AND assignee = " + statement.bind(query.person) + " AND assignee <> ''";
        break;
    case TicketView::unassigned:
        sql += " AND assignee = ''";
        break;
    case TicketView::resolved:
    case TicketView::all:
        break;
    }
    if (folds_members(query.view)) sql += kUnfolded;
    if (!query.queue.empty()) sql += " AND queue = " + statement.bind(query.queue);
    statement.only_brands(query.brands);
}

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

/// At most `limit` rows of one section of a view.
Statement page_statement(const TicketQuery& query, const Place& from, int limit) {
    Statement statement;
    statement.sql = "SELECT" + ticket_columns() + "FROM tickets WHERE state = ";
    statement.sql += from.section == Section::resolved ? "'resolved'" : "'open'";
    add_view(statement, query, from.now);
    add_section(statement, from, limit);
    return statement;
}

}  // namespace

std::optional<TicketView> parse_ticket_view(std::string_view word) {
    static constexpr std::array<std::pair<std::string_view, TicketView>, 6> kViews = {
        {{"waiting", TicketView::waiting},
         {"late", TicketView::late},
         {"mine", TicketView::mine},
         {"unassigned", TicketView::unassigned},
         {"resolved", TicketView::resolved},
         {"all", TicketView::all}}};
    for (const auto& [known, view] : kViews) {
        if (known == word) return view;
    }
    return std::nullopt;
}

TicketPage SqlStore::tickets(const TicketQuery& query) {
    const auto sections = sections_of(query.view);
    Place from{query.now, sections.front(), 0, {}, {}};
    if (!query.after.empty()) {
        const auto place = parse_token(query.after);
        if (!place) return {};
        from = *place;
    }
    return on_one_state([&] {
        TicketPage page;
        std::vector<Section> section_of;
        const auto wanted = static_cast<std::size_t>(std::max(query.limit, 1));
        for (const auto section : sections) {
            if (section < from.section) continue;
            if (section > from.section) from = Place{from.now, section, 0, {}, {}};
            // One more than wanted tells whether there is a next page.
            const auto statement = page_statement(query, from, static_cast<int>(wanted + 1 - page.tickets.size()));
            const auto answer = engine_->ask_with(statement.sql, statement.values);
            while (answer->next()) {
                page.tickets.push_back(ticket_of(*answer));
                section_of.push_back(section);
            }
            if (page.tickets.size() > wanted) break;
        }
        if (page.tickets.size() > wanted) {
            page.tickets.pop_back();
            page.next = to_token(place_of(page.tickets.back(), section_of[wanted - 1], from.now));
        }
        return page;
    });
}

TicketCounts SqlStore::counts(std::string_view person, const std::vector<std::string>& brands, Instant now) {
    Statement statement;
    statement.sql = R"sql(
        SELECT queue, sum(CASE WHEN due_at < $1 THEN 1 ELSE 0 END), sum(CASE WHEN due_at < $2 THEN 1 ELSE 0 END),
               sum(CASE WHEN assignee = $3 AND assignee <> '' THEN 1 ELSE 0 END), sum(CASE WHEN assignee = '' THEN 1 ELSE 0 END)
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
        counts.queues.push_back(std::move(queue));
    }
    return counts;
}

}  // namespace rasid
