#include "core/customer.hpp"
#include "web/handlers/handlers.hpp"

namespace rasid::handlers {
namespace {

constexpr std::size_t kLongestAuthorPart = 256;

Task<Response> mute(Site& site, const Request& request, bool muted) {
    const auto& platform = request.args[0];
    const auto& handle = request.args[1];
    if (platform.size() > kLongestAuthorPart || handle.size() > kLongestAuthorPart || fold_handle(handle).empty())
        co_return problem(400, "bad_request", "platform and handle name an author, at most 256 bytes each");
    co_await site.database.write([&](Store& store) { store.mute(platform, handle, muted); });
    site.audit(request, muted ? "mute_author" : "unmute_author", platform + ":" + handle, "done");
    JsonWriter out;
    out.object([&] { out.member("muted", muted); });
    co_return json_response(std::move(out).take());
}

}  // namespace

Task<Response> get_muted_authors(Site& site, const Request&) {
    const auto authors = co_await site.database.read([](Reader& reader) { return reader.muted_authors(); });
    JsonWriter out;
    out.object([&] {
        out.key("authors");
        out.array([&] {
            for (const auto& author : authors) {
                out.object([&] {
                    out.member("platform", author.platform);
                    out.member("handle", author.handle);
                });
            }
        });
    });
    co_return json_response(std::move(out).take());
}

Task<Response> put_muted_author(Site& site, const Request& request) { return mute(site, request, true); }
Task<Response> delete_muted_author(Site& site, const Request& request) { return mute(site, request, false); }

}  // namespace rasid::handlers
