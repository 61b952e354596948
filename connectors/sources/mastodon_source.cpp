#include "connectors/sources/mastodon_source.hpp"

#include "core/limits.hpp"

#include <algorithm>

namespace rasid {
namespace {

constexpr int kFetches = 12;    ///< of one poll; a longer walk goes on in the next
constexpr int kQuickPages = 3;  ///< pages of known posts after which a walk that need not be thorough ends
constexpr int kSearchPages = 5;
constexpr Duration kDay = std::chrono::hours(24);

/// Whether the failure concerns one watch only, so that the others go on.
bool concerns_one_watch(Failure::Kind kind) {
    return kind == Failure::Kind::unauthorized || kind == Failure::Kind::refused || kind == Failure::Kind::not_found;
}

}  // namespace

Task<PollResult> MastodonSource::poll(Cursor after) {
    Round round{.fetches = kFetches};
    if (auto stored = MastodonCursor::read(after))
        round.cursor = std::move(*stored);
    else
        round.page.warnings.push_back("the stored position was unreadable; posts since the last poll may be missed");

    const auto begin = std::min(round.cursor.turn, settings_.watches.size());
    std::optional<Failure> failure;
    bool stopped = false;
    std::size_t succeeded = 0;
    for (auto turn = begin; turn < settings_.watches.size() && !stopped; ++turn) {
        const auto& watch = settings_.watches[turn];
        round.cursor.turn = turn;
        Result<Walked> walked = Walked::unfinished;
        if (watch.kind == MastodonWatch::Kind::search)
            walked = co_await search(watch, round);
        else
            walked = co_await walk(watch, round);

        if (walked) {
            ++succeeded;
            stopped = *walked == Walked::unfinished;
        } else if (concerns_one_watch(walked.error().kind)) {
            round.page.warnings.push_back(watch.name + ": " + walked.error().what);
            if (!failure) failure = walked.error();
        } else if (succeeded == 0 && round.page.mentions.empty()) {
            co_return walked.error();
        } else {
            // What was read is kept; the next poll begins here and meets the trouble, if it lasts, first.
            stopped = true;
            round.wait = std::max(round.wait.value_or(std::chrono::seconds(0)),
                                  walked.error().retry_after.value_or(std::chrono::seconds(0)));
            if (round.wait->count() == 0) round.wait.reset();
        }
    }
    if (failure && succeeded == 0 && begin == 0) co_return *failure;
    if (!stopped) {
        round.cursor.turn = 0;
        co_await recheck(round);
    }
    auto& page = round.page;
    std::stable_sort(page.mentions.begin(), page.mentions.end(),
                     [](const Mention& a, const Mention& b) { return a.created_at < b.created_at; });
    page.next = round.cursor.write();
    page.not_before = round.wait;
    page.more = stopped && !round.wait;
    co_return std::move(page);
}

Task<Result<MastodonAnswer>> MastodonSource::fetch(std::string path_and_query, Round& round) const {
    --round.fetches;
    auto answer = co_await api_.get(std::move(path_and_query));
    if (answer && answer->wait) round.wait = answer->wait;
    co_return answer;
}

MastodonCursor::Walk MastodonSource::begin_walk(const MastodonWatch& watch, const MastodonCursor::Watch& state) const {
    MastodonCursor::Walk walk;
    if (!watch.timeline()) return walk;
    const auto now = clock_.now();
    walk.daily = state.begun && now - state.daily_at >= kDay;
    walk.thorough = walk.daily || now - state.overlap_at >= settings_.overlap / 3;
    walk.bound = state.newest_at - settings_.overlap;
    if (walk.daily) walk.bound = std::min(walk.bound, now - kDay);
    return walk;
}

Task<Result<MastodonSource::Walked>> MastodonSource::walk(const MastodonWatch& watch, Round& round) const {
    const auto now = clock_.now();
    auto& state = round.cursor.watches[watch.name];
    if (!state.walk) state.walk = begin_walk(watch, state);
    auto& walk = *state.walk;

    bool reached = false;
    for (int pages = 1; !reached; ++pages) {
        if (round.spent()) co_return Walked::unfinished;
        auto query = first_page_of(watch);
        if (!watch.timeline() && !state.last.empty()) query += "&since_id=" + url_encode(state.last);
        if (!walk.max_id.empty()) query += "&max_id=" + url_encode(walk.max_id);
        auto answer = co_await fetch(std::move(query), round);
        if (!answer) co_return answer.error();
        if (!answer->json.root().is_array())
            co_return Failure{Failure::Kind::malformed, watch.name + ": the server's answer is no list"};
        const auto items = items_of(watch, answer->json.root());

        bool met_last = false;
        bool all_known = !items.empty();
        bool all_old = !items.empty();
        // Oldest first, so that a reply finds what it answers on the same page.
        for (auto item = items.rbegin(); item != items.rend(); ++item) {
            met_last = met_last || item->id == state.last;
            const auto taken = take(item->status, round);
            if (!taken) {
                all_known = false;
                continue;
            }
            walk.met_known = walk.met_known || taken->known;
            all_known = all_known && taken->known;
            all_old = all_old && taken->created_at < walk.bound;
            walk.newest_at = std::max(walk.newest_at, std::min(taken->created_at, now));
        }
        if (walk.newest.empty() && !items.empty()) walk.newest = items.front().id;

        const bool old_end = watch.timeline() ? all_old : met_last || all_known;
        const bool quick_end = all_known && !walk.thorough && pages >= kQuickPages;
        const bool stuck = !items.empty() && items.back().id == walk.max_id;
        reached = items.empty() || old_end || quick_end || stuck || !state.begun;
        // An empty page is the end only when something known lies before it: some servers give one when the post that
        // the walk goes on from was deleted meanwhile.
        const bool trusted = !state.begun || old_end || walk.met_known || (items.empty() && walk.max_id.empty());
        if (!reached) {
            walk.max_id = items.back().id;
        } else if (trusted) {
            if (!walk.newest.empty()) state.last = walk.newest;
            state.newest_at = std::max(state.newest_at, walk.newest_at);
            if (walk.thorough) state.overlap_at = now;
            if (walk.daily || !state.begun) state.daily_at = now;
            state.begun = true;
        }
    }
    state.walk.reset();
    co_return Walked::finished;
}

Task<Result<MastodonSource::Walked>> MastodonSource::search(const MastodonWatch& watch, Round& round) const {
    auto& state = round.cursor.watches[watch.name];
    std::size_t offset = 0;
    for (int pages = 1; pages <= kSearchPages; ++pages) {
        if (round.spent()) co_return Walked::unfinished;
        auto query = first_page_of(watch);
        if (offset > 0) query += "&offset=" + std::to_string(offset);
        auto answer = co_await fetch(std::move(query), round);
        if (!answer) co_return answer.error();
        const auto root = answer->json.root();
        if (!root["statuses"].is_array())
            co_return Failure{Failure::Kind::malformed, watch.name + ": the server's answer holds no `statuses`"};
        auto statuses = root["statuses"].items();
        bool any_known = false;
        for (auto status = statuses.rbegin(); status != statuses.rend(); ++status) {
            const auto taken = take(*status, round);
            any_known = any_known || (taken && taken->known);
        }
        const bool end = statuses.empty() || any_known || !state.begun;
        offset += statuses.size();
        if (end) {
            state.begun = true;
            co_return Walked::finished;
        }
    }
    round.page.warnings.push_back(watch.name + ": more posts than a search shows; some may be missed");
    co_return Walked::finished;
}

std::vector<MastodonSource::Item> MastodonSource::items_of(const MastodonWatch& watch, JsonView root) const {
    std::vector<Item> items;
    for (auto entry : root.items()) {
        auto id = entry["id"].text_or("");
        if (id.empty()) continue;
        if (watch.timeline())
            items.push_back({std::move(id), entry});
        else
            items.push_back({std::move(id), entry["type"].text_or("") == "mention" ? entry["status"] : JsonView()});
    }
    return items;
}

std::optional<MastodonSource::Taken> MastodonSource::take(JsonView status, Round& round) const {
    auto read = read_status(status, settings_.reading, round.cursor);
    if (!read) return std::nullopt;
    auto& mention = read->mention;
    Taken taken{.known = round.cursor.was_seen(revision_hash(mention)), .created_at = mention.created_at};
    if (taken.known) return taken;
    round.cursor.remember_seen(revision_hash(mention));
    if (!is_public(mention) && !settings_.include_private) return taken;
    round.cursor.remember_post(
        {read->id, mention.key.native_id, mention.revision, mention.conversation, mention.created_at});
    round.page.mentions.push_back(std::move(mention));
    return taken;
}

}  // namespace rasid
