#include "connectors/sources/mastodon_watch.hpp"

#include "core/http.hpp"

namespace rasid {

Result<MastodonWatch> parse_mastodon_watch(std::string_view text) {
    using Kind = MastodonWatch::Kind;
    auto after = [&text](std::string_view prefix) { return std::string(text.substr(prefix.size())); };
    const std::string name(text);
    if (text == "mentions") return MastodonWatch{Kind::mentions, "", name};
    if (text == "public") return MastodonWatch{Kind::open, "", name};
    if (text.starts_with("tag:")) {
        auto tag = after("tag:");
        if (tag.starts_with('#')) tag.erase(0, 1);
        if (!tag.empty()) return MastodonWatch{Kind::tag, tag, name};
    }
    if (text.starts_with("search:")) {
        if (auto words = after("search:"); !words.empty()) return MastodonWatch{Kind::search, words, name};
    }
    return Failure{
        Failure::Kind::refused,
        "`" + name + "` cannot be watched; `watch` takes \"mentions\", \"tag:NAME\", \"public\" and \"search:WORDS\""};
}

std::string first_page_of(const MastodonWatch& watch) {
    const auto limit = "limit=" + std::to_string(watch.page_size());
    switch (watch.kind) {
    case MastodonWatch::Kind::mentions:
        // types[] is Mastodon's name of the filter, include_types[] Pleroma's.
        return "/api/v1/notifications?" + limit +
               "&types%5B%5D=mention&include_types%5B%5D=mention&include_filtered=true";
    case MastodonWatch::Kind::tag:
        return "/api/v1/timelines/tag/" + url_encode(watch.argument) + "?" + limit;
    case MastodonWatch::Kind::open:
        return "/api/v1/timelines/public?" + limit;
    case MastodonWatch::Kind::search:
        return "/api/v2/search?" + limit + "&type=statuses&q=" + url_encode(watch.argument);
    }
    return {};
}

}  // namespace rasid
