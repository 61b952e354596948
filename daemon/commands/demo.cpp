#include "daemon/commands/invocation.hpp"

#include "core/json.hpp"
#include "core/mention_json.hpp"
#include "core/setup_toml.hpp"
#include "core/toml_print.hpp"
#include "daemon/config.hpp"
#include "daemon/daemon.hpp"
#include "daemon/demo_folder.hpp"
#include "daemon/demo_rehearsal.hpp"
#include "daemon/files_adapter.hpp"
#include "daemon/setup_check.hpp"
#include "daemon/system_clock.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fstream>
#include <iostream>
#include <sstream>

namespace rasid {
namespace {

constexpr const char* kSource = "nasma";

/// The demo is configured by a file like any other installation, so that `rasid --config FOLDER/rasid.toml export`
/// works on it.
std::string config_text(const DemoFolder& folder, const Invocation& invocation, Instant start) {
    std::ostringstream out;
    out << "[storage]\nurl = \"sqlite:" << (folder.path() / "rasid.db").string()
        << "\"\n\n[web]\nlisten = \"127.0.0.1:" << invocation.port
        << "\"\n\n[mail]\nfrom = \"rasid@nasma.example\"\n\n[daemon]\ncontrol_socket = \""
        << (folder.path() / "control.sock").string() << "\"\ntime_zone = \"Asia/Riyadh\"\n\n[[source]]\nname = \""
        << kSource << "\"\nkind = \"replay\"\npath = \"demo:mentions.ndjson\"\nstart = \"" << to_rfc3339(start)
        << "\"\nevery = \"1s\"\nsince = \"" << to_rfc3339(start - std::chrono::hours(48))
        << "\"\nbrand = \"nasma\"\nown_accounts = [\"nasma\"]\n";
    if (!invocation.words.empty()) {
        out << "\n[[source]]\nname = \"bluesky\"\nkind = \"jetstream\"\nwords = " << toml_quoted_list(invocation.words)
            << "\nbrand = \"live\"\n";
    }
    return out.str();
}

/// What somebody who watches words live wants to see: every post with one of them, in a queue of its own.
std::string live_setup(const std::vector<std::string>& words) {
    std::string query;
    for (const auto& word : words) {
        std::string phrase;
        for (const char c : word) {
            if (c != '"' && c != '\'' && c != '\\') phrase += c;
        }
        query += (query.empty() ? "\"" : " OR \"") + phrase + "\"";
    }
    return "\n[[queue]]\nname = \"live\"\nfirst_response = \"1h\"\nresolution = \"24h\"\nbrand = "
           "\"live\"\n\n[[rule]]\nname = \"live words\"\nquery = '(" +
           query + ") AND platform:bluesky'\nqueue = \"live\"\nbrand = \"live\"\n";
}

std::vector<Mention> demo_mentions(Instant start) {
    std::vector<Mention> mentions;
    std::istringstream in{std::string(demo_file("mentions.ndjson"))};
    for (std::string line; std::getline(in, line);) {
        const auto document = parse_json(line);
        if (!document) continue;
        auto parsed = parse_mention_json(document->root());
        const auto at = document->root()["at"].integer();
        if (!parsed || !at) continue;
        auto& mention = parsed->mention;
        mention.created_at = start + std::chrono::seconds(*at);
        mention.own = mention.author.handle == "nasma";
        if (mention.reply_token.empty()) mention.reply_token = mention.key.native_id;  // as the replay source does
        mentions.push_back(std::move(mention));
    }
    return mentions;
}

/// Fills the new store; returns the id of somebody of each role that signs in.
struct Cast {
    std::string moderator;
    std::string manager;
};
Cast fill(const Config& config, const Invocation& invocation, SystemRandom& random, Instant now) {
    const auto store = open_store({config.storage_url, false});
    StoreCommand command{"import",
                         {},
                         {{"setup.toml", std::string(demo_file("setup.toml"))},
                          {"customers.csv", std::string(demo_file("customers.csv"))}}};
    if (!invocation.words.empty()) command.files.push_back({"live.toml", live_setup(invocation.words)});
    // As if on New Year's Day, so that customers have their whole year.
    const Instant new_year = std::chrono::sys_days(utc_date(now).year() / std::chrono::January / 1);
    const auto imported = run_store_command(*store, command, random, new_year);
    if (imported.exit != kOk) throw std::runtime_error("the demo's own files are refused:\n" + imported.err);
    const auto stories = parse_stories(demo_file("stories.ndjson"), now);
    rehearse_year(*store, stories, random, now);
    const auto setup = store->setup();
    rehearse_day(*store, *decisions_of(setup), demo_mentions(now), kSource, stories, random, now);
    Cast cast;
    for (const auto& person : setup.people) {
        if (person.role == Role::moderator && cast.moderator.empty()) cast.moderator = person.id;
        if (person.role == Role::manager && cast.manager.empty()) cast.manager = person.id;
    }
    return cast;
}

}  // namespace

int demo(const Invocation& invocation) {
    SystemRandom random;
    const auto start = SystemClock().now();
    const DemoFolder folder;
    const auto text = config_text(folder, invocation, start);
    const auto config_file = (folder.path() / "rasid.toml").string();
    std::ofstream(config_file) << text;
    auto parsed = parse_config({{config_file, text}});
    for (const auto& error : parsed.errors) std::cerr << to_string(error) << "\n";
    if (!parsed.errors.empty()) return kBadConfiguration;
    const auto cast = fill(parsed.config, invocation, random, start);

    boost::asio::io_context loop(1);
    MachineFiles files(demo_files());
    FolderMailSender mails(folder.path() / "mails");
    DaemonOptions options;
    options.config = std::move(parsed.config);
    options.config_file = config_file;
    options.web_dir = invocation.web_dir;
    options.demo = true;
    options.files = &files;
    options.mail_sender = &mails;
    Daemon* running = nullptr;
    options.on_ready = [&] {
        const auto url = [&](const char* host, const std::string& person) {
            return std::string("http://") + host + ":" + std::to_string(running->port()) +
                   "/demo/sign-in?t=" + running->add_sign_in_token(person);
        };
        // Two host names, so that one browser keeps two sign-ins apart.
        std::cout << "moderator: " << url("127.0.0.1", cast.moderator)
                  << "\nmanager: " << url("localhost", cast.manager) << "\nready" << std::endl;
        std::cerr << "\nThree things to try:\n"
                     "  1. As the moderator, press j and k to move, m to take a ticket, r to answer it, z to undo.\n"
                     "  2. As the manager, open Mails: what nobody answered in time has been escalated.\n"
                     "  3. Open a customer from a ticket: what was said is in his year of 33 touches, and an open "
                     "complaint holds the rest.\n"
                     "Nothing is sent anywhere; Ctrl-C ends the demo and leaves nothing behind. Its folder: "
                  << folder.path().string() << "\n";
    };
    Daemon daemon(loop.get_executor(), std::move(options));
    running = &daemon;
    int exit_code = kFailed;
    std::exception_ptr trouble;
    boost::asio::co_spawn(loop, daemon.run(), [&](std::exception_ptr failure, int code) {
        trouble = failure;
        exit_code = code;
        loop.stop();
    });
    loop.run();
    if (trouble) std::rethrow_exception(trouble);
    return exit_code;
}

}  // namespace rasid
