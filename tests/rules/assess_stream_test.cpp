#include "rules/assess_stream.hpp"

#include "core/json.hpp"
#include "rules/evaluation.hpp"
#include "tests/rules/rule_scene.hpp"

namespace rasid {
namespace {

RuleSet complaints() {
    auto rule = rule_of("complaints", "قهوة sentiment:negative");
    rule.queue = "care";
    rule.priority = Priority::high;
    rule.tags = {"complaint"};
    return rules_of({rule});
}

TEST(AssessLine, prints_one_verdict_in_the_documented_form) {
    const auto line = assess_line(complaints(), R"({"id":"7","text":"القهوة زفت","unknown":[1]})", 1);
    EXPECT_TRUE(line.ok);
    EXPECT_EQ(line.json, "{\"id\":\"7\",\"language\":\"ar\",\"sentiment\":{\"label\":\"negative\",\"score\":-0.6786,"
                         "\"words\":[{\"text\":\"زفت\","
                         "\"weight\":-0.6786}]},\"rules\":[\"complaints\"],\"hits\":[{\"rule\":\"complaints\",\"text\":"
                         "\"القهوة\",\"start\":0,"
                         "\"end\":12}],\"tags\":[\"complaint\"],\"queue\":\"care\",\"priority\":\"high\",\"reasons\":["
                         "\"language ar: Arabic script\","
                         "\"sentiment negative −0.68: “زفت” −0.68\",\"rule “complaints” hit: “القهوة”\",\"queue "
                         "“care”, priority high: rule "
                         "“complaints”\"]}");
}

TEST(AssessLine, prints_null_and_empty_lists_where_nothing_hit) {
    const auto line = assess_line(complaints(), R"({"id":7,"text":""})", 1);
    EXPECT_TRUE(line.ok);
    EXPECT_EQ(line.json, "{\"id\":7,\"language\":\"und\",\"sentiment\":{\"label\":\"neutral\",\"score\":0,\"words\":["
                         "]},\"rules\":[],\"hits\":[],"
                         "\"tags\":[],\"queue\":null,\"priority\":\"normal\",\"reasons\":[\"language und: no "
                         "letters\",\"sentiment neutral 0.00: no "
                         "word that tells\"]}");
}

TEST(AssessLine, answers_a_bad_line_in_its_place) {
    const auto broken = assess_line(complaints(), "{oops", 3);
    EXPECT_FALSE(broken.ok);
    EXPECT_TRUE(broken.json.starts_with("{\"id\":null,\"line\":3,\"error\":\"")) << broken.json;
    const auto untold = assess_line(complaints(), R"({"id":"9"})", 4);
    EXPECT_FALSE(untold.ok);
    EXPECT_TRUE(untold.json.starts_with("{\"id\":\"9\",\"line\":4,\"error\":\"")) << untold.json;
    EXPECT_FALSE(assess_line(complaints(), "", 5).ok);
    EXPECT_FALSE(assess_line(complaints(), "[]", 6).ok);
}

TEST(AssessLine, reads_everything_that_fields_ask_about) {
    const auto rules = rules_of(
        {rule_of("r", "author:sara name:ali followers>10 platform:x source:watch tier:gold plan:loyal stars<2 is:reply "
                      "url:/p/1 domain:example.org conversation:c lang:en")});
    const auto line = assess_line(
        rules,
        R"({"id":"1","text":"this is the text","platform":"x","source":"watch","lang":"en","author":{"handle":"Sara","name":"Sara Ali",)"
        R"("followers":11,"verified":true},"url":"https://example.org/p/1","domain":"example.org","conversation":"c","in_reply_to":"0",)"
        R"("created_at":"2026-02-01T10:00:00Z","stars":1,"customer":{"tier":"gold","plan":"loyal"}})",
        1);
    EXPECT_NE(line.json.find("\"rules\":[\"r\"]"), std::string::npos) << line.json;
}

TEST(Evaluation, computes_f1_recall_and_precision_of_each_source) {
    Evaluation evaluation;
    using enum Polarity;
    evaluation.count("a", positive, positive);
    evaluation.count("a", positive, negative);
    evaluation.count("a", negative, negative);
    evaluation.count("a", neutral, neutral);
    evaluation.count("b", neutral, positive);
    const auto a = evaluation.scores("a");
    EXPECT_EQ(a.texts, 4u);
    EXPECT_NEAR(a.f1[0], 2.0 / 3, 1e-9);
    EXPECT_NEAR(a.f1[1], 1.0, 1e-9);
    EXPECT_NEAR(a.f1[2], 2.0 / 3, 1e-9);
    EXPECT_NEAR(a.macro_f1, 7.0 / 9, 1e-9);
    EXPECT_NEAR(a.recall, (1 + 1 + 0.5) / 3, 1e-9);
    EXPECT_NEAR(a.precision, (0.5 + 1 + 1) / 3, 1e-9);
    EXPECT_EQ(evaluation.scores("").texts, 5u);
    EXPECT_NE(evaluation.report().find("a  "), std::string::npos);
    const auto json = parse_json(evaluation.report_json());
    ASSERT_TRUE(json);
    EXPECT_EQ(json->root()["sources"]["a"]["texts"].integer(), 4);
    EXPECT_EQ(json->root()["all"]["texts"].integer(), 5);
}

TEST(Evaluation, reads_labelled_lines_and_refuses_others) {
    Evaluation evaluation;
    EXPECT_TRUE(evaluation.add(RuleSet(), "1\ten\ts\tgreat coffee\r"));
    EXPECT_TRUE(evaluation.add(RuleSet(), "-1\tar\ts\tزفت"));
    EXPECT_FALSE(evaluation.add(RuleSet(), "2\ten\ts\tgreat"));
    EXPECT_FALSE(evaluation.add(RuleSet(), "1\ten\tgreat"));
    EXPECT_EQ(evaluation.scores("s").texts, 2u);
    EXPECT_NEAR(evaluation.scores("s").macro_f1, 1, 1e-9);
}

}  // namespace
}  // namespace rasid
