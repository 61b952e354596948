#include "daemon/budgeted_http.hpp"

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

}  // namespace rasid
