#include "engagement/customer_cells.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdio>

namespace rasid {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

/// A cell that a spreadsheet would run, or would after one apostrophe is taken away.
bool looks_like_formula(std::string_view text) {
    const auto first = text.find_first_not_of('\'');
    return first != std::string_view::npos && std::string_view("=+-@\t\r").find(text[first]) != std::string_view::npos;
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

/// Digits alone, "00" and "+" abroad being the same.
std::string phone_key(std::string_view phone) {
    std::string digits;
    std::ranges::copy_if(phone, std::back_inserter(digits), [](unsigned char c) { return std::isdigit(c) != 0; });
    const bool abroad = trimmed(phone).starts_with('+') || digits.starts_with("00");
    if (digits.starts_with("00")) digits.erase(0, 2);
    return (abroad ? "+" : "") + digits;
}

/// "120.5" as hundredths; digits behind the second decimal must be zeros.
std::optional<std::int64_t> parse_amount(std::string_view text) {
    const auto dot = text.find('.');
    auto whole_text = text.substr(0, dot);
    auto decimals = dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
    if (dot != std::string_view::npos && decimals.empty()) return std::nullopt;
    if (decimals.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    if (decimals.size() > 2 && decimals.find_first_not_of('0', 2) != std::string_view::npos) return std::nullopt;

    std::int64_t whole = 0;
    const auto read = std::from_chars(whole_text.data(), whole_text.data() + whole_text.size(), whole);
    if (read.ec != std::errc() || read.ptr != whole_text.data() + whole_text.size() || whole_text.starts_with('-'))
        return std::nullopt;
    if (whole > 1'000'000'000'000) return std::nullopt;
    std::int64_t hundredths = 0;
    for (std::size_t i = 0; i < 2; ++i) hundredths = hundredths * 10 + (i < decimals.size() ? decimals[i] - '0' : 0);
    return whole * 100 + hundredths;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::string guarded(const std::string& text) { return looks_like_formula(text) ? "'" + text : text; }

std::string_view unguarded(std::string_view text) {
    if (text.starts_with('\'') && looks_like_formula(text)) text.remove_prefix(1);
    return text;
}

bool is_email(std::string_view text) {
    const auto at = text.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
           text.find('@', at + 1) == std::string_view::npos &&
           text.find_first_of(" \t\r\n,<>\"") == std::string_view::npos;
}

bool is_phone(std::string_view text) {
    const auto digits = std::ranges::count_if(text, [](unsigned char c) { return std::isdigit(c) != 0; });
    return digits >= 3 && digits <= 20 && text.find_first_not_of("0123456789+-(). /") == std::string_view::npos;
}

bool is_language(std::string_view text) {
    return text.size() >= 2 && text.size() <= 35 &&
           std::ranges::all_of(text, [](unsigned char c) { return (std::isalnum(c) != 0 && c < 0x80) || c == '-'; });
}

std::optional<Identity> parse_handle(std::string_view text, Instant now) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto name = trimmed(text.substr(colon + 1));
    while (name.starts_with('@')) name.remove_prefix(1);
    const auto platform = trimmed(text.substr(0, colon));
    if (platform.empty() || name.empty()) return std::nullopt;
    return Identity{.platform = lower(platform), .handle = std::string(name), .linked_by = "import", .linked_at = now};
}

std::optional<Purchase> parse_purchase(std::string_view text) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const auto date = parse_date(trimmed(text.substr(0, equals)));
    const auto price = trimmed(text.substr(equals + 1));
    const auto blank = price.find_first_of(kBlanks);
    if (!date || blank == std::string_view::npos) return std::nullopt;
    const auto amount = parse_amount(price.substr(0, blank));
    const auto currency = trimmed(price.substr(blank));
    const bool three_capitals =
        currency.size() == 3 && std::ranges::all_of(currency, [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!amount || !three_capitals) return std::nullopt;
    return Purchase{.date = *date, .amount_minor = *amount, .currency = std::string(currency)};
}

std::string print_purchase(const Purchase& purchase) {
    std::array<char, 48> amount{};
    std::snprintf(amount.data(), amount.size(), "%lld.%02lld", static_cast<long long>(purchase.amount_minor / 100),
                  static_cast<long long>(purchase.amount_minor % 100));
    return to_string(purchase.date) + "=" + amount.data() + " " + purchase.currency;
}

std::optional<Anniversary> parse_anniversary(std::string_view text) {
    const auto equals = text.rfind('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const auto name = trimmed(text.substr(0, equals));
    const auto date = parse_date(trimmed(text.substr(equals + 1)));
    if (name.empty() || !date) return std::nullopt;
    return Anniversary{.name = std::string(name), .date = *date};
}

std::string print_anniversary(const Anniversary& anniversary) {
    return anniversary.name + "=" + to_string(anniversary.date);
}

bool is_channel(std::string_view text) { return text == "mail" || text == "phone" || text == "text" || text == "post"; }

bool is_known_as(std::string_view text) { return text == "past_client" || text == "circle" || text == "referred"; }

std::optional<ChannelConsent> parse_consent(std::string_view text, Instant now) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const auto channel = trimmed(text.substr(0, equals));
    const auto word = lower(trimmed(text.substr(equals + 1)));
    const bool yes = word == "yes" || word == "true" || word == "1" || word == "نعم";
    const bool no = word == "no" || word == "false" || word == "0" || word == "لا";
    if (!is_channel(channel) || (!yes && !no)) return std::nullopt;
    return ChannelConsent{.channel = std::string(channel), .granted = yes, .at = now, .source = "import"};
}

std::string print_consent(const ChannelConsent& consent) {
    return consent.channel + (consent.granted ? "=yes" : "=no");
}

std::vector<std::string> identifying_keys(const Customer& customer) {
    std::vector<std::string> keys;
    for (const auto& email : customer.emails) keys.push_back("e-mail " + lower(email));
    for (const auto& phone : customer.phones) keys.push_back("phone " + phone_key(phone));
    for (const auto& identity : customer.identities) {
        keys.push_back("handle " + lower(identity.platform) + ":" + fold_handle(identity.handle));
    }
    return keys;
}

}  // namespace rasid
