#pragma once

#include "core/correction.hpp"
#include "core/verdict.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace rasid {

/// Lets the corrections of one mention stand in its verdict: the right label and language in place of the machine's,
/// with a reason each, or the machine's own again where every correction was undone. `corrections` are oldest first;
/// those about another text than the mention's present one say nothing about it. `name_of` is empty for who is gone.
/// Doing it again changes nothing. A correction of a rule changes no verdict: what was routed stays where it is.
void apply_corrections(Verdict& verdict, std::string_view text, std::span<const Correction> corrections,
                       const std::function<std::string(std::string_view person)>& name_of);

/// What the machine had said, in the words of Correction::right, of a verdict that may be corrected already.
std::string machine_word(const Verdict& verdict, std::string_view text, std::span<const Correction> corrections,
                         CorrectionKind what, std::string_view rule);

}  // namespace rasid
