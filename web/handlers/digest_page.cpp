#include "web/handlers/handlers.hpp"
#include "web/link_page.hpp"

namespace rasid::handlers {
namespace {

constexpr std::string_view kDigestTitle = "digest.title";

}  // namespace

Task<Response> get_digest_page(Site& site, const Request& request) {
    const std::string token(request.parameter("t"));
    const auto id = site.ack.read_lasting(LinkPurpose::digest, token);
    if (!id) co_return link_notice(Texts(page_language(request)), kDigestTitle, "link.unreadable", 400);
    const auto* person = site.workspace->person(*id);
    if (!person) co_return link_notice(Texts(page_language(request)), kDigestTitle, "digest.done", 200);
    const Texts texts(person->language);
    if (!person->digest) co_return link_notice(texts, kDigestTitle, "digest.done", 200);
    const auto html =
        "<p>" + escaped(texts("digest.ask")) + "</p>" + link_form("/m/digest", token, "", texts("digest.button"));
    co_return link_page(texts, texts(kDigestTitle), html, 200);
}

Task<Response> post_digest_page(Site& site, const Request& request) {
    const auto token = one_click_token(request);
    const auto id = token ? site.ack.read_lasting(LinkPurpose::digest, *token) : std::nullopt;
    if (!id) co_return link_notice(Texts(page_language(request)), kDigestTitle, "link.unreadable", 400);
    const auto language = co_await site.database.write([&](Store& store) -> std::optional<std::string> {
        auto person = store.person(*id);
        if (!person) return std::nullopt;
        person->digest = false;
        store.put_person_preferences(*person);
        return person->language;
    });
    co_await site.reload_workspace();
    if (site.hooks.setup_changed) site.hooks.setup_changed();
    site.audit(request, "digests_stopped", *id, "ok");
    co_return link_notice(Texts(language.value_or(std::string(page_language(request)))), kDigestTitle, "digest.done",
                          200);
}

}  // namespace rasid::handlers
