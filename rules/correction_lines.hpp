#pragma once

#include "core/correction.hpp"
#include "core/failure.hpp"
#include "rules/sentiment_layer.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// A correction as one line of NDJSON, without the line end: what `rasid corrections export` writes, `rasid assess
/// --corrections` learns from and `--evaluate` measures against. Who said it stays at home.
std::string correction_line(const Correction& correction);

/// Malformed unless it is an object with text, what, right and, where that is there, a time that can be read.
Result<Correction> parse_correction_line(std::string_view line);

/// Those of sentiment, in order; others are left out.
std::vector<SentimentCorrection> sentiment_corrections(std::span<const Correction> corrections);

}  // namespace rasid
