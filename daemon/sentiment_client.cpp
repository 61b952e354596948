#include "daemon/sentiment_client.hpp"

#include "daemon/log.hpp"

#include <algorithm>
#include <utility>

namespace rasid {
namespace {

constexpr std::chrono::seconds kRest{30};
constexpr std::size_t kMostSentimentAnswer = 1u << 20;  // bytes, of one batch

HttpRequest request_of(const SentimentServiceConfig& config, std::span<const SentimentQuestion> batch,
                       std::chrono::milliseconds deadline) {
    HttpRequest request;
    request.method = "POST";
    request.url = config.url;
    request.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
    if (!config.token.empty()) request.headers.push_back({"Authorization", "Bearer " + config.token});
    request.body = sentiment_request(batch);
    request.deadline = deadline;
    request.max_body = kMostSentimentAnswer;
    return request;
}

Result<std::vector<Sentiment>> read_answer(const Result<HttpResponse>& response, std::size_t questions, Instant now) {
    if (!response) return response.error();
    if (response->status != 200) return failure_of(*response, std::chrono::floor<std::chrono::seconds>(now));
    return parse_sentiment_response(response->body, questions);
}

}  // namespace

void SentimentClient::configure(SentimentServiceConfig config) {
    config_ = std::make_shared<const SentimentServiceConfig>(std::move(config));
    rests_until_.reset();
    troubled_ = false;
}

bool SentimentClient::asks() const {
    if (config_->url.empty()) return false;
    const auto now = clock_.now();
    // A clock set back must not make the rest longer.
    return !rests_until_ || now >= *rests_until_ || *rests_until_ - now > kRest;
}

Task<std::vector<std::optional<Sentiment>>> SentimentClient::ask(std::vector<SentimentQuestion> questions) {
    std::vector<std::optional<Sentiment>> answers(questions.size());
    if (!asks()) co_return answers;
    const auto config = config_;  // a reload replaces it meanwhile
    const auto until = std::chrono::steady_clock::now() + config->timeout;
    const std::span<const SentimentQuestion> all(questions);
    for (std::size_t from = 0; from < all.size(); from += kSentimentBatch) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        if (left.count() <= 0) {
            failed({Failure::Kind::unreachable, "the time for this page was over before all of it was answered"});
            break;
        }
        const auto batch = all.subspan(from, std::min(kSentimentBatch, all.size() - from));
        auto request = request_of(*config, batch, left);
        const auto response = co_await http_.fetch(std::move(request));
        const auto parsed = read_answer(response, batch.size(), clock_.now());
        if (!parsed) {
            failed(parsed.error());
            break;
        }
        std::copy(parsed->begin(), parsed->end(), answers.begin() + static_cast<std::ptrdiff_t>(from));
        succeeded();
    }
    co_return answers;
}

void SentimentClient::succeeded() {
    metrics_.sentiment_asked("ok");
    rests_until_.reset();
    if (std::exchange(troubled_, false))
        log_event(Level::info, "sentiment_service_back", "the external model decides again", {});
}

void SentimentClient::failed(const Failure& failure) {
    metrics_.sentiment_asked(to_string(failure.kind));
    rests_until_ = clock_.now() + kRest;
    if (!std::exchange(troubled_, true))
        log_event(Level::warning, "sentiment_service_failing", failure.what + "; the built-in model decides", {});
}

}  // namespace rasid
