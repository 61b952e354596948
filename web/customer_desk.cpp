#include "web/customer_desk.hpp"

#include "engagement/customer_change.hpp"
#include "engagement/local_time.hpp"
#include "engagement/plan_rules.hpp"
#include "engagement/proposals.hpp"
#include "engagement/referral.hpp"
#include "web/customer_views.hpp"
#include "web/site.hpp"
#include "web/year_layer.hpp"

namespace rasid {
namespace {

/// Whoever brought him, where that is a customer whom this person sees.
void record_referrer(Store& store, const Customer& newcomer, const CustomerDesk& desk, Random& random) {
    if (newcomer.referred_by.empty() || newcomer.referred_by == newcomer.id) return;
    const auto referrer = visible_plan(store, newcomer.referred_by, desk);
    if (!referrer) return;
    const auto ledger = store.ledger(referrer->customer.id, kLedgerOfScores);
    auto change = record_referral(*referrer, newcomer.id, newcomer.name, ledger, desk.person.id, random, desk.now);
    if (!change.ledger.empty()) apply_with_proposals(store, *referrer, std::move(change), desk.now);
}

}  // namespace

Task<CustomerDesk> desk_of(Site& site, const Request& request) {
    CustomerDesk desk;
    if (request.principal) desk.person = request.person();
    desk.workspace = site.workspace;
    desk.scores = score_rules_of(desk.setup());
    desk.time_zone = site.config.time_zone;
    desk.now = site.clock.now();
    desk.today = local_date(desk.now, desk.time_zone);
    auto rates = co_await churn_rates(site);
    desk.churn = std::move(rates);
    co_return desk;
}

std::optional<Customer> visible_customer(Reader& reader, std::string_view id, const Person& person) {
    auto customer = reader.customer(id);
    if (!customer || !sees_brand(person, customer->brand)) return std::nullopt;
    return customer;
}

std::optional<PlanState> visible_plan(Reader& reader, std::string_view id, const CustomerDesk& desk) {
    auto plan = plan_of(reader, id, desk.now);
    if (!plan || !sees_brand(desk.person, plan->customer.brand)) return std::nullopt;
    return plan;
}

void apply_with_proposals(Store& store, const PlanState& plan, PlanChange change, Instant now) {
    propose_after(change, plan, store.ledger(plan.customer.id, kLedgerOfScores), now);
    store.apply_plan(change);
}

void store_record(Store& store, YearLayer& years, const Customer& before, Customer after, std::string_view source,
                  const CustomerDesk& desk, Random& random) {
    confirm_changes(before, after, source, desk.now);
    store.put_customer(after);
    if (after.referred_by != before.referred_by) record_referrer(store, after, desk, random);
    const auto cause = before.id.empty() ? std::string("a new customer") : cause_of_laying_anew(before, after);
    if (!cause.empty()) years.lay_anew(after, cause);
    if (after.known_as == before.known_as) return;
    if (const auto plan = plan_of(store, after.id, desk.now))
        apply_with_proposals(store, *plan, {.customer = after.id}, desk.now);
}

Task<Response> customer_answer(Site& site, const CustomerDesk& desk, std::string id, int status) {
    const auto file = co_await site.database.read([&](Reader& reader) -> std::optional<CustomerFile> {
        auto customer = visible_customer(reader, id, desk.person);
        if (!customer) return std::nullopt;
        return file_of(reader, std::move(*customer), desk);
    });
    if (!file) co_return not_found();
    JsonWriter out;
    write_customer(out, *file, desk);
    co_return json_response(std::move(out).take(), status);
}

}  // namespace rasid
