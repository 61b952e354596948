#include "daemon/commands/loaded_config.hpp"

#include "core/json.hpp"
#include "core/mention_json.hpp"
#include "daemon/curl/http.hpp"
#include "daemon/files_adapter.hpp"
#include "daemon/poller.hpp"
#include "daemon/private_files_adapter.hpp"
#include "daemon/sign_ins.hpp"
#include "daemon/source_options.hpp"
#include "daemon/system_clock.hpp"
#include "daemon/version.hpp"
#include "daemon/websocket_adapter.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <iostream>

namespace rasid {
namespace {

int exit_of(const Failure& failure) {
    switch (failure.kind) {
    case Failure::Kind::unreachable:
    case Failure::Kind::rate_limited:
        return kTryLater;
    default:
        return kFailed;
    }
}

const SourceConfig* find_source(const Config& config, const std::string& name) {
    const auto* found = find_named(config.sources, name);
    if (!found) std::cerr << "no source is called `" << name << "`; see: rasid source list\n";
    return found;
}

/// Polls until the source has no more to give at once, `limit` mentions came, or (a stream) ten seconds passed.
PollResult poll_by_hand(const Config& config, const SourceConfig& source, Cursor cursor, int limit) {
    boost::asio::io_context loop(1);
    SystemClock clock;
    SystemRandom random;
    MachineFiles files;
    CurlLoop curl(loop.get_executor());
    FetchConfig fetch;
    fetch.guard = AddressGuard(config.allow_private);
    fetch.proxy = config.proxy;
    fetch.user_agent = std::string("Rasid/") + kVersion;
    CurlHttpClient http(curl, fetch);
    BeastWebSockets sockets(
        loop.get_executor(), [&] { return AddressGuard(config.allow_private); }, fetch.ca_file);
    FolderPrivateFiles grants(grants_folder_beside(config.storage_url));
    auto made = make_source(source, {http, sockets, clock, random, files}, kept_token_for(grants, source));
    if (!made) return made.error();
    const auto* kind = find_source_kind(source.kind);
    const auto give_up = clock.now() + std::chrono::seconds(10);
    Page all;
    all.next = cursor;
    for (;;) {
        std::optional<PollResult> answer;
        boost::asio::co_spawn(loop, (*made)->poll(all.next), [&](std::exception_ptr failure, PollResult outcome) {
            if (failure) std::rethrow_exception(failure);
            answer.emplace(std::move(outcome));
        });
        loop.restart();
        // A stream keeps its connection's reader alive between polls, so the loop is run until the poll is answered,
        // not until it is idle.
        while (!answer && loop.run_one() > 0) {
        }
        if (!*answer) return answer->error();
        auto& page = **answer;
        all.next = page.next;
        std::move(page.mentions.begin(), page.mentions.end(), std::back_inserter(all.mentions));
        all.warnings.insert(all.warnings.end(), page.warnings.begin(), page.warnings.end());
        const bool enough = static_cast<int>(all.mentions.size()) >= limit;
        if (enough || (kind->streams ? clock.now() >= give_up : true)) break;
    }
    made->reset();
    return all;
}

void print_kinds(bool json) {
    for (const auto* kind : source_kinds()) {
        if (json) {
            JsonWriter out;
            out.object([&] {
                out.member("kind", kind->name);
                out.member("platform", kind->platform);
                out.member("hears", kind->summary);
                out.member("answers", kind->answers);
                out.key("options");
                out.array([&] {
                    for (const auto& option : kind->options) {
                        out.object([&] {
                            out.member("name", option.name);
                            out.member("type", to_string(option.type));
                            out.member("required", option.required);
                            out.member("default", option.fallback);
                            out.member("help", option.help);
                        });
                    }
                });
            });
            std::cout << out.text() << "\n";
            continue;
        }
        std::cout << kind->name << "\n  hears: " << kind->summary
                  << "\n  answers: " << (kind->answers.empty() ? "nothing" : kind->answers) << "\n";
        for (const auto& option : kind->options) {
            std::cout << "  " << option.name << " (" << to_string(option.type)
                      << (option.required           ? ", required"
                          : option.fallback.empty() ? ""
                                                    : ", default " + std::string(option.fallback))
                      << "): " << option.help << "\n";
        }
    }
}

}  // namespace

int source_list(const Invocation& invocation) {
    if (invocation.kinds) {
        print_kinds(invocation.json);
        return kOk;
    }
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    const auto reader = read_store(*config);
    if (!reader) return kFailed;
    for (const auto& source : config->sources) {
        const auto record = reader->source(source.name).value_or(SourceRecord{});
        const auto time = [](const std::optional<Instant>& at) { return at ? to_rfc3339(*at) : std::string("never"); };
        if (invocation.json) {
            JsonWriter out;
            out.object([&] {
                out.member("name", source.name);
                out.member("kind", source.kind);
                out.member("state", record.state);
                out.member("last_success_at",
                           record.last_success_at ? std::optional(to_rfc3339(*record.last_success_at)) : std::nullopt);
                out.member("last_error", record.last_error);
                out.member("next_poll_at",
                           record.next_poll_at ? std::optional(to_rfc3339(*record.next_poll_at)) : std::nullopt);
                out.member("mentions", record.mentions);
                out.member("silent", record.silent);
            });
            std::cout << out.text() << "\n";
        } else {
            std::cout << source.name << " (" << source.kind << "): " << record.state
                      << (record.silent ? ", silent" : "") << ", " << record.mentions << " mentions, last success "
                      << time(record.last_success_at) << (record.last_error.empty() ? "" : ", " + record.last_error)
                      << "\n";
        }
    }
    return kOk;
}

int source_test(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    const auto* source = find_source(*config, invocation.name);
    if (!source) return kBadConfiguration;
    const auto polled = poll_by_hand(*config, *source, {}, 1);
    if (!polled) {
        std::cerr << source->name << ": " << to_string(polled.error().kind) << ": " << polled.error().what << "\n";
        return exit_of(polled.error());
    }
    for (const auto& warning : polled->warnings) std::cout << "warning: " << warning << "\n";
    std::cout << source->name << ": fine, " << polled->mentions.size() << " mentions on the first page";
    if (!polled->mentions.empty()) std::cout << ", newest of " << to_rfc3339(polled->mentions.back().created_at);
    std::cout << "\n";
    return kOk;
}

int source_poll(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    const auto* source = find_source(*config, invocation.name);
    if (!source) return kBadConfiguration;
    const auto polled = poll_by_hand(*config, *source, {invocation.after}, invocation.limit);
    if (!polled) {
        std::cerr << source->name << ": " << to_string(polled.error().kind) << ": " << polled.error().what << "\n";
        return exit_of(polled.error());
    }
    for (auto mention : polled->mentions) {
        mention.source = source->name;
        std::cout << print_mention_json(mention) << "\n";
    }
    std::cout << std::flush;
    for (const auto& warning : polled->warnings) std::cerr << "warning: " << warning << "\n";
    std::cerr << "cursor: " << polled->next.token << "\n";
    return kOk;
}

}  // namespace rasid
