#pragma once

#include "core/setup_toml.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rasid {

struct CsvCell {
    std::string text = {};
    int line = 1;    ///< of its first character, opening quote included
    int column = 1;  ///< in characters

    bool operator==(const CsvCell& other) const { return text == other.text; }
};

using CsvRow = std::vector<CsvCell>;

struct ParsedCsv {
    std::vector<CsvRow> rows = {};        ///< empty lines are left out
    std::vector<SetupError> errors = {};  ///< at most one: behind it nothing can be trusted
};

/// Reads RFC 4180: comma, double quotes, quoted cells may hold commas, quotes (doubled) and line ends. LF, CRLF and CR
/// end a row; a UTF-8 byte order mark is skipped. Refused with line and column: invalid UTF-8, NUL, a quote inside an
/// unquoted cell, text behind a closing quote, a quote that is never closed.
ParsedCsv parse_csv(std::string_view text, std::string_view file_name);

/// One row with CRLF; cells are quoted where they must be. A row of one empty cell is written `""`, so that it is no
/// empty line.
std::string print_csv_row(const std::vector<std::string>& cells);

}  // namespace rasid
