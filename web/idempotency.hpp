#pragma once

#include "core/task.hpp"
#include "web/request.hpp"
#include "web/response.hpp"
#include "web/router.hpp"

namespace rasid {

struct Site;

/// The `Idempotency-Key` of a request that must have one; empty: there is none, or it is longer than 64 bytes.
std::string_view required_key(const Request& request);

/// The refusal of a request without it.
Response key_missing();

/// Calls the handler of a route. A POST with an `Idempotency-Key` is done once in a day for each person and address:
/// the same key again gets the same answer and has no second effect.
///
/// The key is taken durably before the handler runs. So a repeat while the first still runs is 409 `in_progress`; one
/// after a crash in between is 409 `unknown_outcome`: look before you repeat it under a new key; one with another body
/// 422 `key_reused`; one whose answer held a secret 409 `already_done`. What was refused leaves its key free.
Task<Response> answer_once(Site& site, const Route& route, const Request& request);

}  // namespace rasid
