#include "daemon/explain.hpp"

#include "daemon/commands/loaded_config.hpp"
#include "daemon/system_clock.hpp"

#include <iostream>

namespace rasid {

int explain(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    const auto reader = read_store(*config);
    if (!reader) return kFailed;
    const auto story = explain_story(*reader, invocation.name, SystemClock().now());
    if (!story) {
        std::cerr << "neither a ticket nor a customer has the id `" << invocation.name << "`\n";
        return kFailed;
    }
    std::cout << *story;
    return kOk;
}

}  // namespace rasid
