#pragma once

#include "core/outbox.hpp"
#include "core/random.hpp"
#include "escalation/notification_policy.hpp"
#include "escalation/policies.hpp"
#include "storage/reader.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace rasid {

/// The addresses that mails to us name. Called on the storage thread.
struct NoticeLinks {
    std::function<std::string(std::string_view ticket, std::string_view person)> acknowledge_url = {};
    std::function<std::string(std::string_view ticket)> ticket_url = {};
    std::string queue_url = {};
    std::string settings_url = {};
};

/// Writes the mails that a person's inbox has decided on, of tickets as they are by now.
class NoticeMails {
public:
    /// Everything must outlive it.
    NoticeMails(Reader& reader, const Policies& policies, const NoticeLinks& links, const std::string& time_zone,
                Random& random, Instant now)
        : reader_(reader), policies_(policies), links_(links), time_zone_(time_zone), random_(random), now_(now) {}

    /// nullopt: there is nothing left to tell, since somebody acted meanwhile, or no way to tell it.
    std::optional<OutboxItem> write(const Person& person, const NotificationMail& mail);

private:
    struct Content;

    std::optional<Content> about_one(const Person& person, const NotificationMail& mail);
    std::optional<Content> about_many(const Person& person, const NotificationMail& mail);

    Reader& reader_;
    const Policies& policies_;
    const NoticeLinks& links_;
    const std::string& time_zone_;
    Random& random_;
    Instant now_;
};

}  // namespace rasid
