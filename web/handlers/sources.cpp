#include "web/handlers/handlers.hpp"

namespace rasid::handlers {
Task<Response> get_sources(Site& site, const Request&) {
    const auto sources = co_await site.database.read([](Reader& reader) { return reader.sources(); });
    JsonWriter out;
    out.object([&] {
        out.objects("sources", sources, [&](const SourceRecord& source) {
            auto platform = site.hooks.platform_of ? site.hooks.platform_of(source.name) : std::string();
            if (platform.empty()) platform = source.kind;
            out.member("name", source.name);
            out.member("kind", source.kind);
            out.member("platform", platform);
            out.member("state", source.state);
            out.member("last_success_at", source.last_success_at);
            out.text_or_null("last_error", source.last_error);
            out.member("next_poll_at", source.next_poll_at);
            out.member("mentions", source.mentions);
            out.member("silent", source.silent);
        });
    });
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
