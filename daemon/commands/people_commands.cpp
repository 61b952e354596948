#include "daemon/commands/loaded_config.hpp"

#include "core/json.hpp"

#include <iostream>

namespace rasid {

int user_list(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    const auto reader = read_store(*config);
    if (!reader) return kFailed;
    for (const auto& person : reader->setup().people) {
        const bool signs_in = reader->password_hash(person.id).has_value();
        if (invocation.json) {
            JsonWriter out;
            out.object([&] {
                out.member("id", person.id);
                out.member("name", person.name);
                out.member("email", person.email);
                out.member("role", to_string(person.role));
                out.member("language", person.language);
                out.member("password", signs_in);
            });
            std::cout << out.text() << "\n";
        } else {
            std::cout << person.name << " <" << person.email << "> " << to_string(person.role)
                      << (signs_in ? "" : " (no password yet: rasid user passwd " + person.email + ")") << "\n";
        }
    }
    return kOk;
}

}  // namespace rasid
