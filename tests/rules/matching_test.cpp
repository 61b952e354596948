#include "tests/rules/rule_scene.hpp"

namespace rasid {
namespace {

struct Pair {
    const char* query;
    const char* text;
    bool matches;
};

class MatchingTable : public testing::TestWithParam<Pair> {};

TEST_P(MatchingTable, decides_each_pair_as_listed) {
    const auto& pair = GetParam();
    EXPECT_EQ(matches(pair.query, pair.text), pair.matches) << pair.query << " | " << pair.text;
}

const Pair kSpelling[] = {
    {"آيفون", "اشتريت ايفون", true},
    {"ايفون", "اشتريت آيفون", true},
    {"أحمد", "وصل احمد", true},
    {"إدارة", "اداره المتجر", true},
    {"ٱلله", "الله", true},
    {"على", "علي الطاولة", true},
    {"مدرسة", "مدرسه قريبة", true},
    {"شركة", "شرکة", true},
    {"مسؤول", "مسوول", true},
    {"شيئ", "شيي", true},
    {"قهوة", "قَهْوَةٌ طيبة", true},
    {"قهوة", "قهـــــوة", true},
    {"قهوة", "قه\u200cوة", true},
    {"قهوة", "\u202bقهوة\u202c", true},
    {"رائع", "راااائع جدا", true},
    {"جميل", "جمييييييل", true},
    {"الله", "اللللله", true},
    {"قهوة", "ﻗﻬﻮﺓ", true},
    {"لا", "ﻻ", true},
    {"٢٠٢٦", "عام 2026", true},
    {"2026", "عام ٢٠٢٦", true},
    {"2026", "عام ۲۰۲۶", true},
    {"2026", "साल २०२६", true},
    {"1000", "10000", false},
    {"1000", "1000 ريال", true},
    {"حب", "حبيب", false},
    {"کتاب", "كتاب", true},
    {"جوده", "جودة", true},
    {"سعى", "سعي", true},
    {"قهوة", "قهوى", false},
};

const Pair kParticles[] = {
    {"آيفون", "بالآيفون", true},
    {"آيفون", "والآيفون", true},
    {"آيفون", "فالآيفون", true},
    {"آيفون", "للآيفون", true},
    {"آيفون", "كالآيفون", true},
    {"آيفون", "عالآيفون", true},
    {"آيفون", "هالآيفون", true},
    {"آيفون", "وبالآيفون", true},
    {"آيفون", "فللآيفون", true},
    {"آيفون", "وآيفون", true},
    {"آيفون", "بآيفون", true},
    {"آيفون", "لآيفون", true},
    {"آيفون", "كآيفون", true},
    {"آيفون", "وبآيفون", true},
    {"آيفون", "آيفونات", false},
    {"آيفون", "مآيفون", false},
    {"السعودية", "للسعودية", true},
    {"السعودية", "بالسعودية", true},
    {"السعودية", "وللسعودية", true},
    {"السعودية", "والسعودية", true},
    {"السعودية", "هالسعودية", true},
    {"السعودية", "عالسعودية", true},
    {"السعودية", "سعودية", false},
    {"الله", "لله", true},
    {"اللبن", "للبن", true},
    {"أبل", "مقابل", false},
    {"أبل", "بابل", false},
    {"أبل", "كابل", false},
    {"أبل", "لأبل", false},
    {"أبل", "هابل", false},
    {"أبل", "الأبل", true},
    {"أبل", "بالأبل", true},
    {"أبل", "للأبل", true},
    {"أبل", "وأبل", true},
    {"أبل", "فأبل", true},
    {"أبل", "والأبل", true},
    {"بن", "لبن", false},
    {"بن", "البن", true},
    {"بن", "بالبن", true},
    {"بن", "ابن", false},
    {"=رصيد", "رصيد", true},
    {"=رصيد", "برصيد", false},
    {"=رصيد", "الرصيد", false},
    {"=رصيد", "ورصيد", false},
    {"رصيد", "برصيد", true},
    {"\"خدمة العملاء\"", "لخدمة العملاء", true},
    {"\"خدمة العملاء\"", "وخدمة العملاء", true},
    {"=\"خدمة العملاء\"", "وخدمة العملاء", false},
    {"=\"خدمة العملاء\"", "خدمة العملاء سيئة", true},
    {"كتاب", "وكتاب", true},
    {"رصيد*", "ورصيدي", true},
    {"رصيد*", "رصيدكم", true},
    {"رصيد*", "الأرصدة", false},
    {"أبل*", "بابلادي", false},
    {"=رصيد*", "ورصيدي", false},
};

const Pair kLatin[] = {
    {"rasid", "RASID is here", true},
    {"Rasid", "rasid!", true},
    {"rasid", "rasids", false},
    {"rasid", "brasid", false},
    {"rasid", "Rasid's app", true},
    {"rasid", "Rasid’s app", true},
    {"art", "start party", false},
    {"straße", "STRASSE", true},
    {"café", "cafe\u0301", true},
    {"cafe", "café", false},
    {"rasid", "ＲＡＳＩＤ", true},
    {"rasid", "𝐑𝐚𝐬𝐢𝐝", true},
    {"slow", "s\u0336l\u0336o\u0336w", true},
    {"slow", "slooooow", true},
    {"cool", "coooool", true},
    {"rasid*", "rasidapp", true},
    {"rasid*", "RASID", true},
    {"rasid*", "grasid", false},
    {"don't", "I don’t know", true},
    {"wi-fi", "the wi fi here", true},
    {"wi-fi", "the wifi here", false},
    {"v2.0", "rasid v2.0 is out", true},
    {"iphone", "بالiPhone الجديد", true},
    {"iphone", "iphone15", false},
    {"آيفون", "آيفون15", true},
    {"rasid", "see https://rasid.example/", false},
    {"rasid", "info@rasid.example", true},
    {"İstanbul", "istanbul", true},
    {"咖啡", "我喜欢咖啡。", true},
    {"кофе", "КОФЕ тут", true},
    {"☕", "morning ☕️", true},
    {"😡", "so late 😡😡", true},
    {"😡", "so late 😀", false},
    {"👍", "👍🏽", true},
};

const Pair kTags[] = {
    {"#rasid", "#Rasid rocks", true},
    {"#rasid", "rasid rocks", false},
    {"#rasid", "#rasidapp", false},
    {"#rasid*", "#rasidapp", true},
    {"rasid", "#rasid", true},
    {"rasid", "#RasidApp", true},
    {"app", "#RasidApp", true},
    {"rasidapp", "#RasidApp", true},
    {"\"rasid app\"", "#RasidApp", true},
    {"\"rasid app\"", "#rasid_app", true},
    {"\"love rasid app\"", "love #RasidApp", true},
    {"\"rasid app rocks\"", "#RasidApp rocks", true},
    {"\"rasidapp rocks\"", "#RasidApp rocks", true},
    {"#rasid_app", "#RasidApp", true},
    {"#قهوة_نسمة", "احب #قهوه_نسمه", true},
    {"نسمة", "#قهوة_نسمة", true},
    {"\"قهوة نسمة\"", "#قهوة_نسمة", true},
    {"\"iphone 15\"", "#iPhone15", true},
    {"123", "order #123", true},
    {"@rasid", "thanks @Rasid!", true},
    {"@rasid", "@rasid@mastodon.example hi", true},
    {"@rasid", "@rasid.bsky.example hi", true},
    {"@rasid", "rasid", false},
    {"@rasid", "@rasid_app", false},
    {"@rasid", "mail me@rasid.example", false},
    {"rasid", "@rasid", true},
    {"$ARMC", "buy $armc now", true},
    {"$ARMC", "armc", false},
    {"$ARMC", "$armcx", false},
};

const Pair kOperators[] = {
    {"a1 b1", "b1 a1", true},
    {"a1 b1", "a1", false},
    {"a1 AND b1", "a1 x b1", true},
    {"a1 OR b1", "b1", true},
    {"a1 OR b1", "c1", false},
    {"a1 OR b1 c1", "a1", true},
    {"a1 OR b1 c1", "b1", false},
    {"(a1 OR b1) c1", "a1", false},
    {"a1 -b1", "a1", true},
    {"a1 -b1", "a1 b1", false},
    {"a1 NOT b1", "a1 b1", false},
    {"NOT b1", "a1", true},
    {"NOT (a1 OR b1)", "b1", false},
    {"a1 -\"b1 c1\"", "a1 c1 b1", true},
    {"NOT NOT a1", "a1", true},
    {"\"very slow\"", "very slow", true},
    {"\"very slow\"", "very, slow", true},
    {"\"very slow\"", "slow very", false},
    {"\"very slow\"", "very very slow", true},
    {"\"very slow\"", "very not slow", false},
    {"\"very slow\"~1", "very not slow", true},
    {"\"very slow\"~1", "very is not slow", false},
    {"\"very slow\"~4", "slow, and it is very", true},
    {"\"slow slow\"~4", "slow", false},
    {"\"slow slow\"~4", "slow so slow", true},
    {"a1 NEAR/2 b1", "a1 x y b1", true},
    {"a1 NEAR/2 b1", "a1 x y z b1", false},
    {"a1 NEAR/2 b1", "b1 x a1", true},
    {"a1 NEAR/0 b1", "a1 b1", true},
    {"(a1 OR c1) NEAR/1 \"b1 d1\"", "c1 x b1 d1", true},
    {"(a1 OR c1) NEAR/1 \"b1 d1\"", "c1 x y b1 d1", false},
    {"a1 NEAR/1 a1", "a1", false},
    {"\"deliver* late\"", "delivery late", false},
    {"\"late deliver\"*", "late delivery", true},
    {"/order\\s+#\\d+/", "my order  #12", true},
    {"/order\\s+#\\d+/", "my order #x", false},
    {"/(?i)order/", "ORDER", true},
    {"a1 /b\\d/", "a1 b2", true},
    {"\"AND\"", "this and that", true},
};

INSTANTIATE_TEST_SUITE_P(spelling, MatchingTable, testing::ValuesIn(kSpelling));
INSTANTIATE_TEST_SUITE_P(particles, MatchingTable, testing::ValuesIn(kParticles));
INSTANTIATE_TEST_SUITE_P(latin, MatchingTable, testing::ValuesIn(kLatin));
INSTANTIATE_TEST_SUITE_P(tags, MatchingTable, testing::ValuesIn(kTags));
INSTANTIATE_TEST_SUITE_P(operators, MatchingTable, testing::ValuesIn(kOperators));

struct FieldPair {
    const char* query;
    bool matches;
};

class FieldTable : public testing::TestWithParam<FieldPair> {};

TEST_P(FieldTable, decides_each_field_for_one_mention) {
    auto mention = mention_of("الخدمة سيئة جدا https://shop.example/Orders #خدمة @care");
    mention.source = "brand watch";
    mention.author = {.handle = "Noura_B", .name = "Noura Al-Bassam", .followers = 1500, .verified = true};
    mention.url = "https://www.blog.example.org/post/7";
    mention.conversation = "thread-9";
    mention.in_reply_to = "8";
    mention.stars = 2.5;
    Context context;
    context.customer = Context::KnownCustomer{.id = "c1", .tier = "Gold", .plan = "clients for life"};
    EXPECT_EQ(matches(GetParam().query, mention, context), GetParam().matches) << GetParam().query;
}

const FieldPair kFields[] = {
    {"author:noura_b", true},
    {"author:@NOURA_B", true},
    {"author:noura", false},
    {"name:noura", true},
    {"name:\"al bassam\"", true},
    {"name:bass", false},
    {"platform:x", true},
    {"platform:mastodon,x", true},
    {"platform:mastodon", false},
    {"source:\"brand watch\"", true},
    {"lang:ar", true},
    {"lang:ar-EG", true},
    {"lang:en,fr", false},
    {"sentiment:negative", true},
    {"sentiment:positive,neutral", false},
    {"followers>1000", true},
    {"followers>1500", false},
    {"followers>=1.5k", true},
    {"followers<2k", true},
    {"followers<=1499", false},
    {"followers:1500", true},
    {"is:reply", true},
    {"is:verified", true},
    {"has:link", true},
    {"has:hashtag", true},
    {"has:mention", true},
    {"url:shop.example/orders", true},
    {"url:/post/7", true},
    {"url:nowhere", false},
    {"domain:example.org", true},
    {"domain:blog.example.org", true},
    {"domain:ample.org", false},
    {"conversation:thread-9", true},
    {"customer:any", true},
    {"customer:none", false},
    {"customer:c1", true},
    {"tier:gold", true},
    {"tier:silver,gold", true},
    {"plan:\"Clients For Life\"", true},
    {"stars<3", true},
    {"stars>=3", false},
    {"-lang:ar", false},
    {"lang:ar followers>1k", true},
    {"lang:ar -followers>1k", false},
};

INSTANTIATE_TEST_SUITE_P(fields, FieldTable, testing::ValuesIn(kFields));

TEST(Fields, that_the_platform_does_not_tell_satisfy_no_comparison) {
    EXPECT_FALSE(matches("followers>0", "hello"));
    EXPECT_FALSE(matches("followers<10", "hello"));
    EXPECT_FALSE(matches("stars<5", "hello"));
    EXPECT_TRUE(matches("customer:none", "hello"));
}

TEST(Matching, finds_words_in_a_title_and_marks_only_the_text) {
    auto mention = mention_of("slow again");
    mention.title = "Rasid news";
    const auto verdict = assess(rules_of({rule_of("r", "rasid slow")}), mention, {});
    ASSERT_EQ(verdict.rules.size(), 1u);
    ASSERT_EQ(verdict.hits.size(), 1u);
    EXPECT_EQ(verdict.hits[0].text, "slow");
    mention.text = "app";
    mention.title = "Rasid";
    EXPECT_FALSE(matches("\"rasid app\"", mention));
}

}  // namespace
}  // namespace rasid
