#include "core/setup_parts.hpp"
#include "core/setup_people.hpp"
#include "core/setup_toml.hpp"
#include "core/toml_print.hpp"

namespace rasid {
namespace {

class Printer {
public:
    void begin(std::string_view kind) { out_ += (out_.empty() ? "[[" : "\n[[") + std::string(kind) + "]]\n"; }
    void single(std::string_view kind, const std::string& lines) {
        if (!lines.empty()) out_ += (out_.empty() ? "[" : "\n[") + std::string(kind) + "]\n" + lines;
    }
    void line(std::string_view key, const std::string& value) { out_ += std::string(key) + " = " + value + "\n"; }
    void text(std::string_view key, const std::string& value) {
        if (!value.empty()) line(key, toml_quoted(value));
    }
    void list(std::string_view key, const std::vector<std::string>& values) {
        if (!values.empty()) line(key, toml_quoted_list(values));
    }
    void duration(std::string_view key, const std::optional<Duration>& value) {
        if (value) line(key, toml_quoted(to_duration_text(*value)));
    }
    std::string take() && { return std::move(out_); }

private:
    std::string out_;
};

void print(Printer& out, const Calendar& calendar) {
    out.begin("calendar");
    out.text("name", calendar.name);
    out.text("time_zone", calendar.time_zone);
    std::string hours;
    for (std::size_t day = 0; day < kWeekdayWords.size(); ++day) {
        if (calendar.hours[day].empty()) continue;
        std::vector<std::string> intervals;
        for (const auto& interval : calendar.hours[day])
            intervals.push_back(time_of_day(interval.from) + "-" + time_of_day(interval.to));
        hours += (hours.empty() ? "" : ", ") + std::string(kWeekdayWords[day]) + " = " + toml_quoted_list(intervals);
    }
    if (!hours.empty()) out.line("hours", "{ " + hours + " }");
    out.list("holidays", calendar.holidays);
}

void print(Printer& out, const Person& person) {
    out.begin("person");
    out.text("name", person.name);
    out.text("email", person.email);
    out.text("role", std::string(to_string(person.role)));
    out.text("language", person.language);
    out.list("brands", person.brands);
    out.list("languages", person.languages);
    out.list("skills", person.skills);
    if (person.capacity != Person().capacity) out.line("capacity", std::to_string(person.capacity));
    if (person.quiet) out.text("quiet", quiet_hours_text(*person.quiet));
    out.text("time_zone", person.time_zone);
    out.text("second", person.second);
    if (!person.updates) out.line("updates", "false");
    if (!person.digest) out.line("digest", "false");
}

void print(Printer& out, const Rota& rota) {
    out.begin("rota");
    out.text("name", rota.name);
    out.text("time_zone", rota.time_zone);
    out.text("first_day", to_string(rota.first_day));
    out.text("handover", time_of_day(rota.handover));
    out.line("days", std::to_string(rota.days));
    out.list("people", rota.people);
    if (rota.overrides.empty()) return;
    std::string overrides = "[\n";
    for (const auto& instead : rota.overrides) {
        overrides += "  { from = " + toml_quoted(to_rfc3339(instead.from)) +
                     ", to = " + toml_quoted(to_rfc3339(instead.to)) + ", person = " + toml_quoted(instead.person) +
                     " },\n";
    }
    out.line("overrides", overrides + "]");
}

void print(Printer& out, const Ladder& ladder) {
    out.begin("ladder");
    out.text("name", ladder.name);
    if (ladder.steps.empty()) return;
    std::string steps = "[\n";
    for (const auto& step : ladder.steps) {
        const auto [key, moment] = moment_of(step);
        steps += "  { " + key + " = " + toml_quoted(moment) + ", to = " + toml_quoted(step.to) +
                 ", by = " + toml_quoted(step.by) + " },\n";
    }
    out.line("steps", steps + "]");
}

void print(Printer& out, const TargetLengths& targets) {
    out.duration("first_response", targets.first_response);
    out.duration("next_response", targets.next_response);
    out.duration("periodic_update", targets.periodic_update);
    out.duration("resolution", targets.resolution);
}

void print(Printer& out, const Queue& queue) {
    out.begin("queue");
    out.text("name", queue.name);
    out.text("channel", queue.channel);
    print(out, queue.targets);
    out.text("calendar", queue.calendar);
    out.text("ladder", queue.ladder);
    if (queue.auto_acknowledge) out.line("auto_acknowledge", "true");
    out.text("brand", queue.brand);
    if (queue.assign) out.text("assign", std::string(to_string(*queue.assign)));
    out.list("skills", queue.skills);
    if (queue.approval) out.line("approval", "true");
}

void print(Printer& out, const TargetRule& rule) {
    out.begin("target");
    out.text("name", rule.name);
    out.text("queue", rule.queue);
    if (rule.priority) out.text("priority", std::string(to_string(*rule.priority)));
    out.text("tier", rule.tier);
    print(out, rule.targets);
    out.text("calendar", rule.calendar);
}

void print(Printer& out, const Rule& rule) {
    out.begin("rule");
    out.text("name", rule.name);
    out.text("query", rule.query);
    out.text("queue", rule.queue);
    out.text("priority", std::string(to_string(rule.priority)));
    out.list("tags", rule.tags);
    out.text("brand", rule.brand);
    if (!rule.enabled) out.line("enabled", "false");
    if (rule.ignore) out.line("ignore", "true");
    if (rule.weight != 0) out.line("weight", std::to_string(rule.weight));
    out.text("conduct", rule.conduct);
}

void print(Printer& out, const Guideline& guideline) {
    out.begin("guideline");
    out.text("name", guideline.name);
    out.text("rule", guideline.rule);
    out.text("tier", guideline.tier);
    out.text("text", guideline.text);
    out.text("voice", guideline.voice);
}

void print(Printer& out, const ConductRule& rule) {
    out.begin("conduct");
    out.text("name", rule.name);
    if (rule.version != 1) out.line("version", std::to_string(rule.version));
    out.text("text", rule.text);
    out.text("training", rule.training);
}

void print(Printer& out, const CannedReply& reply) {
    out.begin("reply");
    out.text("name", reply.name);
    out.text("language", reply.language);
    out.text("queue", reply.queue);
    out.text("text", reply.text);
    if (reply.praise) out.line("praise", "true");
}

void print(Printer& out, const PlanTemplate& plan) {
    out.begin("plan");
    out.text("name", plan.name);
    if (!plan.touches.empty()) {
        std::string touches = "[\n";
        for (const auto& touch : plan.touches)
            touches += "  { kind = " + toml_quoted(touch.kind) + ", count = " + std::to_string(touch.count) + " },\n";
        out.line("touches", touches + "]");
    }
    out.list("occasions", plan.occasions);
    if (!plan.value_items.empty()) {
        std::string items = "[\n";
        for (const auto& item : plan.value_items)
            items += "  { kind = " + toml_quoted(item.kind) + ", text = " + toml_quoted(item.text) + " },\n";
        out.line("value_items", items + "]");
    }
    out.list("referral_steps", plan.referral_steps);
}

}  // namespace

std::string print_setup(const Setup& setup) {
    Printer out;
    for_each_kind([&](auto kind) {
        for (const auto& item : setup.*kind.items) print(out, item);
    });
    for_each_table([&](auto table) { out.single(table.word, table.print(setup.*table.settings)); });
    return std::move(out).take();
}

}  // namespace rasid
