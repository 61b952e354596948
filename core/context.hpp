#pragma once

#include "core/verdict.hpp"

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

    /// What an external model says of the text, in place of the built-in one; absent: none was asked, or it did not
    /// answer in time.
    std::optional<Sentiment> sentiment = {};
};

}  // namespace rasid
