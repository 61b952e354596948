#include "storage/sql_store.hpp"

namespace rasid {
namespace {

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
    return touch;
}

}  // namespace

std::vector<PlannedTouch> SqlStore::touches(std::string_view customer, int year) {
    const auto answer = engine_->ask(R"sql(
        SELECT id, customer, year, kind, ordinal, due_on, state, reason, done_at
        FROM touches WHERE customer = $1 AND year = $2 ORDER BY due_on, id)sql",
                                     customer, year);
    std::vector<PlannedTouch> list;
    while (answer->next()) list.push_back(touch_of(*answer));
    return list;
}

std::optional<PlannedTouch> SqlStore::touch(std::string_view id) {
    const auto answer = engine_->ask(R"sql(
        SELECT id, customer, year, kind, ordinal, due_on, state, reason, done_at FROM touches WHERE id = $1)sql",
                                     id);
    if (!answer->next()) return std::nullopt;
    return touch_of(*answer);
}

Guard SqlStore::guard(std::string_view customer) {
    const auto answer = engine_->ask("SELECT ticket, since, reason FROM guards WHERE customer = $1", customer);
    Guard guard;
    if (!answer->next()) return guard;
    Columns columns(*answer);
    guard.ticket = columns.text();
    guard.since = columns.maybe_instant();
    guard.reason = columns.text();
    return guard;
}

std::vector<LedgerEntry> SqlStore::ledger(std::string_view customer, int limit) {
    const auto answer = engine_->ask(R"sql(
        SELECT id, customer, at, direction, channel, kind, polarity, text, mention, ticket
        FROM ledger WHERE customer = $1 ORDER BY at DESC, id DESC LIMIT $2)sql",
                                     customer, limit);
    std::vector<LedgerEntry> entries;
    while (answer->next()) {
        Columns columns(*answer);
        LedgerEntry entry;
        entry.id = columns.text();
        entry.customer = columns.text();
        entry.at = columns.instant();
        entry.direction = columns.text() == to_string(Direction::outbound) ? Direction::outbound : Direction::inbound;
        entry.channel = columns.text();
        entry.kind = columns.text();
        entry.polarity = static_cast<Polarity>(columns.small());
        entry.text = columns.text();
        entry.mention = columns.text();
        entry.ticket = columns.text();
        entries.push_back(std::move(entry));
    }
    return entries;
}

void SqlStore::apply_plan(const PlanChange& change) {
    transact([&] { store_plan(change); });
}

void SqlStore::store_plan(const PlanChange& change) {
    // Removed since the change was computed: there is nothing left to keep a plan for, and the rest of the intake must
    // not fail.
    if (!engine_->ask("SELECT 1 FROM customers WHERE id = $1", change.customer)->next()) return;
    for (const auto& touch : change.touches) store_touch(touch);
    for (const auto& entry : change.ledger) append_ledger(entry);
    if (!change.guard) return;
    engine_->run(R"sql(
        INSERT INTO guards (customer, ticket, since, reason) VALUES ($1, $2, $3, $4)
        ON CONFLICT (customer) DO UPDATE SET ticket = excluded.ticket, since = excluded.since, reason = excluded.reason)sql",
                 change.customer, change.guard->ticket, change.guard->since, change.guard->reason);
}

void SqlStore::store_touch(const PlannedTouch& touch) {
    engine_->run(R"sql(
        INSERT INTO touches (id, customer, year, kind, ordinal, due_on, state, reason, done_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (id) DO UPDATE SET year = excluded.year, kind = excluded.kind, ordinal = excluded.ordinal,
            due_on = excluded.due_on, state = excluded.state, reason = excluded.reason, done_at = excluded.done_at)sql",
                 touch.id, touch.customer, touch.year, touch.kind, touch.ordinal, to_string(touch.due_on),
                 to_string(touch.state), touch.reason, touch.done_at);
}

void SqlStore::append_ledger(const LedgerEntry& entry) {
    engine_->run(R"sql(
        INSERT INTO ledger (id, customer, at, direction, channel, kind, polarity, text, mention, ticket)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql",
                 entry.id, entry.customer, entry.at, to_string(entry.direction), entry.channel, entry.kind,
                 static_cast<int>(entry.polarity), entry.text, entry.mention, entry.ticket);
}

}  // namespace rasid
