#include "tests/web/web_house.hpp"

#include "core/setup_toml.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace rasid {

namespace {

Task<Result<SourceTrial>> try_out(bool broken) {
    if (broken) co_return Failure{Failure::Kind::unauthorized, "the token was refused"};
    SourceTrial trial;
    trial.mentions = 3;
    trial.warnings = {"one entry was skipped"};
    co_return trial;
}

Task<Result<std::string>> begin(FakeSourceDesk& desk, std::string name, std::string session) {
    if (desk.broken) co_return Failure{Failure::Kind::refused, "set web.public_url"};
    desk.begun[name] = session;
    co_return "https://social.example/oauth/authorize?state=" + name;
}

Task<Result<std::string>> finish(FakeSourceDesk& desk, SignInAnswer answer, std::string session) {
    desk.done.push_back("answer " + answer.code + answer.error + " iss " + answer.iss);
    const auto waiting = desk.begun.extract(answer.state);
    if (waiting.empty() || waiting.mapped() != session) co_return Failure{Failure::Kind::conflict, "nobody waits"};
    if (!answer.error.empty()) co_return Failure{Failure::Kind::unauthorized, "nothing was granted"};
    if (desk.broken) co_return Failure{Failure::Kind::unreachable, "a secret of the inside"};
    co_return answer.state;
}

Task<Result<void>> leave(FakeSourceDesk& desk, std::string name) {
    if (desk.broken) co_return Failure{Failure::Kind::not_found, "nobody is signed in"};
    desk.done.push_back("sign out " + name);
    co_return Result<void>();
}

}  // namespace

Setup WebHouse::sample_setup() {
    auto parsed = parse_setup(R"toml(
[[person]]
name = "Sara"
email = "sara@example.org"
[[person]]
name = "Omar"
email = "omar@example.org"
brands = ["saba"]
[[person]]
name = "Mona"
email = "mona@example.org"
role = "manager"
[[person]]
name = "Adam"
email = "adam@example.org"
role = "admin"
[[ladder]]
name = "care"
steps = [ { at = "50%", to = "role:moderator", by = "mail" } ]
[[queue]]
name = "care"
first_response = "15m"
resolution = "8h"
ladder = "care"
[[rule]]
name = "complaints"
query = 'coffee'
queue = "care"
priority = "high"
)toml",
                              "sample");
    if (!parsed.errors.empty()) throw std::logic_error(to_string(parsed.errors.front()));
    return parsed.setup;
}

std::string WebHouse::hear(const std::string& text, const std::string& brand, const std::string& handle,
                           Polarity polarity) {
    StoredMention stored;
    stored.id = new_id(random, clock.now());
    auto& mention = stored.mention;
    mention.key = {"mastodon", "post-" + std::to_string(++heard_)};
    mention.source = "toots";
    mention.author = {.handle = handle, .name = "Hind", .native_id = handle, .followers = 8412};
    mention.text = text;
    mention.url = "https://social.example/" + std::to_string(heard_);
    mention.reply_token = "token-" + std::to_string(heard_);
    mention.created_at = clock.now();
    auto& verdict = stored.verdict;
    verdict.language = "en";
    verdict.sentiment = {polarity, polarity == Polarity::negative ? -0.6 : 0.6, {{"awful", -0.6}}};
    verdict.rules = {"complaints"};
    verdict.hits = {{"complaints", "coffee", 0, 6}};
    verdict.queue = "care";
    verdict.priority = Priority::high;
    verdict.brand = brand;
    verdict.reasons = {{"rule", {"complaints", "coffee"}}};
    stored.stored_at = clock.now();
    const auto now = clock.now();
    return write([stored, now](Store& store) mutable {
        RealRandom bytes;
        TicketContext context;
        context.mention_id = stored.id;
        const auto customer = store.customer_of(stored.mention.key.platform, stored.mention.author.handle);
        if (customer) stored.customer = context.customer = customer->id;
        context.open =
            store.open_ticket_for(stored.mention.key.platform, "", stored.mention.author.handle, context.customer);
        if (context.open) context.history = store.events_of(context.open->id);
        context.since = now - std::chrono::hours(1);
        const auto change = route(policies_of(store.setup()), stored.mention, stored.verdict, context, bytes, now);
        if (!change) throw std::logic_error("the mention was not routed");
        stored.ticket = change->after.id;
        Intake intake;
        intake.source = "toots";
        intake.mentions = {stored};
        intake.tickets = {*change};
        store.take(intake);
        return stored.ticket;
    });
}

SourceDesk FakeSourceDesk::desk() {
    SourceDesk desk;
    desk.facts = [this](const std::string& name) {
        const auto known = facts.find(name);
        return known == facts.end() ? std::nullopt : std::optional(known->second);
    };
    desk.paused = [this](const std::string& name, bool paused) {
        done.push_back((paused ? "pause " : "resume ") + name);
    };
    desk.poll = [this](const std::string& name) { done.push_back("poll " + name); };
    desk.try_out = [this](std::string) -> Task<Result<SourceTrial>> { return try_out(broken); };
    desk.begin_sign_in = [this](std::string name, std::string session) {
        return begin(*this, std::move(name), std::move(session));
    };
    desk.finish_sign_in = [this](SignInAnswer answer, std::string session) {
        return finish(*this, std::move(answer), std::move(session));
    };
    desk.sign_out = [this](std::string name) { return leave(*this, std::move(name)); };
    return desk;
}

WebHooks WebHouse::hooks() {
    WebHooks hooks;
    hooks.sources = desk.desk();
    hooks.outbox_changed = [this] { ++told.outbox_changed; };
    hooks.setup_changed = [this] { ++told.setup_changed; };
    hooks.presence_changed = [this] { ++told.presence_changed; };
    hooks.tickets_changed = [this] { ++told.tickets_changed; };
    hooks.actions_of = [this](const std::string&) {
        if (fail_actions) throw std::runtime_error("a secret of the inside");
        return actions;
    };
    hooks.corrections_changed = [this] { ++told.corrections_changed; };
    hooks.reply_form_of = [](const std::string&, const std::string&) {
        return ReplyForm{.limit = 500,
                         .url_length = 23,
                         .counts_remote_handles = false,
                         .visibilities = {Visibility::open, Visibility::unlisted, Visibility::direct}};
    };
    hooks.platform_of = [](const std::string&) { return std::string("mastodon"); };
    hooks.check_setup = [](const Setup& setup) {
        std::vector<SetupError> errors;
        for (const auto& rule : setup.rules) {
            if (rule.query.find("((") != std::string::npos)
                errors.push_back({rule.query_origin, "an open bracket", "قوس مفتوح"});
        }
        return errors;
    };
    hooks.audit = [this](const AuditRecord& record) {
        const std::lock_guard lock(told.mutex);
        told.audit.push_back(record);
    };
    hooks.failed = [this](const std::string& id, const std::string& what) {
        const std::lock_guard lock(told.mutex);
        told.failures.push_back(id + ": " + what);
    };
    return hooks;
}

Browser WebHouse::manager_of(const std::string& brand) {
    const auto omar = R"({"email":"omar@example.org","role":"manager","brands":[")" + brand + R"("]})";
    EXPECT_EQ(sign_in("Adam").change("PUT", "/api/v1/setup/people/Omar", omar).status, 200);
    return sign_in("Omar");
}

}  // namespace rasid
