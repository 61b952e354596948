#pragma once

#include "core/clock.hpp"
#include "core/http.hpp"
#include "daemon/address_guard.hpp"
#include "daemon/curl/loop.hpp"

#include <string>

namespace rasid {

struct FetchConfig {
    AddressGuard guard = {};
    std::string proxy = {};  ///< empty: none, whatever the environment says
    std::string ca_file = "/etc/ssl/certs/ca-certificates.crt";
    std::string user_agent = "Rasid";
};

/// The one way out of the daemon to foreign HTTP servers: bounded in size, time and redirects, and never to a forbidden
/// address.
class CurlHttpClient final : public HttpClient {
public:
    CurlHttpClient(CurlLoop& loop, FetchConfig config) : loop_(loop), config_(std::move(config)) {}
    Task<Result<HttpResponse>> fetch(HttpRequest request) override;

    /// A reload may open or close addresses; running transfers keep what they started with.
    void configure(FetchConfig config) { config_ = std::move(config); }

private:
    CurlLoop& loop_;
    FetchConfig config_;
};

}  // namespace rasid
