#include "web/handlers/handlers.hpp"

namespace rasid::handlers {

Task<Response> get_events(Site& site, const Request& request) {
    Response response;
    response.type = "text/event-stream; charset=utf-8";
    response.headers.push_back({"X-Accel-Buffering", "no"});
    if (request.method == "HEAD") co_return response;
    response.events = site.events.open(request.person(), site.reads_mails(request.person()),
                                       request.principal->session.token_hash, request.header("Last-Event-ID"));
    co_return response;
}

}  // namespace rasid::handlers
