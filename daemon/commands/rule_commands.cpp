#include "daemon/commands/loaded_config.hpp"

#include "core/json.hpp"
#include "rules/explain.hpp"

#include <iostream>

namespace rasid {

int rule_list(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    const auto reader = read_store(*config);
    if (!reader) return kFailed;
    for (const auto& rule : reader->setup().rules) {
        if (invocation.json) {
            JsonWriter out;
            out.object([&] {
                out.member("name", rule.name);
                out.member("query", rule.query);
                out.member("queue", rule.queue);
                out.member("priority", to_string(rule.priority));
                out.member("enabled", rule.enabled);
                out.member("ignore", rule.ignore);
            });
            std::cout << out.text() << "\n";
        } else {
            std::cout << rule.name << (rule.enabled ? "" : " (off)") << "\n  " << rule.query << "\n  -> "
                      << (rule.ignore          ? "ignored"
                          : rule.queue.empty() ? "stored"
                                               : "queue " + rule.queue)
                      << ", " << to_string(rule.priority) << "\n";
        }
    }
    return kOk;
}

int rule_explain(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    const auto reader = read_store(*config);
    if (!reader) return kFailed;
    const auto setup = reader->setup();
    const auto* rule = find_named(setup.rules, invocation.name);
    if (!rule) {
        std::cerr << "no rule is called `" << invocation.name << "`; see: rasid rule list\n";
        return kFailed;
    }
    std::cout << explain_rule(*rule);
    return kOk;
}

}  // namespace rasid
