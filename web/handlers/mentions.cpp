#include "web/copy_views.hpp"
#include "web/handlers/handlers.hpp"

namespace rasid::handlers {

Task<Response> get_copies(Site& site, const Request& request) {
    const auto limit = limit_of(request);
    if (!limit) co_return problem(400, "bad_request", "`limit` is 1 to 200");
    const auto wanted = *limit;
    const auto id = request.args[0];
    const auto person = request.person();
    const auto copies = co_await site.database.read([&](Reader& reader) -> std::optional<Copies> {
        const auto stored = reader.mention_by_id(id);
        if (!stored || !sees_brand(person, stored->verdict.brand)) return std::nullopt;
        return copies_of(reader, *stored, person, wanted);
    });
    if (!copies) co_return not_found();
    JsonWriter out;
    write_copies(out, *copies);
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
