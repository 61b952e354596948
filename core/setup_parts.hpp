#pragma once

#include "core/setup.hpp"

#include <string>
#include <string_view>
#include <vector>

// What a setup is made of, once: whoever reads, prints, compares, merges or stores all of it walks these.

namespace rasid {

/// Items of one kind, [[word]] in TOML.
template <typename T>
struct SetupKind {
    using Item = T;
    const char* word;
    std::vector<Item> Setup::*items;
};

/// Every kind, in the order in which they are printed.
template <typename Visit>
void for_each_kind(Visit visit) {
    visit(SetupKind<Calendar>{"calendar", &Setup::calendars});
    visit(SetupKind<Person>{"person", &Setup::people});
    visit(SetupKind<Rota>{"rota", &Setup::rotas});
    visit(SetupKind<Ladder>{"ladder", &Setup::ladders});
    visit(SetupKind<Queue>{"queue", &Setup::queues});
    visit(SetupKind<TargetRule>{"target", &Setup::targets});
    visit(SetupKind<Rule>{"rule", &Setup::rules});
    visit(SetupKind<PlanTemplate>{"plan", &Setup::plans});
    visit(SetupKind<Guideline>{"guideline", &Setup::guidelines});
    visit(SetupKind<ConductRule>{"conduct", &Setup::conduct});
    visit(SetupKind<CannedReply>{"reply", &Setup::replies});
}

/// A table of which there is one, [word] in TOML.
template <typename T>
struct SetupTable {
    using Settings = T;
    const char* word;
    Settings Setup::*settings;
    Settings (*read)(TomlReader& in);
    std::string (*print)(const Settings& settings);
};

/// Every table, in the order in which they are printed.
template <typename Visit>
void for_each_table(Visit visit) {
    visit(SetupTable<EngagementSettings>{"engagement", &Setup::engagement, &read_engagement, &print_engagement});
    visit(SetupTable<NotificationSettings>{"notifications", &Setup::notifications, &read_notifications,
                                           &print_notifications});
    visit(SetupTable<PrioritySettings>{"priority", &Setup::priorities, &read_priorities, &print_priorities});
    visit(SetupTable<IncidentSettings>{"incidents", &Setup::incidents, &read_incidents, &print_incidents});
}

}  // namespace rasid
