#include "engagement/customer_scores.hpp"
#include "engagement/survey.hpp"
#include "engagement/trust.hpp"
#include "tests/support/fake_random.hpp"
#include "tests/support/instant_at.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace rasid {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

LedgerEntry contact(std::string kind, Polarity polarity, int day) {
    return {.id = std::to_string(day),
            .at = Instant(sys_days(2026y / 1 / 1)) + std::chrono::days(day),
            .kind = std::move(kind),
            .polarity = polarity};
}

TEST(Familiarity, is_k_times_the_logarithm_of_n_when_all_exposures_are_worth_the_same) {
    FamiliarityRules rules{.fallback = 0.125, .kinds = {}, .negative = 1};
    std::vector<LedgerEntry> ledger;
    for (int n = 1; n <= 2000; ++n) {
        ledger.push_back(contact("mention", Polarity::neutral, n));
        if (n > 50 && n % 97 != 0) continue;
        EXPECT_NEAR(*familiarity(ledger, rules).value, std::min(1.0, 0.125 * std::log(n)), 1e-12) << n;
    }
}

TEST(Familiarity, weighs_each_exposure_by_its_own_k_as_in_the_worked_example) {
    const std::vector<LedgerEntry> ledger = {contact("call", Polarity::neutral, 3),
                                             contact("mention", Polarity::positive, 1),
                                             contact("mention", Polarity::negative, 2)};
    // 0 + 0.10·0.5·ln 2 + 0.25·ln(3/2)
    const auto result = familiarity(ledger);
    EXPECT_NEAR(*result.value, 0.05 * std::log(2) + 0.25 * std::log(1.5), 1e-12);
    EXPECT_NE(print(result).find("familiarity = Σ k·ln(i ÷ (i − 1)), held within 0 … 1: 0.136"), std::string::npos)
        << print(result);
    EXPECT_NE(print(result).find("1 × neutral call, k = 0.25: +0.1014"), std::string::npos) << print(result);
}

TEST(Familiarity, stays_within_zero_and_one_and_has_no_figure_without_a_contact) {
    FamiliarityRules eager{.fallback = 5, .kinds = {}};
    FamiliarityRules hostile{.fallback = -5, .kinds = {}};
    std::vector<LedgerEntry> ledger;
    EXPECT_FALSE(familiarity(ledger).value);
    EXPECT_EQ(familiarity(ledger).why_none, "there was no contact yet");
    for (int i = 0; i < 5; ++i) ledger.push_back(contact("x", Polarity::neutral, i));
    EXPECT_EQ(*familiarity(ledger, eager).value, 1);
    EXPECT_EQ(*familiarity(ledger, hostile).value, 0);
}

TEST(Familiarity, what_was_marked_done_by_mistake_is_no_exposure) {
    std::vector<LedgerEntry> ledger = {contact("mention", Polarity::neutral, 1),
                                       contact("mention", Polarity::neutral, 2)};
    const auto before = *familiarity(ledger).value;
    auto call = contact("call", Polarity::neutral, 3);
    call.touch = "t1";
    auto correction = contact("correction", Polarity::neutral, 4);
    correction.touch = "t1";
    ledger.push_back(call);
    EXPECT_GT(*familiarity(ledger).value, before);
    ledger.push_back(correction);
    EXPECT_EQ(*familiarity(ledger).value, before);
}

Customer buyer(std::initializer_list<std::pair<Date, int>> riyals) {
    Customer customer{.id = "c"};
    for (const auto& [date, amount] : riyals) customer.purchases.push_back({date, amount * 100, "SAR"});
    return customer;
}

TEST(Rfm, is_the_weighted_sum_of_its_scores_as_in_the_worked_example) {
    // 60 days ago: R 4 of 5; 3 purchases in the year: F 2; 600 riyals: M 3.
    const auto customer =
        buyer({{2026y / 10 / 1, 300}, {2026y / 6 / 1, 200}, {2026y / 2 / 1, 100}, {2024y / 1 / 1, 9000}});
    const auto result = rfm(customer, 2026y / 11 / 30);
    EXPECT_EQ(result.recency, 4);
    EXPECT_EQ(result.frequency, 2);
    EXPECT_EQ(result.money, 3);
    EXPECT_NEAR(*result.figure.value, 0.4 * 4 + 0.3 * 2 + 0.3 * 3, 1e-12);
    EXPECT_EQ(result.segment, "promising");
    EXPECT_NE(print(result.figure).find("R = 4, F = 2, M = 3"), std::string::npos) << print(result.figure);
}

TEST(Rfm, scores_change_exactly_at_the_bounds) {
    RfmRules rules{.recency_days = {30}, .frequency = {2}, .money_minor = {10'000}};
    const auto on = [&](int days_ago) {
        return buyer({{Date(sys_days(2026y / 6 / 30) - std::chrono::days(days_ago)), 99}});
    };
    EXPECT_EQ(rfm(on(30), 2026y / 6 / 30, rules).recency, 2);
    EXPECT_EQ(rfm(on(31), 2026y / 6 / 30, rules).recency, 1);
    EXPECT_EQ(rfm(on(0), 2026y / 6 / 30, rules).money, 1);
    EXPECT_EQ(rfm(buyer({{2026y / 6 / 30, 100}}), 2026y / 6 / 30, rules).money, 2);
    EXPECT_EQ(rfm(buyer({{2026y / 6 / 30, 1}, {2026y / 6 / 29, 1}}), 2026y / 6 / 30, rules).frequency, 2);
}

TEST(Rfm, weights_must_sum_to_one_and_scales_must_grow) {
    EXPECT_TRUE(checked(RfmRules{}));
    EXPECT_TRUE(checked({.recency_weight = 0.1, .frequency_weight = 0.2, .money_weight = 0.7}));
    const auto refused = [](RfmRules rules) {
        const auto result = checked(std::move(rules));
        return !result && result.error().kind == Failure::Kind::malformed;
    };
    EXPECT_TRUE(refused({.recency_weight = 0.5}));
    EXPECT_TRUE(refused({.recency_weight = 1.5, .frequency_weight = -0.5, .money_weight = 0}));
    EXPECT_TRUE(refused({.recency_weight = std::numeric_limits<double>::quiet_NaN()}));
    EXPECT_TRUE(refused({.frequency = {3, 3}}));
    EXPECT_TRUE(refused({.money_minor = {}}));
    EXPECT_TRUE(refused({.segments = {{.name = ""}}}));
}

TEST(Rfm, somebody_who_bought_nothing_has_no_figure_and_other_currencies_are_left_out_aloud) {
    EXPECT_EQ(rfm({}, 2026y / 1 / 1).figure.why_none, "nothing was bought");
    auto customer = buyer({{2026y / 1 / 1, 10}, {2026y / 1 / 2, 10}});
    customer.purchases.push_back({2026y / 1 / 3, 5'000'000, "JOD"});
    const auto result = rfm(customer, 2026y / 1 / 4);
    EXPECT_EQ(result.money, 1);
    EXPECT_NE(print(result.figure).find("left out: 1 purchases in other currencies"), std::string::npos);
}

TEST(Clv, is_average_times_frequency_over_churn_as_in_the_worked_example) {
    // Two years: 8 purchases of 150 riyals on average, 4 a year, churn 25 %: 150 × 4 ÷ 0.25 = 2400 riyals.
    Customer customer;
    const sys_days today = 2026y / 1 / 1;
    for (int i = 0; i < 8; ++i)
        customer.purchases.push_back(
            {Date(today - std::chrono::days(730 - 90 * i)), i % 2 == 0 ? 10'000 : 20'000, "SAR"});
    const auto result = clv(customer, 0.25, today);
    const double years = 731 / 365.25;
    EXPECT_NEAR(*result.figure.value, 15'000 * (8 / years) / 0.25, 1e-6);
    EXPECT_NEAR(*result.figure.value / 100, 2400, 5);
    EXPECT_NE(print(result.figure).find("average purchase: 150.00 SAR (1200.00 SAR ÷ 8)"), std::string::npos)
        << print(result.figure);
}

TEST(Clv, has_no_figure_where_churn_is_zero_or_unknown_or_nothing_was_bought_and_says_so) {
    const auto customer = buyer({{2026y / 1 / 1, 10}});
    EXPECT_EQ(clv(customer, std::nullopt, 2026y / 2 / 1).figure.why_none, "the churn of the segment is unknown");
    EXPECT_EQ(clv(customer, 0.0, 2026y / 2 / 1).figure.why_none, "the churn of the segment is zero");
    EXPECT_EQ(clv({}, 0.2, 2026y / 2 / 1).figure.why_none, "nothing was bought");
    EXPECT_FALSE(clv(customer, 0.0, 2026y / 2 / 1).figure.value);
    EXPECT_EQ(*clv(customer, 0.5, 2026y / 2 / 1).figure.value, 2000) << "less than a year counts as one";
}

TEST(Churn, is_the_share_of_those_of_a_year_ago_who_are_customers_no_longer) {
    std::vector<Customer> segment;
    for (int i = 0; i < 10; ++i) segment.push_back(buyer({{2025y / 1 / 1, 10}}));
    for (int i = 0; i < 7; ++i) segment[static_cast<std::size_t>(i)].purchases.push_back({2026y / 1 / 1, 100, "SAR"});
    segment.push_back(buyer({{2026y / 2 / 1, 10}}));  // came after the year had begun
    EXPECT_NEAR(*churn(segment, 2026y / 3 / 1).value, 0.3, 1e-12);
    EXPECT_FALSE(churn({}, 2026y / 3 / 1).value);
}

std::vector<BadExperience> cases(int count, Instant when) {
    std::vector<BadExperience> list;
    for (int i = 0; i < count; ++i) list.push_back({.id = std::to_string(i), .opened_at = when, .posts = 1});
    return list;
}

TEST(Risk, is_a_third_after_one_bad_experience_and_ninety_two_percent_after_more) {
    const auto now = at("2026-06-01T00:00:00Z");
    EXPECT_EQ(*risk(cases(0, now), now).value, 0);
    EXPECT_EQ(*risk(cases(1, now), now).value, 1.0 / 3.0);
    for (const int count : {2, 3, 4, 40}) EXPECT_EQ(*risk(cases(count, now), now).value, 0.92) << count;
    EXPECT_EQ(*risk(cases(3, now - 24h * 365), now).value, 0) << "outside the window";
    EXPECT_EQ(*risk(cases(1, now - 24h * 365 + 1s), now).value, 1.0 / 3.0);
}

TEST(Risk, expected_loss_is_clv_times_risk_and_orders_customers) {
    const auto now = at("2026-06-01T00:00:00Z");
    const auto loss = expected_loss(figure(240'000, {}), risk(cases(1, now), now));
    EXPECT_NEAR(*loss.value, 80'000, 1e-9);
    EXPECT_FALSE(expected_loss(no_figure({}, "the churn of the segment is zero"), figure(0.92, {})).value);
    std::vector<CustomerScores> customers(3);
    customers[1].expected_loss = figure(5, {});
    customers[2].expected_loss = figure(50, {});
    EXPECT_EQ(by_expected_loss(customers), (std::vector<std::size_t>{2, 1, 0}));
}

Survey answer(SurveyKind kind, int score, Instant when = {}) {
    return {.id = "s", .kind = kind, .answered_at = when, .score = score};
}

TEST(Surveys, are_scored_as_their_kinds_are) {
    std::vector<Survey> surveys;
    for (const int score : {5, 4, 3, 1}) surveys.push_back(answer(SurveyKind::csat, score));
    for (const int score : {10, 9, 9, 8, 7, 6, 0}) surveys.push_back(answer(SurveyKind::nps, score));
    for (const int score : {7, 6, 2}) surveys.push_back(answer(SurveyKind::ces, score));
    surveys.push_back({.kind = SurveyKind::csat});  // not answered
    EXPECT_EQ(*score_of(SurveyKind::csat, surveys).value, 50);
    EXPECT_NEAR(*score_of(SurveyKind::nps, surveys).value, 100.0 * (3 - 2) / 7, 1e-12);
    EXPECT_EQ(*score_of(SurveyKind::ces, surveys).value, 5);
    EXPECT_EQ(score_of(SurveyKind::nps, {}).why_none, "nobody answered");
}

class LaySurvey : public ::testing::Test {
protected:
    std::optional<Survey> lay(std::string_view about, Instant when) {
        return lay_survey(SurveyKind::csat, about, customer, history, {}, random, when, when + 24h);
    }
    Instant now = at("2026-03-01T00:00:00Z");
    Customer customer{.id = "c", .language = "ar"};
    std::vector<Survey> history;
    FakeRandom random;
};

TEST_F(LaySurvey, one_per_case_and_one_per_period) {
    auto first = lay("case", now).value();
    EXPECT_EQ(first.language, "ar");
    EXPECT_EQ(first.send_at, now + 24h);
    first.sent_at = first.send_at;
    history.push_back(first);
    EXPECT_FALSE(lay("other", now + 24h * 89)) << "within the period";
    EXPECT_FALSE(lay("case", now + 24h * 200)) << "the same case";
    EXPECT_TRUE(lay("other", now + 24h * 90));
    EXPECT_TRUE(lay("", now + 24h * 90));
}

TEST_F(LaySurvey, one_that_lapsed_unsent_does_not_count_and_a_refusal_does) {
    auto called_off = lay("case", now).value();
    called_off.expires_at = now;
    history.push_back(called_off);
    EXPECT_TRUE(lay("case", now + 24h));
    customer.consents = {{"mail", false, now, "unsubscribe link"}};
    EXPECT_FALSE(lay("case", now + 24h));
}

TEST_F(LaySurvey, is_answered_once_in_time_and_on_its_scale) {
    const auto survey = lay("case", now).value();
    const auto refuses = [&](const Survey& which, int score, Instant when) {
        return !answered(which, score, "", when);
    };
    EXPECT_TRUE(refuses(survey, 0, now));
    EXPECT_TRUE(refuses(survey, 6, now));
    EXPECT_TRUE(refuses(survey, 5, survey.expires_at + 1s));
    const auto given = answered(survey, 5, "شكرا", survey.expires_at).value();
    EXPECT_EQ(given.score, 5);
    EXPECT_EQ(given.comment, "شكرا");
    EXPECT_TRUE(refuses(given, 4, now));
}

TEST(TrustLine, shows_what_fell_into_each_month) {
    const auto day = [](int month, int d) { return Instant(sys_days(2026y / month / d)); };
    TrustFacts facts;
    facts.promises = {{.id = "a", .due_at = day(1, 10), .kept_at = day(1, 9)},
                      {.id = "b", .due_at = day(1, 20), .broken_at = day(1, 20), .kept_at = day(2, 2)},
                      {.id = "c", .due_at = day(2, 10)},
                      {.id = "d", .due_at = day(9, 10)}};
    for (const int minutes : {10, 30, 20}) {
        TargetClock clock{.started_at = day(1, 5)};
        clock.met_at = clock.started_at + std::chrono::minutes(minutes);
        if (minutes == 30) clock.breached_at = clock.started_at + 15min;
        facts.answers.push_back(clock);
    }
    facts.cases = {{.id = "x", .customer = "c", .opened_at = day(1, 3), .resolved_at = day(2, 3)},
                   {.id = "y", .customer = "d", .opened_at = day(2, 1), .resolved_at = day(2, 2)},
                   {.id = "z", .customer = "d", .opened_at = day(2, 9)}};
    facts.surveys = {answer(SurveyKind::csat, 5, day(2, 4)), answer(SurveyKind::csat, 1, day(3, 1))};
    const auto line = trust_line(facts, 2026y / 1, 2026y / 2, day(3, 15));
    ASSERT_EQ(line.size(), 2U);
    EXPECT_EQ(line[0].promises_kept, 1);
    EXPECT_EQ(line[0].promises_broken, 1);
    EXPECT_EQ(line[1].promises_broken, 1) << "c is overdue";
    EXPECT_EQ(line[0].answers, 3);
    EXPECT_EQ(line[0].answers_in_time, 2);
    EXPECT_EQ(line[0].median_answer, 20min);
    EXPECT_EQ(line[0].cases_opened, 1);
    EXPECT_EQ(line[1].cases_opened, 2);
    EXPECT_EQ(line[1].cases_recovered, 1) << "d complained again";
    EXPECT_EQ(*line[1].csat.value, 100);
    EXPECT_FALSE(line[0].csat.value);
    EXPECT_EQ(print(line[0]),
              "2026-01: promises 1 kept, 1 broken; answers 2 of 3 in time, median 20m; cases 1 opened, 0 recovered");
}

TEST(CustomerScores, explain_themselves) {
    PlanState plan{.customer = buyer({{2026y / 1 / 1, 100}})};
    const auto now = at("2026-06-01T00:00:00Z");
    plan.cases = cases(1, now);
    const auto text = print(scores_of(plan, {}, 0.25, now));
    EXPECT_NE(text.find("expected loss = CLV × risk: 13333.333"), std::string::npos) << text;
    EXPECT_NE(text.find("  CLV: 400.00\n"), std::string::npos) << text;
    EXPECT_NE(text.find("familiarity = Σ k·ln(i ÷ (i − 1)), held within 0 … 1: no figure, there was no contact yet"),
              std::string::npos)
        << text;
}

}  // namespace
}  // namespace rasid
