#include "core/text/fold.hpp"
#include "storage/column_json.hpp"
#include "storage/sql_store.hpp"

namespace rasid {
namespace {

/// Longer search words find nothing anyway; SQLite refuses patterns of more than 50,000 bytes.
constexpr std::size_t kSearchLength = 500;

const std::string kSelectCustomer = R"sql(
    SELECT id, name, name_latin, emails, phones, language, birthday, address, tier, brand, plan, purchases FROM customers )sql";

Customer customer_of_row(const Answer& answer) {
    Columns columns(answer);
    Customer customer;
    customer.id = columns.text();
    customer.name = columns.text();
    customer.name_latin = columns.text();
    customer.emails = strings_from_json(columns.text());
    customer.phones = strings_from_json(columns.text());
    customer.language = columns.text();
    customer.birthday = parse_date(columns.text());
    customer.address = columns.text();
    customer.tier = columns.text();
    customer.brand = columns.text();
    customer.plan = columns.text();
    customer.purchases = purchases_from_json(columns.text());
    return customer;
}

std::string folded_for_search(const Customer& customer) {
    std::string folded = fold_text(customer.name) + "\n" + fold_text(customer.name_latin);
    for (const auto& email : customer.emails) folded += "\n" + fold_text(email);
    return folded;
}

/// A LIKE pattern for "contains", with \ as the escape.
std::string containing(std::string_view part) {
    std::string pattern = "%";
    for (const char byte : part) {
        if (byte == '%' || byte == '_' || byte == '\\') pattern += '\\';
        pattern += byte;
    }
    return pattern + "%";
}

}  // namespace

void SqlStore::load_identities(Customer& customer) {
    const auto answer = engine_->ask("SELECT platform, handle, linked_by, linked_at FROM identities WHERE customer = "
                                     "$1 ORDER BY position, platform, folded",
                                     customer.id);
    while (answer->next()) {
        Columns columns(*answer);
        Identity identity;
        identity.platform = columns.text();
        identity.handle = columns.text();
        identity.linked_by = columns.text();
        identity.linked_at = columns.instant();
        customer.identities.push_back(std::move(identity));
    }
}

std::optional<Customer> SqlStore::customer(std::string_view id) {
    return on_one_state([&]() -> std::optional<Customer> {
        const auto answer = engine_->ask(kSelectCustomer + "WHERE id = $1", id);
        if (!answer->next()) return std::nullopt;
        auto found = customer_of_row(*answer);
        load_identities(found);
        return found;
    });
}

std::optional<Customer> SqlStore::customer_of(std::string_view platform, std::string_view handle) {
    return on_one_state([&]() -> std::optional<Customer> {
        const auto answer = engine_->ask(kSelectCustomer + R"sql(
            WHERE id = (SELECT customer FROM identities WHERE platform = $1 AND folded = $2))sql",
                                         platform, fold_handle(handle));
        if (!answer->next()) return std::nullopt;
        auto found = customer_of_row(*answer);
        load_identities(found);
        return found;
    });
}

std::vector<Customer> SqlStore::customers(std::string_view search, const std::vector<std::string>& brands,
                                          std::string_view after_id, int limit) {
    const auto text = containing(fold_text(search.substr(0, kSearchLength)));
    const auto handle = containing(fold_handle(search.substr(0, kSearchLength)));
    std::string sql = kSelectCustomer + "WHERE id > $1";
    std::vector<Value> values = {after_id};
    const auto bind = [&values](std::string_view value) {
        values.emplace_back(value);
        return "$" + std::to_string(values.size());
    };
    if (!search.empty()) {
        sql += " AND (folded LIKE " + bind(text) +
               " ESCAPE '\\' OR EXISTS (SELECT 1 FROM identities WHERE identities.customer = customers.id";
        sql += " AND identities.folded LIKE " + bind(handle) + " ESCAPE '\\'))";
    }
    if (!brands.empty()) {
        sql += " AND brand IN (";
        for (const auto& brand : brands) sql += bind(brand) + ",";
        sql.back() = ')';
    }
    values.emplace_back(limit);
    sql += " ORDER BY id LIMIT $" + std::to_string(values.size());
    return on_one_state([&] {
        std::vector<Customer> list;
        const auto answer = engine_->ask_with(sql, values);
        while (answer->next()) list.push_back(customer_of_row(*answer));
        for (auto& found : list) load_identities(found);
        return list;
    });
}

void SqlStore::put_customer(const Customer& customer) {
    transact([&] {
        engine_->run(R"sql(
            INSERT INTO customers (id, name, name_latin, emails, phones, language, birthday, address, tier, brand, plan, purchases,
                                   folded)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_latin = excluded.name_latin, emails = excluded.emails,
                phones = excluded.phones, language = excluded.language, birthday = excluded.birthday, address = excluded.address,
                tier = excluded.tier, brand = excluded.brand, plan = excluded.plan, purchases = excluded.purchases,
                folded = excluded.folded)sql",
                     customer.id, customer.name, customer.name_latin, strings_to_json(customer.emails),
                     strings_to_json(customer.phones), customer.language,
                     customer.birthday ? to_string(*customer.birthday) : "", customer.address, customer.tier,
                     customer.brand, customer.plan, purchases_to_json(customer.purchases), folded_for_search(customer));
        engine_->run("DELETE FROM identities WHERE customer = $1", customer.id);
        store_identities(customer);
    });
}

void SqlStore::store_identities(const Customer& customer) {
    int position = 0;
    for (const auto& identity : customer.identities) {
        engine_->run(R"sql(
            INSERT INTO identities (platform, folded, handle, customer, position, linked_by, linked_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (platform, folded) DO UPDATE SET handle = excluded.handle, customer = excluded.customer,
                position = excluded.position, linked_by = excluded.linked_by, linked_at = excluded.linked_at)sql",
                     identity.platform, fold_handle(identity.handle), identity.handle, customer.id, position++,
                     identity.linked_by, identity.linked_at);
    }
}

void SqlStore::remove_customer(std::string_view id) {
    transact([&] { engine_->run("DELETE FROM customers WHERE id = $1", id); });
}

void SqlStore::unlink(std::string_view customer, std::string_view platform, std::string_view handle) {
    transact([&] {
        engine_->run("DELETE FROM identities WHERE customer = $1 AND platform = $2 AND folded = $3", customer, platform,
                     fold_handle(handle));
    });
}

}  // namespace rasid
