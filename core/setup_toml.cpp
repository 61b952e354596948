#include "core/setup_toml.hpp"

#include "core/calendar_days.hpp"
#include "core/setup_parts.hpp"
#include "core/setup_people.hpp"
#include "core/toml.hpp"

#include <algorithm>

namespace rasid {
namespace {

const std::vector<std::string> kChannels = {"phone", "chat", "social", "email"};
const std::vector<std::string> kTouchKinds = {"newsletter",     "greeting_card", "call",
                                              "follow_up_note", "personal_card", "gift"};

Calendar read_calendar(TomlReader& in, const std::string& file, std::vector<SetupError>& errors) {
    Calendar calendar;
    calendar.name = in.required_string("name");
    calendar.time_zone = in.string("time_zone").value_or("UTC");
    if (const auto* hours = in.table("hours")) {
        TomlReader days(*hours, file, "calendar.hours", errors);
        for (std::size_t day = 0; day < kWeekdayWords.size(); ++day) {
            for (const auto& text : days.strings(kWeekdayWords[day])) {
                if (const auto interval = parse_day_interval(text))
                    calendar.hours[day].push_back(*interval);
                else
                    days.error_at(kWeekdayWords[day], "`" + text + "` is no interval of a day; write \"09:00-17:00\"");
            }
            auto& intervals = calendar.hours[day];
            std::sort(intervals.begin(), intervals.end(), [](auto a, auto b) { return a.from < b.from; });
            for (std::size_t i = 1; i < intervals.size(); ++i) {
                if (intervals[i].from < intervals[i - 1].to)
                    days.error_at(kWeekdayWords[day], "two intervals of this day overlap");
            }
        }
        days.finish();
    }
    calendar.holidays = in.strings("holidays");
    for (const auto& holiday : calendar.holidays) {
        if (!parse_calendar_exception(holiday)) {
            in.error_at("holidays", "`" + holiday +
                                        "` is no holiday; write \"2026-09-23\", \"2026-12-24=09:00-12:00\" or, for "
                                        "every year, \"hijri:10-01\"");
        }
    }
    return calendar;
}

TargetLengths read_targets(TomlReader& in) {
    const auto length = [&in](std::string_view key) {
        const auto duration = in.duration(key);
        if (duration && *duration <= Duration(0)) in.error_at(key, "a target must be longer than zero");
        return duration;
    };
    return {.first_response = length("first_response"),
            .next_response = length("next_response"),
            .periodic_update = length("periodic_update"),
            .resolution = length("resolution")};
}

std::optional<Priority> read_priority(TomlReader& in) {
    const auto word = in.string("priority");
    if (!word) return std::nullopt;
    const auto known = parse_priority(*word);
    if (!known) in.require_one_of("priority", *word, {"low", "normal", "high", "critical"});
    return known;
}

TargetRule read_target(TomlReader& in) {
    TargetRule rule;
    rule.name = in.required_string("name");
    rule.queue = in.string("queue").value_or("");
    rule.priority = read_priority(in);
    rule.tier = in.string("tier").value_or("");
    rule.targets = read_targets(in);
    rule.calendar = in.string("calendar").value_or("");
    return rule;
}

Queue read_queue(TomlReader& in) {
    Queue queue;
    queue.name = in.required_string("name");
    queue.channel = in.string("channel").value_or("social");
    in.require_one_of("channel", queue.channel, kChannels);
    queue.targets = read_targets(in);
    queue.calendar = in.string("calendar").value_or("");
    queue.ladder = in.string("ladder").value_or("");
    queue.auto_acknowledge = in.boolean("auto_acknowledge").value_or(false);
    queue.brand = in.string("brand").value_or("");
    if (const auto assign = in.string("assign")) {
        in.require_one_of("assign", *assign, {"round_robin", "least_loaded"});
        queue.assign = parse_assignment_way(*assign);
    }
    queue.skills = in.strings("skills");
    queue.approval = in.boolean("approval").value_or(false);
    return queue;
}

Rule read_rule(TomlReader& in) {
    Rule rule;
    rule.name = in.required_string("name");
    rule.query = in.required_string("query");
    rule.query_origin = in.origin("query");
    rule.queue = in.string("queue").value_or("");
    rule.priority = read_priority(in).value_or(Priority::normal);
    rule.tags = in.strings("tags");
    rule.brand = in.string("brand").value_or("");
    rule.enabled = in.boolean("enabled").value_or(true);
    rule.ignore = in.boolean("ignore").value_or(false);
    constexpr std::int64_t kMostWeight = 50;
    const auto weight = in.integer("weight").value_or(0);
    if (weight < -kMostWeight || weight > kMostWeight) in.error_at("weight", "`weight` is from -50 to 50 points");
    rule.weight = static_cast<int>(std::clamp(weight, -kMostWeight, kMostWeight));
    rule.conduct = in.string("conduct").value_or("");
    return rule;
}

Guideline read_guideline(TomlReader& in) {
    Guideline guideline;
    guideline.name = in.required_string("name");
    guideline.rule = in.string("rule").value_or("");
    guideline.tier = in.string("tier").value_or("");
    guideline.text = in.required_string("text");
    guideline.voice = in.string("voice").value_or("");
    return guideline;
}

ConductRule read_conduct(TomlReader& in) {
    constexpr std::int64_t kMostVersions = 10000;
    ConductRule rule;
    rule.name = in.required_string("name");
    const auto version = in.integer("version").value_or(1);
    if (version < 1 || version > kMostVersions) in.error_at("version", "`version` counts from 1");
    rule.version = static_cast<int>(std::clamp(version, std::int64_t{1}, kMostVersions));
    rule.text = in.required_string("text");
    rule.training = in.string("training").value_or("");
    return rule;
}

PlanTemplate read_plan(TomlReader& in, const std::string& file, std::vector<SetupError>& errors) {
    PlanTemplate plan;
    plan.name = in.required_string("name");
    for (const auto* table : in.tables("touches")) {
        TomlReader touch_in(*table, file, "plan.touches", errors);
        TouchCount touch;
        touch.kind = touch_in.required_string("kind");
        if (!touch.kind.empty()) touch_in.require_one_of("kind", touch.kind, kTouchKinds);
        const auto count = touch_in.integer("count");
        if (!count || *count < 1 || *count > 366)
            touch_in.error_at("count", "`count` must be a whole number from 1 to 366");
        touch.count = static_cast<int>(count.value_or(0));
        touch_in.finish();
        plan.touches.push_back(std::move(touch));
    }
    plan.occasions = in.strings("occasions");
    for (const auto* table : in.tables("value_items")) {
        TomlReader item_in(*table, file, "plan.value_items", errors);
        ValueItem item;
        item.kind = item_in.required_string("kind");
        if (!item.kind.empty()) item_in.require_one_of("kind", item.kind, kTouchKinds);
        item.text = item_in.required_string("text");
        item_in.finish();
        plan.value_items.push_back(std::move(item));
    }
    plan.referral_steps = in.strings("referral_steps");
    return plan;
}

/// Reads every [[kind]] into a list, names being unique.
template <typename Item, typename Read>
std::vector<Item> read_items(TomlReader& document, std::string_view kind, const std::string& file,
                             std::vector<SetupError>& errors, Read read) {
    std::vector<Item> items;
    for (const auto* table : document.tables(kind)) {
        TomlReader in(*table, file, std::string(kind), errors);
        auto item = read(in);
        item.origin = in.origin();
        if (!item.name.empty() && find_named(items, item.name)) {
            in.error_at("name", "a second " + std::string(kind) + " is called `" + item.name + "`; names are unique");
        }
        in.finish();
        items.push_back(std::move(item));
    }
    return items;
}

}  // namespace

std::string to_string(const SetupError& error, std::string_view language) {
    const auto& what = language == "ar" && !error.what_ar.empty() ? error.what_ar : error.what;
    if (error.origin.line == 0) return (error.origin.file.empty() ? "" : error.origin.file + ": ") + what;
    return error.origin.file + ":" + std::to_string(error.origin.line) + ":" + std::to_string(error.origin.column) +
           ": " + what;
}

std::string to_string(const SetupError& error) { return to_string(error, "en"); }

ParsedSetup parse_setup(std::string_view text, std::string_view file_name) {
    ParsedSetup parsed;
    auto& errors = parsed.errors;
    const auto document = parse_toml(text, file_name, errors);
    if (!document) return parsed;
    const std::string file(file_name);
    TomlReader in(*document, file, "setup", errors);
    auto& setup = parsed.setup;
    setup.calendars = read_items<Calendar>(in, "calendar", file, errors,
                                           [&](TomlReader& t) { return read_calendar(t, file, errors); });
    setup.people = read_items<Person>(in, "person", file, errors, [&](TomlReader& t) { return read_person(t); });
    setup.rotas = read_items<Rota>(in, "rota", file, errors, [&](TomlReader& t) { return read_rota(t, file, errors); });
    setup.ladders =
        read_items<Ladder>(in, "ladder", file, errors, [&](TomlReader& t) { return read_ladder(t, file, errors); });
    setup.queues = read_items<Queue>(in, "queue", file, errors, [&](TomlReader& t) { return read_queue(t); });
    setup.targets = read_items<TargetRule>(in, "target", file, errors, [&](TomlReader& t) { return read_target(t); });
    setup.rules = read_items<Rule>(in, "rule", file, errors, [&](TomlReader& t) { return read_rule(t); });
    setup.plans =
        read_items<PlanTemplate>(in, "plan", file, errors, [&](TomlReader& t) { return read_plan(t, file, errors); });
    setup.guidelines =
        read_items<Guideline>(in, "guideline", file, errors, [&](TomlReader& t) { return read_guideline(t); });
    setup.conduct =
        read_items<ConductRule>(in, "conduct", file, errors, [&](TomlReader& t) { return read_conduct(t); });
    setup.replies = read_items<CannedReply>(in, "reply", file, errors, read_canned_reply);
    for_each_table([&](auto kind) {
        const auto* table = in.table(kind.word);
        if (!table) return;
        TomlReader table_in(*table, file, kind.word, errors);
        setup.*kind.settings = kind.read(table_in);
        setup.table_origins.by_word[kind.word] = table_in.origin();
        table_in.finish();
    });
    in.finish();
    return parsed;
}

}  // namespace rasid
