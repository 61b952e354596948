#include "rules/query.hpp"

#include "core/json.hpp"
#include "core/limits.hpp"
#include "rules/patterns.hpp"
#include "rules/rule_set.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <random>
#include <set>

namespace rasid {
namespace {

QueryNode parsed(std::string_view query) {
    auto result = parse_query(query);
    if (auto* error = std::get_if<QueryError>(&result)) {
        ADD_FAILURE() << query << ": " << describe(error->problem, "en");
        return {};
    }
    return std::get<QueryNode>(std::move(result));
}

struct Printed {
    const char* query;
    const char* canonical;
};

class PrintTable : public testing::TestWithParam<Printed> {};

TEST_P(PrintTable, prints_the_canonical_form_that_parses_to_the_same_tree) {
    const auto tree = parsed(GetParam().query);
    EXPECT_EQ(print_query(tree), GetParam().canonical);
    EXPECT_EQ(parsed(GetParam().canonical), tree);
}

const Printed kPrinted[] = {
    {"a b", "a AND b"},
    {"a b OR c d", "a AND b OR c AND d"},
    {"(a OR b) c", "(a OR b) AND c"},
    {"a (b c)", "a AND (b AND c)"},
    {"-a", "NOT a"},
    {"-(a b)", "NOT (a AND b)"},
    {"NOT NOT a", "NOT NOT a"},
    {"\"say \\\"hi\\\"\"", "\"say \\\"hi\\\"\""},
    {"\"AND\"", "\"AND\""},
    {"=word", "=word"},
    {"=\"two words\"", "=\"two words\""},
    {"rasid*", "rasid*"},
    {"\"very slow\"~4", "\"very slow\"~4"},
    {"a NEAR/3 (b OR c)", "a NEAR/3 (b OR c)"},
    {"a NEAR/3 b c", "a NEAR/3 b AND c"},
    {"#tag @handle $CASH", "#tag AND @handle AND $CASH"},
    {"/order\\s+#\\d+/", "/order\\s+#\\d+/"},
    {"/a\\/b[/]c/", "/a\\/b[/]c/"},
    {"platform:x,mastodon", "platform:x,mastodon"},
    {"name:\"Sara Ali\",\"a,b\"", "name:\"Sara Ali\",\"a,b\""},
    {"followers>10k", "followers>10000"},
    {"stars<=2.5", "stars<=2.5"},
    {"10:30", "10:30"},
    {"((((a))))", "a"},
};
INSTANTIATE_TEST_SUITE_P(queries, PrintTable, testing::ValuesIn(kPrinted));

struct Wrong {
    const char* query;
    int line;
    int column;
    const char* mentions;  ///< a part of the message
};

class ErrorTable : public testing::TestWithParam<Wrong> {};

/// Of compiling, which parses first.
std::vector<SetupError> errors_of(std::string_view query) {
    Rule rule;
    rule.name = "r";
    rule.query = query;
    rule.query_origin = {"", 1, 0};
    return compile({rule}).errors;
}

TEST_P(ErrorTable, names_the_place_and_the_fix_in_both_languages) {
    const auto errors = errors_of(GetParam().query);
    ASSERT_EQ(errors.size(), 1u) << GetParam().query;
    const auto& [origin, english, arabic] = errors.front();
    const auto place = "line " + std::to_string(GetParam().line) + ", column " + std::to_string(GetParam().column);
    EXPECT_NE(english.find(place), std::string::npos) << english;
    EXPECT_NE(english.find(GetParam().mentions), std::string::npos) << english;
    EXPECT_NE(arabic.find("استعلام القاعدة"), std::string::npos) << arabic;
    EXPECT_NE(arabic, english);
}

const Wrong kWrong[] = {
    {"", 1, 1, "empty"},
    {"   ", 1, 4, "empty"},
    {"(a OR b", 1, 1, "never closed"},
    {"a OR b)", 1, 7, "closes nothing"},
    {"a AND", 1, 6, "should follow"},
    {"AND a", 1, 1, "in quotes"},
    {"a OR OR b", 1, 6, "missing before this operator"},
    {"()", 1, 2, "missing before this `)`"},
    {"\"open", 1, 1, "close it with `\"`"},
    {"قهوة \"مفتوح", 1, 6, "no end"},
    {"a\nb AND )", 2, 7, "missing"},
    {"/abc", 1, 1, "close it with `/`"},
    {"//", 1, 1, "empty"},
    {"- a", 1, 1, "directly before"},
    {"a && b", 1, 3, "write `AND`"},
    {"a || b", 1, 3, "write `OR`"},
    {"langg:ar", 1, 1, "did you mean `lang:`"},
    {"sentiment:bad", 1, 1, "negative, neutral, positive"},
    {"sentiment:negativ", 1, 1, "did you mean `negative`"},
    {"followers>many", 1, 1, "a number"},
    {"followers:>100", 1, 1, "without the colon"},
    {"platform: x", 1, 1, "no value"},
    {"platform:x, y", 1, 1, "no value"},
    {"a NEAR b", 1, 3, "`NEAR/5`"},
    {"a NEAR/999 b", 1, 3, "0 to 100"},
    {"a NEAR/2 lang:ar", 1, 3, "between words"},
    {"a NEAR/2 b NEAR/2 c", 1, 12, "joins two"},
    {"\"a b\"~x", 1, 6, "how many"},
    {"a*b", 1, 1, "at the end"},
    {"a*", 1, 1, "two letters"},
    {"=", 1, 1, "comes a word"},
    {"...", 1, 1, "nothing here can be found"},
    {"#a-b", 1, 1, "hashtag"},
    {"https://rasid.example", 1, 1, "unknown field"},
    {"www.rasid.example", 1, 1, "url:"},
    {"zzzzzzzz:1", 1, 1, "unknown field `zzzzzzzz:` (to"},
    {"LANG:ar", 1, 1, "did you mean `lang:`"},
    {"is:angry", 1, 1, "takes reply, verified, not `angry`"},
    {"a ! b", 1, 3, "write `NOT`"},
    {"“two words”", 1, 1, "no quotation mark"},
    {"«قهوة»", 1, 1, "no quotation mark"},
    {"platform:x،mastodon", 1, 11, "separated by `,`"},
    {"slow~4", 1, 5, "phrase in quotes"},
    {"\"a b\"*~2", 1, 7, "not both"},
    {"قهوة~s", 1, 1, "Latin word"},
    {"=app~s", 1, 1, "Latin word"},
    {"app*~s", 1, 1, "Latin word"},
    {"platform>x", 1, 1, "list of values"},
    {"@a+b", 1, 1, "handle is `@`"},
    {"$a-b", 1, 1, "cashtag is `$`"},
    {"/a(b/", 1, 2, "has no partner"},
    {"/a)b/", 1, 2, "has no partner"},
    {"late /ab[/", 1, 6, "close it with `/`"},
    {"late /ab[z-a]/", 1, 10, "put ranges in order"},
    {"/x\\1/", 1, 3, "back-references"},
    {"/ab(?=c)/", 1, 4, "whose time is bounded"},
    {"/a**/", 1, 3, "nothing that it can repeat"},
    {"قهوة /x{2000}/", 1, 8, "at most 1000"},
    {"/\\pL{300}/", 1, 2, "more memory"},
    {"/x{2000}/", 1, 3, "at most 1000"},
    {"/[z-a]/", 1, 3, "put ranges in order"},
    {"/\xff/", 1, 2, "UTF-8"},
};
INSTANTIATE_TEST_SUITE_P(errors, ErrorTable, testing::ValuesIn(kWrong));

std::set<std::string, std::less<>> keys_of_wrong_queries() {
    std::string long_stem;
    while (long_stem.size() <= query_limits::kWildcardStem) long_stem += "ab";
    std::vector<std::string> queries = {
        std::string(limits::kQueryLength + 1, 'a'),
        std::string(query_limits::kDepth + 1, '(') + "a" + std::string(query_limits::kDepth + 1, ')'),
        "/" + std::string(query_limits::kPattern + 1, 'a') + "/",
        long_stem + "*",
    };
    std::string many;
    for (std::size_t i = 0; i < query_limits::kNodes; ++i) many += "aa ";
    queries.push_back(many + "aa");
    for (const auto& wrong : kWrong) queries.emplace_back(wrong.query);
    std::set<std::string, std::less<>> keys;
    for (const auto& query : queries) {
        const auto result = parse_query(query);
        if (const auto* error = std::get_if<QueryError>(&result)) {
            keys.emplace(error->problem.key);
        } else if (const auto& tree = std::get<QueryNode>(result); tree.kind == QueryNode::Kind::regex) {
            const auto added = Patterns().add(tree.pattern);
            if (const auto* refusal = std::get_if<Patterns::Refusal>(&added)) keys.emplace(refusal->problem.key);
        }
    }
    return keys;
}

TEST(QueryMessages, are_each_the_answer_to_a_wrong_query) {
    auto told = keys_of_wrong_queries();
    // Of a whole rule and of a set, and what RE2 may one day say more.
    told.insert({"query.error", "query.too_many_rules", "query.pattern.other"});
    for (const char* language : {"en", "ar"}) {
        std::ifstream file(std::string(RASID_SOURCE_DIR "/i18n/") + language + ".json");
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        const auto catalogue = parse_json(text);
        ASSERT_TRUE(catalogue);
        std::set<std::string, std::less<>> known;
        for (const auto& [key, message] : catalogue->root().members())
            if (key.starts_with("query.")) known.emplace(key);
        for (const auto& key : told) EXPECT_TRUE(known.contains(key)) << language << " lacks " << key;
        for (const auto& key : known) EXPECT_TRUE(told.contains(key)) << key << " is never told";
    }
}

TEST(Query, that_is_too_long_or_too_deep_is_refused) {
    EXPECT_TRUE(std::holds_alternative<QueryError>(parse_query(std::string(limits::kQueryLength + 1, 'a'))));
    EXPECT_TRUE(std::holds_alternative<QueryError>(parse_query(std::string(1000, '(') + "a" + std::string(1000, ')'))));
    std::string negations;
    for (int i = 0; i < 500; ++i) negations += "NOT ";
    EXPECT_TRUE(std::holds_alternative<QueryError>(parse_query(negations + "a")));
    EXPECT_TRUE(
        std::holds_alternative<QueryError>(parse_query("/" + std::string(query_limits::kPattern + 1, 'a') + "/")));
}

TEST(Query, prints_its_tree_one_node_a_line) {
    EXPECT_EQ(print_query_tree(parsed("(a OR \"b c\") -lang:ar")),
              "AND\n  OR\n    a\n    \"b c\"\n  NOT\n    lang:ar\n");
}

class RandomTree {
public:
    explicit RandomTree(unsigned seed) : random_(seed) {}

    QueryNode make(int depth) {
        switch (depth == 0 ? pick(8) : pick(12)) {
        case 0:
            return term({.text = word(), .exact = pick(2) == 0});
        case 1:
            return term({.form = QueryTerm::Form::phrase, .text = word() + " \"\\" + word(), .exact = pick(2) == 0});
        case 2:
            return term({.form = QueryTerm::Form::hashtag, .text = 't' + word(), .wildcard = pick(2) == 0});
        case 3:
            return field();
        case 4:
            return regex();
        case 5:
            return extended_term();
        case 6:
            return term({.form = QueryTerm::Form::handle, .text = word(), .exact = pick(2) == 0});
        case 7:
            return term({.form = QueryTerm::Form::cashtag, .text = "ARMC", .wildcard = pick(2) == 0});
        case 8:
            return several(QueryNode::Kind::all, depth);
        case 9:
            return several(QueryNode::Kind::any, depth);
        case 10: {
            QueryNode node{.kind = QueryNode::Kind::negation};
            node.children.push_back(make(depth - 1));
            return node;
        }
        default: {
            QueryNode node{.kind = QueryNode::Kind::near};
            node.distance = pick(101);
            QueryNode either{.kind = QueryNode::Kind::any};
            either.children = {term({.text = word()}), term({.text = "app", .plural = true})};
            node.children = {pick(2) == 0 ? either : term({.text = word()}),
                             term({.form = QueryTerm::Form::phrase, .text = word()})};
            return node;
        }
        }
    }

private:
    int pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }

    std::string word() {
        static const std::vector<std::string> words = {"coffee", "قهوة", "راصد", "late", "café", "2026", "slow"};
        return words[static_cast<std::size_t>(pick(static_cast<int>(words.size())))];
    }

    static QueryNode term(QueryTerm term) {
        QueryNode node;
        node.term = std::move(term);
        return node;
    }

    QueryNode extended_term() {
        const auto form = pick(2) == 0 ? QueryTerm::Form::word : QueryTerm::Form::phrase;
        switch (pick(3)) {
        case 0:
            return term({.form = form, .text = word(), .wildcard = true});
        case 1:
            return term({.form = form, .text = "coffee", .plural = true});
        default:
            return term({.form = QueryTerm::Form::phrase, .text = word() + ' ' + word(), .distance = pick(101)});
        }
    }

    QueryNode field() {
        using Name = QueryField::Name;
        using Comparison = QueryField::Comparison;
        static const std::vector<Name> kLists = {Name::author,   Name::name,         Name::platform, Name::source,
                                                 Name::url,      Name::domain,       Name::tier,     Name::plan,
                                                 Name::customer, Name::conversation, Name::language};
        static const std::vector<Comparison> kComparisons = {
            Comparison::equal, Comparison::greater, Comparison::at_least, Comparison::less, Comparison::at_most};
        const auto any = [&](const auto& list) {
            return list[static_cast<std::size_t>(pick(static_cast<int>(list.size())))];
        };
        QueryNode node{.kind = QueryNode::Kind::field};
        switch (pick(5)) {
        case 0:
            node.field = {.name = pick(2) == 0 ? Name::followers : Name::stars,
                          .comparison = any(kComparisons),
                          .number = pick(1000000) / 4.0};
            break;
        case 1:
            node.field = {.name = Name::sentiment, .values = {"negative", "neutral"}};
            break;
        case 2:
            node.field = {.name = Name::is, .values = {"reply"}};
            break;
        case 3:
            node.field = {.name = Name::has, .values = {"link", "hashtag"}};
            break;
        default:
            node.field = {.name = any(kLists), .values = {word(), word() + ", \"" + word() + "،\\"}};
            break;
        }
        return node;
    }

    QueryNode regex() {
        QueryNode node{.kind = QueryNode::Kind::regex};
        node.pattern = word() + "\\/[/\\]]?" + word();
        return node;
    }

    QueryNode several(QueryNode::Kind kind, int depth) {
        QueryNode node{.kind = kind};
        for (int i = pick(3) + 2; i > 0; --i) node.children.push_back(make(depth - 1));
        return node;
    }

    std::mt19937 random_;
};

TEST(Query, printed_from_any_tree_parses_back_to_it) {
    RandomTree random(20260201);
    for (int i = 0; i < 2000; ++i) {
        const auto tree = random.make(3);
        const auto text = print_query(tree);
        if (text.size() > limits::kQueryLength) continue;
        ASSERT_EQ(parsed(text), tree) << text;
        ASSERT_EQ(print_query(parsed(text)), text);
    }
}

TEST(Query, of_random_bytes_never_breaks_the_parser) {
    std::mt19937 random(7);
    const std::string_view alphabet = "ab \"\\/()-=*~#@$:><,.ANDORT\n\xd9\x82\xff\xf0\x9f";
    for (int i = 0; i < 5000; ++i) {
        std::string query;
        for (auto length = random() % 24; length > 0; --length) query += alphabet[random() % alphabet.size()];
        const auto result = parse_query(query);
        const auto* tree = std::get_if<QueryNode>(&result);
        if (!tree) continue;
        ASSERT_EQ(parsed(print_query(*tree)), *tree) << query;
    }
}

}  // namespace
}  // namespace rasid
