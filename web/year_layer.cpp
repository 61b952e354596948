#include "web/year_layer.hpp"

#include "engagement/pilot.hpp"
#include "engagement/plan.hpp"
#include "engagement/plan_rules.hpp"
#include "engagement/relay.hpp"
#include "web/segment_members.hpp"

namespace rasid {
namespace {

/// Of an owner who has more than these the load says little: every day is full.
constexpr int kMostOpenTouches = 5000;

bool runs_on(const Pilot& pilot, Date today) { return pilot.from <= today && today <= pilot.until.value_or(today); }

}  // namespace

YearLayer::YearLayer(Store& store, const Setup& setup, ChurnRatesPtr churn, Date today, Instant now)
    : store_(store), setup_(setup), churn_(std::move(churn)), today_(today), now_(now), rules_(layout_rules_of(setup)),
      scores_(score_rules_of(setup)) {
    for (const auto& pilot : store.pilots()) {
        if (!runs_on(pilot, today)) continue;
        if (auto predicate = predicate_of(store, pilot.segment)) pilots_.push_back({pilot, std::move(*predicate)});
    }
}

PlanTemplate YearLayer::template_for(const Customer& customer) {
    for (const auto& [pilot, predicate] : pilots_) {
        if (arm_of(pilot, customer.id) != Arm::changed_template) continue;
        if (belongs(store_, predicate, customer, churn_rate(*churn_, customer.brand), scores_, now_))
            return plan_named(setup_.plans, pilot.plan);
    }
    return plan_named(setup_.plans, customer.plan);
}

const YearFrame& YearLayer::frame(int year) { return frames_.try_emplace(year, year, rules_).first->second; }

const DayLoad* YearLayer::load(const std::string& owner, int year) {
    const auto [known, is_new] = loads_.try_emplace({owner, year}, year);
    if (is_new) {
        const std::chrono::year of(year);
        known->second.add(store_.open_touches(owner, of / 1 / 1, of / 12 / 31, kMostOpenTouches));
    }
    return &known->second;
}

void YearLayer::lay(PlanState plan, int year, std::string_view cause) {
    const auto plan_template = template_for(plan.customer);
    const auto* carried = load(plan.customer.owner, year);
    const bool first = plan.touches.empty();
    const auto change = first ? lay_out_first(plan, plan_template, frame(year), today_, now_, carried)
                              : lay_out_anew(plan, plan_template, frame(year), today_, cause, now_, carried);
    if (change.events.empty()) return;
    store_.apply_plan(change);
    if (first) loads_.at({plan.customer.owner, year}).add(change.touches);
}

void YearLayer::lay_anew(const Customer& customer, std::string_view cause) {
    auto plan = plan_of(store_, customer.id, now_);
    if (!plan) return;
    const auto year = static_cast<int>(today_.year());
    auto next = *plan;
    plan->touches = store_.touches(customer.id, year);
    lay(std::move(*plan), year, cause);
    next.touches = store_.touches(customer.id, year + 1);
    if (!next.touches.empty()) lay(std::move(next), year + 1, cause);
}

int YearLayer::lay_missing(const Customer& customer) {
    int laid = 0;
    const auto this_year = static_cast<int>(today_.year());
    const auto last = today_.month() == std::chrono::December ? this_year + 1 : this_year;
    for (auto year = this_year; year <= last; ++year) {
        if (!store_.touches(customer.id, year).empty()) continue;
        auto plan = plan_of(store_, customer.id, now_);
        if (!plan) return laid;
        plan->touches.clear();
        lay(std::move(*plan), year, {});
        ++laid;
    }
    return laid;
}

}  // namespace rasid
