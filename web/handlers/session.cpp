#include "core/setup_people.hpp"
#include "core/setup_toml.hpp"
#include "escalation/local_instant.hpp"
#include "web/dispatch.hpp"
#include "web/handlers/handlers.hpp"
#include "web/json_members.hpp"
#include "web/names.hpp"
#include "web/page_settings_members.hpp"
#include "web/passwords.hpp"

#include <algorithm>

namespace rasid::handlers {
namespace {

constexpr std::size_t kLongestEmail = 254;
constexpr std::size_t kLongestPassword = 512;

std::string session_json(const Site& site, const Person& person, const Session& session) {
    JsonWriter out;
    out.object([&] {
        out.key("person");
        out.object([&] {
            out.member("id", person.id);
            out.member("name", person.name);
            out.member("email", person.email);
            out.member("role", to_string(person.role));
            out.member("language", person.language);
            out.strings("brands", person.brands);
            out.text_or_null("quiet", person.quiet ? quiet_hours_text(*person.quiet) : std::string());
            out.text_or_null("time_zone", person.time_zone);
            out.member("updates", person.updates);
            out.member("digest", person.digest);
            write_page_settings(out, site.workspace->page_settings_of(person.id));
        });
        out.member("csrf", session.csrf);
        out.member("now", site.clock.now());
        out.member("demo", site.config.demo);
        out.member("version", site.config.version);
        out.key("workspace");
        out.object([&] { out.member("time_zone", site.config.time_zone); });
    });
    return std::move(out).take();
}

Response signed_in(const Site& site, const Person& person, const Accounts::Opened& opened) {
    auto response = json_response(session_json(site, person, opened.session));
    response.headers.push_back(session_cookie(opened.token));
    return response;
}

/// The session that this browser had: signing in replaces it, so that no token outlives a change of person.
std::string old_token(const Request& request) { return std::string(request.cookie(kSessionCookie)); }

struct NewAdmin {
    std::optional<Person> person;  ///< as stored
    std::string refusal;
};

/// Makes the account, or turns the person whom an imported setup knows by that e-mail into the admin.
NewAdmin make_first_admin(Store& store, const Person& wished, const std::string& hash, Instant now) {
    if (store.any_password()) return {{}, "an account exists already"};
    auto setup = store.setup();
    const auto same = [](const Person& person, const std::string& email) {
        return fold_handle(person.email) == fold_handle(email);
    };
    auto* known = static_cast<Person*>(nullptr);
    for (auto& person : setup.people) {
        if (same(person, wished.email)) known = &person;
    }
    if (known) {
        known->role = Role::admin;
        known->language = wished.language;
        known->brands.clear();
    } else {
        if (find_named(setup.people, wished.name))
            return {{}, "the setup knows somebody of this name by another e-mail address"};
        setup.people.push_back(wished);
    }
    store.put_setup(setup, {.way = "first admin", .at = now});
    auto stored = store.person_by_email(wished.email);
    if (stored) store.put_password(stored->id, hash);
    return {std::move(stored), {}};
}

}  // namespace

Task<Response> get_first_admin(Site& site, const Request&) {
    const bool exists = co_await site.database.read([](Reader& reader) { return reader.any_password(); });
    // Nobody signs in to a demo by password: its links are the way in.
    co_return json_response(exists || site.config.demo ? R"({"needed":false})" : R"({"needed":true})");
}

Task<Response> post_first_admin(Site& site, const Request& request) {
    JsonMembers in(request);
    const auto code = in.text("code", 128);
    Person wished;
    wished.name = in.text("name", kLongestSetupName);
    wished.email = in.text("email", kLongestEmail);
    const auto password = in.text("password", kLongestPassword);
    wished.language = in.optional_text("language", 8).value_or("en");
    wished.role = Role::admin;
    if (auto refused = in.refuse()) co_return std::move(*refused);

    const auto now = site.clock.now();
    const auto wait = site.accounts.throttle().attempt("first-admin", request.client, now);
    if (wait > Duration(0)) co_return throttled(std::chrono::ceil<std::chrono::seconds>(wait));
    const auto& expected = site.first_admin;
    if (!expected || now > expected->valid_until || !same_secret(code, expected->code)) {
        site.accounts.throttle().failed("first-admin", now);
        site.audit(request, "first_admin", "", "wrong code");
        co_return problem(403, "wrong_code", "the code is not the one on the console, or its 15 minutes are over");
    }
    // The reader of setups is the judge of names and addresses.
    Setup alone;
    alone.people.push_back(wished);
    const auto checked = parse_setup(print_setup(alone), "account");
    if (!checked.errors.empty()) co_return problem(422, "refused_account", checked.errors.front().what);
    if (const auto sound = check_password(password, {wished.name, wished.email}); !sound) {
        co_return problem(422, "weak_password", sound.error().what);
    }
    const auto hash = co_await site.accounts.hash(password);
    if (!hash) co_return throttled(std::chrono::seconds(1));
    auto made = co_await site.database.write([&](Store& store) { return make_first_admin(store, wished, *hash, now); });
    if (!made.person) co_return problem(409, "not_possible", made.refusal);

    site.first_admin.reset();
    co_await site.reload_workspace();
    if (site.hooks.setup_changed) site.hooks.setup_changed();
    auto opened = co_await site.accounts.open_session(made.person->id, old_token(request));
    site.audit(request, "first_admin", made.person->id, "ok");
    co_return signed_in(site, *made.person, opened);
}

Task<Response> post_session(Site& site, const Request& request) {
    JsonMembers in(request);
    const auto email = in.text("email", kLongestEmail);
    const auto password = in.text("password", kLongestPassword);
    if (auto refused = in.refuse()) co_return std::move(*refused);
    auto outcome = co_await site.accounts.sign_in(email, password, request.client, old_token(request));
    if (const auto* soon = std::get_if<Accounts::TooSoon>(&outcome)) {
        site.audit(request, "sign_in", email, "throttled");
        co_return throttled(soon->retry_after);
    }
    const auto* opened = std::get_if<Accounts::Opened>(&outcome);
    if (!opened) {
        site.audit(request, "sign_in", email, "wrong credentials");
        co_return problem(401, "wrong_credentials", "e-mail or password is wrong");
    }
    if (!site.workspace->person(opened->session.person)) co_await site.reload_workspace();
    const auto* person = site.workspace->person(opened->session.person);
    if (!person) co_return problem(401, "wrong_credentials", "e-mail or password is wrong");
    site.audit(request, "sign_in", person->id, "ok");
    co_return signed_in(site, *person, *opened);
}

Task<Response> get_session(Site& site, const Request& request) {
    co_return json_response(session_json(site, request.person(), request.principal->session));
}

namespace {

/// Whoever signs out and had said that he is here is here no longer.
void leave(Store& store, const std::string& person, Instant now) {
    const auto workloads = store.workloads();
    const auto own = std::ranges::find(workloads, person, &Workload::person);
    if (own != workloads.end() && own->present) store.put_presence(person, false, now);
}

}  // namespace

Task<Response> delete_session(Site& site, const Request& request) {
    const auto session = request.principal->session.token_hash;
    const auto person = request.person().id;
    const auto now = site.clock.now();
    co_await site.accounts.sign_out(session);
    co_await site.database.write([&](Store& store) { leave(store, person, now); });
    site.events.close_session(session);
    site.audit(request, "sign_out", request.person().id, "ok");
    auto response = no_content();
    response.headers.push_back(session_cookie(""));
    co_return response;
}

namespace {

std::optional<Response> read_switch(JsonMembers& in, std::string_view name, bool& into) {
    const auto value = in.value(name);
    if (value.exists() && !value.is_bool())
        return problem(400, "bad_request", "`" + std::string(name) + "` is true or false");
    into = value.boolean().value_or(into);
    return std::nullopt;
}

/// What a person decides about himself; a response when it is not that.
std::optional<Response> read_own_choices(JsonMembers& in, Person& person, PageSettings& settings) {
    const auto language = in.optional_text("language", 8);
    const auto quiet = in.optional_text("quiet", 16);
    const auto zone = in.optional_text("time_zone", 64);
    auto wrong = read_switch(in, "updates", person.updates);
    if (auto also = read_switch(in, "digest", person.digest); also && !wrong) wrong = std::move(also);
    if (auto also = read_page_settings(in, settings); also && !wrong) wrong = std::move(also);
    if (auto refused = in.refuse()) return refused;
    if (wrong) return wrong;
    if (language && *language != "ar" && *language != "en")
        return problem(400, "bad_request", "`language` is ar or en");
    if (quiet && !quiet->empty() && !parse_quiet_hours(*quiet))
        return problem(400, "bad_request", "`quiet` are hours of a day such as 22:00-07:00, or empty");
    if (zone && !zone->empty() && !find_zone(*zone))
        return problem(400, "bad_request", "`time_zone` is no time zone; write Asia/Riyadh");
    person.language = language.value_or(person.language);
    if (quiet) person.quiet = parse_quiet_hours(*quiet);
    person.time_zone = zone.value_or(person.time_zone);
    return std::nullopt;
}

}  // namespace

Task<Response> patch_session_person(Site& site, const Request& request) {
    JsonMembers in(request);
    auto person = request.person();
    const auto before = person;
    const auto shown = site.workspace->page_settings_of(person.id);
    auto settings = shown;
    if (auto refused = read_own_choices(in, person, settings)) co_return std::move(*refused);
    if (!(person == before) || !(settings == shown)) {
        co_await site.database.write([&](Store& store) {
            store.put_person_language(person.id, person.language);
            store.put_person_preferences(person);
            store.put_page_settings(person.id, settings);
        });
        co_await site.reload_workspace();
        if (site.hooks.setup_changed) site.hooks.setup_changed();
    }
    co_return json_response(session_json(site, person, request.principal->session));
}

Task<Response> demo_sign_in(Site& site, const Request& request) {
    const auto known =
        site.config.demo ? site.sign_in_tokens.find(token_hash(request.parameter("t"))) : site.sign_in_tokens.end();
    if (known == site.sign_in_tokens.end()) co_return not_found();
    const auto person = known->second;
    const auto opened = co_await site.accounts.open_session(person, old_token(request));
    auto response = redirect_to("/");
    response.headers.push_back(session_cookie(opened.token));
    co_return response;
}

}  // namespace rasid::handlers
