#pragma once

#include "core/setup_toml.hpp"
#include "daemon/address_guard.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace rasid {

/// A configured source as written, before its kind has checked the options.
struct SourceConfig {
    std::string name = {};
    std::string kind = {};
    std::string platform = {};  ///< empty: the kind's own
    std::string brand = {};
    Duration every = std::chrono::minutes(1);
    std::optional<Instant> since = {};  ///< absent: the moment the source was added
    Duration silent_after = std::chrono::hours(48);
    std::vector<std::string> own_accounts = {};
    int budget_requests = 280;                         ///< requests allowed …
    Duration budget_window = std::chrono::minutes(5);  ///< … within this time
    /// Options of the kind: values by name with the place they were written at.
    struct Value {
        std::string text = {};
        std::vector<std::string> list = {};
        bool is_list = false;
        bool is_text = true;
        Origin origin = {};
    };
    std::map<std::string, Value, std::less<>> options = {};
    Origin origin = {};
};

/// Where steps of ladders are told besides by mail, and what happens to tickets.
struct WebhookConfig {
    std::string name = {};
    std::string kind =
        {};  ///< "slack": an incoming webhook of Slack or its likes; "signed": ours, see docs/escalation.md
    std::string url = {};                  ///< of a slack webhook it is a secret itself
    std::string url_file = {};             ///< the file that holds it, in place of `url`
    std::string secret_file = {};          ///< of a signed one: what it is signed with
    std::vector<std::string> events = {};  ///< of tickets, that a signed one is told of: "ticket_opened"…, or "*"
    std::vector<std::string> brands = {};  ///< of these alone; empty: of all
    Origin origin = {};
};

/// What belongs to the machine.
struct Config {
    std::string storage_url = "sqlite:/var/lib/rasid/rasid.db";
    int retention_days = 180;
    std::string web_listen = "127.0.0.1:8080";
    std::string public_url = {};  ///< empty: made from the listener
    std::string tls_cert = {};
    std::string tls_key = {};
    std::vector<std::string> trusted_proxies = {};
    std::string mail_url = {};  ///< empty: mails wait in the outbox
    std::string mail_from = {};
    std::string mail_username = {};
    std::string mail_password_file = {};
    std::string mail_ca_file = {};
    Duration mail_patience = std::chrono::minutes(10);  ///< for each answer of the mail server
    std::string sentiment_url = {};                     ///< of an external model; empty: the built-in one alone
    std::string sentiment_token_file = {};
    std::chrono::milliseconds sentiment_timeout = std::chrono::seconds(2);  ///< for all of a page
    std::vector<Allowance> allow_private = {};
    std::string proxy = {};
    std::string heartbeat_url = {};
    Duration heartbeat_every = std::chrono::minutes(1);
    std::string metrics_listen = {};  ///< empty: none
    std::string control_socket = "/run/rasid/control.sock";
    std::string time_zone = "UTC";
    std::vector<WebhookConfig> webhooks = {};
    std::vector<SourceConfig> sources = {};

    /// Where each value comes from, by dotted key, for `config show`.
    std::map<std::string, Origin> origins = {};
};

struct ParsedConfig {
    Config config = {};
    std::vector<SetupError> errors = {};
};

struct ConfigFile {
    std::string name;
    std::string content;
};

/// Reads the files in order; later ones win, arrays replace, sources are known by their name. Options of sources are
/// checked against their kinds; secrets are not read.
ParsedConfig parse_config(const std::vector<ConfigFile>& files);

/// The merged configuration as TOML with the origin of each value as a comment; secrets are file names and stay so.
std::string print_config(const Config& config);

/// The main file and the *.toml of conf.d beside it, in name order. A missing main file is an error.
struct ReadConfig {
    std::vector<ConfigFile> files = {};
    std::vector<SetupError> errors = {};
};
ReadConfig read_config_files(const std::string& main_file);

}  // namespace rasid
