#include "web/speed_report.hpp"

#include "core/people.hpp"

#include <algorithm>
#include <array>

namespace rasid {
namespace {

constexpr std::array<std::string_view, 3> kWords = {"live", "social", "email"};  // by ChannelClass

const TargetClock* answered_first(const Ticket& ticket) {
    const auto clock = std::ranges::find_if(
        ticket.clocks, [](const TargetClock& each) { return each.target == Target::first_response && each.met_at; });
    return clock == ticket.clocks.end() ? nullptr : &*clock;
}

std::optional<std::int64_t> seconds(const std::optional<Duration>& time) {
    if (!time) return std::nullopt;
    return std::chrono::floor<std::chrono::seconds>(*time).count();
}

}  // namespace

MeasuredSpeed measured_speed(Reader& reader, const Setup& setup, Instant from, Instant to) {
    std::vector<AnsweredIn> answers;
    std::vector<std::string> mentions;
    reader.each_ticket_of(from, to, [&](const Ticket& ticket) {
        const auto* clock = answered_first(ticket);
        if (!clock || ticket.opened_at < from || ticket.opened_at >= to) return;
        const auto* queue = find_named(setup.queues, ticket.queue);
        answers.push_back({.channel = class_of(queue ? queue->channel : std::string()),
                           .after = std::max(*clock->met_at - clock->started_at, Duration::zero())});
        mentions.push_back(ticket.first_mention);
    });
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const auto stored = reader.mention_by_id(mentions[i]);
        answers[i].negative = stored && stored->verdict.sentiment.label == Polarity::negative;
    }
    return measure_speed(answers);
}

void write_speed(JsonWriter& out, const MeasuredSpeed& speed, const Setup& setup) {
    out.object([&] {
        out.key("classes");
        out.array([&] {
            for (std::size_t i = 0; i < speed.classes.size(); ++i) {
                const auto& measured = speed.classes[i];
                out.object([&] {
                    out.member("class", kWords[i]);
                    out.member("answers", measured.answers);
                    out.member("mean_seconds", seconds(measured.mean));
                    out.member("negative_answers", measured.negative_answers);
                    out.member("negative_mean_seconds", seconds(measured.negative_mean));
                });
            }
        });
        out.strings("warnings", speed.warnings);
        out.list("promised", speed_warnings(setup), [&](const SetupError& warning) {
            out.object([&] {
                out.member("what", warning.what);
                out.member("what_ar", warning.what_ar);
            });
        });
    });
}

std::vector<PersonPauses> pauses_between(Reader& reader, Instant from, Instant to) {
    PauseReport report;
    reader.each_ticket_of(from, to, [&](const Ticket& ticket) {
        if (ticket.opened_at >= from && ticket.opened_at < to) report.add(ticket);
    });
    return std::move(report).people();
}

void write_pauses(JsonWriter& out, const std::vector<PersonPauses>& pauses, const Setup& setup) {
    out.object([&] {
        out.objects("people", pauses, [&](const PersonPauses& each) {
            out.member("id", each.person);
            out.text_or_null("name", name_of(setup.people, each.person));
            out.member("seconds", seconds(each.total));
            out.member("tickets", each.tickets);
            out.member("kept_by_pausing", each.kept_by_pausing);
        });
    });
}

}  // namespace rasid
