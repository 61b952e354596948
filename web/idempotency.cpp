#include "web/idempotency.hpp"

#include "web/passwords.hpp"
#include "web/site.hpp"

#include <exception>

namespace rasid {
namespace {

constexpr std::size_t kLongestKey = 64;
constexpr std::size_t kLongestKept = 256u << 10;  ///< of an answer; of a longer one only that it was given

/// What stands under a key. Exactly one of run, body and neither: being done by that run of the program, done with that
/// answer, done with an answer that is not kept or cannot be known.
struct Kept {
    std::string request = {};  ///< SHA-256 of what was asked
    std::string run = {};
    int status = 0;
    std::string type = {};
    std::string body = {};
};

std::string print(const Kept& kept) {
    JsonWriter out;
    out.object([&] {
        out.member("request", kept.request);
        if (!kept.run.empty()) out.member("run", kept.run);
        out.member("status", kept.status);
        out.member("type", kept.type);
        out.member("body", kept.body);
    });
    return std::move(out).take();
}

Kept parse(std::string_view json) {
    const auto document = parse_json(json);
    if (!document) return {};
    const auto root = document->root();
    return {.request = root["request"].text_or(""),
            .run = root["run"].text_or(""),
            .status = static_cast<int>(root["status"].integer().value_or(0)),
            .type = root["type"].text_or(""),
            .body = root["body"].text_or("")};
}

std::string path_of(const Request& request) {
    std::string path;
    for (const auto& segment : request.segments) path += "/" + segment;
    return path;
}

std::string fingerprint(const Request& request, const std::string& path) {
    std::string asked = path;
    for (const auto& [name, value] : request.query) asked += '\n' + name + '=' + value;
    return token_hash(asked + "\n\n" + request.body);
}

Response repeated(const Site& site, const Kept& kept, const std::string& request) {
    if (kept.request != request) return problem(422, "key_reused", "this Idempotency-Key was used for another request");
    if (kept.run == site.run) {
        auto busy = problem(409, "in_progress", "the first request with this Idempotency-Key is still being done");
        busy.headers.push_back({"Retry-After", "1"});
        return busy;
    }
    if (!kept.run.empty() || kept.status == 0)
        return problem(409, "unknown_outcome", "it was begun and may have been done: look before you repeat it");
    if (kept.body.empty() && kept.status != 204)
        return problem(409, "already_done", "it was done; its answer is given once only");
    Response response;
    response.status = kept.status;
    response.type = kept.type;
    response.body = kept.body;
    return response;
}

}  // namespace

std::string_view required_key(const Request& request) {
    const auto key = request.header("Idempotency-Key");
    return key.size() > kLongestKey ? std::string_view() : key;
}

Response key_missing() {
    return problem(400, "bad_request", "the Idempotency-Key header is missing or longer than 64");
}

Task<Response> answer_once(Site& site, const Route& route, const Request& request) {
    const auto given = request.header("Idempotency-Key");
    if (given.empty() || request.method != "POST" || route.proof != Proof::token || route.keeps_answers) {
        auto response = co_await route.handler(site, request);
        co_return response;
    }
    if (given.size() > kLongestKey)
        co_return problem(400, "bad_request", "the Idempotency-Key header is longer than 64");
    const auto path = path_of(request);
    const auto key = path + " " + std::string(given);
    const auto person = request.person().id;
    Kept kept{.request = fingerprint(request, path), .run = site.run};
    const auto claim = print(kept);
    const auto now = site.clock.now();
    const auto standing = co_await site.database.write([&](Store& store) -> std::optional<std::string> {
        if (store.claim_answer(person, key, claim, now)) return std::nullopt;
        return store.answer_to(person, key);
    });
    if (standing) co_return repeated(site, parse(*standing), kept.request);

    kept.run.clear();
    Response response;
    std::exception_ptr failure;
    try {
        response = co_await route.handler(site, request);
    } catch (...) {
        failure = std::current_exception();  // whether it was done is not known
    }
    const bool done = !failure && response.status >= 200 && response.status < 300;
    if (done) {
        kept.status = response.status;
        kept.type = response.type;
        if (!response.secret && response.body.size() <= kLongestKept) kept.body = response.body;
    }
    const auto settled = print(kept);
    co_await site.database.write([&](Store& store) {
        if (done || failure)
            store.settle_answer(person, key, settled);
        else
            store.release_answer(person, key);
    });
    if (failure) std::rethrow_exception(failure);
    co_return response;
}

}  // namespace rasid
