#include "web/setup_items.hpp"

#include "core/setup_people.hpp"
#include "core/toml_print.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace rasid {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

struct Kind {
    std::string_view plural;
    std::string_view table;
    std::array<std::string_view, 16> members;  ///< as in the TOML; empty ones are padding
};
constexpr std::array<Kind, 10> kKinds = {{
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
      "auto_acknowledge", "brand", "assign", "skills"}},
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
}};

const Kind* find_kind(std::string_view plural) {
    const auto found =
        std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& kind) { return kind.plural == plural; });
    return found == kKinds.end() ? nullptr : &*found;
}

/// Calls `use` with the list of that kind.
template <typename SetupRef, typename Use>
auto with_list(SetupRef& setup, std::string_view kind, Use use) {
    if (kind == "calendars") return use(setup.calendars);
    if (kind == "people") return use(setup.people);
    if (kind == "rotas") return use(setup.rotas);
    if (kind == "ladders") return use(setup.ladders);
    if (kind == "queues") return use(setup.queues);
    if (kind == "targets") return use(setup.targets);
    if (kind == "rules") return use(setup.rules);
    if (kind == "guidelines") return use(setup.guidelines);
    if (kind == "conduct") return use(setup.conduct);
    return use(setup.plans);
}

void write(JsonWriter& out, const Calendar& calendar, bool) {
    out.member("name", calendar.name);
    out.member("time_zone", calendar.time_zone);
    out.key("hours");
    out.object([&] {
        for (std::size_t day = 0; day < kDays.size(); ++day) {
            if (calendar.hours[day].empty()) continue;
            std::vector<std::string> intervals;
            for (const auto& interval : calendar.hours[day]) {
                intervals.push_back(time_of_day(interval.from) + "-" + time_of_day(interval.to));
            }
            out.strings(kDays[day], intervals);
        }
    });
    out.strings("holidays", calendar.holidays);
}

void write(JsonWriter& out, const Person& person, bool with_emails) {
    out.member("id", person.id);
    out.member("name", person.name);
    if (with_emails) out.member("email", person.email);
    out.member("role", to_string(person.role));
    out.member("language", person.language);
    out.strings("brands", person.brands);
    out.strings("languages", person.languages);
    out.strings("skills", person.skills);
    out.member("capacity", person.capacity);
    if (!with_emails) return;
    out.text_or_null("quiet", person.quiet ? quiet_hours_text(*person.quiet) : std::string());
    out.text_or_null("time_zone", person.time_zone);
    out.text_or_null("second", person.second);
    out.member("updates", person.updates);
    out.member("digest", person.digest);
}

void write(JsonWriter& out, const Rota& rota, bool) {
    out.member("name", rota.name);
    out.member("time_zone", rota.time_zone);
    out.member("first_day", to_string(rota.first_day));
    out.member("handover", time_of_day(rota.handover));
    out.member("days", rota.days);
    out.strings("people", rota.people);
    out.objects("overrides", rota.overrides, [&](const RotaOverride& instead) {
        out.member("from", instead.from);
        out.member("to", instead.to);
        out.member("person", instead.person);
    });
}

void write(JsonWriter& out, const Ladder& ladder, bool) {
    out.member("name", ladder.name);
    out.key("steps");
    out.array([&] {
        for (const auto& step : ladder.steps) {
            out.object([&] {
                const auto [key, moment] = moment_of(step);
                out.member(key, moment);
                out.member("to", step.to);
                out.member("by", step.by);
            });
        }
    });
}

void write_duration(JsonWriter& out, std::string_view name, const std::optional<Duration>& duration) {
    out.key(name);
    if (duration)
        out.value(to_duration_text(*duration));
    else
        out.null();
}

void write_targets(JsonWriter& out, const TargetLengths& targets) {
    write_duration(out, "first_response", targets.first_response);
    write_duration(out, "next_response", targets.next_response);
    write_duration(out, "periodic_update", targets.periodic_update);
    write_duration(out, "resolution", targets.resolution);
}

void write(JsonWriter& out, const TargetRule& rule, bool) {
    out.member("name", rule.name);
    out.member("queue", rule.queue);
    out.key("priority");
    if (rule.priority)
        out.value(to_string(*rule.priority));
    else
        out.null();
    out.member("tier", rule.tier);
    write_targets(out, rule.targets);
    out.member("calendar", rule.calendar);
}

void write(JsonWriter& out, const Queue& queue, bool) {
    out.member("name", queue.name);
    out.member("channel", queue.channel);
    write_targets(out, queue.targets);
    out.member("calendar", queue.calendar);
    out.member("ladder", queue.ladder);
    out.member("auto_acknowledge", queue.auto_acknowledge);
    out.member("brand", queue.brand);
    out.key("assign");
    if (queue.assign)
        out.value(to_string(*queue.assign));
    else
        out.null();
    out.strings("skills", queue.skills);
}

void write(JsonWriter& out, const Rule& rule, bool) {
    out.member("name", rule.name);
    out.member("query", rule.query);
    out.member("queue", rule.queue);
    out.member("priority", to_string(rule.priority));
    out.strings("tags", rule.tags);
    out.member("brand", rule.brand);
    out.member("enabled", rule.enabled);
    out.member("ignore", rule.ignore);
    out.member("weight", rule.weight);
    out.member("conduct", rule.conduct);
}

void write(JsonWriter& out, const Guideline& guideline, bool) {
    out.member("name", guideline.name);
    out.member("rule", guideline.rule);
    out.member("tier", guideline.tier);
    out.member("text", guideline.text);
    out.member("voice", guideline.voice);
}

void write(JsonWriter& out, const ConductRule& rule, bool) {
    out.member("name", rule.name);
    out.member("version", rule.version);
    out.member("text", rule.text);
    out.member("training", rule.training);
}

void write(JsonWriter& out, const PlanTemplate& plan, bool) {
    out.member("name", plan.name);
    out.objects("touches", plan.touches, [&](const TouchCount& touch) {
        out.member("kind", touch.kind);
        out.member("count", touch.count);
    });
    out.strings("occasions", plan.occasions);
    out.objects("value_items", plan.value_items, [&](const ValueItem& item) {
        out.member("kind", item.kind);
        out.member("text", item.text);
    });
    out.strings("referral_steps", plan.referral_steps);
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

void write_setup_items(JsonWriter& out, const Setup& setup, std::string_view kind, bool with_emails) {
    out.object([&] {
        out.key("items");
        out.array([&] {
            with_list(setup, kind, [&](const auto& list) {
                for (const auto& item : list) {
                    out.object([&] { write(out, item, with_emails); });
                }
            });
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
    return with_list(setup, kind, [&](const auto& list) { return find_named(list, name) != nullptr; });
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
