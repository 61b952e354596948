#include "rules/query.hpp"

#include <cstdlib>
#include <string_view>

/// Whatever parses prints to a text that parses to an equal tree and prints the same again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view query(reinterpret_cast<const char*>(data), size);
    const auto first = rasid::parse_query(query);
    const auto* tree = std::get_if<rasid::QueryNode>(&first);
    if (!tree) return 0;
    const auto printed = rasid::print_query(*tree);
    // Written-out operators and numbers can make a printed query longer than a query may be.
    if (printed.size() > 4096) return 0;
    const auto second = rasid::parse_query(printed);
    const auto* again = std::get_if<rasid::QueryNode>(&second);
    if (!again || !(*again == *tree) || rasid::print_query(*again) != printed) std::abort();
    return 0;
}
