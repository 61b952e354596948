#pragma once

#include "core/failure.hpp"

#include <cstddef>
#include <string>

namespace rasid {

/// Port: reads whole files. Names beginning with "demo:" are the files that the binary carries.
class Files {
public:
    virtual ~Files() = default;

    /// The content of `path`. Fails with not_found, with refused (not readable for us) or with blocked (more than `max`
    /// bytes).
    virtual Result<std::string> read(std::string path, std::size_t max) = 0;
};

}  // namespace rasid
