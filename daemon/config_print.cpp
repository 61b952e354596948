#include "core/toml_print.hpp"
#include "daemon/config.hpp"

namespace rasid {
namespace {

std::string text_of(const Allowance& allowance) {
    const auto address = allowance.network.to_string();
    auto text = (allowance.network.is_v6() ? "[" + address + "]" : address) + "/" + std::to_string(allowance.prefix);
    if (allowance.port) text += ":" + std::to_string(*allowance.port);
    return text;
}

/// Sections of `key = value  # origin` lines.
class Listing {
public:
    explicit Listing(const Config& config) : config_(config) {}
    void section(const std::string& name) {
        section_ = name;
        out_ += (out_.empty() ? "[" : "\n[") + name + "]\n";
    }
    void value(const std::string& key, const std::string& written) {
        const auto found = config_.origins.find(section_ + "." + key);
        out_ += key + " = " + written + "  # " +
                (found == config_.origins.end() ? std::string("default")
                                                : found->second.file + ":" + std::to_string(found->second.line)) +
                "\n";
    }
    void text(const std::string& key, const std::string& content) { value(key, toml_quoted(content)); }
    void line(const std::string& content) { out_ += content + "\n"; }
    std::string take() && { return std::move(out_); }

private:
    const Config& config_;
    std::string section_;
    std::string out_;
};

void print(Listing& out, const SourceConfig& source) {
    out.line("\n[[source]]  # " + source.origin.file + ":" + std::to_string(source.origin.line));
    out.line("name = " + toml_quoted(source.name));
    out.line("kind = " + toml_quoted(source.kind));
    if (!source.platform.empty()) out.line("platform = " + toml_quoted(source.platform));
    if (!source.brand.empty()) out.line("brand = " + toml_quoted(source.brand));
    out.line("every = " + toml_quoted(to_duration_text(source.every)));
    if (source.since) out.line("since = " + toml_quoted(to_rfc3339(*source.since)));
    if (!source.own_accounts.empty()) out.line("own_accounts = " + toml_quoted_list(source.own_accounts));
    out.line("silent_after = " + toml_quoted(to_duration_text(source.silent_after)));
    out.line("budget = " +
             toml_quoted(std::to_string(source.budget_requests) + "/" + to_duration_text(source.budget_window)));
    for (const auto& [key, value] : source.options) {
        out.line(key + " = " +
                 (value.is_list   ? toml_quoted_list(value.list)
                  : value.is_text ? toml_quoted(value.text)
                                  : value.text));
    }
}

void print(Listing& out, const WebhookConfig& webhook) {
    out.line("\n[[webhook]]  # " + webhook.origin.file + ":" + std::to_string(webhook.origin.line));
    out.line("name = " + toml_quoted(webhook.name));
    out.line("kind = " + toml_quoted(webhook.kind));
    // The address of a slack webhook lets everybody who knows it write there.
    if (!webhook.url.empty())
        out.line("url = " + (webhook.kind == "slack" ? "\"…\"  # kept secret" : toml_quoted(webhook.url)));
    if (!webhook.url_file.empty()) out.line("url_file = " + toml_quoted(webhook.url_file));
    if (!webhook.secret_file.empty()) out.line("secret_file = " + toml_quoted(webhook.secret_file));
    if (!webhook.events.empty()) out.line("events = " + toml_quoted_list(webhook.events));
    if (!webhook.brands.empty()) out.line("brands = " + toml_quoted_list(webhook.brands));
}

}  // namespace

std::string print_config(const Config& config) {
    Listing out(config);
    out.section("storage");
    out.text("url", config.storage_url);
    out.value("retention_days", std::to_string(config.retention_days));
    out.section("web");
    out.text("listen", config.web_listen);
    out.text("public_url", config.public_url);
    out.text("tls_cert", config.tls_cert);
    out.text("tls_key", config.tls_key);
    out.value("trusted_proxies", toml_quoted_list(config.trusted_proxies));
    out.section("mail");
    out.text("url", config.mail_url);
    out.text("from", config.mail_from);
    out.text("username", config.mail_username);
    out.text("password_file", config.mail_password_file);
    out.text("ca_file", config.mail_ca_file);
    out.text("patience", to_duration_text(config.mail_patience));
    out.section("sentiment");
    out.text("url", config.sentiment_url);
    out.text("token_file", config.sentiment_token_file);
    out.value("timeout_ms", std::to_string(config.sentiment_timeout.count()));
    out.section("fetch");
    std::vector<std::string> openings;
    for (const auto& allowance : config.allow_private) openings.push_back(text_of(allowance));
    out.value("allow_private", toml_quoted_list(openings));
    out.text("proxy", config.proxy);
    out.section("heartbeat");
    out.text("url", config.heartbeat_url);
    out.text("every", to_duration_text(config.heartbeat_every));
    out.section("metrics");
    out.text("listen", config.metrics_listen);
    out.section("daemon");
    out.text("control_socket", config.control_socket);
    out.text("time_zone", config.time_zone);
    for (const auto& webhook : config.webhooks) print(out, webhook);
    for (const auto& source : config.sources) print(out, source);
    return std::move(out).take();
}

}  // namespace rasid
