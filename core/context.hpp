#pragma once

#include <optional>
#include <string>

namespace rasid {

/// What is known around a mention before it is assessed.
struct Context {
    struct KnownCustomer {
        std::string id = {};
        std::string tier = {};
        std::string plan = {};
    };
    std::optional<KnownCustomer> customer = {};
};

}  // namespace rasid
