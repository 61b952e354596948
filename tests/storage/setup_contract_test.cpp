#include "core/setup_toml.hpp"
#include "tests/storage/samples.hpp"
#include "tests/storage/store_contract.hpp"

namespace rasid {
namespace {

using samples::minute;

constexpr std::string_view kSetupOfAllParts = R"toml(
[[calendar]]
name = "office"
time_zone = "Asia/Riyadh"
hours = { sun = ["09:00-12:30", "13:30-17:00"], mon = ["09:00-17:00"] }
holidays = ["hijri:10-01", "2026-09-23"]
[[person]]
name = "Sara"
email = "Sara@example.org"
role = "manager"
language = "ar"
[[person]]
name = "Ali"
email = "ali@example.org"
role = "moderator"
brands = ["nasma"]
[[ladder]]
name = "care"
steps = [ { at = "50%", to = "role:moderator", by = "mail" }, { at = "100%", to = "person:Sara", by = "mail" } ]
[[queue]]
name = "zebra"
channel = "social"
first_response = "15m"
resolution = "8h"
calendar = "office"
ladder = "care"
[[queue]]
name = "care"
[[rule]]
name = "second by name"
query = 'قهوة AND "too cold"'
queue = "care"
priority = "high"
tags = ["complaint"]
[[rule]]
name = "first by name"
query = "x"
ignore = true
[[plan]]
name = "clients for life"
touches = [ { kind = "newsletter", count = 12 }, { kind = "gift", count = 2 } ]
)toml";

class SetupContract : public StoreContract {
protected:
    rasid::Setup sample() {
        auto parsed = parse_setup(kSetupOfAllParts, "test");
        EXPECT_TRUE(parsed.errors.empty());
        return parsed.setup;
    }
    std::string id_of(std::string_view name) {
        const auto setup = store->setup();
        const auto* person = find_named(setup.people, name);
        return person ? person->id : "";
    }
};
RASID_OVER_ENGINES(SetupContract);

TEST_P(SetupContract, is_empty_in_a_new_store) { EXPECT_EQ(store->setup(), rasid::Setup{}); }

TEST_P(SetupContract, exports_byte_for_byte_what_was_imported) {
    store->put_setup(sample());
    EXPECT_EQ(print_setup(store->setup()), print_setup(sample()));
    reopen();
    const auto exported = print_setup(store->setup());
    store->put_setup(parse_setup(exported, "export").setup);
    EXPECT_EQ(print_setup(store->setup()), exported);
}

TEST_P(SetupContract, gives_back_equal_items_in_their_order) {
    auto expected = sample();
    store->put_setup(expected);
    auto stored = store->setup();
    for (std::size_t i = 0; i < expected.people.size(); ++i) expected.people[i].id = stored.people.at(i).id;
    EXPECT_EQ(stored, expected);
    EXPECT_EQ(stored.rules[0].name, "second by name");
    EXPECT_EQ(stored.queues[0].name, "zebra");
    EXPECT_EQ(stored.rules[0].origin.line, 0);
}

TEST_P(SetupContract, removes_what_the_new_setup_does_not_name) {
    store->put_setup(sample());
    auto smaller = sample();
    smaller.rules.erase(smaller.rules.begin());
    smaller.people.pop_back();
    smaller.plans.clear();
    store->put_setup(smaller);
    EXPECT_EQ(print_setup(store->setup()), print_setup(smaller));
}

TEST_P(SetupContract, keeps_the_id_of_a_person_by_name_and_with_it_the_account) {
    store->put_setup(sample());
    const auto sara = id_of("Sara");
    ASSERT_FALSE(sara.empty());
    EXPECT_NE(sara, id_of("Ali"));
    store->put_password(sara, "hash");
    auto changed = sample();
    std::swap(changed.people[0], changed.people[1]);
    changed.people[1].email = "new@example.org";
    store->put_setup(changed);
    EXPECT_EQ(id_of("Sara"), sara);
    EXPECT_EQ(store->password_hash(sara), "hash");
    EXPECT_EQ(store->person(sara)->email, "new@example.org");
}

TEST_P(SetupContract, takes_a_known_id_under_a_new_name_as_a_renaming) {
    store->put_setup(sample());
    auto renamed = store->setup();
    const auto sara = renamed.people[0].id;
    renamed.people[0].name = "Sarah";
    store->put_password(sara, "hash");
    store->put_setup(renamed);
    EXPECT_EQ(id_of("Sarah"), sara);
    EXPECT_EQ(id_of("Sara"), "");
    EXPECT_EQ(store->password_hash(sara), "hash");
}

TEST_P(SetupContract, never_gives_the_id_of_a_removed_person_to_another) {
    store->put_setup(sample());
    const auto ali = id_of("Ali");
    auto without = sample();
    without.people.pop_back();
    store->put_setup(without);
    store->put_setup(sample());
    EXPECT_NE(id_of("Ali"), ali);
}

TEST_P(SetupContract, takes_away_the_account_with_the_person) {
    store->put_setup(sample());
    const auto sara = id_of("Sara");
    store->put_password(sara, "hash");
    store->put_session({"token", sara, "csrf", minute(1), minute(1)});
    store->put_setup({});
    EXPECT_FALSE(store->person(sara));
    EXPECT_FALSE(store->password_hash(sara));
    EXPECT_FALSE(store->session("token"));
    EXPECT_FALSE(store->any_password());
}

TEST_P(SetupContract, changes_nothing_when_a_setup_cannot_be_kept) {
    store->put_setup(sample());
    auto broken = sample();
    broken.rules.push_back(broken.rules[0]);  // a name twice
    EXPECT_THROW(store->put_setup(broken), StoreError);
    EXPECT_EQ(print_setup(store->setup()), print_setup(sample()));
}

TEST_P(SetupContract, finds_people_by_mail_without_case) {
    store->put_setup(sample());
    EXPECT_EQ(store->person_by_email("sara@EXAMPLE.org")->name, "Sara");
    EXPECT_FALSE(store->person_by_email("nobody@example.org"));
    EXPECT_FALSE(store->person_by_email(""));
    EXPECT_EQ(store->person_by_email("ali@example.org")->brands, (std::vector<std::string>{"nasma"}));
    EXPECT_FALSE(store->person("nobody"));
}

TEST_P(SetupContract, keeps_passwords_and_languages_of_people) {
    store->put_setup(sample());
    const auto sara = id_of("Sara");
    EXPECT_FALSE(store->any_password());
    EXPECT_FALSE(store->password_hash(sara));
    store->put_password(sara, "one");
    store->put_password(sara, "two");
    EXPECT_EQ(store->password_hash(sara), "two");
    EXPECT_TRUE(store->any_password());
    store->put_person_language(sara, "en");
    EXPECT_EQ(store->person(sara)->language, "en");
    EXPECT_THROW(store->put_password("nobody", "hash"), StoreError);
}

TEST_P(SetupContract, keeps_sessions_until_they_end) {
    store->put_setup(sample());
    const auto sara = id_of("Sara");
    Session session{"hash-1", sara, "csrf", minute(0), minute(5)};
    store->put_session(session);
    EXPECT_EQ(store->session("hash-1")->csrf, "csrf");
    session.seen_at = minute(20);
    store->put_session(session);
    EXPECT_EQ(store->session("hash-1")->seen_at, minute(20));
    EXPECT_EQ(store->session("hash-1")->created_at, minute(0));
    store->put_session({"idle", sara, "c", minute(15), minute(16)});
    store->put_session({"fresh", sara, "c", minute(15), minute(21)});
    store->end_sessions_before(minute(17), minute(1));
    EXPECT_FALSE(store->session("idle"));
    EXPECT_FALSE(store->session("hash-1")) << "too old however recently used";
    EXPECT_TRUE(store->session("fresh"));
    store->end_session("fresh");
    EXPECT_FALSE(store->session("fresh"));
}

}  // namespace
}  // namespace rasid
