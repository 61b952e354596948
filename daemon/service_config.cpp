#include "daemon/service_config.hpp"

#include "daemon/files_adapter.hpp"
#include "daemon/version.hpp"

#include <utility>

namespace rasid {
namespace {

/// The content of a configured secret file, empty without one; unreadable is an error at its place.
std::string secret_in(const std::string& file, const Origin& origin, std::vector<SetupError>& errors) {
    if (file.empty()) return {};
    auto secret = read_secret(file);
    if (secret) return std::move(*secret);
    errors.push_back({origin, secret.error().what});
    return {};
}

}  // namespace

Origin origin_of(const Config& config, const std::string& key) {
    const auto found = config.origins.find(key);
    return found == config.origins.end() ? Origin{} : found->second;
}

FetchConfig fetch_of(const Config& config) {
    FetchConfig fetch;
    fetch.guard = AddressGuard(config.allow_private);
    fetch.proxy = config.proxy;
    fetch.user_agent = std::string("Rasid/") + kVersion;
    return fetch;
}

SmtpConfig smtp_of(const Config& config, std::vector<SetupError>& errors) {
    return {config.mail_url, config.mail_username,
            secret_in(config.mail_password_file, origin_of(config, "mail.password_file"), errors), config.mail_ca_file,
            std::chrono::duration_cast<std::chrono::seconds>(config.mail_patience)};
}

SentimentServiceConfig sentiment_of(const Config& config, std::vector<SetupError>& errors) {
    return {config.sentiment_url,
            secret_in(config.sentiment_token_file, origin_of(config, "sentiment.token_file"), errors),
            config.sentiment_timeout};
}

std::vector<WebhookTarget> webhook_targets(const Config& config, std::vector<SetupError>& errors) {
    std::vector<WebhookTarget> targets;
    for (const auto& webhook : config.webhooks) {
        auto url = webhook.url_file.empty() ? webhook.url : secret_in(webhook.url_file, webhook.origin, errors);
        targets.push_back({.name = webhook.name,
                           .kind = webhook.kind,
                           .url = std::move(url),
                           .secret = secret_in(webhook.secret_file, webhook.origin, errors)});
    }
    return targets;
}

bool needs_restart(const Config& running, const Config& next) {
    return next.storage_url != running.storage_url || next.web_listen != running.web_listen ||
           next.metrics_listen != running.metrics_listen || next.control_socket != running.control_socket;
}

ReadAgain read_again(const std::string& main_file) {
    const auto read = read_config_files(main_file);
    auto parsed = parse_config(read.files);
    ReadAgain again;
    again.config = std::move(parsed.config);
    again.errors = read.errors;
    again.errors.insert(again.errors.end(), parsed.errors.begin(), parsed.errors.end());
    if (again.errors.empty()) again.smtp = smtp_of(again.config, again.errors);
    if (again.errors.empty()) again.sentiment = sentiment_of(again.config, again.errors);
    if (again.errors.empty()) again.webhooks = webhook_targets(again.config, again.errors);
    return again;
}

}  // namespace rasid
