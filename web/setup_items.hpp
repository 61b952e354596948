#pragma once

#include "core/json.hpp"
#include "core/setup.hpp"
#include "core/setup_toml.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// The kinds of a setup as the API names them: calendars, people, rotas, ladders, queues, rules, plans.
bool is_setup_kind(std::string_view kind);

/// {"items":[…]} members named as in the TOML; people with their ids, their e-mails only when `with_emails`.
void write_setup_items(JsonWriter& out, const Setup& setup, std::string_view kind, bool with_emails);

/// What [[…]] of a known kind is called in the TOML: "rule" of rules.
std::string_view word_of_setup_kind(std::string_view kind);

/// The first item of a kind as write_setup_items writes it; null where there is none.
void write_first_item(JsonWriter& out, const Setup& setup, std::string_view kind, bool with_emails);

/// A setup of the one item, read from JSON by the reader of TOML: the same names, types and judgements. `name` is the
/// address's and stands for a missing member. Errors inside a rule's query are placed within the query, line 1.
ParsedSetup read_setup_item(std::string_view kind, std::string_view name, JsonView item);

/// Where an error of compiling that rule is within its query, lines and columns from one.
void place_in_query(std::vector<SetupError>& errors, const Setup& item);

/// The first member that this kind does not have.
std::optional<std::string> unknown_member(std::string_view kind, JsonView item);

bool has_setup_item(const Setup& setup, std::string_view kind, std::string_view name);

/// Without that item.
Setup without_setup_item(Setup setup, std::string_view kind, std::string_view name);

/// Brands that an item belongs to, for people who are limited to theirs; empty: to none in particular.
std::string brand_of_setup_item(const Setup& setup, std::string_view kind, std::string_view name);

}  // namespace rasid
