#include "daemon/customer_import.hpp"

#include "tests/support/fake_random.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/support/test_day.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

class CustomerFileTest : public testing::Test {
protected:
    CustomerFileTest() : store(open_store({"sqlite:" + (folder.path() / "x.db").string(), false})) {}

    CustomerImport import(std::string_view csv, const ColumnMapping& mapping = {}) {
        CustomerImport done;
        store->transact([&] { done = import_customers(*store, csv, "people.csv", mapping, random, kMorning); });
        return done;
    }

    TempFolder folder;
    FakeRandom random;
    std::unique_ptr<Store> store;
};

TEST_F(CustomerFileTest, all_errors_are_found_up_to_a_hundred_or_so) {
    std::string text = "name,birthday\n";
    for (int i = 0; i < 1000; ++i) text += "A,tomorrow\n";
    EXPECT_EQ(import(text).errors.size(), 100U);
    EXPECT_TRUE(all_customers(*store).empty());
}

TEST_F(CustomerFileTest, an_error_names_its_place_and_nothing_is_imported) {
    const auto wrong = import("name,birthday\nAmal,1990-05-01\nHind,31-31-31\n");
    ASSERT_EQ(wrong.errors.size(), 1U);
    EXPECT_EQ(to_string(wrong.errors.front()).substr(0, 15), "people.csv:3:6:");
    EXPECT_TRUE(all_customers(*store).empty());
    const auto unknown = import("name,emial\nAmal,a@example.org\n");
    ASSERT_EQ(unknown.errors.size(), 1U) << "what nobody mapped is not guessed";
    EXPECT_NE(unknown.errors.front().what.find("unknown column `emial`"), std::string::npos);
}

TEST_F(CustomerFileTest, a_later_file_sets_its_own_columns_and_leaves_the_rest) {
    EXPECT_EQ(import("name,emails,tier\nAmal,amal@example.org,gold\n").added, 1);
    const auto again =
        import("Full name,emails\nAmal Al-Otaibi,amal@example.org\nHind,h@example.org\n", {{"Full name", "name"}});
    EXPECT_EQ(again.added, 1);
    EXPECT_EQ(again.updated, 1);
    const auto all = all_customers(*store);
    ASSERT_EQ(all.size(), 2U);
    const auto& amal = all[0].tier.empty() ? all[1] : all[0];
    EXPECT_EQ(amal.name, "Amal Al-Otaibi");
    EXPECT_EQ(amal.tier, "gold");
    EXPECT_FALSE(store->touches(amal.id, 2026).empty()) << "the rest of the year is laid";
}

TEST_F(CustomerFileTest, whoever_is_not_named_can_be_removed) {
    import("name,emails\nAmal,amal@example.org\nHind,h@example.org\n");
    const auto named = import("name,emails\nHind,h@example.org\n").named;
    EXPECT_EQ(remove_other_customers(*store, named), 1);
    ASSERT_EQ(all_customers(*store).size(), 1U);
    EXPECT_EQ(all_customers(*store).front().name, "Hind");
}

}  // namespace
}  // namespace rasid
