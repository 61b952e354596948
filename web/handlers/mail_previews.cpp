#include "web/example_mails.hpp"
#include "web/handlers/handlers.hpp"

namespace rasid::handlers {
namespace {

struct Preview {
    std::string language = {};
    MailContent content = {};
};

/// Why there is none; nullopt: `preview` is it.
std::optional<Response> make_preview(Site& site, const Request& request, Preview& preview) {
    preview.language = request.parameter("language");
    if (preview.language.empty()) preview.language = request.person().language;
    if (preview.language != "ar" && preview.language != "en")
        return problem(400, "bad_request", "`language` is ar or en");
    auto example = example_mail(request.args[0], preview.language, site.clock.now(), site.random);
    if (!example) return not_found();
    preview.content = std::move(example->content);
    return std::nullopt;
}

}  // namespace

Task<Response> get_mail_kinds(Site&, const Request&) {
    JsonWriter out;
    out.object([&] { out.strings("kinds", example_kinds()); });
    co_return json_response(std::move(out).take());
}

Task<Response> get_mail_preview(Site& site, const Request& request) {
    Preview preview;
    if (auto refused = make_preview(site, request, preview)) co_return std::move(*refused);
    JsonWriter out;
    out.object([&] {
        out.member("kind", request.args[0]);
        out.member("language", preview.language);
        out.member("subject", preview.content.subject);
        out.member("text", preview.content.text);
        out.member("html", preview.content.html);
    });
    co_return json_response(std::move(out).take());
}

Task<Response> get_mail_preview_html(Site& site, const Request& request) {
    Preview preview;
    if (auto refused = make_preview(site, request, preview)) co_return std::move(*refused);
    co_return mail_page(std::move(preview.content.html));
}

}  // namespace rasid::handlers
