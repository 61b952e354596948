#pragma once

#include "storage/engine.hpp"

#include <memory>
#include <string>

namespace rasid {

/// Written into the header of every database that Rasid makes ("Rasd").
inline constexpr int kSqliteApplicationId = 0x52617364;

/// Opens or makes the database file: WAL, synchronous=FULL, foreign keys, secure delete. Several connections to one
/// file may exist; the caller sees to it that one writes.
///
/// Throws StoreError when the file is damaged, is some other program's, or (read_only) is missing.
std::unique_ptr<Engine> open_sqlite(const std::string& path, bool read_only);

}  // namespace rasid
