#pragma once

#include "core/customer.hpp"
#include "core/json.hpp"
#include "core/reason.hpp"
#include "core/verdict.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// Values that one column keeps as JSON text. Reading gives back an equal value and throws StoreError when the text is
/// damaged.
JsonDocument stored_json(std::string_view json);

std::string strings_to_json(const std::vector<std::string>& list);
std::vector<std::string> strings_from_json(std::string_view json);

std::string reasons_to_json(const std::vector<Reason>& reasons);
std::vector<Reason> reasons_from_json(std::string_view json);
/// One alone; what versions before kept in such a column are words, no JSON.
std::string reason_to_column(const Reason& reason);
Reason reason_from_column(std::string_view column);

std::string verdict_to_json(const Verdict& verdict);
Verdict verdict_from_json(std::string_view json);
/// What the written form of a verdict with this language or sentiment holds, and that of no other.
std::string language_in_verdict(std::string_view language);
std::string sentiment_in_verdict(Polarity label);

std::string purchases_to_json(const std::vector<Purchase>& purchases);
std::vector<Purchase> purchases_from_json(std::string_view json);

}  // namespace rasid
