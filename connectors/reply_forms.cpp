#include "connectors/reply_forms.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rasid {
namespace {

constexpr int kShortenedLink = 23;  // of X, which Mastodon took over

struct Known {
    std::string_view platform;
    int limit;
    LengthUnit unit;
    int url_length = 0;
    bool counts_remote_handles = true;
};

constexpr std::array kKnown = {
    Known{"x", 280, LengthUnit::weighted, kShortenedLink},
    Known{"bluesky", 300, LengthUnit::graphemes},
    Known{"mastodon", 500, LengthUnit::graphemes, kShortenedLink, false},
    Known{"threads", 500, LengthUnit::graphemes},
    Known{"instagram", 2200, LengthUnit::utf16},
    Known{"telegram", 4096, LengthUnit::utf16},
};

}  // namespace

ReplyForm reply_form_of_platform(std::string_view platform) {
    const auto known = std::ranges::find(kKnown, platform, &Known::platform);
    if (known == kKnown.end()) return unknown_reply_form();
    ReplyForm form{.limit = known->limit,
                   .unit = known->unit,
                   .url_length = known->url_length,
                   .counts_remote_handles = known->counts_remote_handles};
    if (platform == "mastodon")
        form.visibilities = {Visibility::open, Visibility::unlisted, Visibility::followers, Visibility::direct};
    return form;
}

}  // namespace rasid
