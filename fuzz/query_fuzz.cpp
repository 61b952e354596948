#include "rules/rule_set.hpp"

#include "core/limits.hpp"
#include "rules/query.hpp"

#include <cstdlib>
#include <string_view>

/// Whatever parses prints to a text that parses to an equal tree and prints the same again; whatever does not is told
/// in both languages at a place that the query has. Compiling agrees, but for patterns.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view query(reinterpret_cast<const char*>(data), size);
    const auto first = rasid::parse_query(query);
    rasid::Rule rule;
    rule.name = "r";
    rule.query = query;
    const auto compiled = rasid::compile({rule});
    if (const auto* error = std::get_if<rasid::QueryError>(&first)) {
        if (error->line < 1 || error->column < 1 || static_cast<std::size_t>(error->column) > size + 1) std::abort();
        if (compiled.errors.size() != 1 || compiled.errors[0].what.empty() || compiled.errors[0].what_ar.empty())
            std::abort();
        return 0;
    }
    const auto& tree = std::get<rasid::QueryNode>(first);
    const auto printed = rasid::print_query(tree);
    if (!compiled.errors.empty() && printed.find('/') == std::string::npos) std::abort();
    // Written-out operators and numbers can make a printed query longer than a query may be.
    if (printed.size() > rasid::limits::kQueryLength) return 0;
    const auto second = rasid::parse_query(printed);
    const auto* again = std::get_if<rasid::QueryNode>(&second);
    if (!again || !(*again == tree) || rasid::print_query(*again) != printed) std::abort();
    return 0;
}
