#include "daemon/budgeted_http.hpp"

#include <algorithm>

namespace rasid {

Task<Result<HttpResponse>> BudgetedHttp::fetch(HttpRequest request) {
    const auto now = clock_.now();
    // A clock set back leaves times in the future behind; they no longer say anything.
    while (!sent_.empty() && (sent_.front() + window_ <= now || sent_.front() > now)) sent_.pop_front();
    if (sent_.size() >= requests_) {
        const auto wait = std::chrono::ceil<std::chrono::seconds>(sent_.front() + window_ - now);
        co_return Failure{Failure::Kind::rate_limited, "our own budget for this source is spent", wait};
    }
    sent_.push_back(now);
    co_return co_await inner_.fetch(std::move(request));
}

int BudgetedHttp::left() const {
    const auto now = clock_.now();
    const auto counts =
        std::count_if(sent_.begin(), sent_.end(), [&](Instant at) { return at + window_ > now && at <= now; });
    return static_cast<int>(requests_) - static_cast<int>(counts);
}

}  // namespace rasid
