#include "storage/reader.hpp"

namespace rasid {

std::optional<PlanState> plan_of(Reader& reader, std::string_view customer, Instant now) {
    auto known = reader.customer(customer);
    if (!known) return std::nullopt;
    const auto year = static_cast<int>(utc_date(now).year());
    return PlanState{.customer = std::move(*known),
                     .touches = reader.touches(customer, year),
                     .guard = reader.guard(customer),
                     .cases = reader.cases(customer),
                     .surveys = reader.surveys(customer)};
}

}  // namespace rasid
