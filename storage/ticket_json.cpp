#include "storage/ticket_json.hpp"

#include "storage/column_json.hpp"
#include "storage/json_values.hpp"

namespace rasid {
namespace {

void write_clock(JsonWriter& writer, const TargetClock& clock) {
    writer.member("target", to_string(clock.target));
    writer.member("round", clock.round);
    instant(writer, "started_at", clock.started_at);
    writer.member("length", std::int64_t{clock.length.count()});
    writer.member("calendar", clock.calendar);
    writer.member("running_since", clock.running_since ? std::optional(to_micros(*clock.running_since)) : std::nullopt);
    instant(writer, "due_at", clock.due_at);
    instant(writer, "met_at", clock.met_at);
    instant(writer, "breached_at", clock.breached_at);
    writer.member("used", std::int64_t{clock.used.count()});
    writer.member("paused", std::int64_t{clock.paused.count()});
    writer.member("kept_by_pausing", clock.kept_by_pausing);
}

TargetClock read_clock(JsonView item) {
    TargetClock clock;
    clock.target = parse_target(text(item["target"])).value_or(Target::first_response);
    clock.round = static_cast<int>(item["round"].integer().value_or(1));
    clock.started_at = instant(item["started_at"]);
    clock.length = Duration(item["length"].integer().value_or(0));
    clock.calendar = text(item["calendar"]);
    clock.due_at = maybe_instant(item["due_at"]);
    clock.met_at = maybe_instant(item["met_at"]);
    clock.breached_at = maybe_instant(item["breached_at"]);
    clock.running_since = maybe_instant(item["running_since"]);
    // Clocks that an earlier version stored ran from their start.
    if (!item["running_since"].exists() && !clock.met_at) clock.running_since = clock.started_at;
    clock.used = Duration(item["used"].integer().value_or(0));
    clock.paused = Duration(item["paused"].integer().value_or(0));
    clock.kept_by_pausing = item["kept_by_pausing"].boolean().value_or(false);
    return clock;
}

void write_calendar(JsonWriter& writer, const Calendar& calendar) {
    writer.member("name", calendar.name);
    writer.member("time_zone", calendar.time_zone);
    writer.list("hours", calendar.hours, [&](const std::vector<DayInterval>& day) {
        writer.array([&] {
            for (const auto& interval : day) {
                writer.value(interval.from);
                writer.value(interval.to);
            }
        });
    });
    writer.strings("holidays", calendar.holidays);
}

Calendar read_calendar(JsonView view) {
    Calendar calendar;
    calendar.name = text(view["name"]);
    calendar.time_zone = text(view["time_zone"]);
    std::size_t day = 0;
    for (const auto intervals : view["hours"].items()) {
        if (day == calendar.hours.size()) break;
        std::optional<int> from;
        for (const auto minute : intervals.items()) {
            const int value = static_cast<int>(minute.integer().value_or(0));
            if (from) calendar.hours[day].push_back({*from, value});
            from = from ? std::nullopt : std::optional(value);
        }
        ++day;
    }
    calendar.holidays = strings(view["holidays"]);
    return calendar;
}

void write_promise(JsonWriter& writer, const PromisedTarget& promise) {
    writer.member("target", to_string(promise.target));
    writer.member("length", std::int64_t{promise.length.count()});
    writer.key("calendar");
    writer.object([&] { write_calendar(writer, promise.calendar); });
}

std::vector<PromisedTarget> read_promises(JsonView list) {
    std::vector<PromisedTarget> promises;
    for (const auto item : list.items()) {
        promises.push_back({parse_target(text(item["target"])).value_or(Target::first_response),
                            Duration(item["length"].integer().value_or(0)), read_calendar(item["calendar"])});
    }
    return promises;
}

void write_parts(JsonWriter& writer, const std::vector<PriorityPart>& parts) {
    writer.objects("priority_parts", parts, [&](const PriorityPart& part) {
        writer.member("code", part.code);
        writer.member("value", part.value);
        writer.member("points", part.points);
    });
}

std::vector<PriorityPart> read_parts(JsonView list) {
    std::vector<PriorityPart> parts;
    for (const auto item : list.items())
        parts.push_back(
            {text(item["code"]), text(item["value"]), static_cast<int>(item["points"].integer().value_or(0))});
    return parts;
}

/// What an earlier version promised stands as clocks, with the calendar's name alone; the first look at the setup gives
/// them its hours.
void read_old_clocks(Opening& opening, JsonView list) {
    for (const auto item : list.items()) {
        const auto clock = read_clock(item);
        opening.promises.push_back({clock.target, clock.length, Calendar{.name = clock.calendar}});
        opening.asked_at = clock.started_at;
    }
}

}  // namespace

std::string clocks_to_json(const std::vector<TargetClock>& clocks) {
    JsonWriter writer;
    writer.array([&] {
        for (const auto& clock : clocks) writer.object([&] { write_clock(writer, clock); });
    });
    return std::move(writer).take();
}

std::vector<TargetClock> clocks_from_json(std::string_view json) {
    const auto document = stored_json(json);
    std::vector<TargetClock> clocks;
    for (const auto item : document.root().items()) clocks.push_back(read_clock(item));
    return clocks;
}

std::string pauses_to_json(const std::vector<PausedBy>& pauses) {
    JsonWriter writer;
    writer.array([&] {
        for (const auto& pause : pauses) {
            writer.object([&] {
                writer.member("person", pause.person);
                writer.member("total", std::int64_t{pause.total.count()});
            });
        }
    });
    return std::move(writer).take();
}

std::vector<PausedBy> pauses_from_json(std::string_view json) {
    const auto document = stored_json(json);
    std::vector<PausedBy> pauses;
    for (const auto item : document.root().items())
        pauses.push_back({text(item["person"]), Duration(item["total"].integer().value_or(0))});
    return pauses;
}

std::string promises_to_json(const std::vector<PromisedTarget>& promises) {
    JsonWriter writer;
    writer.array([&] {
        for (const auto& promise : promises) writer.object([&] { write_promise(writer, promise); });
    });
    return std::move(writer).take();
}

std::vector<PromisedTarget> promises_from_json(std::string_view json) {
    if (json.empty()) return {};
    const auto document = stored_json(json);
    return read_promises(document.root());
}

std::string detail_to_json(const std::optional<EventDetail>& detail) {
    if (!detail) return {};
    JsonWriter writer;
    writer.object([&] {
        writer.member("step", detail->step);
        writer.member("contact", detail->contact);
        writer.member("rule", detail->rule);
        instant(writer, "due_at", detail->due_at);
        writer.member("visibility", detail->visibility);
        writer.strings("people", detail->people);
        write_parts(writer, detail->priority_parts);
        write_reasons(writer, "reasons", detail->reasons);
    });
    return std::move(writer).take();
}

std::optional<EventDetail> detail_from_json(std::string_view json) {
    if (json.empty()) return std::nullopt;
    const auto document = stored_json(json);
    const auto view = document.root();
    return EventDetail{.step = text(view["step"]),
                       .contact = text(view["contact"]),
                       .rule = text(view["rule"]),
                       .due_at = maybe_instant(view["due_at"]),
                       .visibility = text(view["visibility"]),
                       .people = strings(view["people"]),
                       .priority_parts = read_parts(view["priority_parts"]),
                       .reasons = read_reasons(view["reasons"])};
}

std::string opening_to_json(const std::optional<Opening>& opening) {
    if (!opening) return {};
    JsonWriter writer;
    writer.object([&] {
        writer.member("queue", opening->queue);
        writer.member("brand", opening->brand);
        writer.member("platform", opening->platform);
        writer.member("source", opening->source);
        writer.key("author");
        writer.object([&] {
            writer.member("handle", opening->author.handle);
            writer.member("name", opening->author.name);
            writer.member("native_id", opening->author.native_id);
            writer.member("followers", opening->author.followers);
            writer.member("verified", opening->author.verified);
        });
        writer.member("conversation", opening->conversation);
        writer.member("customer", opening->customer);
        writer.member("priority", to_string(opening->priority));
        writer.member("ladder", opening->ladder);
        writer.member("rule", opening->rule);
        writer.strings("tags", opening->tags);
        write_reasons(writer, "reasons", opening->reasons);
        writer.member("tier", opening->tier);
        instant(writer, "asked_at", opening->asked_at);
        writer.objects("promises", opening->promises,
                       [&](const PromisedTarget& promise) { write_promise(writer, promise); });
        write_parts(writer, opening->priority_parts);
    });
    return std::move(writer).take();
}

std::optional<Opening> opening_from_json(std::string_view json) {
    if (json.empty()) return std::nullopt;
    const auto document = stored_json(json);
    const auto view = document.root();
    const auto author = view["author"];
    Opening opening;
    opening.queue = text(view["queue"]);
    opening.brand = text(view["brand"]);
    opening.platform = text(view["platform"]);
    opening.source = text(view["source"]);
    opening.author = {text(author["handle"]), text(author["name"]), text(author["native_id"]),
                      author["followers"].integer(), author["verified"].boolean().value_or(false)};
    opening.conversation = text(view["conversation"]);
    opening.customer = text(view["customer"]);
    opening.priority = parse_priority(text(view["priority"])).value_or(Priority::normal);
    opening.ladder = text(view["ladder"]);
    opening.rule = text(view["rule"]);
    opening.tags = strings(view["tags"]);
    opening.reasons = read_reasons(view["reasons"]);
    opening.tier = text(view["tier"]);
    opening.asked_at = instant(view["asked_at"]);
    opening.promises = read_promises(view["promises"]);
    opening.priority_parts = read_parts(view["priority_parts"]);
    if (view["clocks"].exists()) read_old_clocks(opening, view["clocks"]);
    return opening;
}

}  // namespace rasid
