#include "core/people.hpp"
#include "daemon/commands/loaded_config.hpp"
#include "daemon/system_clock.hpp"
#include "web/speed_report.hpp"

#include <iostream>

namespace rasid {
namespace {

std::string time_text(const std::optional<Duration>& time) {
    return time ? to_duration_text(std::chrono::floor<std::chrono::seconds>(*time)) : "-";
}

void print_speed(const MeasuredSpeed& speed, const Setup& setup, int days) {
    std::cout << "Mean time from a message to its first answer, last " << days << " days\n";
    for (const auto channel : {ChannelClass::live, ChannelClass::social, ChannelClass::email}) {
        const auto& measured = speed.classes[static_cast<std::size_t>(channel)];
        std::cout << to_string(channel) << ": " << time_text(measured.mean) << " (" << measured.answers
                  << " answers), negative mentions " << time_text(measured.negative_mean) << " ("
                  << measured.negative_answers << ")\n";
    }
    for (const auto& warning : speed.warnings) std::cout << "warning: " << warning << "\n";
    for (const auto& warning : speed_warnings(setup)) std::cout << "warning: " << warning.what << "\n";
}

void print_pauses(const std::vector<PersonPauses>& pauses, const Setup& setup, int days) {
    std::cout << "Who kept tickets from being due, last " << days << " days\n";
    for (const auto& each : pauses) {
        std::cout << name_or_id(setup.people, each.person) << ": " << time_text(each.total) << ", " << each.tickets
                  << " tickets, of " << each.kept_by_pausing << " a target was kept only by that\n";
    }
}

/// Reads a report about the last days and prints it for machines or people.
template <typename Read, typename Write, typename Print>
int report(const Invocation& invocation, Read read, Write write, Print print) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    const auto reader = read_store(*config);
    if (!reader) return kFailed;
    const auto setup = reader->setup();
    const auto now = SystemClock().now();
    const auto facts = read(*reader, setup, now - std::chrono::days(invocation.days), now);
    if (invocation.json) {
        JsonWriter out;
        write(out, facts, setup);
        std::cout << out.text() << "\n";
    } else {
        print(facts, setup, invocation.days);
    }
    return kOk;
}

}  // namespace

int report_speed(const Invocation& invocation) {
    return report(invocation, &measured_speed, &write_speed, &print_speed);
}

int report_pauses(const Invocation& invocation) {
    const auto read = [](Reader& reader, const Setup&, Instant from, Instant to) {
        return pauses_between(reader, from, to);
    };
    return report(invocation, read, &write_pauses, &print_pauses);
}

}  // namespace rasid
