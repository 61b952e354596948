#include "web/setup_items.hpp"

#include "core/setup_parts.hpp"
#include "core/toml_print.hpp"
#include "web/setup_item_views.hpp"

#include <algorithm>
#include <array>

namespace rasid {
namespace {

struct SetupKind {
    std::string_view plural;
    std::string_view table;
    std::array<std::string_view, 16> members;  ///< as in the TOML; empty ones are padding
};
constexpr std::array<SetupKind, 11> kSetupKinds = {{
    {"calendars", "calendar", {"name", "time_zone", "hours", "holidays"}},
    {"people",
     "person",
     {"name", "email", "role", "language", "brands", "languages", "skills", "capacity", "quiet", "time_zone", "second",
      "updates", "digest"}},
    {"rotas", "rota", {"name", "time_zone", "first_day", "handover", "days", "people", "overrides"}},
    {"ladders", "ladder", {"name", "steps"}},
    {"queues",
     "queue",
     {"name", "channel", "first_response", "next_response", "periodic_update", "resolution", "calendar", "ladder",
      "auto_acknowledge", "brand", "assign", "skills", "approval"}},
    {"targets",
     "target",
     {"name", "queue", "priority", "tier", "first_response", "next_response", "periodic_update", "resolution",
      "calendar"}},
    {"rules",
     "rule",
     {"name", "query", "queue", "priority", "tags", "brand", "enabled", "ignore", "weight", "conduct"}},
    {"plans", "plan", {"name", "touches", "occasions", "value_items", "referral_steps"}},
    {"guidelines", "guideline", {"name", "rule", "tier", "text", "voice"}},
    {"conduct", "conduct", {"name", "version", "text", "training"}},
    {"replies", "reply", {"name", "language", "queue", "text", "praise"}},
}};

const SetupKind* find_kind(std::string_view plural) {
    const auto found = std::find_if(kSetupKinds.begin(), kSetupKinds.end(),
                                    [&](const SetupKind& kind) { return kind.plural == plural; });
    return found == kSetupKinds.end() ? nullptr : &*found;
}

/// Calls `use` with the list of that kind, where there is such a kind.
template <typename SetupRef, typename Use>
void with_list(SetupRef& setup, std::string_view kind, Use use) {
    const auto* known = find_kind(kind);
    for_each_kind([&](auto each) {
        if (known && known->table == each.word) use(setup.*each.items);
    });
}

/// A JSON value as TOML; null has no counterpart and is left out by its container.
std::string toml_value(JsonView value) {
    if (const auto text = value.string()) return toml_quoted(*text);
    if (const auto flag = value.boolean()) return *flag ? "true" : "false";
    if (const auto whole = value.integer()) return std::to_string(*whole);
    if (value.is_object()) {
        std::string table;
        for (const auto& [name, member] : value.members()) {
            if (member.is_null()) continue;
            table += (table.empty() ? "" : ", ") + toml_quoted(name) + " = " + toml_value(member);
        }
        return "{ " + table + " }";
    }
    std::string list;
    for (const auto& item : value.items()) list += (list.empty() ? "" : ", ") + toml_value(item);
    // Whatever is left (a fraction, a null in a list) is no value of any member: an empty table is refused as such.
    return value.is_array() ? "[" + list + "]" : "{}";
}

}  // namespace

bool is_setup_kind(std::string_view kind) { return find_kind(kind) != nullptr; }

std::string_view word_of_setup_kind(std::string_view kind) { return find_kind(kind)->table; }

void write_first_item(JsonWriter& out, const Setup& setup, std::string_view kind, bool with_emails) {
    with_list(setup, kind, [&](const auto& list) {
        if (list.empty()) return out.null();
        out.object([&] { write_setup_item(out, list.front(), with_emails); });
    });
}

void write_setup_items(JsonWriter& out, const Setup& setup, std::string_view kind, bool with_emails) {
    out.object([&] {
        with_list(setup, kind, [&](const auto& list) {
            out.objects("items", list, [&](const auto& item) { write_setup_item(out, item, with_emails); });
        });
    });
}

std::optional<std::string> unknown_member(std::string_view kind, JsonView item) {
    const auto& known = find_kind(kind)->members;
    for (const auto& [name, member] : item.members()) {
        if (name.empty() || std::find(known.begin(), known.end(), name) == known.end()) return std::string(name);
    }
    return std::nullopt;
}

ParsedSetup read_setup_item(std::string_view kind, std::string_view name, JsonView item) {
    std::string toml = "[[" + std::string(find_kind(kind)->table) + "]]\n";
    if (!item["name"].exists()) toml += "name = " + toml_quoted(name) + "\n";
    for (const auto& [member, value] : item.members()) {
        if (!value.is_null()) toml += toml_quoted(member) + " = " + toml_value(value) + "\n";
    }
    auto parsed = parse_setup(toml, "");
    // Lines of a text that nobody wrote mean nothing to the reader of the error.
    for (auto& error : parsed.errors) error.origin = {};
    for (auto& rule : parsed.setup.rules) {
        rule.origin = {};
        rule.query_origin = {"", 1, 0};
    }
    return parsed;
}

void place_in_query(std::vector<SetupError>& errors, const Setup& item) {
    // A query of several lines counts as beginning on the line after its opening quotes, which this one never had.
    const bool several = !item.rules.empty() && item.rules.front().query.find('\n') != std::string::npos;
    for (auto& error : errors) {
        if (several && error.origin.line > 1) --error.origin.line;
    }
}

bool has_setup_item(const Setup& setup, std::string_view kind, std::string_view name) {
    bool has = false;
    with_list(setup, kind, [&](const auto& list) { has = find_named(list, name) != nullptr; });
    return has;
}

Setup without_setup_item(Setup setup, std::string_view kind, std::string_view name) {
    with_list(setup, kind,
              [&](auto& list) { std::erase_if(list, [&](const auto& item) { return item.name == name; }); });
    return setup;
}

std::string brand_of_setup_item(const Setup& setup, std::string_view kind, std::string_view name) {
    if (kind == "rules") {
        if (const auto* rule = find_named(setup.rules, name)) return rule->brand;
    }
    if (kind == "queues") {
        if (const auto* queue = find_named(setup.queues, name)) return queue->brand;
    }
    return {};
}

}  // namespace rasid
