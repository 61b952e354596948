#pragma once

#include "core/customer.hpp"
#include "core/failure.hpp"
#include "core/setup.hpp"
#include "core/touch.hpp"

#include <string>
#include <vector>

namespace rasid {

/// What every touch carries besides its own words.
struct TouchContent {
    std::string value_item = {};
    bool asks_for_referral = false;                ///< not while a case is open, and not in a recovery call
    std::string referral_reminder = {};            ///< empty where it does not ask
    std::vector<std::string> referral_steps = {};  ///< how to refer somebody
};

/// In a language ("ar" or "en"): the customer's for what he reads, the person's for what a person reads. Value items of
/// a kind are taken in turn.
TouchContent content_of(const PlanTemplate& plan, const PlannedTouch& touch, const Guard& guard,
                        std::string_view language);

/// An e-mail touch, ready to be built and sent.
struct TouchMail {
    std::string subject = {};
    std::string language = {};                 ///< "ar" or "en"; also its direction
    std::vector<std::string> paragraphs = {};  ///< plain text
    std::vector<std::string> steps = {};       ///< a numbered list: how to refer somebody; may be empty
    std::string unsubscribe_text = {};         ///< newsletters only
    std::string unsubscribe_url = {};          ///< also for List-Unsubscribe, with List-Unsubscribe-Post
};

/// What a mail says. `body` is what a person wrote for it, with `{name}` for the customer's name; empty: the touch's
/// draft. `unsubscribe_url` holds the token that takes this customer's consent to newsletters back; a newsletter
/// without one is refused, as is a touch that no mail carries, that is held, or whose customer has no address.
Result<TouchMail> mail_of(const PlanTemplate& plan, const PlannedTouch& touch, const Customer& customer,
                          const Guard& guard, std::string_view body, std::string_view unsubscribe_url);

/// The customer after a click on that link: no consent to mail, with its source.
Customer unsubscribed(Customer customer, Instant now);

}  // namespace rasid
