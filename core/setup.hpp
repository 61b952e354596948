#pragma once

#include "core/canned_reply.hpp"
#include "core/engagement_settings.hpp"
#include "core/incident_settings.hpp"
#include "core/instant.hpp"
#include "core/notification_settings.hpp"
#include "core/priority_settings.hpp"
#include "core/setup_origin.hpp"
#include "core/verdict.hpp"

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// The same of tables, by their word.
struct TableOrigins {
    std::map<std::string, Origin, std::less<>> by_word = {};

    Origin of(std::string_view word) const {
        const auto found = by_word.find(word);
        return found == by_word.end() ? Origin{} : found->second;
    }
    bool operator==(const TableOrigins&) const { return true; }
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
    std::string language = "en";              ///< "ar" or "en"
    std::vector<std::string> brands = {};     ///< empty: all
    std::vector<std::string> languages = {};  ///< BCP 47, of the tickets he is given
    std::vector<std::string> skills = {};
    int capacity = 20;  ///< open tickets that he is given at most; 0: none
    Origin origin = {};
    std::optional<DayInterval> quiet = {};  ///< of his local day; `to` before `from` reaches over midnight
    std::string time_zone = {};             ///< IANA name; empty: the workspace's
    bool updates = true;                    ///< mails about what became of escalations that he got
    std::string second = {};  ///< where escalations go that mail does not bring: address, "slack:NAME", "webhook:NAME"
    bool digest = true;       ///< daily digest and weekly report, where his role gets them
    bool operator==(const Person&) const = default;
};

/// Somebody stands in for whoever has the shift.
struct RotaOverride {
    Instant from = {};
    Instant to = {};
    std::string person = {};  ///< name; empty: nobody is on call
    bool operator==(const RotaOverride&) const = default;
};

/// Who is on call: people in turn, handed over at a local time of every nth day.
struct Rota {
    std::string name = {};
    std::string time_zone = "UTC";
    Date first_day = {};                   ///< on which the first of `people` takes over; before it nobody is on call
    int handover = 9 * 60;                 ///< minute of the local day, 0 … 1439
    int days = 7;                          ///< of a shift, 1 … 366
    std::vector<std::string> people = {};  ///< names, in turn
    std::vector<RotaOverride> overrides = {};  ///< of several at one moment the last counts
    Origin origin = {};
    bool operator==(const Rota&) const = default;
};

/// One step of a ladder: at a share of a target, or so long after nobody has acknowledged.
struct LadderStep {
    std::optional<int> at_percent = {};           ///< share of every open target that has passed, 1 … 1000
    std::optional<Duration> unacknowledged = {};  ///< working time of the first promise; when there is no share
    std::string to = {};                          ///< "role:manager", "person:Sara" or "on-call:ROTA"
    std::string by = "mail";                      ///< mail, "slack:NAME" or "webhook:NAME" of a configured webhook
    Origin origin = {};
    bool operator==(const LadderStep&) const = default;
};

/// Who is told, by which channel and when, until somebody acknowledges.
struct Ladder {
    std::string name = {};
    std::vector<LadderStep> steps = {};  ///< shares in order, then minutes in order
    Origin origin = {};
    bool operator==(const Ladder&) const = default;
};

/// How long each target may take, in working time; absent: nothing is promised.
struct TargetLengths {
    std::optional<Duration> first_response = {};
    std::optional<Duration> next_response = {};
    std::optional<Duration> periodic_update = {};
    std::optional<Duration> resolution = {};
    bool operator==(const TargetLengths&) const = default;
};

/// Targets for the tickets that it fits; of several the first in the file's order. Empty or absent conditions fit
/// everything.
struct TargetRule {
    std::string name = {};
    std::string queue = {};
    std::optional<Priority> priority = {};
    std::string tier = {};  ///< of the customer: "vip"; tickets of strangers have none
    TargetLengths targets = {};
    std::string calendar = {};  ///< empty: calendar minutes, round the clock
    Origin origin = {};
    bool operator==(const TargetRule&) const = default;
};

/// Who of those present gets a ticket.
enum class AssignmentWay {
    round_robin,   ///< who has waited longest since his last one
    least_loaded,  ///< who has most of his capacity left; of equals as in a round robin
};
std::string_view to_string(AssignmentWay way);
std::optional<AssignmentWay> parse_assignment_way(std::string_view word);

struct Queue {
    std::string name = {};
    std::string channel = "social";  ///< phone | chat | social | email
    TargetLengths targets = {};      ///< where no target rule fits
    std::string calendar = {};       ///< empty: round the clock
    std::string ladder = {};         ///< empty: nobody is told
    bool auto_acknowledge = false;   ///< customers are told at once when an answer will come
    std::string brand = {};
    std::optional<AssignmentWay> assign = {};  ///< absent: people take and give tickets by hand
    std::vector<std::string> skills = {};      ///< that its tickets ask for
    Origin origin = {};
    bool approval = false;  ///< what a moderator answers waits until a manager lets it out
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
    int weight = 0;            ///< points added to the priority of what it routes, -50 … 50
    std::string conduct = {};  ///< name of the written rule of our communities that it watches over
    Origin origin = {};        ///< of the rule
    Origin query_origin = {};  ///< of the query text, so that a syntax error can be placed
    bool operator==(const Rule&) const = default;
};

/// How tickets of a rule and a type of customer are to be handled; of several that fit the first. Empty conditions fit
/// everything.
struct Guideline {
    std::string name = {};
    std::string rule = {};
    std::string tier = {};
    std::string text = {};   ///< how to answer, and when
    std::string voice = {};  ///< when to move to voice; empty: nothing is said of it
    Origin origin = {};
    bool operator==(const Guideline&) const = default;
};

/// A written rule of our own communities.
struct ConductRule {
    std::string name = {};
    int version = 1;            ///< one more with each change of its text, so that what was cited stays known
    std::string text = {};      ///< as members read it
    std::string training = {};  ///< a note that explains it to members
    Origin origin = {};
    bool operator==(const ConductRule&) const = default;
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
    std::vector<Rota> rotas = {};
    std::vector<Ladder> ladders = {};
    std::vector<Queue> queues = {};
    std::vector<TargetRule> targets = {};
    std::vector<Rule> rules = {};
    std::vector<PlanTemplate> plans = {};
    std::vector<Guideline> guidelines = {};
    std::vector<ConductRule> conduct = {};
    std::vector<CannedReply> replies = {};
    EngagementSettings engagement = {};
    NotificationSettings notifications = {};
    PrioritySettings priorities = {};
    IncidentSettings incidents = {};
    TableOrigins table_origins = {};
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
