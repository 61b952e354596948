#include "core/embedded.hpp"
#include "web/handlers/handlers.hpp"

namespace rasid {

namespace embedded {
std::span<const EmbeddedFile> openapi();
}

namespace handlers {

Task<Response> get_openapi(Site&, const Request&) {
    auto response = json_response(std::string(embedded::openapi().front().content));
    response.cache_control = "no-cache";
    co_return response;
}

}  // namespace handlers
}  // namespace rasid
