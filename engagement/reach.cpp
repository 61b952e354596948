#include "engagement/reach.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace rasid {
namespace {

constexpr std::array<std::string_view, 1> kMail = {"mail"};
constexpr std::array<std::string_view, 1> kPhone = {"phone"};
constexpr std::array<std::string_view, 1> kPost = {"post"};
constexpr std::array<std::string_view, 2> kNote = {"mail", "text"};
constexpr std::array<std::string_view, 3> kCard = {"post", "mail", "text"};

}  // namespace

std::span<const std::string_view> channels_of(std::string_view kind) {
    if (kind == "newsletter") return kMail;
    if (kind == "call" || kind == "recovery_call") return kPhone;
    if (kind == "follow_up_note") return kNote;
    if (kind == "gift") return kPost;
    return kCard;
}

std::optional<bool> consent_of(const Customer& customer, std::string_view channel) {
    const ChannelConsent* newest = nullptr;
    for (const auto& consent : customer.consents) {
        if (consent.channel == channel && (!newest || consent.at >= newest->at)) newest = &consent;
    }
    return newest ? std::optional(newest->granted) : std::nullopt;
}

bool has_address_for(const Customer& customer, std::string_view channel) {
    if (channel == "mail") return !customer.emails.empty();
    if (channel == "phone" || channel == "text") return !customer.phones.empty();
    if (channel == "post") return !customer.address.empty();
    return false;
}

Reach reach_for(const Customer& customer, std::string_view kind, bool only_by_consent) {
    std::vector<std::string_view> allowed;
    const bool asks = only_by_consent && kind == "newsletter";
    for (const auto channel : channels_of(kind)) {
        const auto consent = consent_of(customer, channel);
        if (consent.value_or(!asks)) allowed.push_back(channel);
    }
    if (allowed.empty()) {
        std::string channels;
        for (const auto channel : channels_of(kind)) channels += (channels.empty() ? "" : ", ") + std::string(channel);
        return {.why = "no consent to " + channels};
    }
    if (std::ranges::find(allowed, customer.preferred_channel) != allowed.end())
        return {customer.preferred_channel, "preferred"};
    const auto known =
        std::ranges::find_if(allowed, [&](std::string_view channel) { return has_address_for(customer, channel); });
    if (known != allowed.end()) return {std::string(*known), "address known"};
    return {std::string(allowed.front()), "no address known yet"};
}

}  // namespace rasid
