#include "storage/queue_filter.hpp"

#include "storage/column_json.hpp"
#include "storage/sql_store.hpp"

#include <string_view>
#include <utility>

namespace rasid {
namespace {

/// A member stands below its incident's ticket while that is open, whoever has it still finds it in his own list.
constexpr std::string_view kUnfolded = R"sql(
    AND (incident = '' OR incident = id
         OR NOT EXISTS (SELECT 1 FROM tickets AS parent WHERE parent.id = tickets.incident AND parent.state = 'open')))sql";

/// Of a list of strings as a column keeps it, one that has this string.
std::string listing(const std::string& word) {
    if (word.empty()) return {};
    const auto list = strings_to_json({word});
    return containing(std::string_view(list).substr(1, list.size() - 2));
}

}  // namespace

QueueFilter::QueueFilter(const TicketQuery& query, Instant now)
    : query_(query), now_(now), assignee_(query.filter.assignee == "me" ? query.person : query.filter.assignee),
      label_(listing(query.filter.label)), tag_(listing(query.filter.tag)),
      language_(query.filter.language.empty() ? "" : containing(language_in_verdict(query.filter.language))),
      sentiment_(query.filter.sentiment ? containing(sentiment_in_verdict(*query.filter.sentiment)) : "") {}

void QueueFilter::add_to(Statement& statement) const {
    auto& sql = statement.sql;
    const auto awake = [&] { sql += " AND snoozed_until <= " + statement.bind(now_); };
    switch (query_.filter.view) {
    case TicketView::waiting:
        sql += " AND due_at < " + statement.bind(kNever);
        awake();
        sql += kUnfolded;
        break;
    case TicketView::late:
        sql += " AND due_at < " + statement.bind(now_);
        sql += kUnfolded;
        break;
    case TicketView::mine:
        sql += " AND assignee = " + statement.bind(query_.person) + " AND assignee <> ''";
        awake();
        break;
    case TicketView::unassigned:
        sql += " AND assignee = ''";
        awake();
        sql += kUnfolded;
        break;
    case TicketView::snoozed:
        sql += " AND snoozed_until > " + statement.bind(now_);
        break;
    case TicketView::resolved:
    case TicketView::all:
        break;
    }
    if (!query_.filter.queue.empty()) sql += " AND queue = " + statement.bind(query_.filter.queue);
    statement.only_brands(query_.brands);
}

bool QueueFilter::looks_at_rows() const {
    const auto& filter = query_.filter;
    return !filter.assignee.empty() || filter.priority || !filter.platform.empty() || !filter.source.empty() ||
           !filter.brand.empty() || !language_.empty() || !sentiment_.empty() || !label_.empty() || !tag_.empty();
}

std::string QueueFilter::fits(Statement& statement) const {
    std::string all = "1 = 1";
    const auto equal = [&](std::string_view column, const std::string& value) {
        if (!value.empty()) all += " AND " + std::string(column) + " = " + statement.bind(value);
    };
    const auto like = [&](std::string_view column, const std::string& pattern) {
        return std::string(column) + " LIKE " + statement.bind(pattern) + " ESCAPE '\\'";
    };
    const auto& filter = query_.filter;
    if (filter.assignee == "none")
        all += " AND assignee = ''";
    else
        equal("assignee", assignee_);
    if (filter.priority) all += " AND priority = " + statement.bind(static_cast<int>(*filter.priority));
    equal("platform", filter.platform);
    equal("source", filter.source);
    equal("brand", filter.brand);
    if (!label_.empty()) all += " AND " + like("labels", label_);
    if (!tag_.empty()) all += " AND " + like("tags", tag_);
    for (const auto& pattern : {&language_, &sentiment_}) {
        if (pattern->empty()) continue;
        all += " AND EXISTS (SELECT 1 FROM mentions AS newest WHERE newest.id = tickets.latest_mention AND ";
        all += like("newest.verdict", *pattern) + ")";
    }
    return "CASE WHEN " + all + " THEN 1 ELSE 0 END";
}

}  // namespace rasid
