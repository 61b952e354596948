#pragma once

#include "core/setup.hpp"
#include "core/setup_toml.hpp"
#include "escalation/report/spread.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// Contact centres answer by phone and web chat first, on social media next, by e-mail last.
enum class ChannelClass { live, social, email };
std::string_view to_string(ChannelClass channel_class);

/// Of a queue's channel: phone and chat are live; a word that is none of ours counts as social.
ChannelClass class_of(std::string_view channel);

/// The first response that a queue of this channel promises where nobody says otherwise: phone 2 min, chat 5 min,
/// social 1 h, e-mail 24 h.
Duration shipped_first_response(std::string_view channel);

/// Two queues whose promises stand the wrong way round: `slower` is of the slower class and promises no later answer.
/// Only queues of one brand are compared; one without a brand serves all.
struct SpeedInversion {
    std::string faster = {};
    std::string slower = {};
    std::string what = {};  ///< for people, in English; names both queues and their times
    std::string what_ar = {};
};
std::vector<SpeedInversion> speed_inversions(std::span<const Queue> queues);

/// The same as what is told beside the errors of a setup, placed at the slower queue. It stops nobody.
std::vector<SetupError> speed_warnings(const Setup& setup);

/// One answer that was given.
struct AnsweredIn {
    ChannelClass channel = ChannelClass::social;
    Duration after = {};  ///< from the opening to the first human answer
    bool negative = false;
};

struct ClassSpeed {
    Spread usual = {};     ///< of the answers to mentions that were not negative
    Spread negative = {};  ///< of the others
};

struct MeasuredSpeed {
    Spread all = {};
    std::array<ClassSpeed, 3> classes = {};  ///< by ChannelClass
    std::vector<std::string> warnings = {};  ///< where a slower class is answered faster; empty: all is in order
};

/// Speed of answer per class, negative mentions apart. Warnings compare means; a class with fewer than `enough` answers
/// of a kind warns of nothing.
MeasuredSpeed measure_speed(std::span<const AnsweredIn> answers, int enough = 20);

}  // namespace rasid
