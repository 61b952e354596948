#include "daemon/commands/loaded_config.hpp"

#include "core/limits.hpp"
#include "daemon/control_socket.hpp"
#include "daemon/setup_check.hpp"
#include "daemon/source_options.hpp"
#include "daemon/system_clock.hpp"
#include "escalation/channel_speed.hpp"

#include <filesystem>
#include <iostream>

namespace rasid {
namespace {

class Findings {
public:
    void fine(const std::string& what) { std::cout << "fine     " << what << "\n"; }
    void warning(const std::string& what) { std::cout << "warning  " << what << "\n"; }
    void trouble(const std::string& what) {
        std::cout << "TROUBLE  " << what << "\n";
        ++troubles_;
    }
    int exit() const { return troubles_ == 0 ? kOk : kFailed; }

private:
    int troubles_ = 0;
};

void look_at_disk(Findings& findings, const Config& config) {
    const std::filesystem::path database = config.storage_url.substr(config.storage_url.find(':') + 1);
    std::error_code error;
    const auto space = std::filesystem::space(database.parent_path().empty() ? "." : database.parent_path(), error);
    if (error) return findings.trouble("the folder of the database cannot be looked at: " + error.message());
    const auto text = std::to_string(space.available >> 20) + " MiB free beside the database";
    if (space.available < (256u << 20))
        findings.trouble(text + "; make room, polling pauses when the disk is full");
    else
        findings.fine(text);
}

void look_at_sources(Findings& findings, const Config& config, Reader& reader) {
    for (const auto& source : config.sources) {
        const auto read = read_options(source, *find_source_kind(source.kind));
        for (const auto& error : read.errors) findings.trouble(to_string(error));
        const auto record = reader.source(source.name);
        if (!record) continue;
        if (record->failures > 0) {
            findings.trouble("source " + source.name + " failed " + std::to_string(record->failures) +
                             " times in a row: " + record->last_error);
        } else if (record->silent) {
            findings.trouble("source " + source.name + " has been silent for longer than " +
                             to_duration_text(source.silent_after));
        } else {
            findings.fine("source " + source.name + ": " + record->state);
        }
    }
}

/// Calls of a webhook that the configuration does not have end as dead letters.
void look_at_webhooks(Findings& findings, const Config& config, const Setup& setup) {
    const auto look = [&](const std::string& who, const std::string& by) {
        if (!by.starts_with("slack:") && !by.starts_with("webhook:")) return;
        const auto name = by.substr(by.find(':') + 1);
        if (find_named(config.webhooks, name)) return;
        findings.trouble(who + " tells by the webhook `" + name +
                         "`, which the configuration does not have; add a [[webhook]] of this name");
    };
    for (const auto& ladder : setup.ladders) {
        for (const auto& step : ladder.steps) look("ladder " + ladder.name, step.by);
    }
    for (const auto& person : setup.people) look("second channel of " + person.name, person.second);
}

void look_at_setup(Findings& findings, const Config& config, Reader& reader) {
    const auto setup = reader.setup();
    look_at_webhooks(findings, config, setup);
    for (const auto& warning : speed_warnings(setup)) findings.warning(warning.what);
    const auto errors = check_setup(setup);
    for (const auto& error : errors) findings.trouble(to_string(error));
    if (errors.empty()) {
        findings.fine("setup: " + std::to_string(setup.rules.size()) + " rules, " +
                      std::to_string(setup.queues.size()) + " queues, " + std::to_string(setup.people.size()) +
                      " people");
    }
    if (!reader.any_password())
        findings.trouble("nobody can sign in yet; start the daemon and use the code it prints, or: rasid user add");
}

void print_limits() {
    std::cout << "limits   fetch " << (limits::kFetchBody >> 20) << " MiB in "
              << to_duration_text(limits::kFetchDeadline) << ", " << limits::kRedirects << " redirects; request "
              << (limits::kRequestBody >> 20) << " MiB; mention " << (limits::kMentionText >> 10) << " KiB; "
              << limits::kRules << " rules of " << limits::kQueryLength << " bytes\n";
}

}  // namespace

int doctor(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    Findings findings;
    findings.fine("configuration " + invocation.config_file);
    look_at_disk(findings, *config);
    if (config->mail_url.empty()) findings.trouble("no [mail] url: escalation mails stay in the outbox");
    try {
        const auto reader = open_reader({config->storage_url, true});
        findings.fine("database " + config->storage_url + ": " + std::to_string(reader->mention_count()) + " mentions");
        look_at_setup(findings, *config, *reader);
        look_at_sources(findings, *config, *reader);
    } catch (const StoreError& error) {
        findings.trouble(error.what());
    }
    print_limits();
    return findings.exit();
}

}  // namespace rasid
