#pragma once

#include "core/instant.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

enum class PromiseEventKind { made, moved, kept, withdrawn };
std::string_view to_string(PromiseEventKind kind);
std::optional<PromiseEventKind> parse_promise_event_kind(std::string_view word);

/// Something that happened to a promise; appended, never changed.
struct PromiseEvent {
    std::string id = {};
    std::string promise = {};
    std::string ticket = {};
    std::string customer = {};
    Instant at = {};
    std::string actor = {};
    PromiseEventKind kind = PromiseEventKind::made;
    Instant due_at = {};    ///< made, moved
    std::string text = {};  ///< made: the words that the customer was told; moved, withdrawn: why

    bool operator==(const PromiseEvent&) const = default;
};

enum class PromiseState { running, kept, broken, withdrawn };
std::string_view to_string(PromiseState state);

/// A time told to a customer: the fold over its events.
struct Promise {
    std::string id = {};
    std::string ticket = {};
    std::string customer = {};
    std::string text = {};
    std::string made_by = {};
    Instant made_at = {};
    Instant due_at = {};
    std::optional<Instant> broken_at =
        {};  ///< a time that passed unkept; stays when it is kept late or moved afterwards
    std::optional<Instant> kept_at = {};
    std::optional<Instant> withdrawn_at = {};

    bool operator==(const Promise&) const = default;
};

}  // namespace rasid
