#include "engagement/segment.hpp"

#include "web/customer_desk.hpp"
#include "web/customer_views.hpp"
#include "web/customer_walk.hpp"
#include "web/handlers/handlers.hpp"
#include "web/json_members.hpp"
#include "web/names.hpp"
#include "web/segment_members.hpp"

#include <algorithm>

namespace rasid::handlers {
namespace {

constexpr std::size_t kShown = 20;
constexpr std::size_t kMostSegments = 200;
/// Customers looked at for one page of members: a page may be short and still have a next one.
constexpr int kMostLooked = 20'000;

std::string json_of(const Predicate& predicate) {
    JsonWriter out;
    write_predicate(out, predicate);
    return std::move(out).take();
}

void write_segment(JsonWriter& out, const std::string& name, const std::string& predicate) {
    out.object([&] {
        out.member("name", name);
        out.key("predicate");
        out.raw(predicate);
    });
}

std::optional<Response> read_predicate(const Request& request, Predicate& predicate) {
    JsonMembers in(request);
    const auto json = in.value("predicate");
    auto parsed = parse_predicate(json);
    if (auto refused = in.refuse()) return refused;
    if (!parsed) return problem(400, "bad_request", parsed.error().what);
    predicate = std::move(*parsed);
    return std::nullopt;
}

}  // namespace

Task<Response> get_segments(Site& site, const Request&) {
    const auto segments = co_await site.database.read([](Reader& reader) { return reader.segments(); });
    JsonWriter out;
    out.object([&] {
        out.list("segments", segments,
                 [&](const StoredSegment& segment) { write_segment(out, segment.name, segment.predicate); });
    });
    co_return json_response(std::move(out).take());
}

Task<Response> put_segment(Site& site, const Request& request) {
    Predicate predicate;
    if (auto refused = read_predicate(request, predicate)) co_return std::move(*refused);
    const StoredSegment segment{request.args[0], json_of(predicate)};
    if (!is_name(segment.name)) co_return problem(400, "bad_request", "a name has 1 to 100 bytes on one line");
    const bool stored = co_await site.database.write([&](Store& store) {
        const auto known = store.segments();
        const bool is_new = std::ranges::find(known, segment.name, &StoredSegment::name) == known.end();
        if (is_new && known.size() >= kMostSegments) return false;
        store.put_segment(segment);
        return true;
    });
    if (!stored) co_return problem(409, "not_possible", "there are 200 segments already");
    site.audit(request, "segment_changed", segment.name, "ok");
    JsonWriter out;
    write_segment(out, segment.name, segment.predicate);
    co_return json_response(std::move(out).take());
}

Task<Response> delete_segment(Site& site, const Request& request) {
    const auto name = request.args[0];
    auto refused = co_await site.database.write([&](Store& store) -> std::optional<Response> {
        const auto known = store.segments();
        if (std::ranges::find(known, name, &StoredSegment::name) == known.end()) return not_found();
        for (const auto& pilot : store.pilots()) {
            if (pilot.segment == name) return problem(409, "in_use", "the pilot `" + pilot.name + "` runs on it");
        }
        store.remove_segment(name);
        return std::nullopt;
    });
    if (refused) co_return std::move(*refused);
    site.audit(request, "segment_removed", name, "ok");
    co_return no_content();
}

Task<Response> get_segment_fields(Site&, const Request&) {
    JsonWriter out;
    out.object([&] {
        out.objects("fields", segment_fields(), [&](const SegmentField& field) {
            out.member("name", field.name);
            out.member("kind", field.kind == SegmentField::Kind::text   ? "text"
                               : field.kind == SegmentField::Kind::list ? "list"
                                                                        : "number");
            out.strings("ops", operators_of(field.kind));
        });
    });
    co_return json_response(std::move(out).take());
}

Task<Response> preview_segment(Site& site, const Request& request) {
    Predicate predicate;
    if (auto refused = read_predicate(request, predicate)) co_return std::move(*refused);
    const auto desk = co_await desk_of(site, request);
    std::int64_t count = 0;
    std::vector<std::pair<std::string, std::string>> first;
    const std::function<bool(Reader&, Customer&)> look = [&](Reader& reader, Customer& customer) {
        if (!belongs(reader, predicate, customer, churn_rate(*desk.churn, customer.brand), desk.scores, desk.now))
            return true;
        ++count;
        if (first.size() < kShown) first.emplace_back(customer.id, customer.name);
        return true;
    };
    co_await walk_customers(site.database, desk.person.brands, {}, look);
    JsonWriter out;
    out.object([&] {
        out.member("count", count);
        out.objects("customers", first, [&](const auto& customer) {
            out.member("id", customer.first);
            out.member("name", customer.second);
        });
    });
    co_return json_response(std::move(out).take());
}

Task<Response> get_segment_customers(Site& site, const Request& request) {
    const auto limit = limit_of(request);
    if (!limit) co_return problem(400, "bad_request", "`limit` is 1 to 200");
    const auto name = request.args[0];
    const auto predicate = co_await site.database.read([&](Reader& reader) { return predicate_of(reader, name); });
    if (!predicate) co_return not_found();
    const auto desk = co_await desk_of(site, request);
    const auto year = static_cast<int>(desk.today.year());
    std::vector<CustomerLine> lines;
    std::string last;
    int looked = 0;
    bool more = false;
    const std::function<bool(Reader&, Customer&)> look = [&](Reader& reader, Customer& customer) {
        more = lines.size() == static_cast<std::size_t>(*limit) || looked == kMostLooked;
        if (more) return false;
        last = customer.id;
        ++looked;
        if (!belongs(reader, *predicate, customer, churn_rate(*desk.churn, customer.brand), desk.scores, desk.now))
            return true;
        lines.push_back(customer_line(reader, std::move(customer), year));
        return true;
    };
    co_await walk_customers(site.database, desk.person.brands, std::string(request.parameter("after")), look);
    JsonWriter out;
    out.object([&] {
        out.list("customers", lines, [&](const CustomerLine& line) { write_customer_line(out, line, desk.today); });
        out.text_or_null("next", more ? last : std::string());
    });
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
