#include "daemon/config.hpp"

#include "connectors/source_kind.hpp"
#include "core/toml.hpp"
#include "daemon/event_relay.hpp"
#include "daemon/source_options.hpp"

#include <algorithm>
#include <date/tz.h>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace rasid {
namespace {

/// One file's contribution to the configuration.
class ConfigReader {
public:
    ConfigReader(Config& config, std::string file, std::vector<SetupError>& errors)
        : config_(config), file_(std::move(file)), errors_(errors) {}

    void read(const toml::table& document) {
        TomlReader in(document, file_, "configuration", errors_);
        if (const auto* table = in.table("storage")) read_storage(*table);
        if (const auto* table = in.table("web")) read_web(*table);
        if (const auto* table = in.table("mail")) read_mail(*table);
        if (const auto* table = in.table("sentiment")) read_sentiment(*table);
        if (const auto* table = in.table("fetch")) read_fetch(*table);
        if (const auto* table = in.table("heartbeat")) read_heartbeat(*table);
        if (const auto* table = in.table("metrics")) {
            TomlReader metrics(*table, file_, "metrics", errors_);
            take(metrics, "metrics", "listen", config_.metrics_listen);
            metrics.finish();
        }
        if (const auto* table = in.table("daemon")) {
            TomlReader daemon(*table, file_, "daemon", errors_);
            take(daemon, "daemon", "control_socket", config_.control_socket);
            take(daemon, "daemon", "time_zone", config_.time_zone);
            check_time_zone(daemon);
            daemon.finish();
        }
        for (const auto* table : in.tables("webhook")) read_webhook(*table);
        for (const auto* table : in.tables("source")) read_source(*table);
        in.finish();
    }

private:
    void take(TomlReader& in, const std::string& section, std::string_view key, std::string& into) {
        if (auto text = in.string(key)) {
            into = std::move(*text);
            remember(in, section, key);
        }
    }
    void take(TomlReader& in, const std::string& section, std::string_view key, Duration& into, Duration least) {
        if (const auto duration = in.duration(key)) {
            if (*duration < least) {
                in.error_at(key, "`" + std::string(key) + "` must be at least " + to_duration_text(least));
            } else {
                into = *duration;
                remember(in, section, key);
            }
        }
    }
    void remember(const TomlReader& in, const std::string& section, std::string_view key) {
        config_.origins[section + "." + std::string(key)] = in.origin(key);
    }

    void check_time_zone(TomlReader& in) {
        try {
            date::locate_zone(config_.time_zone);
        } catch (const std::exception&) {
            in.error_at("time_zone",
                        "`" + config_.time_zone + "` is no time zone; write an IANA name such as \"Asia/Riyadh\"");
        }
    }

    void read_storage(const toml::table& table) {
        TomlReader in(table, file_, "storage", errors_);
        take(in, "storage", "url", config_.storage_url);
        if (!config_.storage_url.starts_with("sqlite:") || config_.storage_url.size() <= 7) {
            in.error_at("url", "`" + config_.storage_url + "` is no storage; write \"sqlite:/var/lib/rasid/rasid.db\"");
        }
        if (const auto days = in.integer("retention_days")) {
            if (*days < 1 || *days > 36500)
                in.error_at("retention_days", "`retention_days` must be from 1 to 36500");
            else
                config_.retention_days = static_cast<int>(*days);
            remember(in, "storage", "retention_days");
        }
        in.finish();
    }

    void read_web(const toml::table& table) {
        TomlReader in(table, file_, "web", errors_);
        take(in, "web", "listen", config_.web_listen);
        take(in, "web", "public_url", config_.public_url);
        take(in, "web", "tls_cert", config_.tls_cert);
        take(in, "web", "tls_key", config_.tls_key);
        if (const auto proxies = in.strings("trusted_proxies"); !proxies.empty()) {
            config_.trusted_proxies = proxies;
            remember(in, "web", "trusted_proxies");
        }
        if (config_.tls_cert.empty() != config_.tls_key.empty())
            in.error(in.origin(), "tls_cert and tls_key go together");
        if (!config_.public_url.empty() && !config_.public_url.starts_with("http://") &&
            !config_.public_url.starts_with("https://")) {
            in.error_at("public_url", "`public_url` must begin with https:// (or http:// on this machine)");
        }
        in.finish();
    }

    void read_mail(const toml::table& table) {
        TomlReader in(table, file_, "mail", errors_);
        take(in, "mail", "url", config_.mail_url);
        take(in, "mail", "from", config_.mail_from);
        take(in, "mail", "username", config_.mail_username);
        take(in, "mail", "password_file", config_.mail_password_file);
        take(in, "mail", "ca_file", config_.mail_ca_file);
        take(in, "mail", "patience", config_.mail_patience, std::chrono::seconds(5));
        if (!config_.mail_url.empty() && !config_.mail_url.starts_with("smtp://") &&
            !config_.mail_url.starts_with("smtps://")) {
            in.error_at("url", "`" + config_.mail_url +
                                   "` is no mail server; write \"smtp://host:587\" (STARTTLS) or \"smtps://host:465\"");
        }
        if (!config_.mail_url.empty() && config_.mail_from.empty()) {
            in.error(in.origin(), "`from` is missing in [mail]; add from = \"rasid@example.org\"");
        }
        in.finish();
    }

    void read_sentiment(const toml::table& table) {
        TomlReader in(table, file_, "sentiment", errors_);
        take(in, "sentiment", "url", config_.sentiment_url);
        take(in, "sentiment", "token_file", config_.sentiment_token_file);
        if (!config_.sentiment_url.empty() && !config_.sentiment_url.starts_with("http://") &&
            !config_.sentiment_url.starts_with("https://")) {
            in.error_at("url", "`" + config_.sentiment_url + "` is no address; write \"https://model.example.org/v1\"");
        }
        if (const auto timeout = in.integer("timeout_ms")) {
            if (*timeout < 50 || *timeout > 10000)
                in.error_at("timeout_ms", "`timeout_ms` must be from 50 to 10000");
            else
                config_.sentiment_timeout = std::chrono::milliseconds(*timeout);
            remember(in, "sentiment", "timeout_ms");
        }
        in.finish();
    }

    void read_fetch(const toml::table& table) {
        TomlReader in(table, file_, "fetch", errors_);
        const auto openings = in.strings("allow_private");
        if (table.contains("allow_private")) {
            config_.allow_private.clear();
            remember(in, "fetch", "allow_private");
        }
        for (const auto& opening : openings) {
            if (const auto allowance = parse_allowance(opening))
                config_.allow_private.push_back(*allowance);
            else
                in.error_at("allow_private",
                            "`" + opening + "` is no address range; write \"127.0.0.1/32:8081\" or \"[::1]/128\"");
        }
        take(in, "fetch", "proxy", config_.proxy);
        in.finish();
    }

    void read_heartbeat(const toml::table& table) {
        TomlReader in(table, file_, "heartbeat", errors_);
        take(in, "heartbeat", "url", config_.heartbeat_url);
        take(in, "heartbeat", "every", config_.heartbeat_every, std::chrono::seconds(10));
        in.finish();
    }

    void read_source(const toml::table& table) {
        TomlReader in(table, file_, "source", errors_);
        SourceConfig source;
        source.origin = in.origin();
        source.name = in.required_string("name");
        source.kind = in.required_string("kind");
        source.platform = in.string("platform").value_or("");
        source.brand = in.string("brand").value_or("");
        source.own_accounts = in.strings("own_accounts");
        take(in, "source", "every", source.every, std::chrono::seconds(1));
        take(in, "source", "silent_after", source.silent_after, std::chrono::minutes(1));
        if (const auto since = in.string("since")) {
            source.since = parse_rfc3339(*since);
            if (!source.since) in.error_at("since", "`" + *since + "` is no time; write \"2026-01-31T00:00:00Z\"");
        }
        if (const auto budget = in.string("budget")) read_budget(in, *budget, source);

        const auto* kind = find_source_kind(source.kind);
        if (!kind) {
            std::vector<std::string> known;
            for (const auto* each : source_kinds()) known.emplace_back(each->name);
            if (!source.kind.empty())
                in.error_at("kind", "`" + source.kind + "` is no kind of source" + suggestion(source.kind, known));
            return;
        }
        read_options(in, *kind, table, source);
        in.finish();
        keep(in, "source", std::move(source), config_.sources);
    }

    /// Behind the others, or in place of the one of the same name in an earlier file.
    template <typename Item>
    void keep(TomlReader& in, std::string_view what, Item item, std::vector<Item>& list) {
        const auto same =
            std::find_if(list.begin(), list.end(), [&](const Item& known) { return known.name == item.name; });
        if (same == list.end()) {
            list.push_back(std::move(item));
        } else if (same->origin.file == file_) {
            in.error_at("name", "a second " + std::string(what) + " is called `" + item.name + "`; names are unique");
        } else {
            *same = std::move(item);
        }
    }

    void read_webhook(const toml::table& table) {
        TomlReader in(table, file_, "webhook", errors_);
        WebhookConfig webhook;
        webhook.origin = in.origin();
        webhook.name = in.required_string("name");
        webhook.kind = in.required_string("kind");
        if (!webhook.kind.empty()) in.require_one_of("kind", webhook.kind, {"slack", "signed"});
        webhook.url = in.string("url").value_or("");
        webhook.url_file = in.string("url_file").value_or("");
        webhook.secret_file = in.string("secret_file").value_or("");
        if (webhook.url.empty() == webhook.url_file.empty())
            in.error(in.origin(), "a webhook has `url` or, where nobody may read it here, `url_file`: one of them");
        if (!webhook.url.empty() && !webhook.url.starts_with("https://") && !webhook.url.starts_with("http://"))
            in.error_at("url", "`url` must begin with https:// (or http:// within your own network)");
        if (webhook.kind == "signed" && webhook.secret_file.empty())
            in.error(in.origin(), "`secret_file` is missing: calls of a signed webhook are signed with what it holds");
        if (webhook.kind == "slack" && !webhook.secret_file.empty())
            in.error_at("secret_file", "a slack webhook is not signed; its address is the secret");
        webhook.events = in.strings("events");
        webhook.brands = in.strings("brands");
        for (const auto& event : webhook.events) {
            if (!is_relayed_name(event))
                in.error_at("events",
                            "there is no event `" + event + "`; docs/api.md lists them, \"*\" is all of them");
        }
        if (webhook.kind == "slack" && !webhook.events.empty())
            in.error_at("events", "only a signed webhook is told of events: they are meant for programs");
        in.finish();
        keep(in, "webhook", std::move(webhook), config_.webhooks);
    }

    void read_budget(TomlReader& in, const std::string& budget, SourceConfig& source) {
        const auto slash = budget.find('/');
        const auto window =
            slash == std::string::npos ? std::nullopt : parse_duration(std::string_view(budget).substr(slash + 1));
        int requests = 0;
        std::istringstream(budget.substr(0, slash)) >> requests;
        if (!window || *window <= Duration(0) || requests < 1) {
            in.error_at("budget", "`" + budget + "` is no budget; write \"280/5m\" for 280 requests in five minutes");
            return;
        }
        source.budget_requests = requests;
        source.budget_window = *window;
    }

    void read_options(TomlReader& in, const SourceKind& kind, const toml::table& table, SourceConfig& source) {
        for (const auto& option : kind.options) {
            const auto key = std::string(option.name);
            if (key == "platform") continue;  // read above, for every kind
            if (!table.contains(key)) {
                if (option.required)
                    in.error(in.origin(), "`" + key + "` is missing in [source]; " + std::string(option.help));
                continue;
            }
            SourceConfig::Value value;
            value.origin = in.origin(key);
            switch (option.type) {
            case OptionSpec::Type::text_list:
                value.list = in.strings(key);
                value.is_list = true;
                break;
            case OptionSpec::Type::integer:
                value.text = std::to_string(in.integer(key).value_or(0));
                value.is_text = false;
                break;
            case OptionSpec::Type::boolean:
                value.text = in.boolean(key).value_or(false) ? "true" : "false";
                value.is_text = false;
                break;
            case OptionSpec::Type::duration:
                value.text = to_duration_text(in.duration(key).value_or(Duration(0)));
                break;
            case OptionSpec::Type::url:
            case OptionSpec::Type::text:
            case OptionSpec::Type::secret_file:
                value.text = in.string(key).value_or("");
                break;
            }
            if (const auto problem = problem_of_option(option, value.text)) in.error(value.origin, *problem);
            source.options.emplace(key, std::move(value));
        }
    }

    Config& config_;
    std::string file_;
    std::vector<SetupError>& errors_;
};

}  // namespace

ParsedConfig parse_config(const std::vector<ConfigFile>& files) {
    ParsedConfig parsed;
    for (const auto& file : files) {
        if (const auto document = parse_toml(file.content, file.name, parsed.errors)) {
            ConfigReader(parsed.config, file.name, parsed.errors).read(*document);
        }
    }
    return parsed;
}

ReadConfig read_config_files(const std::string& main_file) {
    namespace fs = std::filesystem;
    ReadConfig result;
    std::vector<fs::path> paths = {main_file};
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(fs::path(main_file).parent_path() / "conf.d", ignored)) {
        if (entry.path().extension() == ".toml") paths.push_back(entry.path());
    }
    std::sort(paths.begin() + 1, paths.end());
    for (const auto& path : paths) {
        std::ifstream in(path, std::ios::binary);
        std::ostringstream content;
        if (!in || !(content << in.rdbuf())) {
            if (in && in.peek() == std::ifstream::traits_type::eof()) {
                result.files.push_back({path.string(), ""});
                continue;
            }
            result.errors.push_back(
                {{path.string(), 0, 0}, "cannot be read; name the file with --config FILE or check its permissions"});
            continue;
        }
        result.files.push_back({path.string(), content.str()});
    }
    return result;
}

}  // namespace rasid
