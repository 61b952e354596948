#include "escalation/channel_speed.hpp"

#include <algorithm>

namespace rasid {
namespace {

using namespace std::chrono_literals;

constexpr std::array kClasses = {ChannelClass::live, ChannelClass::social, ChannelClass::email};

bool share_a_brand(const Queue& one, const Queue& other) {
    return one.brand.empty() || other.brand.empty() || one.brand == other.brand;
}

std::string minutes(Duration time) { return to_duration_text(std::chrono::floor<std::chrono::seconds>(time)); }

void warn(MeasuredSpeed& speed, Spread ClassSpeed::*part, int enough, std::string_view kind) {
    for (const auto faster : kClasses) {
        for (const auto slower : kClasses) {
            const auto& quick = speed.classes[static_cast<std::size_t>(faster)].*part;
            const auto& slow = speed.classes[static_cast<std::size_t>(slower)].*part;
            if (faster >= slower || std::min(quick.count, slow.count) < std::max(enough, 1)) continue;
            if (*slow.mean > *quick.mean) continue;
            speed.warnings.push_back(std::string(kind) + ": " + std::string(to_string(slower)) + " is answered in " +
                                     minutes(*slow.mean) + " on average, " + std::string(to_string(faster)) + " in " +
                                     minutes(*quick.mean));
        }
    }
}

}  // namespace

std::string_view to_string(ChannelClass channel_class) {
    switch (channel_class) {
    case ChannelClass::live:
        return "phone and chat";
    case ChannelClass::social:
        return "social";
    case ChannelClass::email:
        return "e-mail";
    }
    return {};
}

ChannelClass class_of(std::string_view channel) {
    if (channel == "phone" || channel == "chat") return ChannelClass::live;
    return channel == "email" ? ChannelClass::email : ChannelClass::social;
}

Duration shipped_first_response(std::string_view channel) {
    if (channel == "phone") return 2min;
    if (channel == "chat") return 5min;
    return channel == "email" ? Duration(24h) : Duration(1h);
}

std::vector<SpeedInversion> speed_inversions(std::span<const Queue> queues) {
    std::vector<SpeedInversion> inversions;
    for (const auto& faster : queues) {
        for (const auto& slower : queues) {
            if (class_of(faster.channel) >= class_of(slower.channel) || !share_a_brand(faster, slower)) continue;
            if (!faster.targets.first_response || !slower.targets.first_response) continue;
            if (*slower.targets.first_response > *faster.targets.first_response) continue;
            const auto slow = to_duration_text(*slower.targets.first_response);
            const auto quick = to_duration_text(*faster.targets.first_response);
            inversions.push_back(
                {.faster = faster.name,
                 .slower = slower.name,
                 .what = "queue `" + slower.name + "` (" + slower.channel + ") promises an answer in " + slow +
                         ", no later than queue `" + faster.name + "` (" + faster.channel + ") in " + quick +
                         "; phone and chat come before social, social before e-mail",
                 .what_ar = "القائمة `" + slower.name + "` (" + slower.channel + ") تعد بجواب خلال " + slow +
                            "، أي ليس بعد القائمة `" + faster.name + "` (" + faster.channel + ") خلال " + quick +
                            "؛ الهاتف والدردشة قبل التواصل الاجتماعي، وهو قبل البريد"});
        }
    }
    return inversions;
}

std::vector<SetupError> speed_warnings(const Setup& setup) {
    std::vector<SetupError> warnings;
    for (auto& inversion : speed_inversions(setup.queues)) {
        const auto* slower = find_named(setup.queues, inversion.slower);
        warnings.push_back(
            {slower ? slower->origin : Origin(), std::move(inversion.what), std::move(inversion.what_ar)});
    }
    return warnings;
}

MeasuredSpeed measure_speed(std::span<const AnsweredIn> answers, int enough) {
    struct Times {
        std::vector<Duration> usual = {};
        std::vector<Duration> negative = {};
    };
    std::array<Times, kClasses.size()> times;
    std::vector<Duration> all;
    for (const auto& answer : answers) {
        auto& of_class = times[static_cast<std::size_t>(answer.channel)];
        (answer.negative ? of_class.negative : of_class.usual).push_back(answer.after);
        all.push_back(answer.after);
    }
    MeasuredSpeed speed{.all = spread_of(std::move(all))};
    for (std::size_t i = 0; i < kClasses.size(); ++i)
        speed.classes[i] = {spread_of(std::move(times[i].usual)), spread_of(std::move(times[i].negative))};
    warn(speed, &ClassSpeed::usual, enough, "mentions that are not negative");
    warn(speed, &ClassSpeed::negative, enough, "negative mentions");
    return speed;
}

}  // namespace rasid
