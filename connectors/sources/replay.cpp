#include "connectors/plain_text.hpp"
#include "connectors/source_kind.hpp"
#include "core/customer.hpp"
#include "core/mention_json.hpp"

#include <algorithm>
#include <array>

namespace rasid {
namespace {

constexpr std::size_t kLargestFile = 64u << 20;
constexpr std::size_t kPerPage = 200;
constexpr std::string_view kReplayPlatform = "replay";

struct DueMention {
    Instant due = {};
    Mention mention = {};
};

struct Script {
    std::vector<DueMention> lines = {};  ///< in the order in which they are due
    std::vector<std::size_t> bad = {};   ///< numbers of the lines that cannot be read
};

/// A line becomes due `at` seconds after the start, else when its last change happened.
Result<DueMention> read_line(std::string_view line, Instant start) {
    auto json = parse_json(line);
    if (!json) return json.error();
    auto parsed = parse_mention_json(json->root(), start);
    if (!parsed) return parsed.error();
    DueMention out{.mention = std::move(parsed->mention)};
    auto& mention = out.mention;
    const auto at = json->root()["at"];
    constexpr std::int64_t kFurthest = 10LL * 366 * 86400;
    if (at.exists() && (!at.integer() || *at.integer() < -kFurthest || *at.integer() > kFurthest))
        return Failure{Failure::Kind::malformed, "`at` must be whole seconds within ten years"};
    if (at.exists())
        out.due = start + std::chrono::seconds(*at.integer());
    else if (mention.edited_at)
        out.due = *mention.edited_at;
    else
        out.due = mention.created_at == Instant{} ? start : mention.created_at;
    if (mention.created_at == Instant{}) mention.created_at = out.due;
    if (mention.revision.empty() && mention.deleted) mention.revision = kDeletedRevision;
    if (mention.revision.empty() && mention.edited_at) mention.revision = to_rfc3339(*mention.edited_at);
    return out;
}

Script read_script(std::string_view content, Instant start) {
    Script script;
    for (std::size_t number = 1; !content.empty(); ++number) {
        auto end = std::min(content.find('\n'), content.size());
        auto line = content.substr(0, end);
        content.remove_prefix(std::min(end + 1, content.size()));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        auto read = read_line(line, start);
        if (read)
            script.lines.push_back(std::move(*read));
        else
            script.bad.push_back(number);
    }
    std::stable_sort(script.lines.begin(), script.lines.end(),
                     [](const DueMention& a, const DueMention& b) { return a.due < b.due; });
    return script;
}

struct ReplayCursor {
    Instant start = {};
    std::size_t next = 0;  ///< lines reported, in the order in which they are due
    bool warned = false;   ///< of bad lines, once

    static std::optional<ReplayCursor> read(const Cursor& cursor) {
        auto json = parse_json(cursor.token);
        if (!json) return std::nullopt;
        auto start = json->root()["start"].integer();
        auto next = json->root()["next"].integer();
        if (!start || !next || *next < 0) return std::nullopt;
        return ReplayCursor{from_micros(*start), static_cast<std::size_t>(*next),
                            json->root()["warned"].boolean().value_or(false)};
    }
    Cursor write() const {
        JsonWriter json;
        json.object([&] {
            json.member("start", static_cast<std::int64_t>(to_micros(start)));
            json.member("next", next);
            if (warned) json.member("warned", true);
        });
        return Cursor{std::move(json).take()};
    }
};

class ReplaySource final : public Source {
public:
    ReplaySource(const Options& options, SourceEnv env, std::optional<Instant> start)
        : options_(options), files_(env.files), clock_(env.clock), start_(start) {}

    Task<PollResult> poll(Cursor after) override {
        Page page;
        const auto now = clock_.now();
        ReplayCursor cursor{.start = start_.value_or(now)};
        if (!after.token.empty()) {
            auto stored = ReplayCursor::read(after);
            if (stored)
                cursor = *stored;
            else
                page.warnings.push_back("the stored position was unreadable; the file is played from its beginning");
        }
        auto content = files_.read(std::string(options_.text("path")), kLargestFile);
        if (!content) co_return content.error();
        auto script = read_script(*content, cursor.start);
        if (!script.bad.empty() && !cursor.warned) {
            page.warnings.push_back(warning_of(script.bad));
            cursor.warned = true;
        }
        auto& lines = script.lines;
        while (cursor.next < lines.size() && lines[cursor.next].due <= now && page.mentions.size() < kPerPage)
            page.mentions.push_back(finished(std::move(lines[cursor.next++].mention)));
        page.more = cursor.next < lines.size() && lines[cursor.next].due <= now;
        page.next = cursor.write();
        co_return page;
    }

private:
    std::string warning_of(const std::vector<std::size_t>& bad) const {
        constexpr std::size_t kNamed = 10;
        std::string out = bad.size() == 1 ? "line" : "lines";
        for (std::size_t i = 0; i < std::min(bad.size(), kNamed); ++i)
            out += (i == 0 ? " " : ", ") + std::to_string(bad[i]);
        if (bad.size() > kNamed) out += " and " + std::to_string(bad.size() - kNamed) + " more";
        return out + " of " + std::string(options_.text("path")) + " cannot be read and " +
               (bad.size() == 1 ? "is" : "are") + " skipped";
    }

    Mention finished(Mention mention) const {
        if (mention.key.platform.empty()) mention.key.platform = options_.platform_or(kReplayPlatform);
        mention.source = options_.source;
        mention.text = clean_text(mention.text);
        mention.url = web_url(mention.url);
        if (mention.domain.empty()) mention.domain = host_of(mention.url);
        if (mention.deleted) return mention;
        if (mention.conversation.empty()) mention.conversation = mention.key.native_id;
        if (mention.reply_token.empty()) mention.reply_token = mention.key.native_id;
        mention.own = mention.own || std::any_of(options_.own_accounts.begin(), options_.own_accounts.end(),
                                                 [&mention](const std::string& account) {
                                                     return fold_handle(account) == fold_handle(mention.author.handle);
                                                 });
        return mention;
    }

    Options options_;
    Files& files_;
    Clock& clock_;
    std::optional<Instant> start_;
};

/// Takes every answer and sends none, so that a demo can be answered.
class ReplayPublisher final : public Publisher {
public:
    Task<Result<Published>> publish(PublishRequest request) override {
        Published published;
        if (request.action == PublishAction::reply || request.action == PublishAction::reshare)
            published.native_id = "replay:" + request.idempotency_key;
        co_return published;
    }
    bool repeatable() const override { return true; }
};

constexpr std::array kReplayOptions = {
    OptionSpec{.name = "path",
               .required = true,
               .help = "file with one mention a line, as `assess` takes them, with `at`: seconds after the start"},
    OptionSpec{.name = "start", .help = "moment that `at` counts from (RFC 3339); absent: the first poll"},
};

constexpr std::array kReplayActions = {PublishAction::reply, PublishAction::reshare, PublishAction::like,
                                       PublishAction::hide};

Result<std::unique_ptr<Source>> make_replay(const Options& options, SourceEnv env) {
    if (options.text("path").empty()) return Failure{Failure::Kind::refused, "`path` must name a file"};
    std::optional<Instant> start;
    if (auto text = options.text("start"); !text.empty()) {
        start = parse_rfc3339(text);
        if (!start)
            return Failure{Failure::Kind::refused, "`start` must be an RFC 3339 date such as \"2026-11-21T19:51:20Z\""};
    }
    return std::unique_ptr<Source>(std::make_unique<ReplaySource>(options, env, start));
}

std::unique_ptr<Publisher> make_replay_publisher(const Options&, SourceEnv) {
    return std::make_unique<ReplayPublisher>();
}

}  // namespace

extern const SourceKind k_replay_kind;
const SourceKind k_replay_kind = {
    .name = "replay",
    .platform = kReplayPlatform,
    .summary = "mentions recorded in a file, played in their own time from the start on; for demos and tests",
    .answers = "reply, reshare, like, hide",
    .options = kReplayOptions,
    .make = make_replay,
    .make_publisher = make_replay_publisher,
    .actions = kReplayActions,
};

}  // namespace rasid
