#pragma once

#include "core/embedded.hpp"
#include "storage/engine.hpp"

#include <span>

namespace rasid {

namespace embedded {
/// storage/migrations, in order of their numbers.
std::span<const EmbeddedFile> migrations();
}  // namespace embedded

/// Brings the schema to the newest of `files` ("0001_what.sql", numbered without gaps), each in one transaction.
/// Throws StoreError when the database was made by a newer version or a migration that it has seen reads differently.
void migrate(Engine& engine, std::span<const EmbeddedFile> files);

/// Throws StoreError unless the schema is exactly the newest of `files`.
void require_newest(Engine& engine, std::span<const EmbeddedFile> files);

}  // namespace rasid
