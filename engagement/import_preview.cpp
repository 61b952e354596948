#include "engagement/import_preview.hpp"

#include "engagement/csv.hpp"
#include "engagement/customer_cells.hpp"
#include "engagement/proposals.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace rasid {
namespace {

void take_column(Customer& into, const Customer& from, const std::string& column) {
    if (column == "name") into.name = from.name;
    if (column == "name_latin") into.name_latin = from.name_latin;
    if (column == "emails") into.emails = from.emails;
    if (column == "phones") into.phones = from.phones;
    if (column == "language") into.language = from.language;
    if (column == "birthday") into.birthday = from.birthday;
    if (column == "address") into.address = from.address;
    if (column == "tier") into.tier = from.tier;
    if (column == "brand") into.brand = from.brand;
    if (column == "purchases") into.purchases = from.purchases;
    if (column == "anniversaries") into.anniversaries = from.anniversaries;
    if (column == "interests") into.interests = from.interests;
    if (column == "preferred_channel") into.preferred_channel = from.preferred_channel;
    if (column == "occasions") into.occasions = from.occasions;
    if (column == "quiet") into.quiet = from.quiet;
    if (column == "known_as") into.known_as = from.known_as;
    if (column == "referred_by") into.referred_by = from.referred_by;
    if (column == "notes") into.notes = from.notes;
    if (column == "owner") into.owner = from.owner;
    if (column == "plan") into.plan = from.plan;
    if (column == "consents") {
        // What was refused since stays refused: an old file is no new consent.
        for (const auto& consent : from.consents) {
            const auto same = std::ranges::find(into.consents, consent.channel, &ChannelConsent::channel);
            if (same == into.consents.end()) into.consents.push_back(consent);
        }
    }
    if (column == "handles") {
        auto identities = from.identities;
        for (const auto& identity : into.identities) {
            const auto same = std::ranges::find_if(identities, [&](const Identity& each) {
                return each.platform == identity.platform && fold_handle(each.handle) == fold_handle(identity.handle);
            });
            if (same != identities.end())
                *same = identity;
            else if (identity.linked_by == "hand")
                identities.push_back(identity);
        }
        into.identities = std::move(identities);
    }
}

class Previewer {
public:
    Previewer(const CustomerRows& rows, std::span<const Customer> known, Instant now) : rows_(rows), now_(now) {
        for (const auto& customer : known) {
            for (const auto& key : identifying_keys(customer)) owners_.emplace(key, &customer);
        }
    }

    ImportPreview preview() && {
        for (const auto& row : rows_.rows) {
            auto line = line_of(row);
            switch (line.action) {
            case ImportAction::add:
                ++result_.added;
                break;
            case ImportAction::update:
                ++result_.updated;
                break;
            case ImportAction::same:
                ++result_.unchanged;
                break;
            case ImportAction::refuse:
                ++result_.refused;
                break;
            }
            result_.lines.push_back(std::move(line));
        }
        return std::move(result_);
    }

private:
    ImportLine line_of(const CustomerRow& row) {
        ImportLine line{.line = row.line};
        for (const auto& error : row.errors) line.reasons.push_back(error.what);
        std::set<const Customer*> fits;
        for (const auto& key : identifying_keys(row.customer)) {
            if (const auto owner = owners_.find(key); owner != owners_.end()) fits.insert(owner->second);
        }
        if (fits.size() > 1) line.reasons.emplace_back("fits two customers; merge them first");
        const Customer* before = fits.empty() ? nullptr : *fits.begin();
        if (before && !used_.insert(before).second) line.reasons.emplace_back("another line is the same customer");
        if (!line.reasons.empty()) {
            line.action = ImportAction::refuse;
            return line;
        }
        line.customer = before ? *before : Customer{};
        // Whoever read the file may know more than it says.
        if (!before) line.customer.brand = row.customer.brand;
        for (const auto& column : rows_.columns) {
            if (column == kColumnLeftOut) continue;
            const auto old_cell = cell_of(line.customer, column);
            take_column(line.customer, row.customer, column);
            auto cell = cell_of(line.customer, column);
            if (cell == old_cell) continue;
            confirm_field(line.customer, column, "import", now_);
            if (before) line.changes.push_back({column, old_cell, std::move(cell)});
        }
        if (before) line.action = line.changes.empty() ? ImportAction::same : ImportAction::update;
        return line;
    }

    const CustomerRows& rows_;
    Instant now_;
    std::unordered_map<std::string, const Customer*> owners_;
    std::set<const Customer*> used_;
    ImportPreview result_;
};

}  // namespace

ImportPreview preview_import(const CustomerRows& rows, std::span<const Customer> known, Instant now) {
    return Previewer(rows, known, now).preview();
}

std::string refused_lines_csv(const CustomerRows& rows, const ImportPreview& preview) {
    std::vector<std::string> cells = {"line", "reason"};
    cells.insert(cells.end(), rows.header.begin(), rows.header.end());
    std::string out = print_csv_row(cells);
    for (std::size_t i = 0; i < preview.lines.size(); ++i) {
        const auto& line = preview.lines[i];
        if (line.action != ImportAction::refuse) continue;
        std::string reasons;
        for (const auto& reason : line.reasons) reasons += (reasons.empty() ? "" : "; ") + reason;
        cells = {std::to_string(line.line), guarded(reasons)};
        for (const auto& cell : rows.rows[i].cells) cells.push_back(guarded(std::string(unguarded(cell))));
        out += print_csv_row(cells);
    }
    return out;
}

}  // namespace rasid
