#pragma once

#include "core/failure.hpp"

#include <string>

namespace rasid {

/// Port: small secrets of the program's own that outlive a restart, one under each name, which may hold anything.
class PrivateFiles {
public:
    virtual ~PrivateFiles() = default;

    /// Fails with not_found, or with refused when it cannot be read.
    virtual Result<std::string> read(const std::string& name) = 0;
    /// Whole or not at all, also when the machine stops meanwhile. Fails with refused.
    virtual Result<void> write(const std::string& name, const std::string& content) = 0;
    /// What is not there is removed already. Fails with refused.
    virtual Result<void> remove(const std::string& name) = 0;
};

}  // namespace rasid
