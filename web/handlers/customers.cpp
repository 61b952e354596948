#include "engagement/local_time.hpp"
#include "web/customer_desk.hpp"
#include "web/customer_links.hpp"
#include "web/customer_views.hpp"
#include "web/handlers/handlers.hpp"
#include "web/json_members.hpp"

#include <algorithm>

namespace rasid::handlers {
namespace {

constexpr std::size_t kLongestPlatform = 64;
constexpr std::size_t kLongestHandle = 256;

bool is_printable(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7f; });
}

}  // namespace

Task<Response> get_customers(Site& site, const Request& request) {
    const auto limit = limit_of(request);
    if (!limit) co_return problem(400, "bad_request", "`limit` is 1 to 200");
    const std::string search(request.parameter("search"));
    const std::string after(request.parameter("after"));
    if (search.size() > 200) co_return problem(400, "bad_request", "`search` is longer than 200 bytes");
    const auto brands = request.person().brands;
    const auto today = local_date(site.clock.now(), site.config.time_zone);
    const auto wanted = *limit;
    const auto lines = co_await site.database.read([&](Reader& reader) {
        std::vector<CustomerLine> found;
        for (auto& customer : reader.customers(search, brands, after, wanted))
            found.push_back(customer_line(reader, std::move(customer), static_cast<int>(today.year())));
        return found;
    });
    JsonWriter out;
    out.object([&] {
        out.key("customers");
        out.array([&] {
            for (const auto& line : lines) write_customer_line(out, line, today);
        });
        out.key("next");
        if (lines.size() < static_cast<std::size_t>(*limit))
            out.null();
        else
            out.value(lines.back().customer.id);
    });
    co_return json_response(std::move(out).take());
}

Task<Response> get_customer(Site& site, const Request& request) {
    const auto desk = co_await desk_of(site, request);
    auto response = co_await customer_answer(site, desk, request.args[0]);
    co_return response;
}

Task<Response> post_identity(Site& site, const Request& request) {
    JsonMembers in(request);
    Identity identity;
    identity.platform = in.text("platform", kLongestPlatform);
    identity.handle = in.text("handle", kLongestHandle);
    if (auto refused = in.refuse()) co_return std::move(*refused);
    if (identity.handle.starts_with('@')) identity.handle.erase(0, 1);
    if (identity.handle.empty() || !is_printable(identity.platform) || !is_printable(identity.handle)) {
        co_return problem(400, "bad_request", "platform and handle are words without blanks");
    }
    const auto desk = co_await desk_of(site, request);
    identity.linked_by = "hand";
    identity.linked_at = desk.now;
    const auto id = request.args[0];
    auto refused = co_await site.database.write([&](Store& store) { return link_account(store, id, identity, desk); });
    if (refused) co_return std::move(*refused);
    site.audit(request, "identity_linked", id + " " + identity.platform + ":" + identity.handle, "ok");
    auto response = co_await customer_answer(site, desk, id);
    co_return response;
}

Task<Response> delete_identity(Site& site, const Request& request) {
    const auto id = request.args[0];
    const auto platform = request.args[1];
    const auto handle = request.args[2];
    const auto desk = co_await desk_of(site, request);
    auto refused =
        co_await site.database.write([&](Store& store) { return unlink_account(store, id, platform, handle, desk); });
    if (refused) co_return std::move(*refused);
    site.audit(request, "identity_unlinked", id + " " + platform + ":" + handle, "ok");
    auto response = co_await customer_answer(site, desk, id);
    co_return response;
}

}  // namespace rasid::handlers
