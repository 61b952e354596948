#pragma once

#include "core/clock.hpp"
#include "core/http.hpp"

#include <deque>

namespace rasid {

/// Keeps one source within its request budget: past it, requests fail at once as rate_limited with the time to wait,
/// and nothing leaves the machine.
class BudgetedHttp final : public HttpClient {
public:
    BudgetedHttp(HttpClient& inner, Clock& clock, int requests, Duration window)
        : inner_(inner), clock_(clock), requests_(static_cast<std::size_t>(requests)), window_(window) {}

    Task<Result<HttpResponse>> fetch(HttpRequest request) override;

    /// How many requests may leave right now.
    int left() const;

private:
    HttpClient& inner_;
    Clock& clock_;
    std::size_t requests_;
    Duration window_;
    std::deque<Instant> sent_;
};

}  // namespace rasid
