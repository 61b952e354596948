#pragma once

#include "core/instant.hpp"
#include "core/people.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// Who did something: what nobody did, Rasid did itself.
inline std::string actor_name(const std::vector<Person>& people, std::string_view id) {
    return id.empty() ? "Rasid" : name_or_id(people, id);
}

/// Lines for a terminal, with moments at their beginning where something happened.
class Story {
public:
    void line(const std::string& text) { out_ += text + "\n"; }
    void step(Instant at, const std::string& text) { line("  " + to_rfc3339(at) + "  " + text); }
    /// Several lines, each indented.
    void inside(const std::string& lines) {
        for (std::size_t at = 0; at < lines.size();) {
            const auto end = std::min(lines.find('\n', at), lines.size());
            line("  " + lines.substr(at, end - at));
            at = end + 1;
        }
    }
    std::string take() && { return std::move(out_); }

private:
    std::string out_;
};

}  // namespace rasid
