#pragma once

#include "core/clock.hpp"
#include "core/random.hpp"
#include "daemon/intake.hpp"
#include "daemon/notice_mails.hpp"
#include "storage/database.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>
#include <string>

namespace rasid {

/// Puts what happened to tickets into people's inboxes and writes the mails that are due: all in the caller's
/// transaction, so that a crash neither loses a mail nor sends one twice. Returns how many mails were written.
int tell_people(Store& store, const Policies& policies, const NoticeLinks& links, const std::string& time_zone,
                Random& random, Instant now);

struct NotifierEnv {
    boost::asio::any_io_executor executor;
    Database& database;
    Clock& clock;
    Random& random;
    std::function<std::shared_ptr<const Decisions>()> decisions;
    NoticeLinks links;
    std::function<void()> outbox_changed;
    std::string time_zone;
};

/// Tells people, once a second and when it is woken.
class Notifier {
public:
    explicit Notifier(NotifierEnv env) : env_(std::move(env)), timer_(env_.executor) {}

    /// Runs until cancelled.
    Task<void> run();

    /// Everything that is to be told now; returns how many mails were written.
    Task<int> tick();

    /// Something happened to a ticket: look without waiting.
    void wake() { timer_.cancel(); }

private:
    NotifierEnv env_;
    boost::asio::steady_timer timer_;
    Instant last_ = Instant::max();  ///< of the last tick; at the start nobody knows what the clock did meanwhile
};

}  // namespace rasid
