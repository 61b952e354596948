#include "engagement/reach.hpp"
#include "engagement/touch_content.hpp"
#include "web/customer_desk.hpp"
#include "web/handlers/handlers.hpp"
#include "web/link_page.hpp"
#include "web/seeded_random.hpp"
#include "web/year_layer.hpp"

namespace rasid::handlers {
namespace {

constexpr std::string_view kUnsubscribeTitle = "unsubscribe.title";
constexpr std::string_view kCause = "he stopped the letters";

}  // namespace

Task<Response> get_unsubscribe_page(Site& site, const Request& request) {
    const std::string token(request.parameter("t"));
    const auto id = site.ack.read_lasting(LinkPurpose::unsubscribe, token);
    if (!id) co_return link_notice(Texts(page_language(request)), kUnsubscribeTitle, "link.unreadable", 400);
    const auto customer = co_await site.database.read([&](Reader& reader) { return reader.customer(*id); });
    // Somebody who was erased gets no letters, which is what he asks for.
    if (!customer) co_return link_notice(Texts(page_language(request)), kUnsubscribeTitle, "unsubscribe.done", 200);
    const Texts texts(customer->language);
    if (!consent_of(*customer, "mail").value_or(true))
        co_return link_notice(texts, kUnsubscribeTitle, "unsubscribe.done", 200);
    const auto html = "<p>" + escaped(texts("unsubscribe.ask")) + "</p>" +
                      link_form("/m/unsubscribe", token, "", texts("unsubscribe.button"));
    co_return link_page(texts, texts(kUnsubscribeTitle), html, 200);
}

Task<Response> post_unsubscribe_page(Site& site, const Request& request) {
    const auto token = one_click_token(request);
    const auto id = token ? site.ack.read_lasting(LinkPurpose::unsubscribe, *token) : std::nullopt;
    if (!id) co_return link_notice(Texts(page_language(request)), kUnsubscribeTitle, "link.unreadable", 400);
    auto desk = co_await desk_of(site, request);
    // Whoever else is signed in on this browser has nothing to do with it.
    desk.person = {};
    const auto language = co_await site.database.write([&](Store& store) -> std::optional<std::string> {
        const auto customer = store.customer(*id);
        if (!customer) return std::nullopt;
        if (!consent_of(*customer, "mail").value_or(true)) return customer->language;
        const auto after = unsubscribed(*customer, desk.now);
        store.put_customer(after);
        YearLayer(store, desk.setup(), desk.churn, desk.today, desk.now).lay_anew(after, kCause);
        return after.language;
    });
    site.audit(request, "unsubscribed", *id, "ok");
    co_return link_notice(Texts(language.value_or(std::string(page_language(request)))), kUnsubscribeTitle,
                          "unsubscribe.done", 200);
}

}  // namespace rasid::handlers
