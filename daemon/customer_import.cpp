#include "daemon/customer_import.hpp"

#include "engagement/plan_rules.hpp"
#include "web/import_rows.hpp"

#include <algorithm>

namespace rasid {
namespace {

constexpr std::size_t kMostErrors = 100;

CustomerDesk desk_of_nobody(Reader& reader, Instant now) {
    auto workspace = std::make_shared<Workspace>();
    workspace->setup = reader.setup();
    return {.workspace = workspace,
            .churn = std::make_shared<const ChurnRates>(),
            .scores = score_rules_of(workspace->setup),
            .time_zone = "UTC",
            .now = now,
            .today = utc_date(now)};
}

std::vector<SetupError> errors_of(const ReadImport& read, std::string_view file_name) {
    auto errors = read.rows.errors;
    for (std::size_t i = 0; i < read.preview.lines.size(); ++i) {
        const auto& line = read.preview.lines[i];
        for (const auto& reason : line.reasons) {
            const auto& cells = read.rows.rows[i].errors;
            const auto cell = std::ranges::find(cells, reason, &SetupError::what);
            Origin origin{std::string(file_name), line.line, 1};
            if (cell != cells.end() && cell->origin.column > 0) origin = cell->origin;
            if (errors.size() < kMostErrors) errors.push_back({std::move(origin), reason});
        }
    }
    return errors;
}

}  // namespace

CustomerImport import_customers(Store& store, std::string_view csv, std::string_view file_name,
                                const ColumnMapping& mapping, Random& random, Instant now) {
    CustomerImport result;
    const auto known = all_customers(store);
    const auto desk = desk_of_nobody(store, now);
    auto read = preview_rows(read_customer_rows(csv, file_name, mapping, now), known, desk);
    result.errors = errors_of(read, file_name);
    if (!result.errors.empty()) return result;
    store_import(store, read, known, desk, random);
    for (const auto& line : read.preview.lines) result.named.insert(line.customer.id);
    result.added = read.preview.added;
    result.updated = read.preview.updated + read.preview.unchanged;
    return result;
}

int remove_other_customers(Store& store, const std::set<std::string>& named) {
    int removed = 0;
    for (const auto& customer : all_customers(store)) {
        if (named.contains(customer.id)) continue;
        store.remove_customer(customer.id);
        ++removed;
    }
    return removed;
}

}  // namespace rasid
