#include "daemon/dispatcher.hpp"

#include "core/action_payload.hpp"
#include "core/mail_payload.hpp"
#include "core/mention_json.hpp"
#include "daemon/delivery_schedule.hpp"
#include "daemon/log.hpp"
#include "daemon/mime.hpp"
#include "daemon/plan_keeper.hpp"
#include "daemon/second_channel.hpp"
#include "engagement/promises.hpp"
#include "engagement/react.hpp"
#include "escalation/route.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace rasid {
namespace {

constexpr std::size_t kInFlight = 8;
constexpr std::size_t kKeptForCritical = 2;  ///< of those places: none waits behind a backlog of others
constexpr Duration kLongestSendingNap = std::chrono::seconds(30);

MailMessage message_of(const OutboxItem& item, const MailPayload& payload, const std::string& from, Instant now) {
    MailMessage message;
    message.from = from;
    message.to = item.to;
    message.to_name = payload.to_name;
    message.subject = payload.subject;
    message.text = payload.text;
    message.html = payload.html;
    message.calendar = payload.calendar;
    message.language = payload.language;
    message.intent = item.id;
    message.references = payload.references;
    message.list = payload.list;
    message.reason = payload.reason;
    if (!payload.unsubscribe_url.empty()) add_unsubscribe(message, payload.unsubscribe_url);
    message.priority = std::string(to_string(item.priority));
    message.ticket = payload.ticket_number == 0 ? "" : std::to_string(payload.ticket_number);
    message.date = now;
    return message;
}

}  // namespace

Dispatcher::Dispatcher(DispatcherEnv env)
    : env_(std::move(env)), timer_(env_.executor), sending_(env_.executor, env_.on_failure) {}

void Dispatcher::wake() {
    woken_ = true;
    timer_.cancel();
}

Task<void> Dispatcher::run() {
    for (;;) {
        woken_ = false;
        co_await send_due();
        const auto now = env_.clock.now();
        const auto next = co_await env_.database.read([](Reader& reader) { return reader.next_outbox(); });
        if (woken_) continue;
        auto nap = kLongestSendingNap;
        if (next && in_flight_.size() < kInFlight)
            nap = std::clamp<Duration>(*next - now, std::chrono::milliseconds(50), kLongestSendingNap);
        timer_.expires_after(nap);
        boost::system::error_code ended;
        co_await timer_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ended));
        if (const auto state = co_await boost::asio::this_coro::cancellation_state;
            state.cancelled() != boost::asio::cancellation_type::none) {
            throw boost::system::system_error(boost::asio::error::operation_aborted);
        }
    }
}

Task<void> Dispatcher::stop() { co_await sending_.stop(); }

Task<void> Dispatcher::send_due() {
    const auto now = env_.clock.now();
    const auto taken = busy(now);
    const auto due = co_await env_.database.read(
        [&](Reader& reader) { return reader.outbox_due(now, static_cast<int>(kInFlight) * 2, taken); });
    std::map<std::string, Instant> closed;  // destinations that are left alone, and until when
    for (const auto& item : due) {
        const auto places = item.priority == Priority::critical ? kInFlight : kInFlight - kKeptForCritical;
        if (in_flight_.contains(item.id) || in_flight_.size() >= places) continue;
        auto destination = destination_of(item);
        if (!circuits_.enter(destination, item.priority, now)) {
            if (const auto until = circuits_.closed_until(destination, now))
                closed.emplace(std::move(destination), *until);
            continue;
        }
        in_flight_.emplace(item.id, Flight{std::move(destination)});
        sending_.spawn("outbox " + item.id, deliver(item));
    }
    if (!closed.empty()) co_await set_aside(std::move(closed), now);
}

/// Where nothing more goes for the moment; without a mail server mails wait and hold up nobody.
BusyDestinations Dispatcher::busy(Instant now) const {
    BusyDestinations busy;
    busy.for_critical = circuits_.busy(Priority::critical, now);
    busy.for_others = circuits_.busy(Priority::normal, now);
    if (!env_.mail_sender()) {
        busy.for_critical.emplace_back(kMailServer);
        busy.for_others.emplace_back(kMailServer);
    }
    return busy;
}

/// What waits for a destination that fails must not stand before what waits for others.
Task<void> Dispatcher::set_aside(std::map<std::string, Instant> closed, Instant now) {
    const auto decisions = env_.decisions();
    std::vector<std::string> on_their_way;  // for the storage thread, which must not look into what is ours
    for (const auto& [id, flight] : in_flight_) on_their_way.push_back(id);
    const auto postpone = [&](Store& store) {
        std::vector<OutboxItem> counted;
        if (closed.contains(std::string(kMailServer))) {
            counted = count_failure(store, decisions->policies, on_their_way, env_.ticket_url, env_.time_zone,
                                    env_.random, now);
        }
        for (const auto& [destination, until] : closed) store.postpone_outbox(destination, until);
        return counted;
    };
    const auto counted = co_await env_.database.write(postpone);
    for (const auto& item : counted) env_.on_item(item);
    if (!counted.empty()) woken_ = true;  // another channel may be due
}

OutboxItem Dispatcher::attempted(OutboxItem item, Delivery delivery, const std::string& error) {
    const auto flight = in_flight_.find(item.id);
    if (flight != in_flight_.end()) flight->second.ended = delivery;
    return after_attempt(std::move(item), delivery, error, env_.clock.now());
}

void Dispatcher::land(const std::string& id) {
    const auto flight = in_flight_.extract(id);
    const auto& [destination, ended] = flight.mapped();
    if (ended)
        circuits_.leave(destination, *ended, env_.clock.now());
    else
        circuits_.leave_untried(destination);
    wake();
}

Task<void> Dispatcher::deliver(OutboxItem item) {
    struct Landing {
        Dispatcher& dispatcher;
        std::string id;
        ~Landing() { dispatcher.land(id); }
    };
    const Landing landing{*this, item.id};
    if (is_mail(item))
        co_await deliver_mail(std::move(item));
    else if (is_webhook(item))
        co_await deliver_webhook(std::move(item));
    else
        co_await deliver_action(std::move(item));
}

Task<void> Dispatcher::save(const OutboxItem& item) {
    co_await env_.database.write([&item](Store& store) { store.update_outbox(item); });
    env_.on_item(item);
}

Task<void> Dispatcher::deliver_mail(OutboxItem item) {
    auto payload = parse_mail_payload(item.payload);
    if (!payload) {
        co_await save(after_attempt(std::move(item), Delivery::refused, payload.error().what, env_.clock.now()));
        co_return;
    }
    bool unwanted = false;
    if (!item.ticket.empty()) {
        const auto thread = co_await env_.database.read([&](Reader& reader) {
            const auto ticket = reader.ticket(item.ticket);
            unwanted = item.kind == "escalation" && ticket &&
                       (ticket->state == TicketState::resolved || !ticket->acknowledged_by.empty());
            return reader.mail_thread(item.to, item.ticket);
        });
        const auto self = std::find(thread.begin(), thread.end(), item.id);
        if (self != thread.begin() && !thread.empty()) {
            payload->references = {thread.front()};
            if (const auto last = std::prev(self); last != thread.begin()) payload->references.push_back(*last);
        } else if (item.kind == "update") {
            // What it answers never went out, or told of many tickets: one root for whatever follows.
            payload->references = {"ticket-" + item.ticket};
        }
    }
    if (unwanted) {
        item.state = OutboxState::cancelled;
        item.finished_at = env_.clock.now();
        co_await save(item);
        co_return;
    }
    const auto message = build_mail(message_of(item, *payload, env_.mail_from(), item.created_at));
    auto* const sender = env_.mail_sender();
    if (!sender) co_return;
    const auto outcome = co_await sender->send(env_.mail_from(), item.to, message);
    const auto delivery = outcome.kind == MailOutcome::Kind::delivered   ? Delivery::done
                          : outcome.kind == MailOutcome::Kind::refused   ? Delivery::refused
                          : outcome.kind == MailOutcome::Kind::postponed ? Delivery::postponed
                                                                         : Delivery::try_later;
    env_.metrics.mail_send(item.kind, delivery == Delivery::done      ? "sent"
                                      : delivery == Delivery::refused ? "refused"
                                                                      : "later");
    if (delivery != Delivery::done) log_event(Level::warning, "mail_not_sent", outcome.text, {{"mail", item.id}});
    item = attempted(std::move(item), delivery, outcome.text);
    if (delivery == Delivery::done && is_to_customer(item))
        co_await settle_customer_mail(std::move(item), std::move(payload->text));
    else if (needs_second_channel(item))
        co_await save_and_tell_otherwise(std::move(item));
    else
        co_await save(item);
}

Task<void> Dispatcher::save_and_tell_otherwise(OutboxItem item) {
    const auto now = env_.clock.now();
    const auto decisions = env_.decisions();
    const auto url = env_.ticket_url(ticket_of(item));
    co_await env_.database.write([&](Store& store) {
        store.update_outbox(item);
        tell_otherwise(store, decisions->policies, item, url, env_.time_zone, env_.random, now);
    });
    env_.on_item(item);
}

Task<void> Dispatcher::settle_customer_mail(OutboxItem item, std::string text) {
    const auto now = env_.clock.now();
    const auto decisions = env_.decisions();
    co_await env_.database.write([&](Store& store) {
        store.update_outbox(item);
        if (const auto change = after_customer_mail(store, item, text, decisions->react, env_.random, now))
            store.apply_plan(*change);
    });
    env_.on_item(item);
}

Task<void> Dispatcher::deliver_webhook(OutboxItem item) {
    const bool settled = co_await env_.database.read([&item](Reader& reader) {
        const auto ticket = is_relayed(item) ? std::nullopt : reader.ticket(item.ticket);
        return ticket && (ticket->state == TicketState::resolved || !ticket->acknowledged_by.empty());
    });
    const auto now = env_.clock.now();
    if (settled) {
        item.state = OutboxState::cancelled;
        item.finished_at = now;
        co_await save(item);
        co_return;
    }
    const auto outcome = co_await env_.webhooks.call(item, now);
    env_.metrics.mail_send(item.kind, outcome.delivery == Delivery::done      ? "sent"
                                      : outcome.delivery == Delivery::refused ? "refused"
                                                                              : "later");
    if (outcome.delivery != Delivery::done)
        log_event(Level::warning, "webhook_not_called", outcome.text, {{"webhook", item.to}, {"ticket", item.ticket}});
    const auto after = env_.clock.now();
    item = attempted(std::move(item), outcome.delivery, outcome.text);
    if (outcome.retry_after) item.not_before = std::max(item.not_before, after + *outcome.retry_after);
    co_await save(item);
}

Task<void> Dispatcher::deliver_action(OutboxItem item) {
    const auto action = item.kind == "auto_reply" ? PublishAction::reply : parse_publish_action(item.kind);
    auto payload = parse_action_payload(item.payload);
    const auto publisher = env_.publisher(item.to);
    if (!action || !payload || !publisher) {
        item = after_attempt(std::move(item), Delivery::refused, "the source `" + item.to + "` cannot " + item.kind,
                             env_.clock.now());
        const auto text = item.last_error;
        co_await settle_action(std::move(item), false, text);
        co_return;
    }
    if (item.state == OutboxState::sending && !publisher->repeatable()) {
        const std::string text = "a crash came between sending and the answer, and the platform cannot be asked: look "
                                 "there before you answer again";
        item = after_attempt(std::move(item), Delivery::unknown, text, env_.clock.now());
        co_await settle_action(std::move(item), false, text);
        co_return;
    }
    // Undo cancels a waiting item in the database; whoever gets there first has it.
    const bool mine = co_await env_.database.write([&item](Store& store) {
        const auto current = store.outbox_item(item.id);
        if (!current || (current->state != OutboxState::waiting && current->state != OutboxState::sending))
            return false;
        item.state = OutboxState::sending;
        store.update_outbox(item);
        return true;
    });
    if (!mine) co_return;

    PublishRequest request;
    request.action = *action;
    request.token = payload->token;
    request.text = payload->text;
    request.language = payload->language;
    request.visibility = parse_visibility(payload->visibility);
    request.idempotency_key = item.id;
    auto published = co_await publisher->publish(std::move(request));
    if (published) {
        env_.metrics.reply_sent(item.to, "sent");
        item = attempted(std::move(item), Delivery::done, "");
        co_await settle_action(std::move(item), true, published->url);
        co_return;
    }
    const auto& failure = published.error();
    const bool passing = failure.kind == Failure::Kind::unreachable || failure.kind == Failure::Kind::rate_limited;
    const bool repeat = passing || (failure.kind == Failure::Kind::unknown_outcome && publisher->repeatable());
    env_.metrics.reply_sent(item.to, repeat ? "later" : "refused");
    log_event(Level::warning, "reply_not_sent", failure.what, {{"source", item.to}, {"ticket", item.ticket}});
    if (repeat) {
        item = attempted(std::move(item), Delivery::try_later, failure.what);
        if (failure.retry_after) item.not_before = std::max(item.not_before, env_.clock.now() + *failure.retry_after);
        if (item.state != OutboxState::dead) {
            co_await save(item);
            co_return;
        }
    } else {
        item = attempted(std::move(item), Delivery::refused, failure.what);
    }
    const auto text = failure.what;
    co_await settle_action(std::move(item), false, text);
}

namespace {

/// The time that a customer was told by Rasid itself is a promise like any other.
void keep_told_time(Store& store, const OutboxItem& item, const Ticket& ticket, Random& random, Instant now) {
    const auto history = store.events_of(ticket.id);
    const auto told = std::ranges::find(history, item.event, &TicketEvent::id);
    if (told == history.end() || !told->detail || !told->detail->due_at) return;
    store.append_promise_events({made(ticket.id, ticket.customer, told->text, *told->detail->due_at, "", random, now)});
}

}  // namespace

Task<void> Dispatcher::settle_action(OutboxItem item, bool ok, std::string text) {
    const auto now = env_.clock.now();
    const auto decisions = env_.decisions();
    const auto payload = parse_action_payload(item.payload);
    const auto ticket = co_await env_.database.write([&](Store& store) {
        store.update_outbox(item);
        auto current = store.ticket(item.ticket);
        if (!current) return current;
        const auto history = store.events_of(item.ticket);
        const auto change = published(decisions->policies, *current, history, item.event, ok, text, env_.random, now);
        std::vector<PlanChange> plans;
        if (ok && item.kind == "reply" && payload) {
            if (const auto plan = plan_of(store, current->customer, now)) {
                plans.push_back(react_to_reply(*plan, *current, payload->text, env_.random, now));
            }
            const auto asked = std::ranges::find(history, item.event, &TicketEvent::id);
            store.append_promise_events(promises_after_reply(
                store.promise_events_of_ticket(item.ticket), item.ticket, current->customer, payload->text,
                asked == history.end() ? std::string() : asked->actor, env_.time_zone, env_.random, now));
        }
        if (ok && item.kind == "auto_reply") keep_told_time(store, item, *current, env_.random, now);
        return std::optional(store.apply(change, plans, {}));
    });
    env_.on_item(item);
    if (ticket) env_.on_ticket(*ticket, ok ? "replied" : "reply_failed");
}

}  // namespace rasid
