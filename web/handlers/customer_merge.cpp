#include "engagement/merge.hpp"
#include "engagement/touch_fold.hpp"
#include "web/customer_desk.hpp"
#include "web/handlers/handlers.hpp"
#include "web/json_members.hpp"
#include "web/merging.hpp"
#include "web/seeded_random.hpp"

#include <algorithm>
#include <array>

namespace rasid::handlers {
namespace {

constexpr std::array<std::string_view, 12> kChoices = {
    "name",  "name_latin", "language", "birthday",          "address",  "tier",
    "brand", "plan",       "owner",    "preferred_channel", "known_as", "referred_by"};

struct Wish {
    std::string drop = {};
    std::vector<std::string> from_dropped = {};
};

std::optional<Response> read_wish(const Request& request, Wish& wish) {
    JsonMembers in(request);
    wish.drop = in.text("drop", kLongestId);
    const auto choose = in.value("choose");
    bool fine = !choose.exists() || choose.is_object();
    for (const auto& [field, side] : choose.members()) {
        const auto word = side.string().value_or("");
        fine = fine && std::ranges::find(kChoices, field) != kChoices.end() && (word == "kept" || word == "dropped");
        if (word == "dropped") wish.from_dropped.emplace_back(field);
    }
    if (auto refused = in.refuse()) return refused;
    if (!fine) return problem(400, "bad_request", "`choose` says kept or dropped for fields of one value");
    return std::nullopt;
}

void write_named(JsonWriter& out, std::string_view name, const Customer& customer) {
    out.key(name);
    out.object([&] {
        out.member("id", customer.id);
        out.member("name", customer.name);
    });
}

Response preview(Reader& reader, const std::string& id, const Wish& wish, const CustomerDesk& desk) {
    const auto kept = visible_customer(reader, id, desk.person);
    const auto dropped = visible_plan(reader, wish.drop, desk);
    if (!kept || !dropped) return not_found();
    if (kept->id == dropped->customer.id) return problem(409, "not_possible", "this is one record, not two");
    const auto merge = preview_merge(*kept, dropped->customer, wish.from_dropped);
    constexpr int kMostCounted = 100'000;
    const auto ledger = reader.ledger(dropped->customer.id, kMostCounted).size();
    const auto touches = std::ranges::count_if(dropped->touches, is_to_come);
    JsonWriter out;
    out.object([&] {
        write_named(out, "kept", *kept);
        write_named(out, "dropped", dropped->customer);
        out.objects("fields", merge.differences, [&](const auto& field) {
            out.member("field", field.field);
            out.member("kept", field.kept);
            out.member("dropped", field.dropped);
            out.member("merged", field.taken_from_dropped ? field.dropped : field.kept);
            out.member("conflict", !field.kept.empty());
        });
        out.key("moves");
        out.object([&] {
            out.member("identities", dropped->customer.identities.size());
            out.member("ledger", ledger);
            out.member("touches", static_cast<std::int64_t>(touches));
        });
    });
    return json_response(std::move(out).take());
}

}  // namespace

Task<Response> post_merge(Site& site, const Request& request) {
    Wish wish;
    if (auto refused = read_wish(request, wish)) co_return std::move(*refused);
    const auto desk = co_await desk_of(site, request);
    const auto id = request.args[0];
    if (request.parameter("dry_run") == "1") {
        auto shown = co_await site.database.read([&](Reader& reader) { return preview(reader, id, wish, desk); });
        co_return shown;
    }
    SeededRandom random(site.random);
    auto merged = co_await site.database.write(
        [&](Store& store) mutable { return merge_records(store, id, wish.drop, wish.from_dropped, desk, random); });
    if (!merged) co_return failure_response(merged.error());
    site.audit(request, "customers_merged", id + " " + wish.drop, "ok");
    auto response = co_await customer_answer(site, desk, id);
    co_return response;
}

Task<Response> undo_merge_of_customers(Site& site, const Request& request) {
    JsonMembers in(request);
    if (auto refused = in.refuse()) co_return std::move(*refused);
    const auto desk = co_await desk_of(site, request);
    const auto id = request.args[0];
    auto undone = co_await site.database.write([&](Store& store) { return unmerge_records(store, id, desk); });
    if (!undone) co_return failure_response(undone.error());
    site.audit(request, "merge_undone", id, "ok");
    auto response = co_await customer_answer(site, desk, undone->kept.id);
    co_return response;
}

}  // namespace rasid::handlers
