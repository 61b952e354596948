#include "engagement/promises.hpp"

#include <algorithm>

namespace rasid {
namespace {

Promise applied(Promise promise, const PromiseEvent& event) {
    const bool ended = promise.kept_at || promise.withdrawn_at;
    if (event.kind != PromiseEventKind::made && ended) return promise;
    if (event.kind != PromiseEventKind::made && !promise.broken_at && event.at > promise.due_at)
        promise.broken_at = promise.due_at;
    switch (event.kind) {
    case PromiseEventKind::made:
        return {.id = event.promise,
                .ticket = event.ticket,
                .customer = event.customer,
                .text = event.text,
                .made_by = event.actor,
                .made_at = event.at,
                .due_at = event.due_at};
    case PromiseEventKind::moved:
        promise.due_at = event.due_at;
        break;
    case PromiseEventKind::kept:
        promise.kept_at = event.at;
        break;
    case PromiseEventKind::withdrawn:
        promise.withdrawn_at = event.at;
        break;
    }
    return promise;
}

}  // namespace

std::vector<Promise> fold_promises(std::span<const PromiseEvent> events, Instant now) {
    std::vector<Promise> promises;
    for (const auto& event : events) {
        auto promise = std::ranges::find(promises, event.promise, &Promise::id);
        if (promise == promises.end()) {
            if (event.kind != PromiseEventKind::made) continue;
            promise = promises.insert(promises.end(), Promise{});
        } else if (event.kind == PromiseEventKind::made) {
            continue;
        }
        *promise = applied(std::move(*promise), event);
    }
    for (auto& promise : promises) {
        const bool ended = promise.kept_at || promise.withdrawn_at;
        if (!ended && !promise.broken_at && now > promise.due_at) promise.broken_at = promise.due_at;
    }
    return promises;
}

PromiseState state_of(const Promise& promise, Instant now) {
    const bool ended = promise.kept_at || promise.withdrawn_at;
    if (promise.broken_at || (!ended && now > promise.due_at)) return PromiseState::broken;
    if (promise.kept_at) return PromiseState::kept;
    return promise.withdrawn_at ? PromiseState::withdrawn : PromiseState::running;
}

std::optional<Instant> check_at(const Promise& promise) {
    if (promise.kept_at || promise.withdrawn_at || promise.broken_at) return std::nullopt;
    return promise.due_at;
}

PromiseEvent made(std::string_view ticket, std::string_view customer, std::string_view text, Instant due_at,
                  std::string_view actor, Random& random, Instant now) {
    const auto id = new_id(random, now);
    return {.id = new_id(random, now),
            .promise = id,
            .ticket = std::string(ticket),
            .customer = std::string(customer),
            .at = now,
            .actor = std::string(actor),
            .kind = PromiseEventKind::made,
            .due_at = due_at,
            .text = std::string(text)};
}

std::vector<PromiseEvent> promises_after_reply(std::span<const PromiseEvent> events, std::string_view ticket,
                                               std::string_view customer, std::string_view text, std::string_view actor,
                                               const std::string& time_zone, Random& random, Instant now) {
    const auto told = promised_time(text, now, time_zone);
    std::vector<PromiseEvent> out;
    bool moved = false;
    for (const auto& promise : fold_promises(events, now)) {
        if (promise.kept_at || promise.withdrawn_at) continue;
        // One reply tells one time: it stands for the first promise that it moves.
        if (told && moved) continue;
        out.push_back({.id = new_id(random, now),
                       .promise = promise.id,
                       .ticket = std::string(ticket),
                       .customer = std::string(customer),
                       .at = now,
                       .actor = std::string(actor),
                       .kind = told ? PromiseEventKind::moved : PromiseEventKind::kept,
                       .due_at = told ? told->at : promise.due_at,
                       .text = told ? std::string(text.substr(told->start, told->end - told->start)) : std::string()});
        moved = true;
    }
    if (told && !moved)
        out.push_back(
            made(ticket, customer, text.substr(told->start, told->end - told->start), told->at, actor, random, now));
    return out;
}

}  // namespace rasid
