#pragma once

#include "core/engagement_settings.hpp"
#include "core/instant.hpp"
#include "core/verdict.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// Where an item of a setup was written. Items that come from the store or the API have line 0.
struct Origin {
    std::string file = {};
    int line = 0;
    int column = 0;

    bool operator==(const Origin&) const { return true; }  ///< where a thing was written is no part of what it says
};

/// Minutes of a local day, [from, to), 0 ≤ from < to ≤ 1440.
struct DayInterval {
    int from = 0;
    int to = 0;
    bool operator==(const DayInterval&) const = default;
};

/// Working hours. Empty hours on every day and no holidays: round the clock.
struct Calendar {
    std::string name = {};
    std::string time_zone = "UTC";                       ///< IANA name
    std::array<std::vector<DayInterval>, 7> hours = {};  ///< Sunday first; sorted, not overlapping
    std::vector<std::string> holidays = {};              ///< "2026-09-23" or yearly "hijri:10-01"
    Origin origin = {};
    bool operator==(const Calendar&) const = default;
};

enum class Role { moderator, manager, admin };
std::string_view to_string(Role role);
std::optional<Role> parse_role(std::string_view word);

/// Somebody who works here; also the account that signs in. Secrets are kept apart.
struct Person {
    std::string id = {};  ///< made by the store
    std::string name = {};
    std::string email = {};
    Role role = Role::moderator;
    std::string language = "en";           ///< "ar" or "en"
    std::vector<std::string> brands = {};  ///< empty: all
    Origin origin = {};
    bool operator==(const Person&) const = default;
};

struct LadderStep {
    int at_percent = 0;   ///< share of the target that has passed, 1 … 1000
    std::string to = {};  ///< "role:manager" or "person:Sara"
    std::string by = "mail";
    Origin origin = {};
    bool operator==(const LadderStep&) const = default;
};

/// Who is told, by which channel, at which share of a target, until somebody acknowledges.
struct Ladder {
    std::string name = {};
    std::vector<LadderStep> steps = {};  ///< in order of at_percent
    Origin origin = {};
    bool operator==(const Ladder&) const = default;
};

struct Queue {
    std::string name = {};
    std::string channel = "social";  ///< phone | chat | social | email
    std::optional<Duration> first_response = {};
    std::optional<Duration> resolution = {};
    std::string calendar = {};  ///< empty: round the clock
    std::string ladder = {};    ///< empty: nobody is told
    std::string brand = {};
    Origin origin = {};
    bool operator==(const Queue&) const = default;
};

struct Rule {
    std::string name = {};
    std::string query = {};
    std::string queue = {};  ///< empty: the mention is stored, never routed by this rule
    Priority priority = Priority::normal;
    std::vector<std::string> tags = {};
    std::string brand = {};
    bool enabled = true;
    bool ignore = false;
    Origin origin = {};        ///< of the rule
    Origin query_origin = {};  ///< of the query text, so that a syntax error can be placed
    bool operator==(const Rule&) const = default;
};

struct TouchCount {
    std::string kind = {};  ///< newsletter | greeting_card | call | follow_up_note | personal_card | gift
    int count = 0;
    bool operator==(const TouchCount&) const = default;
};

/// Something worth having that touches of a kind carry, in turn.
struct ValueItem {
    std::string kind = {};
    std::string text = {};
    bool operator==(const ValueItem&) const = default;
};

/// A template of the yearly contact plan.
struct PlanTemplate {
    std::string name = {};
    std::vector<TouchCount> touches = {};
    Origin origin = {};
    std::vector<std::string> occasions = {};  ///< for greeting cards, the dearest first; empty: whatever customers keep
    std::vector<ValueItem> value_items = {};  ///< empty: the shipped ones
    std::vector<std::string> referral_steps = {};  ///< how to refer somebody; empty: the shipped ones
    bool operator==(const PlanTemplate&) const = default;
};

/// Everything that belongs to people and travels as TOML. Order is the file's order; names are unique within a kind.
struct Setup {
    std::vector<Calendar> calendars = {};
    std::vector<Person> people = {};
    std::vector<Ladder> ladders = {};
    std::vector<Queue> queues = {};
    std::vector<Rule> rules = {};
    std::vector<PlanTemplate> plans = {};
    EngagementSettings engagement = {};
    Origin engagement_origin = {};
    bool operator==(const Setup&) const = default;
};

template <typename Item>
const Item* find_named(const std::vector<Item>& items, std::string_view name) {
    for (const auto& item : items) {
        if (item.name == name) return &item;
    }
    return nullptr;
}

}  // namespace rasid
