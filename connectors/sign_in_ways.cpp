#include "connectors/sign_in_ways.hpp"

#include "connectors/plain_text.hpp"

namespace rasid {

std::optional<SignInWay> sign_in_way_of(std::string_view platform) {
    // A refresh token comes only by `offline.access`, and each is good once.
    if (platform == "x")
        return SignInWay{.authorize_url = "https://x.com/i/oauth2/authorize",
                         .token_url = "https://api.x.com/2/oauth2/token",
                         .revoke_url = "https://api.x.com/2/oauth2/revoke",
                         .account_url = "https://api.x.com/2/users/me",
                         .account_member = "data.username",
                         .issuer = "https://x.com",
                         .scopes = "tweet.read users.read tweet.write offline.access",
                         .basic = true};
    // Google gives a refresh token only to who asks for offline access and lets the person consent again.
    if (platform == "youtube")
        return SignInWay{.authorize_url = "https://accounts.google.com/o/oauth2/v2/auth",
                         .token_url = "https://oauth2.googleapis.com/token",
                         .revoke_url = "https://oauth2.googleapis.com/revoke",
                         .account_url = "https://www.googleapis.com/youtube/v3/channels?part=snippet&mine=true",
                         .account_member = "items.0.snippet.title",
                         .issuer = "https://accounts.google.com",
                         .scopes = "https://www.googleapis.com/auth/youtube.force-ssl",
                         .extra = {{"access_type", "offline"}, {"prompt", "consent"}}};
    if (platform == "reddit")
        return SignInWay{.authorize_url = "https://www.reddit.com/api/v1/authorize",
                         .token_url = "https://www.reddit.com/api/v1/access_token",
                         .revoke_url = "https://www.reddit.com/api/v1/revoke_token",
                         .account_url = "https://oauth.reddit.com/api/v1/me",
                         .account_member = "name",
                         .issuer = "https://www.reddit.com",
                         .scopes = "identity read privatemessages submit",
                         .extra = {{"duration", "permanent"}},
                         .basic = true};
    return std::nullopt;
}

std::optional<SignInWay> mastodon_sign_in(std::string_view base) {
    auto server = web_url(base);
    while (server.ends_with('/')) server.pop_back();
    if (server.empty()) return std::nullopt;
    return SignInWay{.authorize_url = server + "/oauth/authorize",
                     .token_url = server + "/oauth/token",
                     .revoke_url = server + "/oauth/revoke",
                     .register_url = server + "/api/v1/apps",
                     .account_url = server + "/api/v1/accounts/verify_credentials",
                     .account_member = "acct",
                     .issuer = server,
                     .scopes = "read:accounts read:notifications read:statuses read:search write:statuses "
                               "write:favourites"};
}

}  // namespace rasid
