#pragma once

#include "daemon/store_command.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace rasid {

/// One run of the program as its command line asks for it.
struct Invocation {
    std::string config_file = "/etc/rasid/rasid.toml";
    bool json = false;

    std::string name = {};  ///< of a source, rule, calendar, person, ticket or customer
    std::string web_dir = {};
    std::string setup_file = {};
    bool evaluate = false;
    std::string corrections_file = {};
    bool replace = false;
    bool dry_run = false;
    bool kinds = false;
    bool yes = false;
    std::string after = {};
    std::string since = {};   ///< "30d", a date or a moment
    std::string series = {};  ///< "rule:NAME"
    std::string query = {};   ///< of a rule that is not stored
    int limit = 100;
    int days = 30;
    std::uint16_t port = 0;
    std::vector<std::string> words = {};
    std::vector<std::string> files = {};
    std::vector<std::string> mapping = {};  ///< "their header=ours"
    std::string email = {};
    std::string role = "moderator";
    std::string language = "en";
    std::string kind = "escalation";
    std::string path = {};
};

// One function a command; the result is the exit code.
int serve(const Invocation& invocation);
int demo(const Invocation& invocation);
int check_config(const Invocation& invocation);
int config_show(const Invocation& invocation);
int import_command(const Invocation& invocation);
int calendar_import(const Invocation& invocation);
int report_command(const Invocation& invocation);
int export_setup(const Invocation& invocation);
int assess_command(const Invocation& invocation);
int corrections_export(const Invocation& invocation);
int explain(const Invocation& invocation);
int source_list(const Invocation& invocation);
int source_test(const Invocation& invocation);
int source_poll(const Invocation& invocation);
int rule_list(const Invocation& invocation);
int rule_explain(const Invocation& invocation);
int rule_backtest(const Invocation& invocation);
int incident_list(const Invocation& invocation);
int incident_backtest(const Invocation& invocation);
int audit_verify(const Invocation& invocation);
int user_add(const Invocation& invocation);
int user_passwd(const Invocation& invocation);
int user_list(const Invocation& invocation);
int mail_preview(const Invocation& invocation);
int mail_test(const Invocation& invocation);
int doctor(const Invocation& invocation);
int backup(const Invocation& invocation);
int restore(const Invocation& invocation);

}  // namespace rasid
