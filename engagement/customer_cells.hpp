#pragma once

#include "core/customer.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

// What a single cell of a customers file may hold, and one entry of a list in it.

/// Without blanks at both ends.
std::string_view trimmed(std::string_view text);

/// With a leading apostrophe where a spreadsheet would run the cell as a formula; `unguarded` takes exactly that one
/// away.
std::string guarded(const std::string& text);
std::string_view unguarded(std::string_view text);

bool is_email(std::string_view text);
bool is_phone(std::string_view text);
bool is_language(std::string_view text);  ///< looks like BCP 47

/// "platform:name", with or without @.
std::optional<Identity> parse_handle(std::string_view text, Instant now);

/// "2026-01-10=120.5 SAR"; digits behind the second decimal must be zeros.
std::optional<Purchase> parse_purchase(std::string_view text);
std::string print_purchase(const Purchase& purchase);

/// "wedding=2015-06-01".
std::optional<Anniversary> parse_anniversary(std::string_view text);
std::string print_anniversary(const Anniversary& anniversary);

/// "mail=yes", "phone=no".
std::optional<ChannelConsent> parse_consent(std::string_view text, Instant now);
std::string print_consent(const ChannelConsent& consent);

bool is_channel(std::string_view text);   ///< mail | phone | text | post
bool is_known_as(std::string_view text);  ///< past_client | circle | referred

/// Everything that identifies a person, in comparable form and with a word for people: "e-mail a@example.org".
std::vector<std::string> identifying_keys(const Customer& customer);

}  // namespace rasid
