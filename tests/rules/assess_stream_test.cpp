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
    const auto document = parse_json(line.json);
    ASSERT_TRUE(document);
    std::string order;
    for (const auto& [name, value] : document->root().members()) (order += name) += ' ';
    EXPECT_EQ(order, "id language sentiment rules hits tags queue priority reasons ");
    const auto sentiment = document->root()["sentiment"];
    EXPECT_EQ(sentiment["label"].text_or(""), "negative");
    EXPECT_LT(sentiment["score"].number().value_or(0), -0.2);
    EXPECT_EQ(sentiment["words"].at(0)["text"].text_or(""), "زفت");
    EXPECT_LT(sentiment["words"].at(0)["weight"].number().value_or(0), -0.2);
    EXPECT_NE(
        line.json.find("\"rules\":[\"complaints\"],\"hits\":[{\"rule\":\"complaints\",\"text\":\"القهوة\","
                       "\"start\":0,\"end\":12}],\"tags\":[\"complaint\"],\"queue\":\"care\",\"priority\":\"high\""),
        std::string::npos)
        << line.json;
    EXPECT_EQ(document->root()["id"].text_or(""), "7");
    EXPECT_EQ(document->root()["language"].text_or(""), "ar");
    EXPECT_TRUE(document->root()["reasons"].at(1).text_or("").starts_with("sentiment negative −"));
}

TEST(AssessLine, prints_null_and_empty_lists_where_nothing_hit) {
    const auto line = assess_line(complaints(), R"({"id":7,"text":""})", 1);
    EXPECT_TRUE(line.ok);
    EXPECT_EQ(line.json, "{\"id\":7,\"language\":\"und\",\"sentiment\":{\"label\":\"neutral\",\"score\":0,\"words\":["
                         "]},\"rules\":[],\"hits\":[],"
                         "\"tags\":[],\"queue\":null,\"priority\":\"normal\",\"reasons\":[\"language und: no "
                         "letters, not sure\",\"sentiment neutral 0.00: no "
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
    evaluation.count("a", "en", positive, {.label = positive, .score = 0.9});
    evaluation.count("a", "en", positive, {.label = negative, .score = -0.8});
    evaluation.count("a", "en", negative, {.label = negative, .score = -0.71});
    evaluation.count("a", "en", neutral, {.label = neutral});
    evaluation.count("b", "ar", neutral, {.label = positive, .score = 0.5});
    const auto a = evaluation.scores("a");
    EXPECT_EQ(a.texts, 4u);
    EXPECT_NEAR(a.f1[0], 2.0 / 3, 1e-9);
    EXPECT_NEAR(a.f1[1], 1.0, 1e-9);
    EXPECT_NEAR(a.f1[2], 2.0 / 3, 1e-9);
    EXPECT_NEAR(a.macro_f1, 7.0 / 9, 1e-9);
    EXPECT_NEAR(a.recall, (1 + 1 + 0.5) / 3, 1e-9);
    EXPECT_NEAR(a.precision, (0.5 + 1 + 1) / 3, 1e-9);
    EXPECT_EQ(a.sure_negative, 2u);
    EXPECT_NEAR(a.sure_negative_precision, 0.5, 1e-9);
    EXPECT_EQ(evaluation.scores("").texts, 5u);
    const auto english = evaluation.trust("en");
    EXPECT_EQ(english[0].found, 2u);
    EXPECT_NEAR(english[0].precision(), 0.5, 1e-9);
    EXPECT_EQ(english[2].sure_found, 1u);
    EXPECT_NEAR(english[2].sure_precision(), 1, 1e-9);
    const auto arabic = evaluation.trust("ar");
    EXPECT_EQ(arabic[2].found, 1u);
    EXPECT_EQ(arabic[2].right, 0u);
    EXPECT_EQ(arabic[2].sure_found, 0u);
    EXPECT_NE(evaluation.report().find("ar        positive"), std::string::npos) << evaluation.report();
    EXPECT_NE(evaluation.report().find("a  "), std::string::npos);
    const auto json = parse_json(evaluation.report_json());
    ASSERT_TRUE(json);
    EXPECT_EQ(json->root()["sources"]["a"]["texts"].integer(), 4);
    EXPECT_EQ(json->root()["all"]["texts"].integer(), 5);
    EXPECT_EQ(json->root()["languages"]["en"]["negative"]["found"].integer(), 2);
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
