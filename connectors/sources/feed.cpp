#include "connectors/plain_text.hpp"
#include "connectors/source_kind.hpp"
#include "connectors/sources/feed_cursor.hpp"
#include "connectors/sources/feed_document.hpp"
#include "core/customer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>
#include <unordered_set>

namespace rasid {
namespace {

constexpr std::size_t kRememberedEntries = 500;  ///< entries that left the feed and are still known
constexpr int kMovedForGood = 3;                 ///< permanent redirects in a row before the move is believed
constexpr std::chrono::seconds kLongestWait = std::chrono::hours(24);

/// Seconds of `Cache-Control: max-age`, less what a cache on the way already spent of them.
std::chrono::seconds fresh_for(const HttpResponse& response) {
    auto seconds_in = [](std::string_view digits) {
        std::int64_t value = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return std::chrono::seconds(std::clamp<std::int64_t>(value, 0, kLongestWait.count()));
    };
    const auto control = clean_line(response.header("Cache-Control"));
    constexpr std::string_view kName = "max-age=";
    auto at = control.find(kName);
    if (at == std::string::npos || (at > 0 && control[at - 1] == '-')) return std::chrono::seconds(0);
    auto age = seconds_in(response.header("Age"));
    return std::max(seconds_in(std::string_view(control).substr(at + kName.size())) - age, std::chrono::seconds(0));
}

class FeedSource final : public Source {
public:
    FeedSource(const Options& options, SourceEnv env) : options_(options), env_(env), url_(options.text("url")) {}

    Task<PollResult> poll(Cursor after) override {
        auto stored = FeedCursor::read(after);
        auto cursor = stored.value_or(FeedCursor{});
        auto response = co_await env_.http.fetch(request(cursor));
        if (!response) co_return response.error();
        const auto now = env_.clock.now();
        if (response->status != 304 && (response->status < 200 || response->status > 299))
            co_return failure_of(*response, std::chrono::floor<std::chrono::seconds>(now));

        Page page;
        if (!stored)
            page.warnings.push_back("the stored position was unreadable; all entries of the feed are read again");
        const bool moved = response->moved_permanently && response->effective_url != url_;
        cursor.moved = moved ? std::min(cursor.moved + 1, kMovedForGood) : 0;
        if (cursor.moved == kMovedForGood) page.moved_to = clean_line(response->effective_url, 2048);
        keep_validators(cursor, *response);

        if (response->status != 304) {
            auto document = parse_feed(response->body, response->header("Content-Type"), response->effective_url);
            if (!document) co_return document.error();
            take(*document, cursor, page);
        }
        auto wait = std::max(fresh_for(*response), cursor.ttl);
        if (auto after_header =
                parse_retry_after(response->header("Retry-After"), std::chrono::floor<std::chrono::seconds>(now)))
            wait = std::max(wait, *after_header);
        if (wait.count() > 0) page.not_before = std::min(wait, kLongestWait);
        page.next = cursor.write();
        co_return page;
    }

private:
    HttpRequest request(const FeedCursor& cursor) const {
        HttpRequest request{.url = url_};
        request.headers.push_back({"Accept",
                                   "application/atom+xml, application/rss+xml, application/feed+json, "
                                   "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"});
        if (!cursor.etag.empty()) request.headers.push_back({"If-None-Match", cursor.etag});
        if (!cursor.modified.empty()) request.headers.push_back({"If-Modified-Since", cursor.modified});
        return request;
    }

    static void keep_validators(FeedCursor& cursor, const HttpResponse& response) {
        constexpr std::size_t kLongest = 512;
        auto keep = [](std::string& slot, std::string_view value) {
            slot = value.size() <= kLongest ? std::string(value) : "";
        };
        // A 304 may leave out what did not change; a 200 without a validator has none.
        if (response.status != 304 || !response.header("ETag").empty()) keep(cursor.etag, response.header("ETag"));
        if (response.status != 304 || !response.header("Last-Modified").empty())
            keep(cursor.modified, response.header("Last-Modified"));
    }

    void take(FeedDocument& document, FeedCursor& cursor, Page& page) const {
        std::unordered_map<std::string, std::string> known;
        for (const auto& entry : cursor.known) known.emplace(entry.id, entry.content);

        std::vector<FeedCursor::Known> shown;
        std::unordered_set<std::string> seen;
        std::size_t fresh = 0;
        std::size_t alive = 0;
        // The newest entry stands first in nearly every feed; read from the end, equal dates come out oldest first.
        std::reverse(document.entries.begin(), document.entries.end());
        for (const auto& entry : document.entries) {
            auto id = short_hash({entry.id});
            if (!seen.insert(id).second) continue;
            auto content =
                entry.deleted ? std::string(kDeletedRevision) : short_hash({entry.title, entry.text, entry.author});
            auto before = known.find(id);
            if (!entry.deleted) ++alive;
            if (before == known.end() && !entry.deleted) ++fresh;
            const bool news = before == known.end() || before->second != content;
            if (news && page.mentions.size() == limits::kMentionsPerPage) {
                page.more = true;
                if (before != known.end()) shown.push_back({id, before->second});
                continue;
            }
            if (news) page.mentions.push_back(mention_of(document, entry, content));
            shown.push_back({std::move(id), std::move(content)});
        }
        if (alive > 1 && fresh == alive && !known.empty())
            page.warnings.push_back(
                "no entry of the last poll is in the feed any more: some may have come and gone unseen; "
                "poll it more often");
        for (auto& warning : document.warnings) page.warnings.push_back(std::move(warning));
        std::stable_sort(page.mentions.begin(), page.mentions.end(),
                         [](const Mention& a, const Mention& b) { return a.created_at < b.created_at; });

        std::size_t kept = 0;
        for (const auto& entry : cursor.known)
            if (kept < kRememberedEntries && !seen.contains(entry.id)) shown.push_back(entry), ++kept;
        cursor.known = std::move(shown);
        cursor.ttl = document.ttl.value_or(std::chrono::seconds(0));
        // With validators kept, the next answer would be "nothing changed" and the rest would never come.
        if (page.more) cursor.etag.clear(), cursor.modified.clear();
    }

    Mention mention_of(const FeedDocument& document, const FeedEntry& entry, const std::string& content) const {
        const auto now = env_.clock.now();
        Mention mention;
        mention.key = {options_.platform_or("news"), native_id(entry.id)};
        mention.source = options_.source;
        mention.revision = content;
        // Dates in the future are mistakes of a time zone; a promise must not start there.
        mention.created_at = std::min(entry.published.value_or(entry.updated.value_or(now)), now);
        if (entry.deleted) {
            mention.deleted = true;
            return mention;
        }
        if (entry.updated && std::min(*entry.updated, now) > mention.created_at)
            mention.edited_at = std::min(*entry.updated, now);
        mention.title = entry.title;
        mention.text = text_of(entry);
        mention.url = entry.url;
        mention.domain = host_of(entry.url.empty() ? url_ : entry.url);
        mention.language = language_of(document, entry);
        mention.author.name = !entry.author.empty()      ? entry.author
                              : !document.author.empty() ? document.author
                                                         : document.title;
        mention.author.handle = !entry.author.empty()      ? entry.author
                                : !document.author.empty() ? document.author
                                                           : mention.domain;
        mention.in_reply_to = entry.in_reply_to.empty() ? std::string() : native_id(entry.in_reply_to);
        mention.conversation = mention.in_reply_to.empty() ? mention.key.native_id : mention.in_reply_to;
        mention.own =
            std::any_of(options_.own_accounts.begin(), options_.own_accounts.end(), [&](const std::string& account) {
                return fold_handle(account) == fold_handle(mention.author.handle);
            });
        mention.stars = entry.stars;
        mention.replies = entry.replies;
        return mention;
    }

    /// Guids are unique within one feed only.
    std::string native_id(const std::string& id) const { return url_ + " " + id; }

    /// Begins with the title, so that rules find what only the title says.
    static std::string text_of(const FeedEntry& entry) {
        if (entry.title.empty() || entry.text.starts_with(entry.title)) return entry.text;
        if (entry.text.empty()) return entry.title;
        return clean_text(entry.title + "\n\n" + entry.text);
    }

    std::string language_of(const FeedDocument& document, const FeedEntry& entry) const {
        if (auto fixed = options_.text("language"); !fixed.empty()) return std::string(fixed);
        return entry.language.empty() ? document.language : entry.language;
    }

    Options options_;
    SourceEnv env_;
    std::string url_;
};

constexpr std::array kFeedOptions = {
    OptionSpec{.name = "url", .type = OptionSpec::Type::url, .required = true, .help = "address of the feed"},
    OptionSpec{.name = "platform",
               .fallback = "news",
               .help = "what its entries count as: news, blog, forum, reviews or any other word"},
    OptionSpec{.name = "language", .help = "language of its entries (BCP 47) where the feed itself is silent or wrong"},
};

Result<std::unique_ptr<Source>> make_feed(const Options& options, SourceEnv env) {
    if (web_url(options.text("url")).empty())
        return Failure{Failure::Kind::refused, "`url` must be an http or https address"};
    return std::unique_ptr<Source>(std::make_unique<FeedSource>(options, env));
}

}  // namespace

extern const SourceKind k_feed_kind;
const SourceKind k_feed_kind = {
    .name = "feed",
    .platform = "news",
    .summary = "entries of an RSS, Atom or JSON feed",
    .answers = "",
    .options = kFeedOptions,
    .make = make_feed,
};

}  // namespace rasid
