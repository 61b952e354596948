#include "engagement/column_mapping.hpp"
#include "engagement/csv.hpp"
#include "engagement/customers_csv.hpp"
#include "engagement/import_preview.hpp"
#include "web/customer_desk.hpp"
#include "web/customer_walk.hpp"
#include "web/handlers/handlers.hpp"
#include "web/import_rows.hpp"
#include "web/json_members.hpp"
#include "web/seeded_random.hpp"

namespace rasid::handlers {
namespace {

constexpr std::size_t kFileName = 200;
constexpr std::size_t kHeader = 200;

struct Order {
    std::string file = {};
    std::string csv = {};
    ColumnMapping mapping = {};  ///< as the person chose it
    bool accept_refused = false;
    bool dry_run = false;
};

std::optional<Response> read_order(const Request& request, Order& order) {
    JsonMembers in(request);
    order.file = in.optional_text("file", kFileName).value_or("");
    order.csv = in.text("csv", limits::kImportBody);
    const auto mapping = in.value("mapping");
    const auto accept = in.value("accept_refused");
    order.accept_refused = accept.boolean().value_or(false);
    bool fine = (!mapping.exists() || mapping.is_object()) && (!accept.exists() || accept.is_bool());
    for (const auto& [header, column] : mapping.members()) {
        fine = fine && header.size() <= kHeader && column.string().has_value();
        order.mapping[std::string(header)] = column.text_or("-");
    }
    if (auto refused = in.refuse()) return refused;
    if (!fine) return problem(400, "bad_request", "`mapping` names a column for a header, `accept_refused` is a flag");
    order.dry_run = request.parameter("dry_run") == "1";
    return std::nullopt;
}

Response answer(const Order& order, const ReadImport& read, const CustomerDesk& desk) {
    JsonWriter out;
    out.object([&] { write_import(out, read, order.mapping, desk); });
    return json_response(std::move(out).take());
}

Response perform(Store& store, const Order& order, const CustomerDesk& desk, Random& random) {
    const auto known = all_customers(store);
    auto read = read_import(order.csv, order.file, order.mapping, known, desk);
    if (!read.rows.errors.empty()) return refused_setup(read.rows.errors);
    if (!read.preview.whole() && !order.accept_refused) {
        return problem(409, "refused_lines", "some lines are refused; nothing was imported",
                       [&](JsonWriter& out) { write_import(out, read, order.mapping, desk); });
    }
    store_import(store, read, known, desk, random);
    return answer(order, read, desk);
}

}  // namespace

Task<Response> import_customers(Site& site, const Request& request) {
    Order order;
    if (auto refused = read_order(request, order)) co_return std::move(*refused);
    const auto desk = co_await desk_of(site, request);
    if (order.dry_run) {
        auto preview = co_await site.database.read([&](Reader& reader) {
            const auto read = read_import(order.csv, order.file, order.mapping, all_customers(reader), desk);
            return answer(order, read, desk);
        });
        co_return preview;
    }
    SeededRandom random(site.random);
    auto response =
        co_await site.database.write([&](Store& store) mutable { return perform(store, order, desk, random); });
    site.audit(request, "customers_imported", order.file, response.status == 200 ? "ok" : "refused");
    co_return response;
}

Task<Response> export_customers(Site& site, const Request& request) {
    const auto workspace = site.workspace;
    std::vector<Customer> customers;
    const std::function<bool(Reader&, Customer&)> keep = [&](Reader&, Customer& customer) {
        // A file of people names people, not their ids here.
        if (const auto* owner = workspace->person(customer.owner)) customer.owner = owner->name;
        customers.push_back(std::move(customer));
        return true;
    };
    co_await walk_customers(site.database, request.person().brands, {}, keep);
    site.audit(request, "customers_exported", std::to_string(customers.size()), "ok");
    Response response;
    response.type = "text/csv; charset=utf-8";
    response.body = print_customers_csv(customers);
    response.headers.push_back({"Content-Disposition", "attachment; filename=\"customers.csv\""});
    co_return response;
}

}  // namespace rasid::handlers
