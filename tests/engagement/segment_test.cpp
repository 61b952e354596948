#include "engagement/pilot.hpp"
#include "engagement/segment.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rasid {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

Predicate predicate_of(std::string_view json) {
    const auto document = parse_json(json).value();
    return parse_predicate(document.root()).value();
}
std::string refusal(std::string_view json) {
    const auto document = parse_json(json).value();
    const auto predicate = parse_predicate(document.root());
    return predicate ? "" : predicate.error().what;
}

class SegmentTest : public ::testing::Test {
protected:
    bool in(std::string_view json) { return matches(predicate_of(json), facts); }

    Customer customer{.id = "c",
                      .language = "ar",
                      .birthday = 1996y / 11 / 23,
                      .address = "حي الياسمين، الرِّيَاض",
                      .purchases = {{2026y / 11 / 1, 20'000, "SAR"}, {2024y / 1 / 1, 5'000, "SAR"}},
                      .identities = {{"x", "a", "", {}}},
                      .interests = {"Specialty Coffee"}};
    SegmentFacts facts{.customer = &customer, .today = 2026y / 11 / 22, .rfm_segment = "loyal", .clv_minor = 240'000};
};

TEST_F(SegmentTest, asks_about_demographics_interests_transactions_and_value) {
    EXPECT_TRUE(in(R"({"field":"age","op":"is","value":29})")) << "the birthday is tomorrow";
    EXPECT_TRUE(in(R"({"field":"address","op":"contains","value":"الرياض"})")) << "folded";
    EXPECT_TRUE(in(R"({"field":"interests","op":"has","value":"specialty coffee"})"));
    EXPECT_TRUE(in(R"({"field":"purchases_in_year","op":"at_most","value":1})"));
    EXPECT_TRUE(in(R"({"field":"spent","op":"at_least","value":250})"));
    EXPECT_FALSE(in(R"({"field":"spent_in_year","op":"at_least","value":201})"));
    EXPECT_TRUE(in(R"({"field":"days_since_purchase","op":"is","value":21})"));
    EXPECT_TRUE(in(R"({"field":"clv","op":"at_least","value":2400})"));
    EXPECT_TRUE(in(R"({"field":"rfm_segment","op":"is","value":"loyal"})"));
    EXPECT_TRUE(in(R"({"field":"platforms","op":"has_not","value":"mastodon"})"));
}

TEST_F(SegmentTest, what_is_not_known_fulfils_unknown_alone) {
    EXPECT_FALSE(in(R"({"field":"risk","op":"at_most","value":1})"));
    EXPECT_FALSE(in(R"({"field":"risk","op":"known"})"));
    EXPECT_TRUE(in(R"({"field":"risk","op":"unknown"})"));
    EXPECT_TRUE(in(R"({"field":"tier","op":"unknown"})"));
    EXPECT_TRUE(in(R"({"field":"occasions","op":"unknown"})"));
}

TEST_F(SegmentTest, predicates_join) {
    EXPECT_TRUE(in(R"({"all":[]})")) << "everybody";
    EXPECT_FALSE(in(R"({"any":[]})"));
    EXPECT_TRUE(
        in(R"({"all":[{"any":[{"field":"tier","op":"is","value":"gold"},{"field":"language","op":"is","value":"AR"}]},
                              {"none":[{"field":"age","op":"at_least","value":30}]}]})"));
}

TEST_F(SegmentTest, is_written_as_it_was_read) {
    const std::string json =
        R"({"all":[{"field":"age","op":"at_least","value":30.5},{"none":[{"field":"tier","op":"known"},{"field":"address","op":"contains","value":"جدة"}]}]})";
    JsonWriter out;
    write_predicate(out, predicate_of(json));
    EXPECT_EQ(out.text(), json);
    for (const auto& field : segment_fields()) {
        EXPECT_TRUE(refusal(R"({"field":")" + std::string(field.name) + R"(","op":"known"})").empty());
    }
}

TEST_F(SegmentTest, nonsense_is_refused_with_what_exists) {
    EXPECT_NE(refusal(R"({"field":"shoe_size","op":"is","value":1})").find("there are language tier"),
              std::string::npos);
    EXPECT_EQ(refusal(R"({"field":"age","op":"contains","value":"3"})"), "`age` has no operator `contains`");
    EXPECT_EQ(refusal(R"({"field":"age","op":"is","value":"3"})"), "`age` compares with a number");
    EXPECT_EQ(refusal(R"({"all":{}})"), "`all` needs a list");
    EXPECT_FALSE(refusal("[]").empty());
    std::string many = R"({"any":[)";
    for (int i = 0; i < 201; ++i) many += std::string(i > 0 ? "," : "") + R"({"field":"tier","op":"known"})";
    EXPECT_EQ(refusal(many + "]}"), "more than 200 conditions");
}

TEST(Pilot, draws_its_share_always_the_same_and_keeps_them_when_it_grows) {
    const Pilot half{.name = "more calls", .share = 0.3, .from = 2026y / 1 / 1};
    auto more = half;
    more.share = 0.6;
    auto other = half;
    other.name = "fewer letters";
    int drawn = 0;
    int both = 0;
    for (int i = 0; i < 10'000; ++i) {
        const auto id = "customer-" + std::to_string(i);
        const bool in = arm_of(half, id) == Arm::changed_template;
        EXPECT_EQ(in, arm_of(half, id) == Arm::changed_template);
        drawn += in;
        both += in && arm_of(other, id) == Arm::changed_template;
        if (in) {
            EXPECT_EQ(arm_of(more, id), Arm::changed_template);
        }
    }
    EXPECT_NEAR(drawn, 3000, 150);
    EXPECT_NEAR(both, 900, 120) << "pilots draw independently of each other";
}

std::vector<CustomerOutcome> arm(int customers, int answered, int due, int done) {
    std::vector<CustomerOutcome> list;
    for (int i = 0; i < customers; ++i) list.push_back({.due = due, .done = done, .answered = i < answered});
    return list;
}

Comparison line(const std::vector<Comparison>& table, std::string_view measure) {
    return *std::ranges::find(table, measure, &Comparison::measure);
}

TEST(Pilot, says_better_only_where_the_interval_leaves_no_zero) {
    const auto clear = line(compare(arm(200, 120, 10, 9), arm(200, 60, 10, 9)), "answered");
    EXPECT_NEAR(clear.changed.mean, 0.6, 1e-12);
    EXPECT_NEAR(clear.difference, 0.3, 1e-12);
    EXPECT_EQ(clear.verdict, "better");
    EXPECT_GT(clear.low, 0.15);
    EXPECT_LT(clear.high, 0.45);
    EXPECT_EQ(line(compare(arm(200, 60, 10, 9), arm(200, 120, 10, 9)), "answered").verdict, "worse");
    EXPECT_EQ(line(compare(arm(40, 16, 1, 1), arm(40, 12, 1, 1)), "answered").verdict, "no difference shown");
    EXPECT_EQ(line(compare(arm(12, 12, 1, 1), arm(200, 0, 1, 1)), "answered").verdict,
              "too few to tell (12 and 200, 30 needed)");
    EXPECT_EQ(line(compare(arm(50, 1, 0, 0), arm(50, 1, 0, 0)), "NPS").verdict, "too few to tell (0 and 0, 30 needed)");
}

TEST(Pilot, a_group_in_which_all_are_alike_is_still_not_certain) {
    const auto all = line(compare(arm(40, 40, 1, 1), arm(40, 40, 1, 1)), "answered");
    EXPECT_LT(all.changed.low, 1) << "forty of forty is no proof of always";
    EXPECT_EQ(all.changed.high, 1);
    EXPECT_EQ(all.verdict, "no difference shown");
}

TEST(Pilot, fewer_complaints_are_better) {
    auto changed = arm(100, 0, 1, 1);
    auto old = changed;
    for (int i = 0; i < 40; ++i) old[static_cast<std::size_t>(i)].complained = true;
    EXPECT_EQ(line(compare(changed, old), "complained").verdict, "better");
}

TEST(Pilot, an_outcome_counts_what_fell_into_its_time) {
    const Pilot pilot{.from = 2026y / 3 / 1, .until = 2026y / 3 / 31};
    const auto at = [](int month, int day) { return Instant(sys_days(2026y / month / day)); };
    const std::vector<PlannedTouch> touches = {
        {.id = "1", .kind = "call", .due_on = 2026y / 3 / 2, .state = TouchState::done},
        {.id = "2", .kind = "gift", .due_on = 2026y / 3 / 3},
        {.id = "3", .kind = "gift", .due_on = 2026y / 3 / 4, .state = TouchState::held},
        {.id = "4", .kind = "gift", .due_on = 2026y / 2 / 4},
        {.id = "5", .kind = "recovery_call", .due_on = 2026y / 3 / 4}};
    const std::vector<LedgerEntry> ledger = {
        {.at = at(3, 5), .direction = Direction::inbound, .kind = "mention", .polarity = Polarity::positive},
        {.at = at(4, 5), .kind = "referral"}};
    const std::vector<Survey> surveys = {{.kind = SurveyKind::nps, .answered_at = at(3, 9), .score = 9},
                                         {.kind = SurveyKind::nps, .answered_at = at(3, 8), .score = 2}};
    const auto outcome = outcome_of(touches, ledger, surveys, {}, pilot, 2026y / 6 / 1);
    EXPECT_EQ(outcome.due, 2);
    EXPECT_EQ(outcome.done, 1);
    EXPECT_TRUE(outcome.praised);
    EXPECT_FALSE(outcome.referred);
    EXPECT_EQ(outcome.nps, 9);
}

}  // namespace
}  // namespace rasid
