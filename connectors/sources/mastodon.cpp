#include "connectors/plain_text.hpp"
#include "connectors/reply_forms.hpp"
#include "connectors/source_kind.hpp"
#include "connectors/sources/mastodon_publisher.hpp"
#include "connectors/sources/mastodon_source.hpp"

#include <algorithm>
#include <array>

namespace rasid {
namespace {

constexpr std::array kMastodonOptions = {
    OptionSpec{.name = "url",
               .type = OptionSpec::Type::url,
               .required = true,
               .help = "address of the server: https://social.example"},
    OptionSpec{
        .name = "token_file",
        .type = OptionSpec::Type::secret_file,
        .help =
            "file with an access token (read:notifications read:statuses read:search write:statuses write:favourites); "
            "needed for mentions, search and answers unless an admin signs in on the Sources screen"},
    OptionSpec{.name = "watch",
               .type = OptionSpec::Type::text_list,
               .required = true,
               .help = "any of \"mentions\", \"tag:NAME\", \"public\", \"search:WORDS\""},
    OptionSpec{.name = "overlap",
               .type = OptionSpec::Type::duration,
               .fallback = "45m",
               .help = "how far behind the newest post timelines are read again, for posts that arrive late"},
    OptionSpec{.name = "include_private",
               .type = OptionSpec::Type::boolean,
               .fallback = "false",
               .help = "also take posts that only followers or we may see"},
    OptionSpec{.name = "idempotent",
               .type = OptionSpec::Type::boolean,
               .fallback = "true",
               .help = "the server honours Idempotency-Key: Mastodon and Pleroma do, GoToSocial and snac2 do not"},
    OptionSpec{.name = "longest_reply",
               .type = OptionSpec::Type::integer,
               .fallback = "500",
               .help =
                   "characters that the server takes: configuration.statuses.max_characters of its /api/v2/instance"},
};

constexpr std::array kMastodonActions = {PublishAction::reply, PublishAction::reshare, PublishAction::like};

MastodonApi api_of(const Options& options, SourceEnv env) {
    return MastodonApi(std::string(options.text("url")), std::string(options.text("token_file")), env);
}

Result<std::unique_ptr<Source>> make_mastodon(const Options& options, SourceEnv env) {
    auto refused = [](std::string what) { return Failure{Failure::Kind::refused, std::move(what)}; };
    if (web_url(options.text("url")).empty()) return refused("`url` must be an http or https address");
    auto api = api_of(options, env);
    MastodonSettings settings;
    for (const auto& text : options.list("watch")) {
        auto watch = parse_mastodon_watch(text);
        if (!watch) return watch.error();
        const bool needs_token =
            watch->kind == MastodonWatch::Kind::mentions || watch->kind == MastodonWatch::Kind::search;
        if (needs_token && !api.has_token())
            return refused("`" + text + "` can only be watched with a `token_file`, or when somebody has signed in");
        settings.watches.push_back(std::move(*watch));
    }
    if (settings.watches.empty())
        return refused("`watch` names nothing; give it at least \"mentions\" or \"tag:NAME\"");
    if (!options.text("overlap").empty()) settings.overlap = options.duration("overlap");
    settings.include_private = options.flag("include_private");
    settings.reading = {api.host(), options.platform_or("mastodon"), options.source, options.own_accounts};
    return std::unique_ptr<Source>(std::make_unique<MastodonSource>(std::move(api), std::move(settings), env.clock));
}

std::unique_ptr<Publisher> make_mastodon_publisher(const Options& options, SourceEnv env) {
    const bool idempotent = options.text("idempotent").empty() || options.flag("idempotent");
    return std::make_unique<MastodonPublisher>(api_of(options, env), idempotent);
}

std::optional<SignInWay> sign_in(const Options& options) { return mastodon_sign_in(options.text("url")); }

ReplyForm reply_form(const Options& options) {
    constexpr std::int64_t kLongest = 100000;
    auto form = reply_form_of_platform("mastodon");
    if (!options.text("longest_reply").empty())
        form.limit = static_cast<int>(std::clamp(options.integer("longest_reply"), std::int64_t{1}, kLongest));
    return form;
}

}  // namespace

extern const SourceKind k_mastodon_kind;
const SourceKind k_mastodon_kind = {
    .name = "mastodon",
    .platform = "mastodon",
    .summary =
        "mentions, hashtags, the public timeline and searches of a Mastodon, GoToSocial, Pleroma or snac2 server",
    .answers = "reply, reshare, like",
    .options = kMastodonOptions,
    .make = make_mastodon,
    .make_publisher = make_mastodon_publisher,
    .actions = kMastodonActions,
    .reply_form = reply_form,
    .sign_in = sign_in,
    .token_option = "token_file",
};

}  // namespace rasid
