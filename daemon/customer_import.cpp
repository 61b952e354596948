#include "daemon/customer_import.hpp"

#include "engagement/customers_csv.hpp"
#include "engagement/plan.hpp"

#include <algorithm>
#include <set>

namespace rasid {
namespace {

constexpr int kPage = 500;

std::vector<Customer> all_customers(Reader& reader) {
    std::vector<Customer> all;
    for (std::string after;;) {
        auto page = reader.customers("", {}, after, kPage);
        if (page.empty()) return all;
        after = page.back().id;
        all.insert(all.end(), std::make_move_iterator(page.begin()), std::make_move_iterator(page.end()));
    }
}

PlanTemplate template_of(const Setup& setup, const Customer& customer) {
    if (const auto* named = find_named(setup.plans, customer.plan)) return *named;
    return setup.plans.empty() ? default_plan() : setup.plans.front();
}

bool lay_year(Store& store, const Setup& setup, const Customer& customer, int year, Date from) {
    if (!store.touches(customer.id, year).empty()) return false;
    auto touches = lay_out_year(template_of(setup, customer), customer, year, from);
    if (touches.empty()) return false;
    store.apply_plan({customer.id, std::move(touches), {}, {}});
    return true;
}

}  // namespace

CustomerImport import_customers(Store& store, const std::vector<Customer>& customers, bool replace, Random& random,
                                Instant now) {
    CustomerImport result;
    const auto known = all_customers(store);
    const auto setup = store.setup();
    const auto today = utc_date(now);
    std::set<std::string> named;
    for (auto customer : customers) {
        const auto same = std::find_if(known.begin(), known.end(),
                                       [&](const Customer& other) { return same_person(customer, other); });
        if (same == known.end()) {
            customer.id = new_id(random, now);
            ++result.added;
        } else {
            customer.id = same->id;
            for (const auto& identity : same->identities) {
                const bool listed =
                    std::any_of(customer.identities.begin(), customer.identities.end(), [&](const Identity& each) {
                        return each.platform == identity.platform &&
                               fold_handle(each.handle) == fold_handle(identity.handle);
                    });
                if (!listed && identity.linked_by == "hand") customer.identities.push_back(identity);
            }
            ++result.updated;
        }
        named.insert(customer.id);
        store.put_customer(customer);
        lay_year(store, setup, customer, static_cast<int>(today.year()), today);
    }
    if (replace) {
        for (const auto& customer : known) {
            if (named.contains(customer.id)) continue;
            store.remove_customer(customer.id);
            ++result.removed;
        }
    }
    return result;
}

int lay_missing_years(Store& store, Instant now) {
    const auto today = utc_date(now);
    const auto setup = store.setup();
    int laid = 0;
    for (const auto& customer : all_customers(store)) {
        laid += lay_year(store, setup, customer, static_cast<int>(today.year()), today) ? 1 : 0;
        if (today.month() == std::chrono::December) {
            const auto next = today.year() + std::chrono::years(1);
            laid += lay_year(store, setup, customer, static_cast<int>(next), next / std::chrono::January / 1) ? 1 : 0;
        }
    }
    return laid;
}

}  // namespace rasid
