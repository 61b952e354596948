#include "core/setup_parts.hpp"
#include "core/setup_toml.hpp"
#include "core/toml.hpp"

#include <algorithm>

// Setups beside each other: what names what, what is new, what becomes of two.

namespace rasid {
namespace {

template <typename Item>
std::vector<std::string> names_of(const std::vector<Item>& items) {
    std::vector<std::string> names;
    for (const auto& item : items) names.push_back(item.name);
    return names;
}

template <typename Item>
void check_name(const std::vector<Item>& items, std::string_view kind, const std::string& name, const Origin& origin,
                const std::string& who, std::vector<SetupError>& errors) {
    if (name.empty() || find_named(items, name)) return;
    errors.push_back({origin, who + " names the unknown " + std::string(kind) + " `" + name + "`" +
                                  suggestion(name, names_of(items))});
}

template <typename Item>
void add_changes(const std::vector<Item>& before, const std::vector<Item>& after, const char* kind,
                 std::vector<SetupChange>& changes) {
    for (const auto& item : after) {
        const auto* old = find_named(before, item.name);
        if (!old)
            changes.push_back({"add", kind, item.name});
        else if (!(*old == item))
            changes.push_back({"update", kind, item.name});
    }
    for (const auto& item : before) {
        if (!find_named(after, item.name)) changes.push_back({"remove", kind, item.name});
    }
}

template <typename Item>
std::vector<Item> merge_items(const std::vector<Item>& base, const std::vector<Item>& additions, bool replace) {
    if (replace) return additions;
    auto merged = base;
    for (const auto& addition : additions) {
        const auto same =
            std::find_if(merged.begin(), merged.end(), [&](const Item& item) { return item.name == addition.name; });
        if (same == merged.end())
            merged.push_back(addition);
        else
            *same = addition;
    }
    return merged;
}

/// Ids belong to the store: a person read from a file has none and is still the same person.
std::vector<Person> without_ids(std::vector<Person> people) {
    for (auto& person : people) person.id.clear();
    return people;
}
template <typename Item>
const std::vector<Item>& without_ids(const std::vector<Item>& items) {
    return items;
}

}  // namespace

std::vector<SetupError> check_references(const Setup& setup) {
    std::vector<SetupError> errors;
    for (const auto& rule : setup.rules) {
        check_name(setup.queues, "queue", rule.queue, rule.origin, "rule `" + rule.name + "`", errors);
        check_name(setup.conduct, "conduct", rule.conduct, rule.origin, "rule `" + rule.name + "`", errors);
    }
    for (const auto& queue : setup.queues) {
        const auto who = "queue `" + queue.name + "`";
        check_name(setup.ladders, "ladder", queue.ladder, queue.origin, who, errors);
        check_name(setup.calendars, "calendar", queue.calendar, queue.origin, who, errors);
    }
    for (const auto& guideline : setup.guidelines) {
        const auto who = "guideline `" + guideline.name + "`";
        check_name(setup.rules, "rule", guideline.rule, guideline.origin, who, errors);
    }
    for (const auto& reply : setup.replies)
        check_name(setup.queues, "queue", reply.queue, reply.origin, "reply `" + reply.name + "`", errors);
    for (const auto& target : setup.targets) {
        const auto who = "target `" + target.name + "`";
        check_name(setup.queues, "queue", target.queue, target.origin, who, errors);
        check_name(setup.calendars, "calendar", target.calendar, target.origin, who, errors);
    }
    for (const auto& rota : setup.rotas) {
        const auto who = "rota `" + rota.name + "`";
        for (const auto& name : rota.people) check_name(setup.people, "person", name, rota.origin, who, errors);
        for (const auto& instead : rota.overrides)
            check_name(setup.people, "person", instead.person, rota.origin, who, errors);
    }
    for (const auto& ladder : setup.ladders) {
        for (const auto& step : ladder.steps) {
            const auto who = "ladder `" + ladder.name + "`";
            if (step.to.starts_with("person:")) {
                check_name(setup.people, "person", step.to.substr(7), step.origin, who, errors);
            } else if (step.to.starts_with("on-call:")) {
                check_name(setup.rotas, "rota", step.to.substr(8), step.origin, who, errors);
            } else if (step.to.starts_with("role:") && !parse_role(step.to.substr(5))) {
                errors.push_back({step.origin, who + " names the unknown role `" + step.to.substr(5) + "`" +
                                                   suggestion(step.to.substr(5), {"moderator", "manager", "admin"})});
            }
        }
    }
    check_name(setup.calendars, "calendar", setup.engagement.calendar, setup.table_origins.of("engagement"),
               "[engagement]", errors);
    check_name(setup.calendars, "calendar", setup.notifications.calendar, setup.table_origins.of("notifications"),
               "[notifications]", errors);
    for (std::size_t i = 0; i < setup.people.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (setup.people[i].email == setup.people[j].email) {
                errors.push_back(
                    {setup.people[i].origin, "`" + setup.people[i].name + "` and `" + setup.people[j].name +
                                                 "` have the same e-mail; an account needs one of its own"});
            }
        }
    }
    return errors;
}

std::vector<SetupChange> difference(const Setup& before, const Setup& after) {
    std::vector<SetupChange> changes;
    for_each_kind([&](auto kind) {
        add_changes(without_ids(before.*kind.items), without_ids(after.*kind.items), kind.word, changes);
    });
    for_each_table([&](auto table) {
        if (before.*table.settings != after.*table.settings) changes.push_back({"update", table.word, ""});
    });
    return changes;
}

Setup merge(const Setup& base, const Setup& additions, bool replace) {
    Setup merged;
    for_each_kind(
        [&](auto kind) { merged.*kind.items = merge_items(base.*kind.items, additions.*kind.items, replace); });
    for (auto& person : merged.people) {
        const auto* known = find_named(base.people, person.name);
        if (known && person.id.empty()) person.id = known->id;
    }
    // There is one of each: a file that does not speak of it leaves it alone.
    for_each_table([&](auto table) {
        const bool spoken_of = additions.*table.settings != typename decltype(table)::Settings();
        merged.*table.settings = replace || spoken_of ? additions.*table.settings : base.*table.settings;
    });
    return merged;
}

}  // namespace rasid
