#include "core/customer_json.hpp"
#include "core/text/fold.hpp"
#include "storage/column_json.hpp"
#include "storage/sql_store.hpp"
#include "storage/statement.hpp"

namespace rasid {
namespace {

/// Longer search words find nothing anyway; SQLite refuses patterns of more than 50,000 bytes.
constexpr std::size_t kSearchLength = 500;

const std::string kSelectCustomer = R"sql(
    SELECT id, name, name_latin, emails, phones, language, birthday, address, tier, brand, plan, purchases, owner, record
    FROM customers )sql";

/// What has no column of its own.
std::string rest_of(Customer customer) {
    customer.id.clear();
    customer.name.clear();
    customer.name_latin.clear();
    customer.emails.clear();
    customer.phones.clear();
    customer.language.clear();
    customer.birthday.reset();
    customer.address.clear();
    customer.tier.clear();
    customer.brand.clear();
    customer.plan.clear();
    customer.purchases.clear();
    customer.owner.clear();
    customer.identities.clear();
    return customer_to_json(customer);
}

Customer rest_from(std::string_view record) {
    auto rest = customer_from_json(stored_json(record).root());
    if (!rest) throw StoreError("a stored customer is damaged: " + rest.error().what);
    return std::move(*rest);
}

Customer customer_of_row(const Answer& answer) {
    constexpr int kRecord = 13;
    Customer customer = rest_from(answer.text(kRecord));
    Columns columns(answer);
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
    customer.owner = columns.text();
    return customer;
}

std::string folded_for_search(const Customer& customer) {
    std::string folded = fold_text(customer.name) + "\n" + fold_text(customer.name_latin);
    for (const auto& email : customer.emails) folded += "\n" + fold_text(email);
    return folded;
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
        const auto answer = engine_->ask(kSelectCustomer + "WHERE id = $1 AND merged_into = ''", id);
        if (!answer->next()) return std::nullopt;
        auto found = customer_of_row(*answer);
        load_identities(found);
        return found;
    });
}

std::vector<Customer> SqlStore::customers_by_id(const std::vector<std::string>& ids) {
    return on_one_state([&] {
        std::vector<Customer> list;
        for (const auto& id : ids) {
            if (auto found = customer(id)) list.push_back(std::move(*found));
        }
        return list;
    });
}

std::optional<Customer> SqlStore::customer_of(std::string_view platform, std::string_view handle) {
    return on_one_state([&]() -> std::optional<Customer> {
        const auto answer = engine_->ask(kSelectCustomer + R"sql(
            WHERE id = (SELECT customer FROM identities WHERE platform = $1 AND folded = $2) AND merged_into = '')sql",
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
    Statement statement;
    statement.sql = kSelectCustomer + "WHERE merged_into = '' AND id > " + statement.bind(after_id);
    if (!search.empty()) {
        statement.sql += " AND (folded LIKE " + statement.bind(text) +
                         " ESCAPE '\\' OR EXISTS (SELECT 1 FROM identities WHERE identities.customer = customers.id";
        statement.sql += " AND identities.folded LIKE " + statement.bind(handle) + " ESCAPE '\\'))";
    }
    statement.only_brands(brands);
    statement.sql += " ORDER BY id LIMIT " + statement.bind(limit);
    return on_one_state([&] {
        std::vector<Customer> list;
        const auto answer = engine_->ask_with(statement.sql, statement.values);
        while (answer->next()) list.push_back(customer_of_row(*answer));
        for (auto& found : list) load_identities(found);
        return list;
    });
}

void SqlStore::put_customer(const Customer& customer) {
    transact([&] {
        engine_->run(R"sql(
            INSERT INTO customers (id, name, name_latin, emails, phones, language, birthday, address, tier, brand, plan, purchases,
                                   folded, owner, record)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_latin = excluded.name_latin, emails = excluded.emails,
                phones = excluded.phones, language = excluded.language, birthday = excluded.birthday, address = excluded.address,
                tier = excluded.tier, brand = excluded.brand, plan = excluded.plan, purchases = excluded.purchases,
                folded = excluded.folded, owner = excluded.owner, record = excluded.record)sql",
                     customer.id, customer.name, customer.name_latin, strings_to_json(customer.emails),
                     strings_to_json(customer.phones), customer.language,
                     customer.birthday ? to_string(*customer.birthday) : "", customer.address, customer.tier,
                     customer.brand, customer.plan, purchases_to_json(customer.purchases), folded_for_search(customer),
                     customer.owner, rest_of(customer));
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

std::set<std::string> SqlStore::with_merged(std::string_view customer) {
    std::set<std::string> ids;
    if (!engine_->ask("SELECT 1 FROM customers WHERE id = $1 AND merged_into = ''", customer)->next()) return ids;
    std::vector<std::string> to_ask = {std::string(customer)};
    while (!to_ask.empty()) {
        const auto asked = std::move(to_ask.back());
        to_ask.pop_back();
        if (!ids.insert(asked).second) continue;
        const auto answer =
            engine_->ask("SELECT id FROM customers WHERE merged_into = $1 AND merged_into <> ''", asked);
        while (answer->next()) to_ask.emplace_back(answer->text(0));
    }
    return ids;
}

void SqlStore::assign_account(std::string_view platform, std::string_view handle, std::string_view customer,
                              std::string_view tier) {
    transact([&] {
        engine_->run("UPDATE mentions SET customer = $1 WHERE platform = $2 AND author_handle = $3 AND own = 0",
                     customer, platform, handle);
        engine_->run("UPDATE tickets SET customer = $1, tier = $2 WHERE platform = $3 AND author_folded = $4", customer,
                     tier, platform, fold_handle(handle));
    });
}

void SqlStore::remove_customer(std::string_view id) {
    transact([&] {
        for (const auto& each : with_merged(id)) {
            engine_->run("DELETE FROM merges WHERE kept = $1 OR dropped = $1", each);
            engine_->run("DELETE FROM promise_events WHERE customer = $1", each);
            engine_->run("DELETE FROM customers WHERE id = $1", each);
        }
    });
}

void SqlStore::unlink(std::string_view customer, std::string_view platform, std::string_view handle) {
    transact([&] {
        engine_->run("DELETE FROM identities WHERE customer = $1 AND platform = $2 AND folded = $3", customer, platform,
                     fold_handle(handle));
    });
}

}  // namespace rasid
