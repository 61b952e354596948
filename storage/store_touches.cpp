#include "storage/sql_store.hpp"
#include "storage/statement.hpp"

namespace rasid {
namespace {

const std::string kSelectTouch = R"sql(
    SELECT id, customer, year, kind, ordinal, due_on, state, reason, done_at, plan, channel, owner, occasion, follows, draft
    FROM touches )sql";

PlannedTouch touch_of(const Answer& answer) {
    Columns columns(answer);
    PlannedTouch touch;
    touch.id = columns.text();
    touch.customer = columns.text();
    touch.year = columns.small();
    touch.kind = columns.text();
    touch.ordinal = columns.small();
    touch.due_on = parse_date(columns.text()).value_or(Date{});
    touch.state = parse_touch_state(columns.text()).value_or(TouchState::planned);
    touch.reason = columns.text();
    touch.done_at = columns.maybe_instant();
    touch.plan = columns.text();
    touch.channel = columns.text();
    touch.owner = columns.text();
    touch.occasion = columns.text();
    touch.follows = columns.text();
    touch.draft = columns.text();
    return touch;
}

std::vector<PlannedTouch> touches_of(const std::unique_ptr<Answer>& answer) {
    std::vector<PlannedTouch> list;
    while (answer->next()) list.push_back(touch_of(*answer));
    return list;
}

/// Somebody who was merged into another customer is owed nothing any more. A condition of its own, so that the brand is
/// looked up for the rows of the list alone.
Statement open_touches_of(std::string_view owner, const std::vector<std::string>& brands) {
    Statement statement;
    // Word for word the condition of the index, or it is not used.
    statement.sql = kSelectTouch + "WHERE state IN ('planned', 'held') AND owner = " + statement.bind(owner);
    statement.sql += " AND EXISTS (SELECT 1 FROM customers WHERE customers.id = touches.customer AND merged_into = ''";
    statement.only_brands(brands);
    statement.sql += ")";
    return statement;
}

}  // namespace

std::vector<PlannedTouch> SqlStore::touches(std::string_view customer, int year) {
    return touches_of(
        engine_->ask(kSelectTouch + "WHERE customer = $1 AND year = $2 ORDER BY due_on, id", customer, year));
}

std::optional<PlannedTouch> SqlStore::touch(std::string_view id) {
    const auto answer = engine_->ask(kSelectTouch + "WHERE id = $1", id);
    if (!answer->next()) return std::nullopt;
    return touch_of(*answer);
}

std::vector<PlannedTouch> SqlStore::touches_due(std::string_view owner, Date until,
                                                const std::vector<std::string>& brands, int limit) {
    auto statement = open_touches_of(owner, brands);
    const auto last_day = to_string(until);
    statement.sql += " AND state = 'planned' AND due_on <= " + statement.bind(last_day);
    statement.sql += R"sql( AND (follows = '' OR EXISTS (
        SELECT 1 FROM touches AS followed WHERE followed.id = touches.follows AND followed.state = 'done')))sql";
    statement.sql += " ORDER BY due_on, id LIMIT " + statement.bind(limit);
    return touches_of(engine_->ask_with(statement.sql, statement.values));
}

std::vector<PlannedTouch> SqlStore::open_touches(std::string_view owner, Date from, Date until, int limit) {
    auto statement = open_touches_of(owner, {});
    const auto first_day = to_string(from);
    const auto last_day = to_string(until);
    statement.sql += " AND due_on >= " + statement.bind(first_day) + " AND due_on <= " + statement.bind(last_day);
    statement.sql += " ORDER BY due_on, id LIMIT " + statement.bind(limit);
    return touches_of(engine_->ask_with(statement.sql, statement.values));
}

std::int64_t SqlStore::touches_done(std::string_view owner, Instant since) {
    const auto answer = engine_->ask(
        "SELECT count(*) FROM touches WHERE state = 'done' AND owner = $1 AND done_at >= $2", owner, since);
    return answer->next() ? answer->integer(0) : 0;
}

void SqlStore::store_touch(const PlannedTouch& touch) {
    engine_->run(R"sql(
        INSERT INTO touches (id, customer, year, kind, ordinal, due_on, state, reason, done_at, plan, channel, owner, occasion, follows,
                             draft)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        ON CONFLICT (id) DO UPDATE SET year = excluded.year, kind = excluded.kind, ordinal = excluded.ordinal,
            due_on = excluded.due_on, state = excluded.state, reason = excluded.reason, done_at = excluded.done_at,
            plan = excluded.plan, channel = excluded.channel, owner = excluded.owner, occasion = excluded.occasion,
            follows = excluded.follows, draft = excluded.draft)sql",
                 touch.id, touch.customer, touch.year, touch.kind, touch.ordinal, to_string(touch.due_on),
                 to_string(touch.state), touch.reason, touch.done_at, touch.plan, touch.channel, touch.owner,
                 touch.occasion, touch.follows, touch.draft);
}

}  // namespace rasid
