#include "core/setup_toml.hpp"

#include <array>
#include <cstdio>

namespace rasid {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

/// A TOML string: literal where that is the readable form (queries are full of double quotes), else basic.
std::string quoted(std::string_view text) {
    bool plain = true;
    bool literal = true;
    for (const char c : text) {
        const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
        if (control || c == '"' || c == '\\') plain = false;
        if (control || c == '\'') literal = false;
    }
    if (!plain && literal) return "'" + std::string(text) + "'";
    std::string out = "\"";
    for (const char c : text) {
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\t':
            out += "\\t";
            break;
        case '\r':
            out += "\\r";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
                std::array<char, 8> escape{};
                std::snprintf(escape.data(), escape.size(), "\\u%04X", static_cast<unsigned>(c));
                out += escape.data();
            } else {
                out += c;
            }
        }
    }
    return out + '"';
}

std::string quoted_list(const std::vector<std::string>& list) {
    std::string out = "[";
    for (const auto& item : list) out += (out.size() > 1 ? ", " : "") + quoted(item);
    return out + "]";
}

std::string minute_text(int minute) {
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "%02d:%02d", minute / 60 % 100, minute % 60);
    return text.data();
}

class Printer {
public:
    void begin(std::string_view kind) { out_ += (out_.empty() ? "[[" : "\n[[") + std::string(kind) + "]]\n"; }
    void line(std::string_view key, const std::string& value) { out_ += std::string(key) + " = " + value + "\n"; }
    void text(std::string_view key, const std::string& value) {
        if (!value.empty()) line(key, quoted(value));
    }
    void list(std::string_view key, const std::vector<std::string>& values) {
        if (!values.empty()) line(key, quoted_list(values));
    }
    void duration(std::string_view key, const std::optional<Duration>& value) {
        if (value) line(key, quoted(to_duration_text(*value)));
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
        hours += (hours.empty() ? "" : ", ") + std::string(kDays[day]) + " = " + quoted_list(intervals);
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
        steps += "  { at = " + quoted(std::to_string(step.at_percent) + "%") + ", to = " + quoted(step.to) +
                 ", by = " + quoted(step.by) + " },\n";
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
    if (plan.touches.empty()) return;
    std::string touches = "[\n";
    for (const auto& touch : plan.touches) {
        touches += "  { kind = " + quoted(touch.kind) + ", count = " + std::to_string(touch.count) + " },\n";
    }
    out.line("touches", touches + "]");
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
    return std::move(out).take();
}

}  // namespace rasid
