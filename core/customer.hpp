#pragma once

#include "core/instant.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

using Date = std::chrono::year_month_day;

/// "2026-02-01".
std::string to_string(Date date);
std::optional<Date> parse_date(std::string_view text);

/// The UTC day of an instant.
Date utc_date(Instant at);

/// The link of a platform account to a customer.
struct Identity {
    std::string platform = {};
    std::string handle = {};     ///< without @, compared in folded form (fold_handle)
    std::string linked_by = {};  ///< "import" or "hand"
    Instant linked_at = {};

    bool operator==(const Identity&) const = default;
};

/// Handles compare without a leading @ and without case.
std::string fold_handle(std::string_view handle);

struct Purchase {
    Date date = {};
    std::int64_t amount_minor = 0;  ///< hundredths of the currency
    std::string currency = {};

    bool operator==(const Purchase&) const = default;
};

/// A day that comes back every year: a wedding, the first purchase.
struct Anniversary {
    std::string name = {};
    Date date = {};

    bool operator==(const Anniversary&) const = default;
};

/// What a customer said about being reached by one channel. A channel without an entry: he was never asked.
struct ChannelConsent {
    std::string channel = {};  ///< mail | phone | text | post, or testimonial/MENTION: resharing what he said
    bool granted = false;
    Instant at = {};
    std::string source = {};  ///< "import", "unsubscribe link", "told Sara"…

    bool operator==(const ChannelConsent&) const = default;
};

/// Days of silence, both ends included.
struct QuietPeriod {
    Date from = {};
    Date to = {};
    std::string reason = {};

    bool operator==(const QuietPeriod&) const = default;
};

/// "2026-03-01/2026-03-10=reason"; the reason may be missing.
std::optional<QuietPeriod> parse_quiet(std::string_view text);
std::string print_quiet(const QuietPeriod& period);

/// Where a field of a customer came from and when somebody last confirmed it. A field of a list is named with its
/// value: "interests/coffee".
struct FieldSource {
    std::string field = {};
    std::string source = {};  ///< "import", "by hand", "own mentions", "merge"
    Instant confirmed_at = {};

    bool operator==(const FieldSource&) const = default;
};

/// Somebody whom we keep.
struct Customer {
    std::string id = {};
    std::string name = {};
    std::string name_latin = {};
    std::vector<std::string> emails = {};
    std::vector<std::string> phones = {};
    std::string language = {};
    std::optional<Date> birthday = {};
    std::string address = {};
    std::string tier = {};
    std::string brand = {};
    std::string plan = {};  ///< name of the plan template; empty: the first one of the setup
    std::vector<Purchase> purchases = {};
    std::vector<Identity> identities = {};
    std::vector<Anniversary> anniversaries = {};
    std::vector<std::string> interests = {};
    std::string preferred_channel = {};  ///< mail | phone | text | post; empty: none
    std::vector<ChannelConsent> consents = {};
    std::vector<std::string> occasions = {};  ///< keys of the occasions that he keeps: "eid_al_fitr"
    std::vector<QuietPeriod> quiet = {};
    std::string known_as = {};     ///< past_client | circle | referred; empty: not known
    std::string referred_by = {};  ///< id of a customer, or a name where the person is none
    std::string notes = {};
    std::string owner = {};  ///< id of the person who keeps the contact; empty: nobody's own
    std::vector<FieldSource> sources = {};

    bool operator==(const Customer&) const = default;
};

}  // namespace rasid
