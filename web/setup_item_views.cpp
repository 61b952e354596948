#include "web/setup_item_views.hpp"

#include "core/setup_people.hpp"

#include <array>

namespace rasid {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

void write_duration(JsonWriter& out, std::string_view name, const std::optional<Duration>& duration) {
    out.text_or_null(name, duration ? to_duration_text(*duration) : std::string());
}

void write_targets(JsonWriter& out, const TargetLengths& targets) {
    write_duration(out, "first_response", targets.first_response);
    write_duration(out, "next_response", targets.next_response);
    write_duration(out, "periodic_update", targets.periodic_update);
    write_duration(out, "resolution", targets.resolution);
}

}  // namespace

void write_setup_item(JsonWriter& out, const Calendar& calendar, bool) {
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

void write_setup_item(JsonWriter& out, const Person& person, bool with_emails) {
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

void write_setup_item(JsonWriter& out, const Rota& rota, bool) {
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

void write_setup_item(JsonWriter& out, const Ladder& ladder, bool) {
    out.member("name", ladder.name);
    out.objects("steps", ladder.steps, [&](const LadderStep& step) {
        const auto [key, moment] = moment_of(step);
        out.member(key, moment);
        out.member("to", step.to);
        out.member("by", step.by);
    });
}

void write_setup_item(JsonWriter& out, const TargetRule& rule, bool) {
    out.member("name", rule.name);
    out.member("queue", rule.queue);
    out.text_or_null("priority", rule.priority ? to_string(*rule.priority) : std::string_view());
    out.member("tier", rule.tier);
    write_targets(out, rule.targets);
    out.member("calendar", rule.calendar);
}

void write_setup_item(JsonWriter& out, const Queue& queue, bool) {
    out.member("name", queue.name);
    out.member("channel", queue.channel);
    write_targets(out, queue.targets);
    out.member("calendar", queue.calendar);
    out.member("ladder", queue.ladder);
    out.member("auto_acknowledge", queue.auto_acknowledge);
    out.member("brand", queue.brand);
    out.text_or_null("assign", queue.assign ? to_string(*queue.assign) : std::string_view());
    out.strings("skills", queue.skills);
    out.member("approval", queue.approval);
}

void write_setup_item(JsonWriter& out, const Rule& rule, bool) {
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

void write_setup_item(JsonWriter& out, const Guideline& guideline, bool) {
    out.member("name", guideline.name);
    out.member("rule", guideline.rule);
    out.member("tier", guideline.tier);
    out.member("text", guideline.text);
    out.member("voice", guideline.voice);
}

void write_setup_item(JsonWriter& out, const ConductRule& rule, bool) {
    out.member("name", rule.name);
    out.member("version", rule.version);
    out.member("text", rule.text);
    out.member("training", rule.training);
}

void write_setup_item(JsonWriter& out, const CannedReply& reply, bool) {
    out.member("name", reply.name);
    out.member("language", reply.language);
    out.member("queue", reply.queue);
    out.member("text", reply.text);
    out.member("praise", reply.praise);
}

void write_setup_item(JsonWriter& out, const PlanTemplate& plan, bool) {
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

}  // namespace rasid
