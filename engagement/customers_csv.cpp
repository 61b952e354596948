#include "engagement/customers_csv.hpp"

#include "core/toml.hpp"
#include "engagement/csv.hpp"
#include "engagement/customer_cells.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>

namespace rasid {
namespace {

const std::vector<std::string> kColumns = {"name",     "name_latin", "emails", "phones", "handles",  "language",
                                           "birthday", "address",    "tier",   "brand",  "purchases"};

/// Past this many the file is not nearly right, and more lines would only hide the first ones.
constexpr std::size_t kMostErrors = 100;

class CustomersReader {
public:
    CustomersReader(std::string_view file_name, const std::map<std::string, std::string>& mapping, Instant now)
        : file_(file_name), mapping_(mapping), now_(now) {}

    ParsedCustomers read(std::string_view text) && {
        auto csv = parse_csv(text, file_);
        result_.errors = std::move(csv.errors);
        if (!result_.errors.empty()) return std::move(result_);
        if (csv.rows.empty()) {
            error({}, "the file is empty; its first line names the columns");
            return std::move(result_);
        }
        read_header(csv.rows.front());
        for (std::size_t row = 1; row < csv.rows.size() && header_is_good_; ++row) {
            if (result_.errors.size() >= kMostErrors) break;
            read_row(csv.rows[row]);
        }
        if (!result_.errors.empty()) result_.customers.clear();
        return std::move(result_);
    }

private:
    void error(const CsvCell& cell, std::string what) {
        result_.errors.push_back({Origin{.file = file_, .line = cell.line, .column = cell.column}, std::move(what)});
    }

    void read_header(const CsvRow& header) {
        std::set<std::string> seen;
        for (const auto& cell : header) {
            std::string name(trimmed(cell.text));
            if (const auto renamed = mapping_.find(name); renamed != mapping_.end()) name = renamed->second;
            if (std::ranges::find(kColumns, name) == kColumns.end()) {
                error(cell, "unknown column `" + name + "`" + suggestion(name, kColumns));
            } else if (!seen.insert(name).second) {
                error(cell, "the column `" + name + "` is there twice");
            }
            columns_.push_back(std::move(name));
        }
        if (!seen.contains("name")) error(header.front(), "the column `name` is missing");
        header_is_good_ = result_.errors.empty();
    }

    void read_row(const CsvRow& row) {
        if (row.size() != columns_.size()) {
            return error(row.size() > columns_.size() ? row[columns_.size()] : row.back(),
                         "this row has " + std::to_string(row.size()) + " cells, the header names " +
                             std::to_string(columns_.size()));
        }
        Customer customer;
        for (std::size_t i = 0; i < row.size(); ++i) read_cell(customer, columns_[i], row[i]);
        if (customer.name.empty()) error(row.front(), "a customer needs a name");
        for (const auto& key : identifying_keys(customer)) {
            const auto [known, is_new] = lines_.emplace(key, row.front().line);
            if (!is_new && known->second != row.front().line) {
                error(row.front(), "the same " + key + " is in line " + std::to_string(known->second) +
                                       "; one customer is one line");
            }
        }
        result_.customers.push_back(std::move(customer));
    }

    void read_cell(Customer& customer, const std::string& column, const CsvCell& cell) {
        const auto text = trimmed(unguarded(trimmed(cell.text)));
        if (text.empty()) return;
        if (column == "name")
            customer.name = text;
        else if (column == "name_latin")
            customer.name_latin = text;
        else if (column == "address")
            customer.address = text;
        else if (column == "tier")
            customer.tier = text;
        else if (column == "brand")
            customer.brand = text;
        else if (column == "language")
            customer.language = checked(cell, text, is_language, "language; write `ar` or `en`");
        else if (column == "birthday")
            customer.birthday = read_birthday(cell, text);
        else
            read_list(customer, column, cell, text);
    }

    std::string checked(const CsvCell& cell, std::string_view text, bool (*good)(std::string_view),
                        std::string_view kind) {
        if (!good(text)) error(cell, "`" + std::string(text) + "` is no " + std::string(kind));
        return std::string(text);
    }

    std::optional<Date> read_birthday(const CsvCell& cell, std::string_view text) {
        const auto date = parse_date(text);
        if (!date) error(cell, "`" + std::string(text) + "` is no date; write 1990-05-01");
        return date;
    }

    void read_list(Customer& customer, const std::string& column, const CsvCell& cell, std::string_view text) {
        while (true) {
            const auto end = text.find(';');
            if (const auto item = trimmed(text.substr(0, end)); !item.empty()) read_item(customer, column, cell, item);
            if (end == std::string_view::npos) return;
            text.remove_prefix(end + 1);
        }
    }

    void read_item(Customer& customer, const std::string& column, const CsvCell& cell, std::string_view item) {
        if (column == "emails") {
            customer.emails.push_back(checked(cell, item, is_email, "e-mail address"));
        } else if (column == "phones") {
            customer.phones.push_back(checked(cell, item, is_phone, "phone number"));
        } else if (column == "handles") {
            if (auto identity = parse_handle(item, now_))
                customer.identities.push_back(std::move(*identity));
            else
                error(cell, "`" + std::string(item) + "` is no handle; write platform:name");
        } else {
            if (auto purchase = parse_purchase(item))
                customer.purchases.push_back(std::move(*purchase));
            else
                error(cell, "`" + std::string(item) + "` is no purchase; write 2026-01-10=120.50 SAR");
        }
    }

    std::string file_;
    const std::map<std::string, std::string>& mapping_;
    Instant now_;
    std::vector<std::string> columns_;
    bool header_is_good_ = false;
    std::unordered_map<std::string, int> lines_;  ///< where each identifying key was seen first
    ParsedCustomers result_;
};

template <typename Items, typename Write>
std::string joined(const Items& items, Write write) {
    std::string list;
    for (const auto& item : items) list += (list.empty() ? "" : ";") + write(item);
    return list;
}

}  // namespace

ParsedCustomers parse_customers_csv(std::string_view text, std::string_view file_name,
                                    const std::map<std::string, std::string>& mapping, Instant now) {
    return CustomersReader(file_name, mapping, now).read(text);
}

std::string print_customers_csv(const std::vector<Customer>& customers) {
    const auto itself = [](const std::string& text) { return text; };
    std::string out = print_csv_row(kColumns);
    for (const auto& customer : customers) {
        std::vector<std::string> cells = {
            customer.name,
            customer.name_latin,
            joined(customer.emails, itself),
            joined(customer.phones, itself),
            joined(customer.identities,
                   [](const Identity& identity) { return identity.platform + ":" + identity.handle; }),
            customer.language,
            customer.birthday ? to_string(*customer.birthday) : std::string(),
            customer.address,
            customer.tier,
            customer.brand,
            joined(customer.purchases, print_purchase)};
        for (auto& cell : cells) cell = guarded(cell);
        out += print_csv_row(cells);
    }
    return out;
}

bool same_person(const Customer& left, const Customer& right) {
    const auto ours = identifying_keys(left);
    const auto theirs = identifying_keys(right);
    return std::ranges::any_of(ours,
                               [&](const std::string& key) { return std::ranges::find(theirs, key) != theirs.end(); });
}

}  // namespace rasid
