#pragma once

#include "connectors/source.hpp"
#include "core/clock.hpp"
#include "core/random.hpp"
#include "daemon/circuit.hpp"
#include "daemon/intake.hpp"
#include "daemon/mail_sender.hpp"
#include "daemon/metrics.hpp"
#include "daemon/task_group.hpp"
#include "daemon/webhook_delivery.hpp"
#include "storage/database.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace rasid {

struct DispatcherEnv {
    boost::asio::any_io_executor executor;
    Database& database;
    Clock& clock;
    Random& random;
    Metrics& metrics;
    std::function<MailSender*()> mail_sender;  ///< null: no mail server is configured, mails wait
    std::function<std::string()> mail_from;
    WebhookCaller& webhooks;
    std::function<std::shared_ptr<Publisher>(std::string_view source)> publisher;
    std::function<std::shared_ptr<const Decisions>()> decisions;
    std::function<void(const Ticket&, std::string_view cause)> on_ticket;
    std::function<void(const OutboxItem&)> on_item;
    TaskGroup::OnFailure on_failure;
    std::string time_zone = "UTC";  ///< in which times told to customers are read
    std::function<std::string(std::string_view ticket)> ticket_url = {};
};

/// Empties the outbox: mails to the mail server, calls to webhooks, replies and actions to the platforms. At least
/// once, with stable ids.
///
/// A mail whose ticket was acknowledged or resolved before it left is cancelled. A reply is marked `sending` before it
/// leaves; one that a crash left so is repeated only where the platform recognises the repetition, else it is for a
/// person to decide. A destination that keeps failing is left alone for a while, so that it takes nobody's place.
class Dispatcher {
public:
    explicit Dispatcher(DispatcherEnv env);

    /// Runs until cancelled; then waits for what is being sent.
    Task<void> run();
    /// Something was put into the outbox: look again without waiting.
    void wake();
    Task<void> stop();

private:
    /// On its way, and how the attempt ended; absent: it was not tried.
    struct Flight {
        std::string destination;
        std::optional<Delivery> ended = {};
    };

    Task<void> send_due();
    BusyDestinations busy(Instant now) const;
    Task<void> set_aside(std::map<std::string, Instant> closed, Instant now);
    OutboxItem attempted(OutboxItem item, Delivery delivery, const std::string& error);
    void land(const std::string& id);
    Task<void> deliver(OutboxItem item);
    Task<void> deliver_mail(OutboxItem item);
    Task<void> save_and_tell_otherwise(OutboxItem item);
    Task<void> settle_customer_mail(OutboxItem item, std::string text);
    Task<void> deliver_webhook(OutboxItem item);
    Task<void> deliver_action(OutboxItem item);
    Task<void> settle_action(OutboxItem item, bool ok, std::string text);
    Task<void> save(const OutboxItem& item);

    DispatcherEnv env_;
    boost::asio::steady_timer timer_;
    TaskGroup sending_;
    std::map<std::string, Flight, std::less<>> in_flight_;
    Circuits circuits_;
    bool woken_ = false;
};

}  // namespace rasid
