#include "web/handlers/handlers.hpp"

namespace rasid::handlers {

Task<Response> healthz(Site&, const Request&) { co_return json_response(R"({"status":"alive"})"); }

Task<Response> readyz(Site& site, const Request&) {
    const auto reasons = site.hooks.not_ready ? site.hooks.not_ready() : std::vector<std::string>();
    if (reasons.empty()) co_return json_response(R"({"status":"ready"})");
    JsonWriter out;
    out.object([&] {
        out.member("status", "not_ready");
        out.strings("reasons", reasons);
    });
    co_return json_response(std::move(out).take(), 503);
}

}  // namespace rasid::handlers
