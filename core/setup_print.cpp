#include "core/setup_toml.hpp"
#include "core/toml_print.hpp"

#include <array>
#include <cstdio>

namespace rasid {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

std::string minute_text(int minute) {
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "%02d:%02d", minute / 60 % 100, minute % 60);
    return text.data();
}

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
    for (std::size_t day = 0; day < kDays.size(); ++day) {
        if (calendar.hours[day].empty()) continue;
        std::vector<std::string> intervals;
        for (const auto& interval : calendar.hours[day])
            intervals.push_back(minute_text(interval.from) + "-" + minute_text(interval.to));
        hours += (hours.empty() ? "" : ", ") + std::string(kDays[day]) + " = " + toml_quoted_list(intervals);
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
}

void print(Printer& out, const Ladder& ladder) {
    out.begin("ladder");
    out.text("name", ladder.name);
    if (ladder.steps.empty()) return;
    std::string steps = "[\n";
    for (const auto& step : ladder.steps) {
        steps += "  { at = " + toml_quoted(std::to_string(step.at_percent) + "%") + ", to = " + toml_quoted(step.to) +
                 ", by = " + toml_quoted(step.by) + " },\n";
    }
    out.line("steps", steps + "]");
}

void print(Printer& out, const Queue& queue) {
    out.begin("queue");
    out.text("name", queue.name);
    out.text("channel", queue.channel);
    out.duration("first_response", queue.first_response);
    out.duration("resolution", queue.resolution);
    out.text("calendar", queue.calendar);
    out.text("ladder", queue.ladder);
    out.text("brand", queue.brand);
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
    for (const auto& item : setup.calendars) print(out, item);
    for (const auto& item : setup.people) print(out, item);
    for (const auto& item : setup.ladders) print(out, item);
    for (const auto& item : setup.queues) print(out, item);
    for (const auto& item : setup.rules) print(out, item);
    for (const auto& item : setup.plans) print(out, item);
    out.single("engagement", print_engagement(setup.engagement));
    return std::move(out).take();
}

}  // namespace rasid
