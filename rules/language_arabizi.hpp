#pragma once

#include <string_view>

namespace rasid {

/// How surely a folded Latin word is Arabic in Latin letters, 0 … 2: 2 for words with digits for letters (7abibi, sa3a)
/// and words of the dialects that no European language has, 1 for those that travel (habibi, inshallah).
int arabizi_weight(std::string_view word);

}  // namespace rasid
