#include "engagement/plan_rules.hpp"
#include "engagement/react.hpp"
#include "engagement/referral.hpp"
#include "engagement/touch_actions.hpp"
#include "web/customer_desk.hpp"
#include "web/customer_mails.hpp"
#include "web/handlers/handlers.hpp"
#include "web/json_members.hpp"
#include "web/seeded_random.hpp"
#include "web/year_layer.hpp"

#include <algorithm>
#include <array>

namespace rasid::handlers {
namespace {

constexpr std::size_t kContactText = 4000;
constexpr std::size_t kMailText = 20'000;
constexpr std::array<std::string_view, 5> kActions = {"done", "skip", "move", "reopen", "send"};
constexpr std::array<std::string_view, 8> kContacts = {
    "newsletter", "greeting_card", "call", "follow_up_note", "personal_card", "gift", "recovery_call", "referral"};
constexpr std::array<std::string_view, 4> kChannels = {"mail", "phone", "text", "post"};

template <typename List>
bool is_one_of(const List& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

/// What a change of a plan came to; `refused` where it was not done.
struct TouchOutcome {
    std::optional<Response> refused = {};
    std::optional<OutboxItem> mail = {};  ///< that was put into the outbox, or taken out of it
};

/// The plan with the touch in it, which may be one of another year.
std::optional<PlanState> plan_with(Store& store, const std::string& id, const std::string& touch,
                                   const CustomerDesk& desk) {
    auto plan = visible_plan(store, id, desk);
    const auto known = plan ? store.touch(touch) : std::nullopt;
    if (!known || known->customer != id) return std::nullopt;
    if (std::ranges::find(plan->touches, touch, &PlannedTouch::id) == plan->touches.end())
        plan->touches = store.touches(id, known->year);
    return plan;
}

TouchOutcome send(Store& store, const PlanState& plan, const PlannedTouch& touch, const std::string& text,
                  const CustomerDesk& desk, const CustomerMails& mails) {
    const auto sent = CustomerMails::mails_of(store, touch.id);
    if (sent.on_its_way()) return {problem(409, "not_possible", "its mail is on its way already")};
    const auto plan_template =
        YearLayer(store, desk.setup(), desk.churn, desk.today, desk.now).template_for(plan.customer);
    auto item = mails.touch_mail(plan_template, touch, plan.customer, plan.guard, text, sent.count + 1, desk.now);
    if (!item) return {failure_response(item.error())};
    store.put_outbox(*item);
    return {std::nullopt, std::move(*item)};
}

/// Takes a mail that is still held out of the outbox; nullopt: there is none.
std::optional<TouchOutcome> take_back_mail(Store& store, const std::string& touch, Instant now) {
    auto sent = CustomerMails::mails_of(store, touch);
    if (!sent.on_its_way()) return std::nullopt;
    if (sent.newest->state != OutboxState::waiting)
        return TouchOutcome{problem(409, "not_possible", "it is on its way already")};
    sent.newest->state = OutboxState::cancelled;
    sent.newest->finished_at = now;
    store.update_outbox(*sent.newest);
    return TouchOutcome{std::nullopt, std::move(*sent.newest)};
}

TouchOutcome act(Store& store, const std::string& id, const std::string& touch_id, const TouchAction& action,
                 const CustomerDesk& desk, const CustomerMails& mails, Random& random) {
    const auto plan = plan_with(store, id, touch_id, desk);
    if (!plan) return {not_found()};
    const auto touch = std::ranges::find(plan->touches, touch_id, &PlannedTouch::id);
    if (action.action == "send") return send(store, *plan, *touch, action.text, desk, mails);
    if (action.action == "reopen" && touch->state == TouchState::planned) {
        if (auto taken_back = take_back_mail(store, touch_id, desk.now)) return std::move(*taken_back);
    } else if (CustomerMails::mails_of(store, touch_id).on_its_way()) {
        return {problem(409, "not_possible", "its mail is on its way")};
    }
    auto change = act_on_touch(*plan, touch_id, action, working_days_of(desk.setup()), random, desk.now);
    if (!change) return {failure_response(change.error())};
    apply_with_proposals(store, *plan, std::move(*change), desk.now);
    return {};
}

TouchOutcome log(Store& store, const std::string& id, const Contact& contact, const CustomerDesk& desk,
                 Random& random) {
    const auto plan = visible_plan(store, id, desk);
    if (!plan) return {not_found()};
    auto change = contact.kind == "referral"
                      ? record_referral(*plan, {}, contact.text, store.ledger(id, kLedgerOfScores), contact.actor,
                                        random, contact.at)
                      : log_contact(*plan, contact, working_days_of(desk.setup()), random);
    apply_with_proposals(store, *plan, std::move(change), desk.now);
    return {};
}

}  // namespace

Task<Response> post_touch(Site& site, const Request& request) {
    JsonMembers in(request);
    TouchAction action;
    action.action = in.text("action", 16);
    const auto to = in.optional_text("to", 10);
    action.text = in.optional_text("text", action.action == "send" ? kMailText : kContactText).value_or("");
    if (auto refused = in.refuse()) co_return std::move(*refused);
    if (!is_one_of(kActions, action.action)) co_return problem(400, "bad_request", "there is no such action");
    if (to) {
        action.to = parse_date(*to);
        if (!action.to || action.action != "move") co_return problem(400, "bad_request", "`to` is the day of a move");
    }
    const auto desk = co_await desk_of(site, request);
    action.actor = desk.person.id;
    const auto id = request.args[0];
    const auto touch = request.args[1];
    const auto mails = site.customer_mails();
    SeededRandom random(site.random);
    auto outcome = co_await site.database.write(
        [&](Store& store) mutable { return act(store, id, touch, action, desk, mails, random); });
    if (outcome.refused) co_return std::move(*outcome.refused);
    if (outcome.mail) {
        site.events.mail(*outcome.mail);
        if (site.hooks.outbox_changed) site.hooks.outbox_changed();
    }
    site.audit(request, "touch_" + action.action, touch, "ok");
    auto response = co_await customer_answer(site, desk, id);
    co_return response;
}

Task<Response> post_contact(Site& site, const Request& request) {
    JsonMembers in(request);
    Contact contact;
    contact.kind = in.text("kind", 32);
    contact.channel = in.optional_text("channel", 16).value_or("");
    contact.text = in.optional_text("text", kContactText).value_or("");
    const auto at = in.optional_text("at", 40);
    if (auto refused = in.refuse()) co_return std::move(*refused);
    if (!is_one_of(kContacts, contact.kind)) co_return problem(400, "bad_request", "there is no such kind of contact");
    if (!contact.channel.empty() && !is_one_of(kChannels, contact.channel))
        co_return problem(400, "bad_request", "`channel` is mail, phone, text or post");
    const auto desk = co_await desk_of(site, request);
    const auto when = at ? parse_rfc3339(*at) : std::optional(desk.now);
    if (!when || *when > desk.now) co_return problem(400, "bad_request", "`at` is a time that has come");
    contact.at = *when;
    contact.actor = desk.person.id;
    const auto id = request.args[0];
    SeededRandom random(site.random);
    auto outcome =
        co_await site.database.write([&](Store& store) mutable { return log(store, id, contact, desk, random); });
    if (outcome.refused) co_return std::move(*outcome.refused);
    site.audit(request, "contact_logged", id + " " + contact.kind, "ok");
    auto response = co_await customer_answer(site, desk, id);
    co_return response;
}

Task<Response> resolve_customer_case(Site& site, const Request& request) {
    JsonMembers in(request);
    if (auto refused = in.refuse()) co_return std::move(*refused);
    const auto desk = co_await desk_of(site, request);
    const auto id = request.args[0];
    const auto bad_experience = request.args[1];
    SeededRandom random(site.random);
    auto outcome = co_await site.database.write([&](Store& store) mutable -> TouchOutcome {
        const auto plan = visible_plan(store, id, desk);
        if (!plan) return {not_found()};
        auto change =
            resolve_case(*plan, bad_experience, desk.person.id, random, desk.now, react_rules_of(desk.setup()));
        if (!change) return {failure_response(change.error())};
        store.apply_plan(*change);
        return {};
    });
    if (outcome.refused) co_return std::move(*outcome.refused);
    site.audit(request, "case_resolved", bad_experience, "ok");
    auto response = co_await customer_answer(site, desk, id);
    co_return response;
}

}  // namespace rasid::handlers
