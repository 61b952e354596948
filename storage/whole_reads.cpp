#include "storage/reader.hpp"

#include <algorithm>
#include <iterator>

namespace rasid {
namespace {

constexpr int kPage = 1000;

/// `next` gives the page behind an id.
template <typename Row, typename Next>
std::vector<Row> all_pages(std::size_t most, Next next) {
    std::vector<Row> all;
    for (std::string after; all.size() < most;) {
        auto page = next(after);
        const bool last = page.size() < static_cast<std::size_t>(kPage);
        std::move(page.begin(), page.end(), std::back_inserter(all));
        if (last) break;
        after = all.back().id;
    }
    return all;
}

}  // namespace

std::vector<Customer> all_customers(Reader& reader, std::size_t most) {
    return all_pages<Customer>(most, [&](const std::string& after) { return reader.customers("", {}, after, kPage); });
}

std::vector<Correction> all_corrections(Reader& reader, int most) {
    std::vector<Correction> all;
    for (const auto kind : {CorrectionKind::sentiment, CorrectionKind::language, CorrectionKind::rule}) {
        auto some = reader.corrections(kind, most);
        std::move(some.begin(), some.end(), std::back_inserter(all));
    }
    std::sort(all.begin(), all.end(),
              [](const Correction& a, const Correction& b) { return a.at != b.at ? a.at < b.at : a.id < b.id; });
    return all;
}

std::vector<LedgerEntry> whole_ledger(Reader& reader, std::string_view customer) {
    return all_pages<LedgerEntry>(std::numeric_limits<std::size_t>::max(), [&](const std::string& after) {
        return reader.ledger_after(customer, after, kPage);
    });
}

}  // namespace rasid
