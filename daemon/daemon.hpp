#pragma once

#include "connectors/source_kind.hpp"
#include "core/files.hpp"
#include "core/task.hpp"
#include "daemon/config.hpp"
#include "daemon/mail_sender.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace rasid {

struct DaemonOptions {
    Config config = {};
    std::string config_file = {};  ///< read again on SIGHUP; empty: reload keeps everything
    std::string web_dir = {};
    bool demo = false;
    Files* files = nullptr;             ///< what sources read; null: the machine's files
    MailSender* mail_sender = nullptr;  ///< where mails go instead of [mail]; null: to [mail]
    /// Called on the loop thread once the daemon is ready.
    std::function<void()> on_ready = {};
};

/// The whole daemon: built in one place, in order of dependence, and taken down in reverse.
class Daemon {
public:
    Daemon(boost::asio::any_io_executor executor, DaemonOptions options);
    ~Daemon();

    /// Starts everything, serves until a signal or `request_stop`, then drains. The result is the exit code; a start
    /// that cannot work has told why on stderr and gives 78, a store that fails while running gives 1.
    Task<int> run();

    void request_stop();

    // For the demo, once ready.
    std::uint16_t port() const;
    std::string add_sign_in_token(const std::string& person_id);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace rasid
