#include "connectors/plain_text.hpp"
#include "connectors/source_kind.hpp"
#include "connectors/sources/jetstream_cursor.hpp"
#include "connectors/word_filter.hpp"
#include "core/customer.hpp"
#include "core/json.hpp"

#include <algorithm>
#include <array>

namespace rasid {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kBluesky = "bluesky";
constexpr std::string_view kCollection = "app.bsky.feed.post";
constexpr Duration kReplay = std::chrono::seconds(5);  ///< read again after a reconnect
constexpr Duration kQuiet = std::chrono::seconds(10);  ///< a poll without news ends after this
constexpr Duration kGather = std::chrono::seconds(1);  ///< a poll with news ends after this
constexpr Duration kDead = std::chrono::seconds(60);   ///< a stream as busy as this is not silent for so long
constexpr Duration kGap = std::chrono::minutes(5);     ///< more than a replay can be off
constexpr int kMessagesPerPoll = 20000;
constexpr milliseconds kConnectDeadline = std::chrono::seconds(20);

/// The firehose of Bluesky. The open connection is kept between polls, but it is no position: a poll with any other
/// cursor than the one handed out last opens a new one there.
class JetstreamSource final : public Source {
public:
    JetstreamSource(const Options& options, SourceEnv env)
        : options_(options), sockets_(env.sockets), clock_(env.clock), words_(options.list("words")),
          per_page_(static_cast<std::size_t>(
              std::clamp<std::int64_t>(options.integer("page"), 1, limits::kMentionsPerPage))) {}

    Task<PollResult> poll(Cursor after) override {
        Page page;
        auto stored = JetstreamCursor::read(after);
        auto cursor = stored.value_or(JetstreamCursor{});
        if (!stored)
            page.warnings.push_back("the stored position was unreadable; the stream is read from the present on");
        if (!socket_ || after != reached_) {
            auto connected = co_await connect(cursor);
            if (!connected) co_return connected.error();
        }
        const auto position = cursor.time_us;
        const auto began = clock_.now();
        for (int messages = 0; messages < kMessagesPerPoll && page.mentions.size() < per_page_; ++messages) {
            const auto end = began + (page.mentions.empty() ? kQuiet : kGather);
            const auto left = std::chrono::ceil<milliseconds>(end - clock_.now());
            if (left.count() <= 0) break;
            const auto asked_at = clock_.now();
            auto message = co_await socket_->read(left);
            silence_ = message ? Duration::zero() : silence_ + (clock_.now() - asked_at);
            if (message) {
                take(*message, cursor, page);
                continue;
            }
            if (message.error().what == kNoMessageInTime && silence_ < kDead) break;
            socket_.reset();
            // What was read is kept; the next poll connects anew.
            if (page.mentions.empty() && cursor.time_us == position) co_return message.error();
            break;
        }
        page.next = cursor.time_us > 0 ? cursor.write() : after;
        reached_ = page.next;
        co_return page;
    }

private:
    static constexpr std::string_view kNoMessageInTime = "no message in time";

    Task<Result<void>> connect(const JetstreamCursor& cursor) {
        socket_.reset();
        auto url = std::string(options_.text("url"));
        url += (url.find('?') == std::string::npos ? "?" : "&") + std::string("wantedCollections=") +
               std::string(kCollection);
        resumed_from_ = cursor.time_us > 0 ? cursor.time_us - kReplay.count() : 0;
        if (resumed_from_ > 0) url += "&cursor=" + std::to_string(resumed_from_);
        auto socket = co_await sockets_.connect(std::move(url), kConnectDeadline);
        if (!socket) co_return socket.error();
        socket_ = std::move(*socket);
        silence_ = Duration::zero();
        co_return Result<void>();
    }

    void take(const std::string& message, JetstreamCursor& cursor, Page& page) {
        // Deletes and edits are rare and may concern a reported post whose words are gone.
        const bool change =
            message.find("\"delete\"") != std::string::npos || message.find("\"update\"") != std::string::npos;
        const bool wanted = change || words_.matches(message);
        if (!wanted) {
            // Every message moves the position, and most need no more than that.
            if (auto at = time_of(message)) advance(*at, cursor, page);
            return;
        }
        auto json = parse_json(message);
        if (!json) {
            constexpr std::size_t kWarnings = 5;
            if (page.warnings.size() < kWarnings)
                page.warnings.push_back("a message of the stream was skipped: " + json.error().what);
            return;
        }
        const auto root = json->root();
        const auto time_us = root["time_us"].integer();
        if (!time_us) return;
        advance(*time_us, cursor, page);
        const auto commit = root["commit"];
        if (commit["collection"].string() != kCollection) return;
        const auto did = clean_line(root["did"].text_or(""), 512);
        const auto rkey = clean_line(commit["rkey"].text_or(""), 512);
        if (did.empty() || rkey.empty()) return;
        const auto uri = "at://" + did + "/" + std::string(kCollection) + "/" + rkey;
        const auto operation = commit["operation"].text_or("");
        if (operation == "delete")
            bury(uri, *time_us, cursor, page);
        else if (operation == "create" || operation == "update")
            report(commit, did, rkey, uri, *time_us, cursor, page);
    }

    /// The value of "time_us" without parsing the rest.
    static std::optional<std::int64_t> time_of(std::string_view message) {
        constexpr std::string_view kName = "\"time_us\":";
        auto at = message.find(kName);
        if (at == std::string_view::npos) return std::nullopt;
        at += kName.size();
        while (at < message.size() && message[at] == ' ') ++at;
        std::int64_t value = 0;
        std::size_t digits = 0;
        // The text of a post may hold the same letters, but only behind an escaped quote.
        for (; at < message.size() && message[at] >= '0' && message[at] <= '9' && digits < 18; ++at, ++digits)
            value = value * 10 + (message[at] - '0');
        return digits > 0 ? std::optional(value) : std::nullopt;
    }

    void advance(std::int64_t time_us, JetstreamCursor& cursor, Page& page) {
        if (resumed_from_ > 0 && time_us - resumed_from_ > kGap.count())
            page.warnings.push_back("the stream goes on " + to_duration_text(Duration(time_us - resumed_from_)) +
                                    " after the position: posts of that time may be missed");
        resumed_from_ = 0;
        // A position in the future would skip what comes before it.
        if (from_micros(time_us) <= clock_.now() + kGap) cursor.time_us = std::max(cursor.time_us, time_us);
    }

    void bury(const std::string& uri, std::int64_t time_us, JetstreamCursor& cursor, Page& page) const {
        if (!cursor.reported(uri) || cursor.reported(uri, std::string(kDeletedRevision))) return;
        Mention mention;
        mention.key = {options_.platform_or(kBluesky), uri};
        mention.source = options_.source;
        mention.revision = kDeletedRevision;
        mention.created_at = from_micros(time_us);
        mention.deleted = true;
        cursor.remember(uri, mention.revision);
        page.mentions.push_back(std::move(mention));
    }

    void report(JsonView commit, const std::string& did, const std::string& rkey, const std::string& uri,
                std::int64_t time_us, JetstreamCursor& cursor, Page& page) const {
        const auto record = commit["record"];
        const auto cid = clean_line(commit["cid"].text_or(""), 256);
        const auto text = clean_text(record["text"].text_or(""));
        const bool edited = commit["operation"].string() == "update";
        if (cursor.reported(uri, cid) || cursor.reported(uri, std::string(kDeletedRevision))) return;
        if (!(edited && cursor.reported(uri)) && !words_.matches(text) && !words_.matches(linked_text(record))) return;

        Mention mention;
        mention.key = {options_.platform_or(kBluesky), uri};
        mention.revision = cid;
        mention.source = options_.source;
        mention.author = {.handle = did, .name = did, .native_id = did};
        mention.text = text;
        mention.language = clean_line(record["langs"].at(0).text_or(""), 35);
        mention.url = "https://bsky.app/profile/" + did + "/post/" + rkey;
        mention.domain = "bsky.app";
        const auto root = clean_line(record["reply"]["root"]["uri"].text_or(""), 1024);
        mention.conversation = root.empty() ? uri : root;
        mention.in_reply_to = clean_line(record["reply"]["parent"]["uri"].text_or(""), 1024);
        // The author's clock is a claim; the stream's is not, so nothing is younger than its message.
        const auto claimed = parse_rfc3339(record["createdAt"].text_or(""));
        mention.created_at = std::min(claimed.value_or(from_micros(time_us)), from_micros(time_us));
        if (edited) mention.edited_at = from_micros(time_us);
        mention.own =
            std::any_of(options_.own_accounts.begin(), options_.own_accounts.end(),
                        [&did](const std::string& account) { return fold_handle(account) == fold_handle(did); });
        cursor.remember(uri, cid);
        page.mentions.push_back(std::move(mention));
    }

    /// What a post shows beside its text: the targets of links, the card of a page, descriptions of pictures.
    static std::string linked_text(JsonView record) {
        std::string out;
        auto add = [&out](JsonView view) { out += view.text_or("") + "\n"; };
        for (auto facet : record["facets"].items())
            for (auto feature : facet["features"].items()) add(feature["uri"]), add(feature["tag"]);
        for (auto embed : {record["embed"], record["embed"]["media"]}) {
            for (auto name : {"uri", "title", "description"}) add(embed["external"][name]);
            for (auto image : embed["images"].items()) add(image["alt"]);
            add(embed["alt"]);
        }
        for (auto tag : record["tags"].items()) add(tag);
        return out;
    }

    Options options_;
    WebSockets& sockets_;
    Clock& clock_;
    WordFilter words_;
    std::size_t per_page_;
    std::unique_ptr<WebSocket> socket_;
    Cursor reached_ = {};  ///< the cursor that the open connection goes on from
    std::int64_t resumed_from_ = 0;
    Duration silence_ = Duration::zero();  ///< spent waiting since the last message
};

constexpr std::array kJetstreamOptions = {
    OptionSpec{.name = "url",
               .type = OptionSpec::Type::url,
               .fallback = "wss://jetstream2.us-east.bsky.network/subscribe",
               .help = "address of a Jetstream server's subscribe endpoint"},
    OptionSpec{.name = "words",
               .type = OptionSpec::Type::text_list,
               .required = true,
               .help = "a post is taken when it holds one of these; rules decide further"},
    OptionSpec{
        .name = "page", .type = OptionSpec::Type::integer, .fallback = "100", .help = "posts handed over at once"},
};

Result<std::unique_ptr<Source>> make_jetstream(const Options& options, SourceEnv env) {
    auto refused = [](std::string what) { return Failure{Failure::Kind::refused, std::move(what)}; };
    const auto url = options.text("url");
    if (!url.starts_with("wss://") && !url.starts_with("ws://")) return refused("`url` must be a ws or wss address");
    const auto& words = options.list("words");
    if (words.empty()) return refused("`words` names nothing; without it every post of Bluesky would be taken");
    for (const auto& word : words)
        if (clean_line(word).empty()) return refused("`words` holds an empty word");
    return std::unique_ptr<Source>(std::make_unique<JetstreamSource>(options, env));
}

}  // namespace

extern const SourceKind k_jetstream_kind;
const SourceKind k_jetstream_kind = {
    .name = "jetstream",
    .platform = kBluesky,
    .summary = "all public posts of Bluesky as they are written, filtered by words; no account needed",
    .answers = "",
    .options = kJetstreamOptions,
    .streams = true,
    .make = make_jetstream,
};

}  // namespace rasid
