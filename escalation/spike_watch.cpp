#include "escalation/spike_watch.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace rasid {
namespace {

constexpr std::chrono::hours kWindow{1};
constexpr std::chrono::hours kSetBack{2};

std::string one_decimal(double value) {
    const auto tenths = std::llround(value * 10);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

}  // namespace

SpikeWatch::SpikeWatch(IncidentSettings settings, HourHistory history)
    : settings_(settings), history_(std::move(history)) {}

void SpikeWatch::move_to(Instant now) {
    now_ = std::max(now_, now);
    history_.advance(now_);
    while (!window_.empty() && window_.front().at <= now_ - kWindow) {
        negative_ -= window_.front().negative ? 1 : 0;
        window_.pop_front();
    }
    const auto hour = std::chrono::floor<std::chrono::hours>(now_);
    if (hour == known_hour_) return;
    known_hour_ = hour;
    this_hour_ = history_.expected(hour);
    last_hour_ = history_.expected(hour - kWindow);
    share_ = history_.usual_negativity();
}

/// Else everything up to the moment that has been would count as heard within one instant.
void SpikeWatch::set_back(Instant now) {
    window_.clear();
    negative_ = 0;
    calm_since_.reset();
    now_ = now;
}

/// The past hour lies partly in this hour of the clock, partly in the one before.
ExpectedCount SpikeWatch::expected_now() const {
    const double part = std::chrono::duration<double, std::ratio<3600>>(now_ - known_hour_).count();
    return {.mean = this_hour_.mean * part + last_hour_.mean * (1 - part),
            .size = this_hour_.size * part + last_hour_.size * (1 - part)};
}

int SpikeWatch::in_window(Incident::Kind kind) const {
    return kind == Incident::Kind::volume ? static_cast<int>(window_.size()) : negative_;
}

/// The moment since when most more was heard than half as much again as usual explains: measured against the usual
/// itself, any chance surplus before the rise would be counted to it.
Instant SpikeWatch::onset(Incident::Kind kind, double expected) const {
    Instant best_at = now_;
    double best = 0;
    int count = 0;
    for (auto heard = window_.rbegin(); heard != window_.rend(); ++heard) {
        if (kind == Incident::Kind::negativity && !heard->negative) continue;
        ++count;
        const double excess =
            count - 1.5 * expected * std::chrono::duration<double, std::ratio<3600>>(now_ - heard->at).count();
        if (excess < best) continue;
        best = excess;
        best_at = heard->at;
    }
    return best_at;
}

std::optional<Incident> SpikeWatch::unusual() const {
    if (!history_.knows_enough()) return std::nullopt;
    Incident incident{.found_at = now_};
    const auto expected = expected_now();
    const auto found = [&](Incident::Kind kind, double usual, Reason reason) {
        incident.kind = kind;
        incident.expected = usual;
        incident.found_with = incident.peak = in_window(kind);
        incident.began_at = onset(kind, usual);
        incident.reason = std::move(reason);
        return incident;
    };
    const int total = in_window(Incident::Kind::volume);
    if (total >= settings_.least && chance_of_at_least(total, expected) < settings_.volume_chance) {
        return found(Incident::Kind::volume, expected.mean,
                     {"incident.volume", {std::to_string(total), one_decimal(expected.mean)}});
    }
    if (negative_ >= settings_.least &&
        chance_of_share(negative_, total, share_.share, share_.weight) < settings_.negativity_chance) {
        return found(Incident::Kind::negativity, share_.share * total,
                     {"incident.negativity",
                      {std::to_string(negative_), std::to_string(total), one_decimal(share_.share * total)}});
    }
    return std::nullopt;
}

/// Two deviations: far below where it began, so that a fading spike does not begin again and again.
bool SpikeWatch::usual_again() const {
    const auto kind = running_->kind;
    const int count = in_window(kind);
    if (count < settings_.least) return true;
    if (kind == Incident::Kind::volume) {
        const auto expected = expected_now();
        return count <= expected.mean + 2 * std::sqrt(expected.variance());
    }
    const auto total = static_cast<double>(in_window(Incident::Kind::volume));
    const double variance = share_.share * (1 - share_.share) * total * (1 + total / share_.weight);
    return count <= share_.share * total + 2 * std::sqrt(variance);
}

std::optional<IncidentTurn> SpikeWatch::begin(Incident incident) {
    calm_since_.reset();
    if (last_ && last_->ended_at && now_ - *last_->ended_at < settings_.again) {
        running_ = std::exchange(last_, std::nullopt);
        running_->ended_at.reset();
        running_->peak = std::max(running_->peak, incident.peak);
        return IncidentTurn{IncidentTurn::What::resumed, *running_};
    }
    incident.members = static_cast<int>(
        std::ranges::count_if(window_, [&](const HeardMention& heard) { return heard.at >= incident.began_at; }));
    running_ = std::move(incident);
    return IncidentTurn{IncidentTurn::What::began, *running_};
}

std::optional<IncidentTurn> SpikeWatch::end(Instant at) {
    running_->ended_at = at;
    last_ = std::exchange(running_, std::nullopt);
    calm_since_.reset();
    return IncidentTurn{IncidentTurn::What::ended, *last_};
}

void SpikeWatch::resume(std::span<const HeardMention> past_hour, std::optional<Incident> last) {
    window_.assign(past_hour.begin(), past_hour.end());
    negative_ = static_cast<int>(std::ranges::count_if(window_, &HeardMention::negative));
    if (!window_.empty()) now_ = std::max(now_, window_.back().at);
    if (last) (last->ended_at ? last_ : running_) = std::move(last);
}

std::optional<IncidentTurn> SpikeWatch::hear(Instant at, bool negative) {
    move_to(at);
    history_.add(at, negative);
    if (at <= now_ - kWindow) return std::nullopt;
    window_.insert(std::ranges::upper_bound(window_, at, {}, &HeardMention::at), {at, negative});
    negative_ += negative ? 1 : 0;
    if (running_) {
        ++running_->members;
        running_->peak = std::max(running_->peak, in_window(running_->kind));
        return tick(now_);
    }
    auto incident = unusual();
    return incident ? begin(std::move(*incident)) : std::nullopt;
}

std::optional<IncidentTurn> SpikeWatch::tick(Instant now) {
    if (now + kSetBack < now_) set_back(now);
    move_to(now);
    if (!running_) return std::nullopt;
    if (!usual_again()) {
        calm_since_.reset();
        if (now_ - running_->found_at < settings_.longest) return std::nullopt;
        // Mixed with the weeks before, the new level would be unusual again in one hour of the week after another.
        history_ = HourHistory(std::chrono::floor<std::chrono::hours>(now_), {HourCount{}});
        auto turn = end(now_);
        turn->learns_anew = true;
        return turn;
    }
    if (!calm_since_) calm_since_ = now_;
    return now_ - *calm_since_ >= settings_.calm ? end(*calm_since_) : std::nullopt;
}

std::vector<Incident> backtest(std::vector<HeardMention> heard, IncidentSettings settings) {
    constexpr std::chrono::minutes kTick{1};
    std::ranges::stable_sort(heard, {}, &HeardMention::at);
    SpikeWatch watch(settings);
    std::vector<Incident> incidents;
    const auto keep = [&](const std::optional<IncidentTurn>& turn) {
        if (!turn) return;
        if (turn->what == IncidentTurn::What::began)
            incidents.push_back(turn->incident);
        else
            incidents.back() = turn->incident;
    };
    for (std::size_t i = 0; i < heard.size(); ++i) {
        keep(watch.hear(heard[i].at, heard[i].negative));
        const bool last = i + 1 == heard.size();
        for (Instant at = heard[i].at + kTick; watch.running() && !last && at < heard[i + 1].at; at += kTick)
            keep(watch.tick(at));
    }
    if (watch.running()) incidents.back() = *watch.running();
    return incidents;
}

std::string print_backtest(std::span<const Incident> incidents) {
    std::string out;
    for (const auto& incident : incidents) {
        out += to_rfc3339(incident.found_at) + " " + std::string(to_string(incident.kind)) + ": " +
               in_words(incident.reason, Texts("en")) + "; began " + to_rfc3339(incident.began_at) + ", " +
               (incident.ended_at ? "ended " + to_rfc3339(*incident.ended_at) : std::string("still runs")) + ", " +
               std::to_string(incident.members) + " mentions, at most " + std::to_string(incident.peak) + " an hour\n";
    }
    return out.empty() ? "no incident\n" : out;
}

}  // namespace rasid
