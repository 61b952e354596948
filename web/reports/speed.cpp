#include "escalation/channel_speed.hpp"
#include "escalation/ticket_figures.hpp"
#include "web/reports/report.hpp"

#include <algorithm>
#include <array>

namespace rasid {
namespace {

constexpr std::array<std::string_view, 3> kWords = {"live", "social", "email"};  // by ChannelClass

void add_spread(std::vector<ReportCell>& row, const Spread& spread) {
    row.emplace_back(spread.count);
    for (const auto& time : {spread.mean, spread.median, spread.p90}) row.push_back(seconds_cell(time));
}

class SpeedReport final : public ReportReading {
public:
    SpeedReport(const ReportScope& scope, const Setup& setup) : ReportReading(scope) {
        for (const auto& queue : setup.queues) classes_[queue.name] = class_of(queue.channel);
    }

    void day(Reader& reader, Instant from, Instant to) override {
        std::vector<std::string> mentions;
        reader.each_ticket_opened(from, to, [&](const Ticket& ticket) {
            const auto* clock = first_answer(ticket);
            // An incident's own ticket answers no message.
            if (!clock || ticket.leads_incident() || !scope().covers(ticket)) return;
            const auto known = classes_.find(ticket.queue);
            answers_.push_back({.channel = known == classes_.end() ? class_of({}) : known->second,
                                .after = std::max(*clock->met_at - clock->started_at, Duration::zero())});
            mentions.push_back(ticket.first_mention);
        });
        const auto first = answers_.size() - mentions.size();
        for (std::size_t i = 0; i < mentions.size(); ++i)
            answers_[first + i].negative = reader.polarity_of(mentions[i]) == Polarity::negative;
    }

    Report report(const Setup& setup) override {
        const auto speed = measure_speed(answers_);
        std::vector<ReportCell> total;
        add_spread(total, speed.all);
        ReportTable classes{.name = "classes",
                            .columns = {"class", "answers", "mean_seconds", "median_seconds", "p90_seconds",
                                        "negative_answers", "negative_mean_seconds", "negative_median_seconds",
                                        "negative_p90_seconds"}};
        for (std::size_t i = 0; i < kWords.size(); ++i) {
            std::vector<ReportCell> row = {text_cell(kWords[i])};
            add_spread(row, speed.classes[i].usual);
            add_spread(row, speed.classes[i].negative);
            classes.rows.push_back(std::move(row));
        }
        Report report;
        report.tables.push_back({"total", {"answers", "mean_seconds", "median_seconds", "p90_seconds"}, {total}, true});
        report.tables.push_back(std::move(classes));
        report.warnings = {speed.warnings, speed_warnings(setup)};
        return report;
    }

private:
    std::map<std::string, ChannelClass, std::less<>> classes_;  ///< of queues, by name
    std::vector<AnsweredIn> answers_;
};

}  // namespace

ReportReadingPtr make_speed_report(const ReportScope& scope, const Setup& setup) {
    return std::make_unique<SpeedReport>(scope, setup);
}

}  // namespace rasid
