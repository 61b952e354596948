#include "web/customer_desk.hpp"
#include "web/customer_links.hpp"
#include "web/customer_views.hpp"
#include "web/handlers/handlers.hpp"
#include "web/json_members.hpp"

namespace rasid::handlers {
namespace {

struct AccountOutcome {
    std::optional<Response> refused = {};
    std::string ticket = {};
};

/// Makes the author of a mention a customer's account, or nobody's, with what he wrote and his tickets.
AccountOutcome assign(Store& store, const std::string& mention_id, const std::string& id, const CustomerDesk& desk) {
    const auto stored = store.mention_by_id(mention_id);
    if (!stored || !sees_brand(desk.person, stored->verdict.brand)) return {not_found()};
    const auto& mention = stored->mention;
    if (mention.own || mention.deleted || mention.author.handle.empty())
        return {problem(409, "not_possible", "only somebody else with an account can be a customer")};
    const auto owner = store.customer_of(mention.key.platform, mention.author.handle);
    if (id.empty()) {
        if (!owner) return {problem(409, "not_possible", "this account is no customer's")};
        if (auto refused = unlink_account(store, owner->id, mention.key.platform, mention.author.handle, desk))
            return {std::move(refused)};
        store.assign_account(mention.key.platform, mention.author.handle, "", "");
        return {std::nullopt, stored->ticket};
    }
    const Identity identity{mention.key.platform, mention.author.handle, "hand", desk.now};
    if (auto refused = link_account(store, id, identity, desk)) return {std::move(refused)};
    store.assign_account(mention.key.platform, mention.author.handle, id, store.customer(id)->tier);
    return {std::nullopt, stored->ticket};
}

}  // namespace

Task<Response> put_mention_customer(Site& site, const Request& request) {
    JsonMembers in(request);
    const auto member = in.value("customer");
    const auto id = member.is_null() ? std::optional<std::string>("") : in.optional_text("customer", kLongestId);
    if (auto refused = in.refuse()) co_return std::move(*refused);
    if (!id || (id->empty() && !member.is_null()))
        co_return problem(400, "bad_request", "`customer` is an id, or null for nobody");
    const auto desk = co_await desk_of(site, request);
    const auto& mention = request.args[0];
    auto outcome = co_await site.database.write([&](Store& store) { return assign(store, mention, *id, desk); });
    if (outcome.refused) co_return std::move(*outcome.refused);
    site.audit(request, id->empty() ? "correct_customer_unlinked" : "correct_customer", mention + " " + *id, "ok");
    if (!outcome.ticket.empty()) site.events.ticket(outcome.ticket, "corrected");
    JsonWriter out;
    out.object([&] { out.text_or_null("customer", *id); });
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
