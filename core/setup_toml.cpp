#include "core/setup_toml.hpp"

#include "core/calendar_days.hpp"
#include "core/toml.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace rasid {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
const std::vector<std::string> kChannels = {"phone", "chat", "social", "email"};
const std::vector<std::string> kTouchKinds = {"newsletter",     "greeting_card", "call",
                                              "follow_up_note", "personal_card", "gift"};

void require_one_of(TomlReader& in, std::string_view key, const std::string& value,
                    const std::vector<std::string>& known) {
    if (std::find(known.begin(), known.end(), value) == known.end()) {
        in.error_at(key, "`" + value + "` is no " + std::string(key) + suggestion(value, known));
    }
}

Calendar read_calendar(TomlReader& in, const std::string& file, std::vector<SetupError>& errors) {
    Calendar calendar;
    calendar.name = in.required_string("name");
    calendar.time_zone = in.string("time_zone").value_or("UTC");
    if (const auto* hours = in.table("hours")) {
        TomlReader days(*hours, file, "calendar.hours", errors);
        for (std::size_t day = 0; day < kDays.size(); ++day) {
            for (const auto& text : days.strings(kDays[day])) {
                if (const auto interval = parse_day_interval(text))
                    calendar.hours[day].push_back(*interval);
                else
                    days.error_at(kDays[day], "`" + text + "` is no interval of a day; write \"09:00-17:00\"");
            }
            auto& intervals = calendar.hours[day];
            std::sort(intervals.begin(), intervals.end(), [](auto a, auto b) { return a.from < b.from; });
            for (std::size_t i = 1; i < intervals.size(); ++i) {
                if (intervals[i].from < intervals[i - 1].to)
                    days.error_at(kDays[day], "two intervals of this day overlap");
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

Person read_person(TomlReader& in) {
    Person person;
    person.name = in.required_string("name");
    person.email = in.required_string("email");
    const auto at = person.email.find('@');
    if (!person.email.empty() && (at == std::string::npos || at == 0 || at + 1 == person.email.size() ||
                                  person.email.find_first_of(" \t\r\n<>\",;") != std::string::npos)) {
        in.error_at("email", "`" + person.email + "` is no e-mail address");
    }
    const auto role = in.string("role").value_or("moderator");
    if (const auto known = parse_role(role))
        person.role = *known;
    else
        require_one_of(in, "role", role, {"moderator", "manager", "admin"});
    person.language = in.string("language").value_or("en");
    require_one_of(in, "language", person.language, {"ar", "en"});
    person.brands = in.strings("brands");
    return person;
}

Ladder read_ladder(TomlReader& in, const std::string& file, std::vector<SetupError>& errors) {
    Ladder ladder;
    ladder.name = in.required_string("name");
    for (const auto* table : in.tables("steps")) {
        TomlReader step_in(*table, file, "ladder.steps", errors);
        LadderStep step;
        step.origin = step_in.origin();
        const auto at = step_in.required_string("at");
        const char* end = at.data() + at.size();
        const auto parsed = std::from_chars(at.data(), end, step.at_percent);
        if (!at.empty() && (parsed.ec != std::errc() || parsed.ptr + 1 != end || *parsed.ptr != '%' ||
                            step.at_percent < 1 || step.at_percent > 1000)) {
            step_in.error_at("at", "`" + at + "` is no share of a target; write \"50%\" (1% to 1000%)");
        }
        step.to = step_in.required_string("to");
        if (!step.to.empty() && !step.to.starts_with("role:") && !step.to.starts_with("person:")) {
            step_in.error_at("to", "`" + step.to + "` names nobody; write \"role:manager\" or \"person:NAME\"");
        }
        step.by = step_in.string("by").value_or("mail");
        require_one_of(step_in, "by", step.by, {"mail"});
        step_in.finish();
        ladder.steps.push_back(std::move(step));
    }
    std::stable_sort(ladder.steps.begin(), ladder.steps.end(),
                     [](const auto& a, const auto& b) { return a.at_percent < b.at_percent; });
    return ladder;
}

Queue read_queue(TomlReader& in) {
    Queue queue;
    queue.name = in.required_string("name");
    queue.channel = in.string("channel").value_or("social");
    require_one_of(in, "channel", queue.channel, kChannels);
    queue.first_response = in.duration("first_response");
    queue.resolution = in.duration("resolution");
    for (const auto& [key, target] :
         {std::pair("first_response", queue.first_response), std::pair("resolution", queue.resolution)}) {
        if (target && *target <= Duration(0)) in.error_at(key, "a target must be longer than zero");
    }
    queue.calendar = in.string("calendar").value_or("");
    queue.ladder = in.string("ladder").value_or("");
    queue.brand = in.string("brand").value_or("");
    return queue;
}

Rule read_rule(TomlReader& in) {
    Rule rule;
    rule.name = in.required_string("name");
    rule.query = in.required_string("query");
    rule.query_origin = in.origin("query");
    rule.queue = in.string("queue").value_or("");
    const auto priority = in.string("priority").value_or("normal");
    if (const auto known = parse_priority(priority))
        rule.priority = *known;
    else
        require_one_of(in, "priority", priority, {"low", "normal", "high", "critical"});
    rule.tags = in.strings("tags");
    rule.brand = in.string("brand").value_or("");
    rule.enabled = in.boolean("enabled").value_or(true);
    rule.ignore = in.boolean("ignore").value_or(false);
    return rule;
}

PlanTemplate read_plan(TomlReader& in, const std::string& file, std::vector<SetupError>& errors) {
    PlanTemplate plan;
    plan.name = in.required_string("name");
    for (const auto* table : in.tables("touches")) {
        TomlReader touch_in(*table, file, "plan.touches", errors);
        TouchCount touch;
        touch.kind = touch_in.required_string("kind");
        if (!touch.kind.empty()) require_one_of(touch_in, "kind", touch.kind, kTouchKinds);
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
        if (!item.kind.empty()) require_one_of(item_in, "kind", item.kind, kTouchKinds);
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
    setup.ladders =
        read_items<Ladder>(in, "ladder", file, errors, [&](TomlReader& t) { return read_ladder(t, file, errors); });
    setup.queues = read_items<Queue>(in, "queue", file, errors, [&](TomlReader& t) { return read_queue(t); });
    setup.rules = read_items<Rule>(in, "rule", file, errors, [&](TomlReader& t) { return read_rule(t); });
    setup.plans =
        read_items<PlanTemplate>(in, "plan", file, errors, [&](TomlReader& t) { return read_plan(t, file, errors); });
    if (const auto* table = in.table("engagement")) {
        TomlReader engagement_in(*table, file, "engagement", errors);
        setup.engagement = read_engagement(engagement_in);
        setup.engagement_origin = engagement_in.origin();
        engagement_in.finish();
    }
    in.finish();
    return parsed;
}

std::vector<SetupError> check_references(const Setup& setup) {
    std::vector<SetupError> errors;
    for (const auto& rule : setup.rules) {
        check_name(setup.queues, "queue", rule.queue, rule.origin, "rule `" + rule.name + "`", errors);
    }
    for (const auto& queue : setup.queues) {
        const auto who = "queue `" + queue.name + "`";
        check_name(setup.ladders, "ladder", queue.ladder, queue.origin, who, errors);
        check_name(setup.calendars, "calendar", queue.calendar, queue.origin, who, errors);
    }
    for (const auto& ladder : setup.ladders) {
        for (const auto& step : ladder.steps) {
            const auto who = "ladder `" + ladder.name + "`";
            if (step.to.starts_with("person:")) {
                check_name(setup.people, "person", step.to.substr(7), step.origin, who, errors);
            } else if (step.to.starts_with("role:") && !parse_role(step.to.substr(5))) {
                errors.push_back({step.origin, who + " names the unknown role `" + step.to.substr(5) + "`" +
                                                   suggestion(step.to.substr(5), {"moderator", "manager", "admin"})});
            }
        }
    }
    check_name(setup.calendars, "calendar", setup.engagement.calendar, setup.engagement_origin, "[engagement]", errors);
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
    add_changes(before.calendars, after.calendars, "calendar", changes);
    // Ids belong to the store: a person read from a file has none and is still the same person.
    const auto without_ids = [](std::vector<Person> people) {
        for (auto& person : people) person.id.clear();
        return people;
    };
    add_changes(without_ids(before.people), without_ids(after.people), "person", changes);
    add_changes(before.ladders, after.ladders, "ladder", changes);
    add_changes(before.queues, after.queues, "queue", changes);
    add_changes(before.rules, after.rules, "rule", changes);
    add_changes(before.plans, after.plans, "plan", changes);
    if (before.engagement != after.engagement) changes.push_back({"update", "engagement", ""});
    return changes;
}

Setup merge(const Setup& base, const Setup& additions, bool replace) {
    Setup merged;
    merged.calendars = merge_items(base.calendars, additions.calendars, replace);
    merged.people = merge_items(base.people, additions.people, replace);
    for (auto& person : merged.people) {
        const auto* known = find_named(base.people, person.name);
        if (known && person.id.empty()) person.id = known->id;
    }
    merged.ladders = merge_items(base.ladders, additions.ladders, replace);
    merged.queues = merge_items(base.queues, additions.queues, replace);
    merged.rules = merge_items(base.rules, additions.rules, replace);
    merged.plans = merge_items(base.plans, additions.plans, replace);
    // There is one: a file that does not speak of it leaves it alone.
    merged.engagement =
        replace || additions.engagement != EngagementSettings() ? additions.engagement : base.engagement;
    return merged;
}

}  // namespace rasid
