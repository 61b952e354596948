#pragma once

#include "core/embedded.hpp"
#include "core/files.hpp"

#include <span>
#include <string>

namespace rasid {

/// The machine's files, and under "demo:NAME" those of the binary that it is given.
class MachineFiles final : public Files {
public:
    MachineFiles() = default;
    explicit MachineFiles(std::span<const EmbeddedFile> carried) : carried_(carried) {}
    Result<std::string> read(std::string path, std::size_t max) override;

private:
    std::span<const EmbeddedFile> carried_ = {};
};

/// A password or token out of a file, without line breaks at its end. A bare name is looked for among the unit's
/// credentials first.
///
/// Fails with not_found, or with refused when the file cannot be read, is empty, holds more than 64 KiB, or can be read
/// by every user of the machine (the manager's own credentials are exempt); the text says what to do.
Result<std::string> read_secret(const std::string& path);

}  // namespace rasid
