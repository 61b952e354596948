#pragma once

#include "core/customer.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace rasid {

// By which channel a touch reaches a customer: what the kind allows, what he agreed to, what he likes.

/// The channels that can carry a kind, the usual one first: mail | phone | text | post.
std::span<const std::string_view> channels_of(std::string_view kind);

/// What he said about a channel; nullopt: he was never asked.
std::optional<bool> consent_of(const Customer& customer, std::string_view channel);

/// Whether his record holds where to reach him by it.
bool has_address_for(const Customer& customer, std::string_view channel);

struct Reach {
    std::string channel = {};  ///< empty: none is allowed
    std::string why = {};      ///< why that one, or why none
};

/// The channel for a touch of a kind: one he refused never; else the one he prefers, else one whose address is known,
/// else the usual one. With `only_by_consent` newsletters need his yes.
Reach reach_for(const Customer& customer, std::string_view kind, bool only_by_consent = false);

}  // namespace rasid
