#pragma once

#include "core/instant.hpp"
#include "core/verdict.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rasid {

enum class OutboxState { waiting, sending, sent, dead, cancelled };
std::string_view to_string(OutboxState state);
std::optional<OutboxState> parse_outbox_state(std::string_view word);

/// A durable intent to tell somebody something: a mail to one recipient, or an action on a platform.
struct OutboxItem {
    std::string id =
        {};  ///< the Message-ID of a mail and the idempotency key of a reply come from it, so retries are recognised
    std::string kind = {};  ///< escalation | update | digest | test (mails to us), touch | survey (to customers); reply
                            ///< | reshare | like | hide (platform); webhook
    std::string key = {};   ///< unique: the same intent is never queued twice; e.g. "ticket/first_response/50/person"
    std::string to = {};    ///< mail address, or name of the source or webhook
    std::string ticket = {};
    std::string event = {};    ///< what asked for it: a ticket event, a planned touch, a survey
    std::string payload = {};  ///< JSON; a mail: {subject,text,html,language,references,unsubscribe_url}; a reply:
                               ///< {token,text,visibility,author}
    Priority priority = Priority::normal;
    Instant created_at = {};
    Instant not_before = {};
    OutboxState state = OutboxState::waiting;
    int attempts = 0;
    std::string last_error = {};
    std::optional<Instant> finished_at = {};

    bool operator==(const OutboxItem&) const = default;
};

inline bool is_to_customer(const OutboxItem& item) { return item.kind == "touch" || item.kind == "survey"; }

inline bool is_webhook(const OutboxItem& item) { return item.kind == "webhook"; }

/// How the key of a call begins that tells of a ticket event whatever became of the ticket; other calls escalate it.
inline constexpr std::string_view kRelayed = "relay/";
inline bool is_relayed(const OutboxItem& item) { return is_webhook(item) && item.key.starts_with(kRelayed); }

inline bool is_mail(const OutboxItem& item) {
    return item.kind == "escalation" || item.kind == "update" || item.kind == "digest" || item.kind == "test" ||
           item.kind == "invitation" || is_to_customer(item);
}

/// Every mail goes to the one mail server of the configuration, whoever its recipient is.
inline constexpr std::string_view kMailServer = "mail";
/// What fails together: the mail server, a webhook, a source.
inline std::string destination_of(const OutboxItem& item) {
    if (is_mail(item)) return std::string(kMailServer);
    return (is_webhook(item) ? "webhook " : "source ") + item.to;
}

}  // namespace rasid
