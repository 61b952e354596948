#include "escalation/webhook.hpp"

#include "core/json.hpp"
#include "escalation/outside_text.hpp"

#include <sodium.h>

#include <array>
#include <charconv>
#include <chrono>

namespace rasid {
namespace {

constexpr std::size_t kWebhookTextBytes = 2000;
constexpr std::size_t kLineBytes = 200;
constexpr std::string_view kVersion = "v1";

std::string signature_of(std::string_view secret, std::string_view timestamp, std::string_view body) {
    // Needed once before anything else of the library; repeating it does nothing.
    if (sodium_init() < 0) return {};
    crypto_auth_hmacsha256_state state;
    const auto bytes = [](std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); };
    crypto_auth_hmacsha256_init(&state, bytes(secret), secret.size());
    for (const std::string_view part : {kVersion, std::string_view(":"), timestamp, std::string_view(":"), body})
        crypto_auth_hmacsha256_update(&state, bytes(part), part.size());
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
    crypto_auth_hmacsha256_final(&state, mac.data());
    std::array<char, crypto_auth_hmacsha256_BYTES * 2 + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), mac.data(), mac.size());
    sodium_memzero(&state, sizeof state);
    return std::string(kVersion) + "=" + hex.data();
}

/// The three characters that Slack reads as its own: "<!channel>" would ring a whole house.
std::string slack_escaped(std::string_view text) {
    std::string out;
    for (const char byte : text) {
        if (byte == '&')
            out += "&amp;";
        else if (byte == '<')
            out += "&lt;";
        else if (byte == '>')
            out += "&gt;";
        else
            out += byte;
    }
    return out;
}

/// Lines of a text without control characters, without the invisible ones that mails need.
std::string several_lines(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        if (!out.empty()) out += '\n';
        out += plain_line(text.substr(at, end - at), kWebhookTextBytes);
        if (out.size() >= kWebhookTextBytes) break;
        at = end + 1;
    }
    return out.size() > kWebhookTextBytes ? plain_line(out, kWebhookTextBytes) : out;
}

void plain_block(JsonWriter& out, const std::string& text) {
    out.object([&] {
        out.member("type", "section");
        out.key("text");
        out.object([&] {
            out.member("type", "plain_text");
            out.member("text", text);
            out.member("emoji", false);
        });
    });
}

}  // namespace

std::string webhook_headline(const WebhookNotice& notice) {
    std::string out = "Ticket #" + std::to_string(notice.ticket.number) + " (" + notice.ticket.queue + "): ";
    if (notice.target)
        out += std::string(to_string(*notice.target)) + " " + std::to_string(notice.percent) + " %";
    else
        out += "nobody has acknowledged it";
    return out;
}

std::string webhook_body(const WebhookNotice& notice, Instant now) {
    const auto& ticket = notice.ticket;
    JsonWriter out;
    out.object([&] {
        out.member("version", 1);
        out.member("kind", "escalation");
        out.member("key", notice.key);
        out.member("sent_at", to_rfc3339(now));
        out.member("recipient", notice.recipient);
        out.key("target");
        if (notice.target)
            out.value(to_string(*notice.target));
        else
            out.null();
        out.member("percent", notice.percent);
        out.key("due_at");
        if (notice.due_at)
            out.value(to_rfc3339(*notice.due_at));
        else
            out.null();
        out.key("ticket");
        out.object([&] {
            out.member("id", ticket.id);
            out.member("number", ticket.number);
            out.member("state", to_string(ticket.state));
            out.member("priority", to_string(ticket.priority));
            out.member("queue", ticket.queue);
            out.member("brand", ticket.brand);
            out.member("assignee", notice.assignee);
            out.member("url", notice.ticket_url);
        });
        out.key("mention");
        out.object([&] {
            out.member("platform", ticket.platform);
            out.member("author", plain_line(ticket.author.handle, kLineBytes));
            out.member("author_name", plain_line(ticket.author.name, kLineBytes));
            out.member("text", several_lines(notice.text));
            out.member("url", plain_line(notice.mention_url, kWebhookTextBytes));
        });
    });
    return std::move(out).take();
}

std::string slack_body(const WebhookNotice& notice, Instant now) {
    const auto due = !notice.due_at          ? std::string()
                     : *notice.due_at <= now ? ", late since " + to_rfc3339(*notice.due_at)
                                             : ", due " + to_rfc3339(*notice.due_at);
    const auto head = webhook_headline(notice) + due;
    const auto said = plain_line(notice.ticket.author.handle, kLineBytes) + ": " + several_lines(notice.text);
    const auto who = notice.assignee.empty() ? std::string("nobody has it") : notice.assignee + " has it";
    JsonWriter out;
    out.object([&] {
        // What phones and old clients show instead of the blocks.
        out.member("text", slack_escaped(head + "\n" + said + "\n") + notice.ticket_url);
        out.key("blocks");
        out.array([&] {
            plain_block(out, head + " (" + who + ")");
            plain_block(out, said);
            plain_block(out, notice.ticket_url.empty() ? "-" : notice.ticket_url);
        });
    });
    return std::move(out).take();
}

std::vector<std::pair<std::string, std::string>> webhook_headers(std::string_view secret, std::string_view key,
                                                                 std::string_view body, Instant now) {
    const auto timestamp = std::to_string(std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count());
    return {{"Content-Type", "application/json"},
            {"Idempotency-Key", std::string(key)},
            {"X-Rasid-Timestamp", timestamp},
            {"X-Rasid-Signature", signature_of(secret, timestamp, body)}};
}

bool webhook_is_genuine(std::string_view secret, std::string_view timestamp, std::string_view signature,
                        std::string_view body, Instant now, Duration tolerance) {
    std::int64_t seconds = 0;
    const auto read = std::from_chars(timestamp.data(), timestamp.data() + timestamp.size(), seconds);
    if (read.ec != std::errc() || read.ptr != timestamp.data() + timestamp.size()) return false;
    const auto sent = std::chrono::sys_seconds(std::chrono::seconds(seconds));
    const auto today = std::chrono::floor<std::chrono::seconds>(now);
    const auto allowed = std::chrono::floor<std::chrono::seconds>(tolerance);
    if (sent < today - allowed || sent > today + allowed) return false;
    const auto ours = signature_of(secret, timestamp, body);
    return !ours.empty() && ours.size() == signature.size() &&
           sodium_memcmp(ours.data(), signature.data(), ours.size()) == 0;
}

}  // namespace rasid
