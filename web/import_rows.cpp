#include "web/import_rows.hpp"

#include "engagement/plan.hpp"
#include "web/year_layer.hpp"

#include <algorithm>
#include <map>

namespace rasid {
namespace {

constexpr std::size_t kShownLines = 500;

void refuse(CustomerRow& row, std::string what) { row.errors.push_back({Origin{.line = row.line}, std::move(what)}); }

/// What the file says in words of people is put into ours.
void resolve(CustomerRow& row, const CustomerDesk& desk) {
    auto& customer = row.customer;
    if (!customer.owner.empty()) {
        const auto& people = desk.setup().people;
        const auto person = std::ranges::find_if(people, [&](const Person& each) {
            return each.id == customer.owner || each.name == customer.owner || each.email == customer.owner;
        });
        if (person == people.end())
            refuse(row, "nobody called `" + customer.owner + "` works here");
        else
            customer.owner = person->id;
    }
    if (!customer.plan.empty() && plan_named(desk.setup().plans, customer.plan).name != customer.plan)
        refuse(row, "there is no plan `" + customer.plan + "`");
    if (customer.brand.empty() && desk.person.brands.size() == 1) customer.brand = desk.person.brands.front();
}

/// Nobody adds to, changes or learns of customers whom he does not see.
void keep_to_brands(ImportPreview& preview, std::span<const Customer> known, const Person& person) {
    if (person.brands.empty()) return;
    std::map<std::string_view, std::string_view> brands;
    for (const auto& customer : known) brands.emplace(customer.id, customer.brand);
    for (auto& line : preview.lines) {
        if (line.action == ImportAction::refuse) continue;
        const auto before = brands.find(line.customer.id);
        const bool seen = before == brands.end() || sees_brand(person, before->second);
        if (seen && sees_brand(person, line.customer.brand)) continue;
        --(line.action == ImportAction::add      ? preview.added
           : line.action == ImportAction::update ? preview.updated
                                                 : preview.unchanged);
        ++preview.refused;
        line.action = ImportAction::refuse;
        line.customer = {};
        line.changes.clear();
        line.reasons = {seen ? "that brand is none of yours" : "known already, as a customer of another brand"};
    }
}

std::string_view word_of(ImportAction action) {
    switch (action) {
    case ImportAction::add:
        return "add";
    case ImportAction::update:
        return "update";
    case ImportAction::same:
        return "same";
    case ImportAction::refuse:
        break;
    }
    return "refused";
}

void write_line(JsonWriter& out, const ImportLine& line, const CustomerRow& row, const CustomerDesk& desk) {
    const auto shown = [&](const FieldChange& change, const std::string& cell) {
        const auto* person = change.column == "owner" ? desk.workspace->person(cell) : nullptr;
        return person ? person->name : cell;
    };
    out.object([&] {
        out.member("line", line.line);
        out.member("outcome", word_of(line.action));
        out.member("name", row.customer.name);
        out.text_or_null("customer", line.customer.id);
        out.objects("changes", line.changes, [&](const FieldChange& change) {
            out.member("field", change.column);
            out.member("from", shown(change, change.before));
            out.member("to", shown(change, change.after));
        });
        out.objects("errors", line.reasons, [&](const std::string& reason) {
            const auto error = std::ranges::find(row.errors, reason, &SetupError::what);
            out.member("column", error == row.errors.end() ? 0 : error->origin.column);
            out.member("what", reason);
        });
    });
}

}  // namespace

ReadImport read_import(std::string_view csv, std::string_view file_name, const ColumnMapping& chosen,
                       std::span<const Customer> known, const CustomerDesk& desk) {
    auto columns = suggest_mapping(header_of(csv));
    ColumnMapping mapping;
    for (const auto& column : columns) mapping[column.header] = column.column;
    for (const auto& [header, column] : chosen) mapping[header] = column;
    auto read = preview_rows(read_customer_rows(csv, file_name, mapping, desk.now), known, desk);
    read.columns = std::move(columns);
    return read;
}

ReadImport preview_rows(CustomerRows rows, std::span<const Customer> known, const CustomerDesk& desk) {
    ReadImport read{.rows = std::move(rows)};
    for (auto& row : read.rows.rows) resolve(row, desk);
    read.preview = preview_import(read.rows, known, desk.now);
    keep_to_brands(read.preview, known, desk.person);
    return read;
}

void store_import(Store& store, ReadImport& read, std::span<const Customer> known, const CustomerDesk& desk,
                  Random& random) {
    std::map<std::string_view, const Customer*> before;
    for (const auto& customer : known) before.emplace(customer.id, &customer);
    YearLayer years(store, desk.setup(), desk.churn, desk.today, desk.now);
    for (auto& line : read.preview.lines) {
        if (line.action == ImportAction::refuse || line.action == ImportAction::same) continue;
        const auto same = before.find(line.customer.id);
        if (same == before.end()) line.customer.id = new_id(random, desk.now);
        store_record(store, years, same == before.end() ? Customer{} : *same->second, line.customer, "import", desk,
                     random);
    }
}

void write_import(JsonWriter& out, const ReadImport& read, const ColumnMapping& chosen, const CustomerDesk& desk) {
    out.objects("columns", read.columns, [&](const ColumnSuggestion& column) {
        const auto choice = chosen.find(column.header);
        out.member("header", column.header);
        out.member("column", choice == chosen.end() ? column.column : choice->second);
        out.member("suggested", choice == chosen.end() && column.column != "-");
    });
    out.strings("known_columns", customer_columns());
    out.key("counts");
    out.object([&] {
        out.member("add", read.preview.added);
        out.member("update", read.preview.updated);
        out.member("same", read.preview.unchanged);
        out.member("refused", read.preview.refused);
    });
    out.key("rows");
    out.array([&] {
        const auto count = std::min(read.preview.lines.size(), kShownLines);
        for (std::size_t i = 0; i < count; ++i) write_line(out, read.preview.lines[i], read.rows.rows[i], desk);
    });
    out.objects("errors", read.rows.errors, [&](const SetupError& error) {
        out.member("line", error.origin.line);
        out.member("column", error.origin.column);
        out.member("what", error.what);
    });
    out.member("refused_csv", read.preview.whole() ? std::string() : refused_lines_csv(read.rows, read.preview));
}

}  // namespace rasid
