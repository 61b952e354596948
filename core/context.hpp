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

    /// What the author has said to us before, as far as it is still stored.
    struct History {
        int mentions = 0;  ///< at most 100 are counted
        int tickets = 0;   ///< that those mentions belong to
    };
    History history = {};
};

}  // namespace rasid
