#include "core/limits.hpp"
#include "core/setup_toml.hpp"
#include "tests/storage/samples.hpp"
#include "tests/storage/store_contract.hpp"

namespace rasid {
namespace {

using samples::minute;

class SetupHistoryContract : public StoreContract {
protected:
    static rasid::Setup setup_of(const std::string& toml) {
        auto parsed = parse_setup(toml, "test");
        EXPECT_TRUE(parsed.errors.empty());
        return parsed.setup;
    }
    static std::string rule(const std::string& name, const std::string& query) {
        return "[[rule]]\nname = \"" + name + "\"\nquery = '" + query + "'\n";
    }
    void change(const std::string& toml, int at, const std::string& person = "p1", std::int64_t restores = 0) {
        store->put_setup(setup_of(toml), {person, "page", restores, minute(at)});
    }
    std::vector<std::string> changes_of(const std::string& kind, const std::string& name) {
        std::vector<std::string> changes;
        for (const auto& version : store->setup_history(kind, name, 1000)) changes.push_back(version.change);
        return changes;
    }
    using Changes = std::vector<std::string>;
};
RASID_OVER_ENGINES(SetupHistoryContract);

TEST_P(SetupHistoryContract, keeps_who_changed_an_item_when_and_both_sides_of_the_change) {
    change(rule("a", "coffee"), 1);
    change(rule("a", "قهوة OR \"too cold\""), 2, "p2", 1);
    reopen();
    const auto versions = store->setup_history("rule", "a", 10);
    ASSERT_EQ(versions.size(), 2U);
    EXPECT_GT(versions[0].number, versions[1].number) << "newest first";
    EXPECT_EQ(versions[0].author.person, "p2");
    EXPECT_EQ(versions[0].author.way, "page");
    EXPECT_EQ(versions[0].author.restores, 1);
    EXPECT_EQ(versions[0].author.at, minute(2));
    EXPECT_EQ(versions[0].change, "update");
    EXPECT_EQ(versions[0].before, versions[1].after);
    EXPECT_EQ(setup_of(versions[0].after).rules.at(0).query, "قهوة OR \"too cold\"");
    EXPECT_EQ(versions[1].change, "add");
    EXPECT_EQ(versions[1].before, "");
}

TEST_P(SetupHistoryContract, keeps_a_version_of_what_changed_and_of_nothing_else) {
    change(rule("a", "coffee") + rule("b", "tea"), 1);
    change(rule("a", "coffee") + rule("b", "green tea"), 2);
    change(rule("b", "green tea"), 3);
    change(rule("b", "green tea"), 4);
    EXPECT_EQ(changes_of("rule", "a"), (Changes{"remove", "add"}));
    EXPECT_EQ(changes_of("rule", "b"), (Changes{"update", "add"}));
    EXPECT_EQ(store->setup_history("rule", "a", 1).front().after, "");
    EXPECT_TRUE(changes_of("queue", "a").empty());
}

TEST_P(SetupHistoryContract, tells_tables_and_people_too) {
    change("[[person]]\nname = \"Sara\"\nemail = \"sara@example.org\"\n", 1);
    change("[[person]]\nname = \"Sara\"\nemail = \"sara@example.com\"\n[priority]\ntiers = { gold = 7 }\n", 2);
    EXPECT_EQ(changes_of("person", "Sara"), (Changes{"update", "add"}));
    EXPECT_EQ(changes_of("priority", ""), Changes{"update"});
    EXPECT_NE(store->setup_history("priority", "", 1).front().after.find("gold"), std::string::npos);
}

TEST_P(SetupHistoryContract, has_nothing_of_a_change_that_was_refused) {
    change(rule("a", "coffee"), 1);
    auto broken = setup_of(rule("a", "tea"));
    broken.rules.push_back(broken.rules[0]);  // a name twice
    EXPECT_THROW(store->put_setup(broken, {"p1", "page", 0, minute(2)}), StoreError);
    EXPECT_EQ(changes_of("rule", "a"), Changes{"add"});
}

TEST_P(SetupHistoryContract, forgets_the_oldest_versions_beyond_its_bound_and_what_is_older_than_two_years) {
    for (int i = 0; i <= limits::kSetupVersions; ++i) change(rule("a", "w" + std::to_string(i)) + rule("b", "tea"), i);
    EXPECT_EQ(changes_of("rule", "a").size(), static_cast<std::size_t>(limits::kSetupVersions));
    EXPECT_EQ(setup_of(store->setup_history("rule", "a", 1).front().after).rules[0].query,
              "w" + std::to_string(limits::kSetupVersions));
    EXPECT_EQ(changes_of("rule", "b"), Changes{"add"});
    store->put_setup(setup_of(rule("c", "milk")),
                     {"p1", "page", 0, minute(0) + limits::kSetupHistory + std::chrono::days(1)});
    EXPECT_EQ(changes_of("rule", "b"), Changes{"remove"});
}

TEST_P(SetupHistoryContract, counts_mentions_by_the_time_they_were_stored) {
    Intake intake;
    intake.mentions = {samples::mention("1", 0), samples::mention("2", 10), samples::mention("3", 20)};
    store->take(intake);
    // A sample is stored two minutes after its time.
    EXPECT_EQ(store->mentions_stored_count(minute(2), minute(22)), 2);
    EXPECT_EQ(store->mentions_stored_count(minute(3), minute(23)), 2);
    EXPECT_EQ(store->mentions_stored_count(minute(100), minute(200)), 0);
}

TEST_P(SetupHistoryContract, counts_what_people_said_by_language_and_verdict) {
    int id = 0;
    const auto said = [&](const std::string& mention, const std::string& language, const std::string& was,
                          const std::string& right, int at, const std::string& brand = "nasma") {
        Correction one;
        one.id = "c" + std::to_string(++id);
        one.mention = mention;
        one.brand = brand;
        one.language = language;
        one.text = "text";
        one.was = was;
        one.right = right;
        one.at = minute(at);
        store->put_correction(one);
        return one;
    };
    said("m1", "ar", "negative", "positive", 1);
    said("m1", "ar", "negative", "negative", 2);  // the newer word of the same mention counts
    said("m2", "ar", "negative", "neutral", 3);
    said("m3", "en", "positive", "positive", 4, "saba");
    auto undone = said("m4", "ar", "negative", "neutral", 5);
    undone.undone_at = minute(6);
    store->put_correction(undone);
    const auto all = store->correction_counts(minute(0), {});
    const std::vector<CorrectionCount> expected = {
        {CorrectionKind::sentiment, "ar", "negative", "negative", 1},
        {CorrectionKind::sentiment, "ar", "negative", "neutral", 1},
        {CorrectionKind::sentiment, "en", "positive", "positive", 1},
    };
    EXPECT_EQ(all, expected);
    EXPECT_EQ(store->correction_counts(minute(3), {"nasma"}), std::vector<CorrectionCount>{expected[1]});
    EXPECT_TRUE(store->correction_counts(minute(7), {}).empty());
}

TEST_P(SetupHistoryContract, sums_what_rules_sent_to_their_queues) {
    Intake intake;
    const auto hour = [](const std::string& brand, Series::Kind kind, const std::string& name, int at, int total) {
        return SeriesHour{{brand, kind, name}, minute(at), {total, 0}};
    };
    intake.hours = {hour("nasma", Series::Kind::rule, "late", 0, 2), hour("nasma", Series::Kind::rule, "late", 60, 3),
                    hour("saba", Series::Kind::rule, "late", 60, 5), hour("nasma", Series::Kind::tag, "late", 60, 9)};
    store->take(intake);
    using Hits = std::map<std::string, std::int64_t>;
    EXPECT_EQ(store->rule_hits(minute(0), {}), (Hits{{"late", 10}}));
    EXPECT_EQ(store->rule_hits(minute(30), {"nasma"}), (Hits{{"late", 3}}));
    EXPECT_TRUE(store->rule_hits(minute(90), {}).empty());
}

}  // namespace
}  // namespace rasid
