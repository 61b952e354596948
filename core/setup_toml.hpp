#pragma once

#include "core/setup.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rasid {

/// One thing wrong with a text that a person wrote. Printed as `file:line:column: what`.
struct SetupError {
    Origin origin;
    std::string what;          ///< what, and what to do
    std::string what_ar = {};  ///< the same in Arabic where there are words for it
};
std::string to_string(const SetupError& error);
/// In that language where there are words for it, "en" or "ar".
std::string to_string(const SetupError& error, std::string_view language);

struct ParsedSetup {
    Setup setup = {};
    std::vector<SetupError> errors = {};  ///< empty: the setup is good
};

/// Reads a setup in TOML. Unknown keys, wrong types, bad values and double names are errors with a suggestion; all
/// errors are found, not only the first. References between items are checked by `check_references`.
ParsedSetup parse_setup(std::string_view toml, std::string_view file_name);

/// Names that nothing answers to: a rule's queue, a queue's ladder or calendar, a rota's people, a
/// ladder's person, role or rota.
std::vector<SetupError> check_references(const Setup& setup);

/// The setup as TOML; parse_setup reads back an equal setup and printing that gives the same bytes.
std::string print_setup(const Setup& setup);

struct SetupChange {
    std::string change;  ///< add | update | remove
    std::string kind;    ///< calendar | person | rota | ladder | queue | target | rule | plan | guideline | conduct |
                         ///< engagement …
    std::string name;
};

/// What turning `before` into `after` adds, updates and removes, by name.
std::vector<SetupChange> difference(const Setup& before, const Setup& after);

/// `base` with the items of `additions` added or put in place of those of the same name; with `replace`, of each kind
/// only the additions remain. Ids of people are kept by name.
Setup merge(const Setup& base, const Setup& additions, bool replace);

}  // namespace rasid
