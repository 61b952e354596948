#pragma once

#include "core/customer.hpp"
#include "core/failure.hpp"
#include "core/outbox.hpp"
#include "core/setup.hpp"
#include "core/survey.hpp"
#include "core/touch.hpp"
#include "storage/reader.hpp"
#include "web/ack_tokens.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rasid {

/// Writes mails to customers, with the links that only this installation can make.
class CustomerMails {
public:
    /// `public_url` is what links start with. Both must outlive it.
    CustomerMails(const AckTokens& tokens, const std::string& public_url) : tokens_(tokens), public_url_(public_url) {}

    /// The mail of a planned touch, of kind `touch`: `event` is the touch, `not_before` a hold after `now` in which it
    /// can be taken back. `attempt` counts the mails of this touch from 1. `body`: what a person wrote; empty: the
    /// touch's draft. A newsletter carries its one-click way out, in the payload's `unsubscribe_url` too:
    /// List-Unsubscribe and List-Unsubscribe-Post are made of that. Fails with refused as `mail_of` does.
    Result<OutboxItem> touch_mail(const PlanTemplate& plan, const PlannedTouch& touch, const Customer& customer,
                                  const Guard& guard, std::string_view body, int attempt, Instant now) const;

    /// The mail that asks a survey's question, of kind `survey`: `event` is the survey, whose id is its intent, so that
    /// nobody is asked twice. Fails with refused: no address, no consent to mail, sent, answered or expired already.
    Result<OutboxItem> survey_mail(const Survey& survey, const Customer& customer, Instant now) const;

    /// The newest mail of a touch and how many there were; they are kept in the outbox under ids made of the touch's.
    struct SentMails {
        std::optional<OutboxItem> newest = {};
        int count = 0;

        bool on_its_way() const {
            return newest && (newest->state == OutboxState::waiting || newest->state == OutboxState::sending);
        }
    };
    static SentMails mails_of(Reader& reader, std::string_view touch);

    std::string survey_url(std::string_view survey) const;
    std::string unsubscribe_url(std::string_view customer) const;

private:
    const AckTokens& tokens_;
    const std::string& public_url_;
};

}  // namespace rasid
