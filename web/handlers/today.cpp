#include "engagement/today.hpp"

#include "engagement/customer_scores.hpp"
#include "engagement/local_time.hpp"
#include "engagement/promises.hpp"
#include "web/customer_desk.hpp"
#include "web/customer_mails.hpp"
#include "web/engagement_views.hpp"
#include "web/handlers/handlers.hpp"

#include <algorithm>
#include <map>

namespace rasid::handlers {
namespace {

constexpr int kTouchesOfToday = 300;
constexpr int kLedgerOfBrief = 200;
constexpr int kTicketsOfBrief = 20;
constexpr std::string_view kNobody = "nobody";

/// A person's list with what stands beside each line.
struct ListOfToday {
    std::vector<TodayItem> items = {};
    std::map<std::string, CustomerToday> customers = {};
    std::map<std::string, std::string> currencies = {};  ///< of expected losses
    TicketNumbers numbers = {};
    std::int64_t done_today = 0;
};

void read_for_brief(Reader& reader, CustomerToday& customer, ListOfToday& list, const CustomerDesk& desk) {
    const auto& id = customer.plan.customer.id;
    customer.ledger = reader.ledger(id, kLedgerOfBrief);
    customer.tickets = reader.tickets_of_customer(id, kTicketsOfBrief);
    customer.promises = fold_promises(reader.promise_events(id), desk.now);
    for (const auto& ticket : customer.tickets) list.numbers[ticket.id] = ticket.number;
}

CustomerToday customer_today(PlanState plan, ListOfToday& list, const CustomerDesk& desk) {
    CustomerToday today;
    const auto id = plan.customer.id;
    const auto rate = churn_rate(*desk.churn, plan.customer.brand);
    const auto value = clv(plan.customer, rate, desk.today);
    const auto loss = expected_loss(value.figure, risk(plan.cases, desk.now, desk.scores.risk));
    if (loss.value) list.currencies[id] = value.currency;
    today.expected_loss = loss.value.value_or(0);
    today.plan = std::move(plan);
    return today;
}

ListOfToday read_list(Reader& reader, const std::string& owner, const CustomerDesk& desk) {
    ListOfToday list;
    list.done_today = reader.touches_done(owner, local_instant(desk.today, 0, desk.time_zone));
    std::map<std::string, std::vector<PlannedTouch>> due;  // by customer
    for (auto& touch : reader.touches_due(owner, desk.today, desk.person.brands, kTouchesOfToday)) {
        if (touch.channel == "mail" && CustomerMails::mails_of(reader, touch.id).on_its_way()) continue;
        due[touch.customer].push_back(std::move(touch));
    }
    for (auto& [id, touches] : due) {
        const bool calls = std::ranges::any_of(touches, is_call);
        auto plan = plan_around(reader, std::move(touches));
        if (!plan) continue;
        const auto known = list.customers.emplace(id, customer_today(std::move(*plan), list, desk)).first;
        if (calls) read_for_brief(reader, known->second, list, desk);
    }
    std::vector<CustomerToday> customers;
    for (const auto& [id, customer] : list.customers) customers.push_back(customer);
    list.items = list_of_today(customers, desk.setup().plans, owner, desk.today, desk.person.language);
    return list;
}

void write_customer(JsonWriter& out, const Customer& customer) {
    out.key("customer");
    out.object([&] {
        out.member("id", customer.id);
        out.member("name", customer.name);
        out.member("name_latin", customer.name_latin);
        out.member("tier", customer.tier);
        out.member("language", customer.language);
        out.strings("phones", customer.phones);
        out.member("address", customer.address);
    });
}

void write_content(JsonWriter& out, const TouchContent& content) {
    out.key("content");
    out.object([&] {
        out.member("value_item", content.value_item);
        out.member("asks_for_referral", content.asks_for_referral);
        out.member("referral_reminder", content.referral_reminder);
        out.strings("referral_steps", content.referral_steps);
    });
}

void write_brief(JsonWriter& out, const CallBrief& brief, const ListOfToday& list, const CustomerDesk& desk) {
    out.object([&] {
        out.objects("last_mentions", brief.last_mentions, [&](const LedgerEntry& entry) {
            out.member("at", entry.at);
            out.member("text", entry.text);
            out.member("polarity", to_string(entry.polarity));
        });
        out.objects("last_calls", brief.last_calls, [&](const LedgerEntry& entry) {
            out.member("at", entry.at);
            out.member("text", entry.text);
        });
        out.objects("open_tickets", brief.open_tickets, [&](const Ticket& ticket) {
            out.member("id", ticket.id);
            out.member("number", ticket.number);
            out.member("priority", to_string(ticket.priority));
        });
        out.list("open_cases", brief.open_cases,
                 [&](const BadExperience& each) { write_case(out, each, list.numbers); });
        out.list("promises", brief.running_promises,
                 [&](const Promise& promise) { write_promise(out, promise, list.numbers, *desk.workspace, desk.now); });
        out.strings("interests", brief.interests);
    });
}

void write_item(JsonWriter& out, const TodayItem& item, const ListOfToday& list, const CustomerDesk& desk) {
    const auto& customer = list.customers.at(item.touch.customer);
    const auto currency = list.currencies.find(item.touch.customer);
    out.object([&] {
        out.key("touch");
        write_touch(out, item.touch, customer.plan.touches, desk.today, *desk.workspace, std::nullopt);
        write_customer(out, customer.plan.customer);
        out.member("days_late", item.days_late);
        out.key("expected_loss");
        if (currency == list.currencies.end())
            out.null();
        else
            write_money(out, item.expected_loss, currency->second);
        write_content(out, item.content);
        out.key("brief");
        if (is_call(item.touch))
            write_brief(out, item.brief, list, desk);
        else
            out.null();
    });
}

}  // namespace

Task<Response> get_today(Site& site, const Request& request) {
    const auto desk = co_await desk_of(site, request);
    const auto wanted = request.parameter("person");
    std::string owner = wanted.empty() ? desk.person.id : std::string(wanted);
    if (owner != desk.person.id && owner != kNobody) {
        if (desk.person.role == Role::moderator)
            co_return problem(403, "forbidden", "the lists of others need another role");
        if (!desk.workspace->person(owner)) co_return not_found();
    }
    if (owner == kNobody) owner.clear();
    const auto list = co_await site.database.read([&](Reader& reader) { return read_list(reader, owner, desk); });
    JsonWriter out;
    out.object([&] {
        out.member("date", to_string(desk.today));
        out.key("calendar");
        // Whoever has the address reads the calendar: it is told to nobody but its person.
        if (owner == desk.person.id)
            out.value("/calendar/" + site.ack.make_lasting(LinkPurpose::calendar, owner) + ".ics");
        else
            out.null();
        out.list("items", list.items, [&](const TodayItem& item) { write_item(out, item, list, desk); });
        out.member("done_today", list.done_today);
    });
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
