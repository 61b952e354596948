#include "core/setup_toml.hpp"
#include "web/handlers/handlers.hpp"
#include "web/setup_items.hpp"
#include "web/ticket_views.hpp"

namespace rasid::handlers {
namespace {

constexpr int kVersions = 50;

/// One item of a kept version; nothing when it was not there, or an older program wrote it in words that are gone.
Setup read_body(const std::string& toml) { return parse_setup(toml, "").setup; }

bool sees(const Person& person, const Setup& item, std::string_view kind, std::string_view name) {
    const auto brand = brand_of_setup_item(item, kind, name);
    return brand.empty() || sees_brand(person, brand);
}

}  // namespace

Task<Response> get_setup_history(Site& site, const Request& request) {
    const auto& kind = request.args[0];
    const auto& name = request.args[1];
    if (!is_setup_kind(kind)) co_return not_found();
    const auto limit = limit_of(request, kVersions, limits::kSetupVersions);
    if (!limit) co_return problem(400, "bad_request", "`limit` is 1 to 100");
    const auto workspace = site.workspace;
    const auto& person = request.person();
    if (!sees(person, workspace->setup, kind, name)) co_return not_found();
    const auto wanted = *limit;
    const auto word = word_of_setup_kind(kind);
    const auto versions =
        co_await site.database.read([&](Reader& reader) { return reader.setup_history(word, name, wanted); });
    if (versions.empty() && !has_setup_item(workspace->setup, kind, name)) co_return not_found();
    JsonWriter out;
    out.object([&] {
        out.key("versions");
        out.array([&] {
            for (const auto& version : versions) {
                const auto before = read_body(version.before);
                const auto after = read_body(version.after);
                if (!sees(person, before, kind, name) || !sees(person, after, kind, name)) continue;
                out.object([&] {
                    out.member("number", version.number);
                    out.member("at", version.author.at);
                    out.key("by");
                    write_who(out, version.author.person, *workspace);
                    out.member("way", version.author.way);
                    out.key("restores");
                    if (version.author.restores > 0)
                        out.value(version.author.restores);
                    else
                        out.null();
                    out.member("change", version.change);
                    out.key("before");
                    write_first_item(out, before, kind, true);
                    out.key("after");
                    write_first_item(out, after, kind, true);
                });
            }
        });
    });
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
