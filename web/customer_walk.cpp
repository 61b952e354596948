#include "web/customer_walk.hpp"

namespace rasid {
namespace {

constexpr int kAtATime = 500;

}  // namespace

Task<void> walk_customers(Database& database, std::vector<std::string> brands, std::string after_id,
                          const std::function<bool(Reader&, Customer&)>& each) {
    for (bool more = true; more;) {
        co_await database.read([&](Reader& reader) {
            auto page = reader.customers("", brands, after_id, kAtATime);
            more = page.size() == static_cast<std::size_t>(kAtATime);
            for (auto& customer : page) {
                after_id = customer.id;
                if (each(reader, customer)) continue;
                more = false;
                break;
            }
            return true;
        });
    }
}

}  // namespace rasid
