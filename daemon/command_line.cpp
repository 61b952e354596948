#include "daemon/command_line.hpp"

#include "daemon/commands/invocation.hpp"
#include "daemon/version.hpp"
#include "web/reports/report.hpp"
#include "web/rule_backtest.hpp"

#include <CLI/CLI.hpp>
#include <boost/version.hpp>
#include <csignal>
#include <curl/curlver.h>
#include <iostream>

namespace rasid {
namespace {

std::string version_text() {
    return std::string("rasid ") + kVersion + " (" + kCommit + ")\nBoost " + BOOST_LIB_VERSION + ", libcurl " +
           LIBCURL_VERSION + ", compiler " + __VERSION__;
}

using Command = int (*)(const Invocation&);

/// Everything the program can be asked, declared once.
class CommandLine {
public:
    CommandLine()
        : app_("Rasid hears what people say about a brand and brings it to the right person before a promised time.",
               "rasid") {
        app_.set_version_flag("--version", version_text());
        app_.add_option("--config", invocation_.config_file, "configuration file")->capture_default_str();
        app_.add_flag("--json", invocation_.json, "output for machines");
        app_.require_subcommand(1);
        app_.fallthrough();

        auto* serve_ = add(app_, "serve", "run the daemon", &serve);
        serve_->add_option("--web-dir", invocation_.web_dir, "serve the page from this folder");
        auto* demo_ = add(app_, "demo", "a made-up brand to try everything on; leaves nothing behind", &demo);
        demo_->add_option("--port", invocation_.port, "port of the page (default: any free one)");
        demo_->add_option("--live", invocation_.words, "watch these words on Bluesky, live (needs a network)");
        demo_->add_option("--web-dir", invocation_.web_dir, "serve the page from this folder");
        add(app_, "check-config", "read the configuration and say what is wrong", &check_config);
        auto* config = group(app_, "config", "the configuration");
        add(*config, "show", "the merged configuration and where each value comes from", &config_show);

        auto* import_ = add(app_, "import", "read setups (.toml) and customers (.csv) into the store, all or nothing",
                            &import_command);
        import_->add_option("files", invocation_.files, "files")->required();
        import_->add_flag("--replace", invocation_.replace, "remove what the files do not name");
        import_->add_flag("--dry-run", invocation_.dry_run, "only print the difference");
        import_->add_option("--map", invocation_.mapping, "CSV column mapping, THEIRS=OURS");
        add(app_, "export", "write the setup as TOML", &export_setup);

        auto* calendar = group(app_, "calendar", "working hours and holidays");
        auto* holidays = add(*calendar, "import", "add the holidays of an iCalendar file to a calendar of the setup",
                             &calendar_import);
        holidays->add_option("file", invocation_.path, "iCalendar file (.ics)")->required();
        holidays->add_option("name", invocation_.name, "calendar of the setup")->required();
        holidays->add_flag("--dry-run", invocation_.dry_run, "only print the difference");

        auto* report =
            add(app_, "report", "what was measured, by day, queue and person, as on the page", &report_command);
        report->add_option("name", invocation_.name, "which report")->required()->check(CLI::IsMember(report_names()));
        report->add_option("--days", invocation_.days, "of the last so many days")
            ->capture_default_str()
            ->check(CLI::Range(1, 366));

        auto* assess_ =
            add(app_, "assess", "understand mentions from stdin (NDJSON), exactly as the daemon does", &assess_command);
        assess_->add_option("--setup", invocation_.setup_file, "setup in TOML")->required();
        assess_->add_flag("--evaluate", invocation_.evaluate,
                          "read labelled TSV or corrections instead and print the quality");
        assess_->add_option("--corrections", invocation_.corrections_file,
                            "learn from this file of `corrections export` first");
        add_named(app_, "explain", "the whole story of a ticket or a customer", &explain, "ID");

        auto* source = group(app_, "source", "sources");
        add(*source, "list", "configured sources with their health", &source_list)
            ->add_flag("--kinds", invocation_.kinds, "every kind and its options");
        add_named(*source, "test", "check one source without storing anything", &source_test, "NAME");
        auto* poll = add_named(*source, "poll", "one poll, printed; nothing is stored", &source_poll, "NAME");
        poll->add_option("--after", invocation_.after, "cursor to poll after");
        poll->add_option("--limit", invocation_.limit, "most mentions of a stream")->check(CLI::Range(1, 100000));

        auto* rule = group(app_, "rule", "rules");
        add(*rule, "list", "all rules", &rule_list);
        add_named(*rule, "explain", "a rule's tree and an example that matches", &rule_explain, "NAME");
        auto* trial = add(*rule, "backtest", "what a rule would have matched in what is stored", &rule_backtest);
        trial->add_option("NAME", invocation_.name, "stored rule");
        trial->add_option("--query", invocation_.query, "a query in place of a stored rule");
        trial->add_option("--days", invocation_.days, "of the last so many days")
            ->capture_default_str()
            ->check(CLI::Range(1, static_cast<int>(kTrialDays)));

        auto* incident = group(app_, "incident", "unusual rises of what is heard");
        add(*incident, "list", "the incidents that were found last, with what rose", &incident_list)
            ->add_option("--limit", invocation_.limit, "most incidents")
            ->check(CLI::Range(1, 10000));
        auto* backtest =
            add(*incident, "backtest", "when incidents would have been found in what is stored", &incident_backtest);
        backtest->add_option("--since", invocation_.since, "30d, a date or a moment (default: all that is kept)");
        backtest->add_option("--series", invocation_.series, "only rule:NAME, tag:NAME or source:NAME");

        auto* corrections = group(app_, "corrections", "what people said about verdicts");
        add(*corrections, "export", "write those that count as NDJSON, a regression set for assess",
            &corrections_export);

        auto* audit = group(app_, "audit", "who did what");
        add(*audit, "verify", "check that no entry was changed or taken out", &audit_verify);

        auto* user = group(app_, "user", "people who sign in");
        auto* add_user = add_named(*user, "add", "add somebody; the password is asked for", &user_add, "NAME");
        add_user->add_option("--email", invocation_.email, "e-mail")->required();
        add_user->add_option("--role", invocation_.role, "moderator, manager or admin")->capture_default_str();
        add_user->add_option("--language", invocation_.language, "ar or en")->capture_default_str();
        auto* passwd = add(*user, "passwd", "change a password; it is asked for", &user_passwd);
        passwd->add_option("email", invocation_.email, "e-mail")->required();
        add(*user, "list", "everybody", &user_list);

        auto* mail = group(app_, "mail", "mails");
        auto* preview = add(*mail, "preview", "write a mail as .eml to stdout", &mail_preview);
        preview
            ->add_option("--kind", invocation_.kind,
                         "escalation, update, summary, digest, weekly, newsletter, survey or invitation")
            ->capture_default_str();
        preview->add_option("--lang", invocation_.language, "ar or en")->capture_default_str();
        auto* test = add(*mail, "test", "send a test mail", &mail_test);
        test->add_option("address", invocation_.email, "recipient")->required();

        add(app_, "doctor", "look for what is wrong with this installation", &doctor);
        auto* backup_ = add(app_, "backup", "copy the database into a new file, also while the daemon runs", &backup);
        backup_->add_option("file", invocation_.path, "new file")->required();
        auto* restore_ =
            add(app_, "restore", "put a backup in the database's place; the daemon must be stopped", &restore);
        restore_->add_option("file", invocation_.path, "backup")->required();
        restore_->add_flag("--yes", invocation_.yes, "replace an existing database");
    }

    int run(int argc, char** argv) {
        try {
            app_.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            return app_.exit(error) == 0 ? kOk : kUsage;
        }
        return command_(invocation_);
    }

private:
    CLI::App* group(CLI::App& parent, const std::string& name, const std::string& help) {
        auto* sub = parent.add_subcommand(name, help);
        sub->require_subcommand(1);
        return sub;
    }

    CLI::App* add(CLI::App& parent, const std::string& name, const std::string& help, Command command) {
        auto* sub = parent.add_subcommand(name, help);
        sub->callback([this, command] { command_ = command; });
        return sub;
    }

    CLI::App* add_named(CLI::App& parent, const std::string& name, const std::string& help, Command command,
                        const std::string& what) {
        auto* sub = add(parent, name, help, command);
        sub->add_option(what, invocation_.name, what)->required();
        return sub;
    }

    CLI::App app_;
    Invocation invocation_;
    Command command_ = nullptr;
};

}  // namespace

int run_command_line(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return CommandLine().run(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "rasid: " << error.what() << "\n";
        return kFailed;
    }
}

}  // namespace rasid
