#pragma once

#include "daemon/config.hpp"
#include "daemon/curl/http.hpp"
#include "daemon/curl/smtp.hpp"
#include "daemon/sentiment_client.hpp"
#include "daemon/webhook_delivery.hpp"

#include <string>
#include <vector>

namespace rasid {

// What the configuration says to each of the services outside. Secrets are read from their files; one that cannot be
// read is an error at the place that names it.

FetchConfig fetch_of(const Config& config);
SmtpConfig smtp_of(const Config& config, std::vector<SetupError>& errors);
SentimentServiceConfig sentiment_of(const Config& config, std::vector<SetupError>& errors);
std::vector<WebhookTarget> webhook_targets(const Config& config, std::vector<SetupError>& errors);

/// Where the value of a dotted key was written; nowhere, when it is a default.
Origin origin_of(const Config& config, const std::string& key);

/// Whether something differs that only a restart can change: storage, listeners, the control socket.
bool needs_restart(const Config& running, const Config& next);

/// A configuration that was read again, whole or with the errors of the first step that failed.
struct ReadAgain {
    Config config = {};
    SmtpConfig smtp = {};
    SentimentServiceConfig sentiment = {};
    std::vector<WebhookTarget> webhooks = {};
    std::vector<SetupError> errors = {};
};
ReadAgain read_again(const std::string& main_file);

}  // namespace rasid
