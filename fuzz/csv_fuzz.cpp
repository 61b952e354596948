#include "engagement/csv.hpp"
#include "tests/support/read_customers.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

/// What was read is what is read again after printing: cells whatever they hold, and customers whatever their file
/// looked like.
void check_cells(std::string_view text) {
    const auto first = rasid::parse_csv(text, "fuzz.csv");
    if (!first.errors.empty()) return;
    std::string printed;
    for (const auto& row : first.rows) {
        std::vector<std::string> cells;
        for (const auto& cell : row) cells.push_back(cell.text);
        printed += rasid::print_csv_row(cells);
    }
    const auto second = rasid::parse_csv(printed, "fuzz.csv");
    require(second.errors.empty() && second.rows == first.rows);
}

void check_customers(std::string_view text) {
    const auto first = rasid::read_customers(text);
    if (!first.errors.empty()) return;
    const auto second = rasid::read_customers(rasid::print_customers_csv(first.customers));
    require(second.errors.empty() && second.customers == first.customers);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check_cells(text);
    check_customers(text);
    return 0;
}
