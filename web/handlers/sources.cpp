#include "web/handlers/handlers.hpp"
#include "web/json_members.hpp"

namespace rasid::handlers {
namespace {

/// What the pollers know of it; nullopt: it is not configured (any more).
std::optional<PollingFacts> facts_of(const Site& site, const std::string& name) {
    return site.hooks.sources.facts ? site.hooks.sources.facts(name) : std::nullopt;
}

bool sees_source(const Person& person, const std::optional<PollingFacts>& facts) {
    return facts ? sees_brand(person, facts->brand) : person.brands.empty();
}

void write_sign_in(JsonWriter& out, const SignInFacts& facts) {
    out.key("sign_in");
    out.object([&] {
        out.member("signed_in", facts.signed_in);
        out.text_or_null("account", facts.account);
        out.member("until", facts.until);
        out.member("renews", facts.renews);
    });
}

void write_facts(JsonWriter& out, const std::optional<PollingFacts>& facts) {
    out.member("configured", facts.has_value());
    if (!facts) return;
    out.member("brand", facts->brand);
    out.member("every_seconds", std::int64_t{std::chrono::duration_cast<std::chrono::seconds>(facts->every).count()});
    out.member("streams", facts->streams);
    out.member("polling", facts->polling);
    out.member("promised_until", facts->promised_until);
    if (facts->sign_in) write_sign_in(out, *facts->sign_in);
    out.key("budget");
    out.object([&] {
        out.member("requests", facts->budget_requests);
        out.member("left", facts->budget_left);
        out.member("window_seconds",
                   std::int64_t{std::chrono::duration_cast<std::chrono::seconds>(facts->budget_window).count()});
    });
}

void write_source(JsonWriter& out, const Site& site, const SourceRecord& source,
                  const std::optional<PollingFacts>& facts) {
    auto platform = site.hooks.platform_of ? site.hooks.platform_of(source.name) : std::string();
    if (platform.empty()) platform = source.kind;
    out.member("name", source.name);
    out.member("kind", source.kind);
    out.member("platform", platform);
    out.member("state", source.state);
    out.member("paused", source.paused);
    out.member("last_success_at", source.last_success_at);
    out.member("last_mention_at", source.last_mention_at);
    out.text_or_null("last_error", source.last_error);
    out.member("failures", source.failures);
    out.text_or_null("last_warning", source.last_warning);
    out.member("last_warning_at", source.last_warning_at);
    out.key("lag_seconds");
    if (source.lag)
        out.value(std::int64_t{std::chrono::duration_cast<std::chrono::seconds>(*source.lag).count()});
    else
        out.null();
    out.member("next_poll_at", source.paused ? std::nullopt : source.next_poll_at);
    out.member("mentions", source.mentions);
    out.member("silent", source.silent);
    write_facts(out, facts);
}

Response trial_response(const SourceTrial& trial) {
    JsonWriter out;
    out.object([&] {
        out.key("test");
        out.object([&] {
            out.member("mentions", trial.mentions);
            out.member("newest", trial.newest);
            out.strings("warnings", trial.warnings);
            out.member("took_ms", std::int64_t{trial.took.count()});
        });
    });
    return json_response(std::move(out).take());
}

Task<Response> try_out(Site& site, const Request& request, std::string name) {
    if (!site.hooks.sources.try_out) co_return not_found();
    auto trying = site.hooks.sources.try_out(name);
    const auto trial = co_await std::move(trying);
    site.audit(request, "source_tested", name, trial ? "ok" : "failed");
    if (!trial) co_return problem(409, "source_failed", trial.error().what);
    co_return trial_response(*trial);
}

Task<Response> answer_with(Site& site, std::string name) {
    const auto source = co_await site.database.read([&](Reader& reader) { return reader.source(name); });
    if (!source) co_return not_found();
    JsonWriter out;
    out.object([&] {
        out.key("source");
        out.object([&] { write_source(out, site, *source, facts_of(site, name)); });
    });
    co_return json_response(std::move(out).take());
}

}  // namespace

Task<Response> get_sources(Site& site, const Request& request) {
    const auto sources = co_await site.database.read([](Reader& reader) { return reader.sources(); });
    JsonWriter out;
    out.object([&] {
        out.key("sources");
        out.array([&] {
            for (const auto& source : sources) {
                const auto facts = facts_of(site, source.name);
                if (!sees_source(request.person(), facts)) continue;
                out.object([&] { write_source(out, site, source, facts); });
            }
        });
    });
    co_return json_response(std::move(out).take());
}

Task<Response> post_source(Site& site, const Request& request) {
    const auto name = request.args[0];
    JsonMembers in(request);
    const auto action = in.text("action", 16);
    if (auto refused = in.refuse()) co_return std::move(*refused);
    const auto facts = facts_of(site, name);
    if (!facts || !sees_brand(request.person(), facts->brand)) co_return not_found();
    if (action == "test") {
        auto tried = co_await try_out(site, request, name);
        co_return tried;
    }
    if (action == "pause" || action == "resume") {
        const bool paused = action == "pause";
        const bool known = co_await site.database.write([&](Store& store) { return store.pause_source(name, paused); });
        if (!known) co_return not_found();
        if (site.hooks.sources.paused) site.hooks.sources.paused(name, paused);
        site.audit(request, paused ? "source_paused" : "source_resumed", name, "ok");
    } else if (action == "poll") {
        if (facts->promised_until && *facts->promised_until > site.clock.now())
            co_return problem(409, "not_possible", "the platform asked not to be asked again before",
                              [&](JsonWriter& out) { out.member("until", facts->promised_until); });
        if (site.hooks.sources.poll) site.hooks.sources.poll(name);
        site.audit(request, "source_polled", name, "ok");
    } else {
        co_return problem(400, "bad_request", "`action` is pause, resume, poll or test");
    }
    auto answer = co_await answer_with(site, name);
    co_return answer;
}

}  // namespace rasid::handlers
