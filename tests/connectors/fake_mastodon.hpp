#pragma once

#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_http.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace rasid {

/// A server of the Mastodon family as far as a source can see it: notifications, hashtag and public timelines, search,
/// statuses.
class FakeMastodon {
public:
    /// The ways in which servers differ.
    struct Quirks {
        bool batch = true;                     ///< GET /api/v1/statuses?id[]=
        bool since_id = true;                  ///< of notifications; snac2 ignores it
        bool max_id_exact = false;             ///< snac2: an unknown max_id gives an empty page
        bool pleroma = false;                  ///< conversation ids
        std::optional<std::size_t> page = {};  ///< fewer items a page than asked for
    };
    struct Post {
        std::string id;
        std::string uri;
        std::string content;
        Instant created_at = {};
        std::optional<Instant> edited_at = {};
        std::string acct = "amal@far.example";
        std::string visibility = "public";
        std::string in_reply_to_id = {};
        std::string spoiler = {};
        std::string conversation = {};
        bool mentions_us = true;
    };

    explicit FakeMastodon(FakeClock& clock) : clock_(clock) {}

    Quirks quirks;
    std::vector<HttpHeader> headers;  ///< of every answer

    /// Adds a post that arrives now. Its id is made up like Mastodon's: from the time at which its author claims to
    /// have written it.
    Post& add(const std::string& name, std::string content, std::optional<Instant> claimed = {});
    Post* find(const std::string& id);
    Post* named(const std::string& name);
    void remove(const std::string& name);

    Result<HttpResponse> answer(const HttpRequest& request);

private:
    using Query = std::multimap<std::string, std::string>;

    HttpResponse notifications(const Query& query) const;
    HttpResponse timeline(const Query& query) const;
    HttpResponse search(const Query& query) const;
    HttpResponse batch(const Query& query) const;
    std::string status(const Post& post) const;
    std::string notification(std::size_t index) const;
    std::size_t page_size(const Query& query, std::size_t normal) const;

    FakeClock& clock_;
    std::vector<Post> posts_;  ///< in order of arrival
    int serial_ = 0;
};

}  // namespace rasid
