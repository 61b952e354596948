#pragma once

#include "connectors/sources/mastodon_api.hpp"

#include <string>
#include <string_view>

namespace rasid {

/// Answers, boosts and favours posts on one server of the Mastodon family.
class MastodonPublisher final : public Publisher {
public:
    MastodonPublisher(MastodonApi api, bool idempotent) : api_(std::move(api)), idempotent_(idempotent) {}

    Task<Result<Published>> publish(PublishRequest request) override;
    bool repeatable() const override { return idempotent_; }

private:
    Task<Result<Published>> reply(PublishRequest request, JsonView token) const;

    MastodonApi api_;
    bool idempotent_;
};

/// `text` with "@acct " before it, unless the person is already addressed in it: only then the server tells him.
std::string addressed_to(std::string_view acct, std::string_view host, std::string_view text);

}  // namespace rasid
