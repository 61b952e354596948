#include "engagement/pilot.hpp"

#include "engagement/plan.hpp"
#include "web/customer_desk.hpp"
#include "web/customer_walk.hpp"
#include "web/handlers/handlers.hpp"
#include "web/json_members.hpp"
#include "web/names.hpp"
#include "web/segment_members.hpp"
#include "web/year_layer.hpp"

#include <algorithm>
#include <cmath>

namespace rasid::handlers {
namespace {

constexpr std::size_t kMostPilots = 50;
constexpr std::size_t kLaidAtATime = 100;
constexpr int kLedgerOfOutcome = 2000;

void write_pilot(JsonWriter& out, const Pilot& pilot) {
    out.object([&] {
        out.member("name", pilot.name);
        out.member("segment", pilot.segment);
        out.member("plan", pilot.plan);
        out.member("share", pilot.share);
        out.member("from", to_string(pilot.from));
        out.text_or_null("until", pilot.until ? to_string(*pilot.until) : std::string());
    });
}

std::optional<Response> read_pilot(const Request& request, const Workspace& workspace, Pilot& pilot) {
    JsonMembers in(request);
    pilot.name = request.args[0];
    pilot.segment = in.text("segment", kLongestName);
    pilot.plan = in.text("plan", kLongestName);
    const auto share = in.value("share").number();
    const auto from = parse_date(in.text("from", 10));
    const auto until = in.value("until");
    if (auto refused = in.refuse()) return refused;
    const auto last = until.string() ? parse_date(*until.string()) : std::nullopt;
    const auto wrong = [](std::string_view what) { return problem(400, "bad_request", what); };
    if (!share || !std::isfinite(*share) || *share <= 0 || *share > 1) return wrong("`share` is above 0, 1 at most");
    if (!from || (until.exists() && !until.is_null() && !last) || (last && *last < *from))
        return wrong("`from` and `until` are days in this order");
    if (pilot.name.size() > kLongestName) return wrong("the name is longer than 100 bytes");
    if (plan_named(workspace.setup.plans, pilot.plan).name != pilot.plan) return wrong("there is no such plan");
    pilot.share = *share;
    pilot.from = *from;
    pilot.until = last;
    return std::nullopt;
}

std::optional<Pilot> pilot_named(Reader& reader, std::string_view name) {
    auto all = reader.pilots();
    const auto found = std::ranges::find(all, name, &Pilot::name);
    return found == all.end() ? std::nullopt : std::optional(std::move(*found));
}

/// Whom a pilot takes or sets free goes on under his new template, some hundred customers at a time.
Task<void> lay_members_anew(Site& site, const CustomerDesk& desk, const std::string& segment, std::string cause) {
    std::vector<std::string> members;
    const auto predicate = co_await site.database.read([&](Reader& reader) { return predicate_of(reader, segment); });
    if (!predicate) co_return;
    const std::function<bool(Reader&, Customer&)> collect = [&](Reader& reader, Customer& customer) {
        if (belongs(reader, *predicate, customer, churn_rate(*desk.churn, customer.brand), desk.scores, desk.now))
            members.push_back(customer.id);
        return true;
    };
    co_await walk_customers(site.database, {}, {}, collect);
    for (std::size_t start = 0; start < members.size(); start += kLaidAtATime) {
        const auto end = std::min(start + kLaidAtATime, members.size());
        co_await site.database.write([&](Store& store) {
            YearLayer years(store, desk.setup(), desk.churn, desk.today, desk.now);
            for (std::size_t i = start; i < end; ++i) {
                if (const auto customer = store.customer(members[i])) years.lay_anew(*customer, cause);
            }
        });
    }
}

CustomerOutcome outcome_in(Reader& reader, const std::string& customer, const Pilot& pilot, const CustomerDesk& desk) {
    std::vector<PlannedTouch> touches;
    for (auto year = pilot.from.year(); year <= desk.today.year(); ++year) {
        for (auto& touch : reader.touches(customer, static_cast<int>(year))) touches.push_back(std::move(touch));
    }
    return outcome_of(touches, reader.ledger(customer, kLedgerOfOutcome), reader.surveys(customer),
                      reader.cases(customer), pilot, desk.today);
}

void write_measured(JsonWriter& out, std::string_view name, const Measured& measured) {
    out.key(name);
    out.object([&] {
        out.member("mean", measured.mean);
        out.member("low", measured.low);
        out.member("high", measured.high);
        out.member("n", measured.customers);
    });
}

void write_comparison(JsonWriter& out, const Comparison& line) {
    out.object([&] {
        out.member("measure", line.measure);
        write_measured(out, "changed", line.changed);
        write_measured(out, "old", line.old);
        out.member("difference", line.difference);
        out.member("low", line.low);
        out.member("high", line.high);
        out.member("verdict", line.verdict);
    });
}

}  // namespace

Task<Response> get_pilots(Site& site, const Request&) {
    const auto pilots = co_await site.database.read([](Reader& reader) { return reader.pilots(); });
    JsonWriter out;
    out.object([&] { out.list("pilots", pilots, [&](const Pilot& pilot) { write_pilot(out, pilot); }); });
    co_return json_response(std::move(out).take());
}

Task<Response> put_pilot(Site& site, const Request& request) {
    Pilot pilot;
    if (auto refused = read_pilot(request, *site.workspace, pilot)) co_return std::move(*refused);
    std::optional<Pilot> before;
    auto refused = co_await site.database.write([&](Store& store) -> std::optional<Response> {
        if (!predicate_of(store, pilot.segment)) return problem(400, "bad_request", "there is no such segment");
        before = pilot_named(store, pilot.name);
        if (!before && store.pilots().size() >= kMostPilots)
            return problem(409, "not_possible", "there are 50 pilots already");
        store.put_pilot(pilot);
        return std::nullopt;
    });
    if (refused) co_return std::move(*refused);
    site.audit(request, "pilot_changed", pilot.name, "ok");
    const auto desk = co_await desk_of(site, request);
    const auto cause = "pilot " + pilot.name;
    if (before && before->segment != pilot.segment) co_await lay_members_anew(site, desk, before->segment, cause);
    co_await lay_members_anew(site, desk, pilot.segment, cause);
    JsonWriter out;
    write_pilot(out, pilot);
    co_return json_response(std::move(out).take());
}

Task<Response> delete_pilot(Site& site, const Request& request) {
    const auto name = request.args[0];
    const auto pilot = co_await site.database.write([&](Store& store) {
        auto known = pilot_named(store, name);
        if (known) store.remove_pilot(name);
        return known;
    });
    if (!pilot) co_return not_found();
    site.audit(request, "pilot_removed", name, "ok");
    const auto desk = co_await desk_of(site, request);
    co_await lay_members_anew(site, desk, pilot->segment, "the pilot " + name + " ended");
    co_return no_content();
}

Task<Response> get_pilot(Site& site, const Request& request) {
    const auto name = request.args[0];
    const auto pilot = co_await site.database.read([&](Reader& reader) { return pilot_named(reader, name); });
    if (!pilot) co_return not_found();
    const auto desk = co_await desk_of(site, request);
    const auto predicate =
        co_await site.database.read([&](Reader& reader) { return predicate_of(reader, pilot->segment); });
    std::vector<CustomerOutcome> changed;
    std::vector<CustomerOutcome> old;
    const std::function<bool(Reader&, Customer&)> look = [&](Reader& reader, Customer& customer) {
        if (!belongs(reader, *predicate, customer, churn_rate(*desk.churn, customer.brand), desk.scores, desk.now))
            return true;
        auto& arm = arm_of(*pilot, customer.id) == Arm::changed_template ? changed : old;
        arm.push_back(outcome_in(reader, customer.id, *pilot, desk));
        return true;
    };
    if (predicate) co_await walk_customers(site.database, desk.person.brands, {}, look);
    JsonWriter out;
    out.object([&] {
        out.key("pilot");
        write_pilot(out, *pilot);
        out.list("comparison", compare(changed, old), [&](const Comparison& line) { write_comparison(out, line); });
    });
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
