#include "web/handlers/handlers.hpp"

namespace rasid::handlers {
namespace {

void write_time(JsonWriter& out, std::string_view name, const std::optional<Instant>& at) {
    out.key(name);
    if (at)
        out.value(to_rfc3339(*at));
    else
        out.null();
}

}  // namespace

Task<Response> get_sources(Site& site, const Request&) {
    const auto sources = co_await site.database.read([](Reader& reader) { return reader.sources(); });
    JsonWriter out;
    out.object([&] {
        out.key("sources");
        out.array([&] {
            for (const auto& source : sources) {
                auto platform = site.hooks.platform_of ? site.hooks.platform_of(source.name) : std::string();
                if (platform.empty()) platform = source.kind;
                out.object([&] {
                    out.member("name", source.name);
                    out.member("kind", source.kind);
                    out.member("platform", platform);
                    out.member("state", source.state);
                    write_time(out, "last_success_at", source.last_success_at);
                    out.key("last_error");
                    if (source.last_error.empty())
                        out.null();
                    else
                        out.value(source.last_error);
                    write_time(out, "next_poll_at", source.next_poll_at);
                    out.member("mentions", source.mentions);
                    out.member("silent", source.silent);
                });
            }
        });
    });
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
