#include "storage/column_json.hpp"
#include "storage/sql_store.hpp"

namespace rasid {
namespace {

const std::string kColumns = R"sql(
    touch_events.id, touch_events.customer, touch, at, actor, touch_events.kind, touch_events.due_on, touch_events.reason, text, laid )sql";

std::string laid_to_json(const std::optional<PlannedTouch>& laid) {
    if (!laid) return {};
    JsonWriter out;
    out.object([&] {
        out.member("id", laid->id);
        out.member("customer", laid->customer);
        out.member("year", laid->year);
        out.member("kind", laid->kind);
        out.member("ordinal", laid->ordinal);
        out.member("due_on", to_string(laid->due_on));
        out.member("state", to_string(laid->state));
        out.member("reason", laid->reason);
        if (laid->done_at) out.member("done_at", to_micros(*laid->done_at));
        out.member("plan", laid->plan);
        out.member("channel", laid->channel);
        out.member("owner", laid->owner);
        out.member("occasion", laid->occasion);
        out.member("follows", laid->follows);
        out.member("draft", laid->draft);
    });
    return std::move(out).take();
}

std::optional<PlannedTouch> laid_from_json(std::string_view json) {
    if (json.empty()) return std::nullopt;
    const auto document = stored_json(json);
    const auto view = document.root();
    const auto text = [&](std::string_view name) { return view[name].text_or(""); };
    PlannedTouch laid;
    laid.id = text("id");
    laid.customer = text("customer");
    laid.year = static_cast<int>(view["year"].integer().value_or(0));
    laid.kind = text("kind");
    laid.ordinal = static_cast<int>(view["ordinal"].integer().value_or(0));
    laid.due_on = parse_date(text("due_on")).value_or(Date{});
    laid.state = parse_touch_state(text("state")).value_or(TouchState::planned);
    laid.reason = text("reason");
    if (const auto micros = view["done_at"].integer()) laid.done_at = from_micros(*micros);
    laid.plan = text("plan");
    laid.channel = text("channel");
    laid.owner = text("owner");
    laid.occasion = text("occasion");
    laid.follows = text("follows");
    laid.draft = text("draft");
    return laid;
}

TouchEvent touch_event_of(const Answer& answer) {
    Columns columns(answer);
    TouchEvent event;
    event.id = columns.text();
    event.customer = columns.text();
    event.touch = columns.text();
    event.at = columns.instant();
    event.actor = columns.text();
    const auto kind = parse_touch_event_kind(columns.text());
    // Guessing would fold to another state than the one that was.
    if (!kind) throw StoreError("a stored value is damaged: what happened to touch " + event.touch);
    event.kind = *kind;
    event.due_on = parse_date(columns.text()).value_or(Date{});
    event.reason = columns.text();
    event.text = columns.text();
    event.laid = laid_from_json(columns.text());
    return event;
}

}  // namespace

std::vector<TouchEvent> SqlStore::touch_events(std::string_view customer, std::optional<int> year) {
    const auto answer =
        year ? engine_->ask("SELECT" + kColumns + R"sql(
                   FROM touch_events JOIN touches ON touches.id = touch_events.touch
                   WHERE touch_events.customer = $1 AND touches.year = $2 ORDER BY sequence)sql",
                            customer, *year)
             : engine_->ask("SELECT" + kColumns + "FROM touch_events WHERE customer = $1 ORDER BY sequence", customer);
    std::vector<TouchEvent> events;
    while (answer->next()) events.push_back(touch_event_of(*answer));
    return events;
}

void SqlStore::append_touch_event(const TouchEvent& event) {
    engine_->run(R"sql(
        INSERT INTO touch_events (id, customer, sequence, touch, at, actor, kind, due_on, reason, text, laid)
        VALUES ($1, $2, (SELECT coalesce(max(sequence), 0) + 1 FROM touch_events WHERE customer = $2), $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (id) DO NOTHING)sql",
                 event.id, event.customer, event.touch, event.at, event.actor, to_string(event.kind),
                 event.due_on == Date{} ? std::string() : to_string(event.due_on), event.reason, event.text,
                 laid_to_json(event.laid));
}

}  // namespace rasid
