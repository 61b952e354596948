#pragma once

#include "core/http.hpp"

#include <deque>
#include <functional>
#include <vector>

namespace rasid {

/// Answers from a queue first, then by `serve`; keeps every request. Out of both it is a server that nobody reaches.
class FakeHttp final : public HttpClient {
public:
    std::deque<Result<HttpResponse>> answers;
    std::function<Result<HttpResponse>(const HttpRequest&)> serve;
    std::vector<HttpRequest> requests;

    Task<Result<HttpResponse>> fetch(HttpRequest request) override {
        requests.push_back(request);
        auto answer = next(request);
        if (answer && answer->effective_url.empty()) answer->effective_url = request.url;
        // What the real client does with an answer that is larger than asked for.
        if (answer && answer->body.size() > request.max_body)
            answer = Failure{Failure::Kind::blocked, "the answer is larger than allowed"};
        co_return answer;
    }

    /// A header of a request; empty when absent.
    static std::string header(const HttpRequest& request, std::string_view name) {
        for (const auto& header : request.headers)
            if (header.name == name) return header.value;
        return {};
    }

private:
    Result<HttpResponse> next(const HttpRequest& request) {
        if (!answers.empty()) {
            auto answer = std::move(answers.front());
            answers.pop_front();
            return answer;
        }
        if (serve) return serve(request);
        return Failure{Failure::Kind::unreachable, "nobody answers"};
    }
};

}  // namespace rasid
