#pragma once

#include "connectors/source_kind.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_files.hpp"
#include "tests/support/fake_http.hpp"
#include "tests/support/fake_random.hpp"
#include "tests/support/fake_websocket.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace rasid {

/// A small world for one kind of source: a platform that a test can write to, with the kind's own source looking at it.
class Stage {
public:
    virtual ~Stage() = default;

    virtual void publish(std::string id, std::string text) = 0;
    virtual void edit(const std::string& id, std::string text) = 0;
    virtual void remove(const std::string& id) = 0;
    /// Lets time pass until the source has reason to look for edits and deletes again.
    virtual void wait() { clock.advance(std::chrono::minutes(11)); }

    virtual Options options() const = 0;
    /// Whether the kind speaks HTTP through HttpClient.
    virtual bool speaks_http() const { return false; }

    std::unique_ptr<Source> source(const SourceKind& kind) {
        auto options_with_defaults = options();
        options_with_defaults.source = "watched";
        for (const auto& option : kind.options) {
            const bool list = option.type == OptionSpec::Type::text_list;
            if (!list) options_with_defaults.values.try_emplace(std::string(option.name), option.fallback);
        }
        auto made = kind.make(options_with_defaults, env());
        return made ? std::move(*made) : nullptr;
    }
    SourceEnv env() { return {http, sockets, clock, random, files}; }

    FakeClock clock;
    FakeHttp http;
    FakeWebSockets sockets{clock};
    FakeRandom random;
    FakeFiles files;
};

/// The stage of a kind; null when nobody built one.
std::unique_ptr<Stage> make_stage(std::string_view kind);

}  // namespace rasid
