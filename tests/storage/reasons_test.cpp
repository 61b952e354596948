#include "storage/column_json.hpp"
#include "storage/store.hpp"
#include "storage/ticket_json.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

TEST(StoredReasons, come_back_as_they_were) {
    const std::vector<Reason> reasons = {
        {"rule", {"late", "“never”", "تأخر"}}, {"assigned.nobody", {}}, already_said("as words [1]")};
    EXPECT_EQ(reasons_from_json(reasons_to_json(reasons)), reasons);
    for (const auto& reason : reasons) EXPECT_EQ(reason_from_column(reason_to_column(reason)), reason);
    EXPECT_EQ(reason_from_column(reason_to_column({})), Reason{});
}

TEST(StoredReasons, that_a_version_before_wrote_as_words_are_still_read) {
    const auto old = R"(["rule priority high: +50","priority high: 65 points, a step each 25"])";
    EXPECT_EQ(reasons_from_json(old), (std::vector<Reason>{already_said("rule priority high: +50"),
                                                           already_said("priority high: 65 points, a step each 25")}));
    EXPECT_EQ(reason_from_column("30 mentions within an hour, usual are 4.2"),
              already_said("30 mentions within an hour, usual are 4.2"));
    EXPECT_EQ(reason_from_column(""), Reason{});
    const auto verdict =
        verdict_from_json(R"({"influence":{"reasons":["influence +10: verified account"]},"reasons":["language en"]})");
    EXPECT_EQ(verdict.influence.reasons, (std::vector<Reason>{already_said("influence +10: verified account")}));
    EXPECT_EQ(verdict.reasons, (std::vector<Reason>{already_said("language en")}));
    EXPECT_EQ(opening_from_json(R"({"reasons":["rule complaints"]})")->reasons,
              (std::vector<Reason>{already_said("rule complaints")}));
    EXPECT_TRUE(detail_from_json("{}")->reasons.empty());
}

TEST(StoredReasons, that_are_damaged_are_refused_and_odd_ones_are_empty) {
    EXPECT_THROW(reason_from_column("[\"rule\""), StoreError);
    EXPECT_EQ(reasons_from_json("[[],7,null]"), (std::vector<Reason>(3)));
}

}  // namespace
}  // namespace rasid
