#include "web/customer_links.hpp"

#include "engagement/proposals.hpp"

#include <algorithm>

namespace rasid {
namespace {

constexpr std::size_t kMostIdentities = 50;

}  // namespace

std::optional<Response> link_account(Store& store, const std::string& id, const Identity& identity,
                                     const CustomerDesk& desk) {
    auto customer = visible_customer(store, id, desk.person);
    if (!customer) return not_found();
    const auto owner = store.customer_of(identity.platform, identity.handle);
    // Moving an account away from somebody whom this person cannot see would be an edit of that customer.
    if (owner && !sees_brand(desk.person, owner->brand))
        return problem(409, "not_possible", "this account is linked to another customer");
    if (owner && owner->id == customer->id) return std::nullopt;
    if (customer->identities.size() >= kMostIdentities)
        return problem(409, "not_possible", "this customer has 50 accounts already");
    customer->identities.push_back(identity);
    confirm_field(*customer, "identities/" + identity.platform + ":" + identity.handle, "by hand", desk.now);
    store.put_customer(*customer);
    return std::nullopt;
}

std::optional<Response> unlink_account(Store& store, const std::string& id, const std::string& platform,
                                       const std::string& handle, const CustomerDesk& desk) {
    const auto customer = visible_customer(store, id, desk.person);
    if (!customer) return not_found();
    const bool linked =
        std::any_of(customer->identities.begin(), customer->identities.end(), [&](const Identity& identity) {
            return identity.platform == platform && fold_handle(identity.handle) == fold_handle(handle);
        });
    if (!linked) return not_found();
    store.unlink(id, platform, handle);
    return std::nullopt;
}

}  // namespace rasid
