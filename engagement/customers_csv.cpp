#include "engagement/customers_csv.hpp"

#include "core/toml.hpp"
#include "engagement/csv.hpp"
#include "engagement/customer_cells.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <unordered_map>

namespace rasid {
namespace {

/// Every file has these; the rest are written where somebody fills them.
constexpr std::size_t kUsualColumns = 11;

using Check = bool (*)(std::string_view);

bool is_anything(std::string_view) { return true; }

/// A column that is one text of the record.
struct TextColumn {
    std::string_view name;
    std::string Customer::*member;
    Check good;
    std::string_view wanted;
};
constexpr std::array<TextColumn, 11> kTextColumns = {{
    {"name", &Customer::name, is_anything, ""},
    {"name_latin", &Customer::name_latin, is_anything, ""},
    {"language", &Customer::language, is_language, "language; write `ar` or `en`"},
    {"address", &Customer::address, is_anything, ""},
    {"tier", &Customer::tier, is_anything, ""},
    {"brand", &Customer::brand, is_anything, ""},
    {"preferred_channel", &Customer::preferred_channel, is_channel, "channel; write mail, phone, text or post"},
    {"known_as", &Customer::known_as, is_known_as, "way to know somebody; write past_client, circle or referred"},
    {"referred_by", &Customer::referred_by, is_anything, ""},
    {"notes", &Customer::notes, is_anything, ""},
    {"owner", &Customer::owner, is_anything, ""},
}};

class CustomersReader {
public:
    CustomersReader(std::string_view file_name, const ColumnMapping& mapping, Instant now)
        : file_(file_name), mapping_(mapping), now_(now) {}

    CustomerRows read(std::string_view text) && {
        auto csv = parse_csv(text, file_);
        errors_ = &result_.errors;
        result_.errors = std::move(csv.errors);
        if (!result_.errors.empty()) return std::move(result_);
        if (csv.rows.empty()) {
            error({}, "the file is empty; its first line names the columns");
            return std::move(result_);
        }
        read_header(csv.rows.front());
        for (std::size_t row = 1; row < csv.rows.size() && result_.errors.empty(); ++row) read_row(csv.rows[row]);
        return std::move(result_);
    }

private:
    void error(const CsvCell& cell, std::string what) {
        errors_->push_back({Origin{.file = file_, .line = cell.line, .column = cell.column}, std::move(what)});
    }

    void read_header(const CsvRow& header) {
        const auto& known = customer_columns();
        std::set<std::string> seen;
        for (const auto& cell : header) {
            std::string name(trimmed(cell.text));
            result_.header.push_back(name);
            if (const auto renamed = mapping_.find(name); renamed != mapping_.end()) name = renamed->second;
            if (name == kColumnLeftOut) {
                // Nothing of it is read.
            } else if (std::ranges::find(known, name) == known.end()) {
                error(cell, "unknown column `" + name + "`" + suggestion(name, known));
            } else if (!seen.insert(name).second) {
                error(cell, "the column `" + name + "` is there twice");
            }
            result_.columns.push_back(std::move(name));
        }
        if (!seen.contains("name")) error(header.front(), "the column `name` is missing");
    }

    void read_row(const CsvRow& cells) {
        auto& row = result_.rows.emplace_back(CustomerRow{.line = cells.front().line});
        errors_ = &row.errors;
        for (const auto& cell : cells) row.cells.push_back(cell.text);
        if (cells.size() != result_.columns.size()) {
            error(cells.size() > result_.columns.size() ? cells[result_.columns.size()] : cells.back(),
                  "this row has " + std::to_string(cells.size()) + " cells, the header names " +
                      std::to_string(result_.columns.size()));
        } else {
            for (std::size_t i = 0; i < cells.size(); ++i) read_cell(row.customer, result_.columns[i], cells[i]);
            if (row.customer.name.empty()) error(cells.front(), "a customer needs a name");
            find_twins(row.customer, cells.front());
        }
        errors_ = &result_.errors;
    }

    void find_twins(const Customer& customer, const CsvCell& start) {
        for (const auto& key : identifying_keys(customer)) {
            const auto [known, is_new] = lines_.emplace(key, start.line);
            if (!is_new && known->second != start.line) {
                error(start, "the same " + key + " is in line " + std::to_string(known->second) +
                                 "; one customer is one line");
            }
        }
    }

    void read_cell(Customer& customer, const std::string& column, const CsvCell& cell) {
        const auto text = trimmed(unguarded(trimmed(cell.text)));
        if (text.empty() || column == kColumnLeftOut) return;
        const auto plain = std::ranges::find(kTextColumns, std::string_view(column), &TextColumn::name);
        if (plain != kTextColumns.end())
            customer.*(plain->member) = checked(cell, text, plain->good, plain->wanted);
        else if (column == "plan")
            customer.plan = text;
        else if (column == "birthday")
            customer.birthday = read_birthday(cell, text);
        else
            read_list(customer, column, cell, text);
    }

    std::string checked(const CsvCell& cell, std::string_view text, Check good, std::string_view kind) {
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

    template <typename Item>
    void add(std::vector<Item>& list, std::optional<Item> item, const CsvCell& cell, std::string_view text,
             std::string_view wanted) {
        if (item)
            list.push_back(std::move(*item));
        else
            error(cell, "`" + std::string(text) + "` is no " + std::string(wanted));
    }

    void read_item(Customer& customer, const std::string& column, const CsvCell& cell, std::string_view item) {
        if (column == "emails")
            customer.emails.push_back(checked(cell, item, is_email, "e-mail address"));
        else if (column == "phones")
            customer.phones.push_back(checked(cell, item, is_phone, "phone number"));
        else if (column == "interests")
            customer.interests.emplace_back(item);
        else if (column == "occasions")
            customer.occasions.emplace_back(item);
        else if (column == "handles")
            add(customer.identities, parse_handle(item, now_), cell, item, "handle; write platform:name");
        else if (column == "anniversaries")
            add(customer.anniversaries, parse_anniversary(item), cell, item, "anniversary; write wedding=2015-06-01");
        else if (column == "consents")
            add(customer.consents, parse_consent(item, now_), cell, item, "consent; write mail=yes or phone=no");
        else if (column == "quiet")
            add(customer.quiet, parse_quiet(item), cell, item, "silence; write 2026-03-01/2026-03-10=reason");
        else
            add(customer.purchases, parse_purchase(item), cell, item, "purchase; write 2026-01-10=120.50 SAR");
    }

    std::string file_;
    const ColumnMapping& mapping_;
    Instant now_;
    std::unordered_map<std::string, int> lines_;  ///< where each identifying key was seen first
    CustomerRows result_;
    std::vector<SetupError>* errors_ = nullptr;  ///< of the line that is read
};

template <typename Items, typename Write>
std::string joined(const Items& items, Write write) {
    std::string list;
    for (const auto& item : items) list += (list.empty() ? "" : ";") + write(item);
    return list;
}

}  // namespace

const std::vector<std::string>& customer_columns() {
    static const std::vector<std::string> columns = {
        "name",     "name_latin", "emails", "phones",    "handles",       "language",  "birthday",
        "address",  "tier",       "brand",  "purchases", "anniversaries", "interests", "preferred_channel",
        "consents", "occasions",  "quiet",  "known_as",  "referred_by",   "notes",     "owner",
        "plan"};
    return columns;
}

CustomerRows read_customer_rows(std::string_view text, std::string_view file_name, const ColumnMapping& mapping,
                                Instant now) {
    return CustomersReader(file_name, mapping, now).read(text);
}

std::string cell_of(const Customer& customer, std::string_view column) {
    const auto itself = [](const std::string& text) { return text; };
    const auto plain = std::ranges::find(kTextColumns, column, &TextColumn::name);
    if (plain != kTextColumns.end()) return customer.*(plain->member);
    if (column == "plan") return customer.plan;
    if (column == "birthday") return customer.birthday ? to_string(*customer.birthday) : std::string();
    if (column == "emails") return joined(customer.emails, itself);
    if (column == "phones") return joined(customer.phones, itself);
    if (column == "interests") return joined(customer.interests, itself);
    if (column == "occasions") return joined(customer.occasions, itself);
    if (column == "anniversaries") return joined(customer.anniversaries, print_anniversary);
    if (column == "consents") {
        auto consents = customer.consents;
        std::erase_if(consents, [](const ChannelConsent& consent) { return !is_channel(consent.channel); });
        return joined(consents, print_consent);
    }
    if (column == "quiet") return joined(customer.quiet, print_quiet);
    if (column == "purchases") return joined(customer.purchases, print_purchase);
    if (column == "handles")
        return joined(customer.identities,
                      [](const Identity& identity) { return identity.platform + ":" + identity.handle; });
    return {};
}

std::string print_customers_csv(const std::vector<Customer>& customers) {
    std::vector<std::string> columns;
    for (const auto& column : customer_columns()) {
        const bool filled = std::ranges::any_of(
            customers, [&](const Customer& customer) { return !cell_of(customer, column).empty(); });
        if (columns.size() < kUsualColumns || filled) columns.push_back(column);
    }
    std::string out = print_csv_row(columns);
    for (const auto& customer : customers) {
        std::vector<std::string> cells;
        for (const auto& column : columns) cells.push_back(guarded(cell_of(customer, column)));
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
