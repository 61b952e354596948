#include "connectors/sources/feed_document.hpp"
#include "tests/connectors/data_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rasid {
namespace {

FeedDocument read_feed(const std::string& name, const std::string& type = "") {
    auto document = parse_feed(data_file("feed/" + name), type, "https://feed.example/f.xml");
    EXPECT_TRUE(document) << name << ": " << document.error().what;
    return document ? *document : FeedDocument{};
}

std::string at(const std::optional<Instant>& moment) { return moment ? to_rfc3339(*moment) : "none"; }

TEST(FeedDocument, reads_rss_091_and_never_its_external_dtd) {
    auto feed = read_feed("rss_091_doctype.xml");
    EXPECT_EQ(feed.title, "Roasters' Daily");
    EXPECT_EQ(feed.language, "en-gb");
    EXPECT_TRUE(feed.warnings.empty());
    ASSERT_EQ(feed.entries.size(), 2u);
    EXPECT_EQ(feed.entries[0].title, "Café Nasma opens — at last");
    EXPECT_EQ(feed.entries[0].id, "http://roasters.example/2026/nasma");
    EXPECT_EQ(feed.entries[0].text, "The queue went round the block.");
    EXPECT_EQ(feed.entries[1].title, "Beans & business");
}

TEST(FeedDocument, reads_rss_092_entries_without_title_or_link) {
    auto feed = read_feed("rss_092.xml");
    ASSERT_EQ(feed.entries.size(), 2u);
    EXPECT_EQ(feed.entries[0].text, "A note without a title about Nasma coffee.");
    EXPECT_TRUE(feed.entries[0].id.starts_with("hash:"));
    EXPECT_NE(feed.entries[0].id, feed.entries[1].id);
    EXPECT_EQ(feed.entries[0].id, read_feed("rss_092.xml").entries[0].id);
}

TEST(FeedDocument, reads_rss_10_with_its_modules) {
    auto feed = read_feed("rss_10.rdf");
    EXPECT_EQ(feed.language, "ar");
    ASSERT_EQ(feed.entries.size(), 2u);
    EXPECT_EQ(feed.entries[0].id, "http://forum.example/t/2");
    EXPECT_EQ(feed.entries[0].text, "طلبت قهوة\u00A0نسمة ووصلت باردة.\n\nلن أعود.");
    EXPECT_EQ(feed.entries[0].author, "هدى");
    EXPECT_EQ(at(feed.entries[0].published), "2026-02-28T07:00:00.000Z");
    EXPECT_EQ(at(feed.entries[1].published), "2026-02-27T00:00:00.000Z");
}

TEST(FeedDocument, reads_rss_20_with_bare_ampersands_and_unknown_entities) {
    auto feed = read_feed("rss_20.xml");
    EXPECT_EQ(feed.ttl, std::chrono::minutes(30));
    ASSERT_EQ(feed.entries.size(), 3u);
    const auto& first = feed.entries[0];
    EXPECT_EQ(first.id, "post-205");
    EXPECT_EQ(first.url, "https://www.blog.example/five?utm_source=rss");
    EXPECT_EQ(first.author, "Huda Salem");
    EXPECT_EQ(first.replies, 12);
    EXPECT_EQ(at(first.published), "2026-03-01T04:30:00.000Z");
    EXPECT_EQ(first.text, "Five beans, ranked\n\nNasma\nOther\n\nSee this.");
    const auto& second = feed.entries[1];
    EXPECT_EQ(second.title, "AT&T cafe <3");
    EXPECT_EQ(second.url, "https://blog.example/att");
    EXPECT_EQ(second.author, "Amal");
    EXPECT_EQ(at(second.published), "2026-02-27T05:05:00.000Z");
    EXPECT_EQ(second.text, "Fish & chips, a=1&b=2 … &unknown; done");
    EXPECT_EQ(feed.entries[2].url, "") << "an address that runs a script is no address";
    EXPECT_EQ(feed.warnings, std::vector<std::string>{"1 entries had nothing in them and were skipped"});
}

TEST(FeedDocument, reads_atom_with_xhtml_relative_links_and_deleted_entries) {
    auto feed = read_feed("atom.xml");
    EXPECT_EQ(feed.title, "Atom & co");
    EXPECT_EQ(feed.author, "Site Author");
    ASSERT_EQ(feed.entries.size(), 3u);
    const auto& first = feed.entries[0];
    EXPECT_EQ(first.title, "قهوة نسمة");
    EXPECT_EQ(first.text, "Line one\nline two\n\n5 < 6");
    EXPECT_EQ(first.url, "https://atom.example/blog/posts/1");
    EXPECT_EQ(first.author, "Sara");
    EXPECT_EQ(first.language, "ar");
    EXPECT_EQ(first.replies, 3);
    EXPECT_EQ(at(first.updated), "2026-03-01T07:00:00.250Z");
    const auto& second = feed.entries[1];
    EXPECT_EQ(second.text, "plain <b> stays");
    EXPECT_EQ(second.in_reply_to, "urn:entry:1");
    EXPECT_EQ(second.url, "https://atom.example/2");
    EXPECT_TRUE(feed.entries[2].deleted);
    EXPECT_EQ(feed.entries[2].id, "urn:entry:0");
}

TEST(FeedDocument, reads_json_feed_1) {
    auto feed = read_feed("json_feed_1.json");
    ASSERT_EQ(feed.entries.size(), 2u);
    EXPECT_EQ(feed.entries[0].id, "7");
    EXPECT_EQ(feed.entries[0].text, "plain <b> text");
    EXPECT_EQ(feed.entries[0].author, "Old Author");
    EXPECT_EQ(feed.entries[1].id, "https://json.example/8");
}

TEST(FeedDocument, reads_json_feed_11) {
    auto feed = read_feed("json_feed_11.json");
    ASSERT_EQ(feed.entries.size(), 1u);
    EXPECT_EQ(feed.entries[0].text, "نص غليظ");
    EXPECT_EQ(feed.entries[0].author, "Huda");
    EXPECT_EQ(feed.entries[0].language, "ar-SA");
    EXPECT_EQ(at(feed.entries[0].updated), "2026-03-01T08:00:00.000Z");
    EXPECT_EQ(feed.warnings.size(), 1u);
}

TEST(FeedDocument, reads_every_encoding_that_a_feed_declares) {
    for (const char* name :
         {"windows_1256.xml", "utf16_le_bom.xml", "utf16_be_bom.xml", "utf16_le_bare.xml", "utf8_bom.xml"}) {
        auto feed = read_feed(name);
        ASSERT_EQ(feed.entries.size(), 1u) << name;
        EXPECT_EQ(feed.title, "أخبار") << name;
        EXPECT_EQ(feed.entries[0].title, "قهوة نسمة") << name;
        EXPECT_EQ(feed.entries[0].text, "الخدمة ممتازة، شكراً") << name;
        EXPECT_TRUE(feed.warnings.empty()) << name;
    }
}

TEST(FeedDocument, believes_the_byte_order_mark_before_the_header_and_the_header_before_the_declaration) {
    EXPECT_EQ(read_feed("utf8_bom.xml", "text/xml; charset=windows-1256").entries.at(0).title, "قهوة نسمة");
    EXPECT_EQ(read_feed("utf16_le_bom.xml", "text/xml; charset=utf-8").entries.at(0).title, "قهوة نسمة");
    auto declared = data_file("feed/windows_1256.xml");
    declared.replace(declared.find("windows-1256"), 12, "koi8-r");
    auto feed = parse_feed(declared, "application/rss+xml; charset=\"Windows-1256\"", "https://feed.example");
    ASSERT_TRUE(feed);
    EXPECT_EQ(feed->entries.at(0).title, "قهوة نسمة");
}

TEST(FeedDocument, guesses_the_encoding_of_bytes_that_declare_none_and_says_so) {
    auto bytes = data_file("feed/windows_1256.xml");
    bytes.erase(0, bytes.find("<rss"));
    auto feed = parse_feed(bytes, "", "https://feed.example");
    ASSERT_TRUE(feed);
    EXPECT_EQ(feed->warnings.size(), 1u);
}

TEST(FeedDocument, leaves_out_an_entry_that_the_end_cut_through) {
    auto feed = read_feed("truncated.xml");
    ASSERT_EQ(feed.entries.size(), 1u);
    EXPECT_EQ(feed.entries[0].id, "a");
    EXPECT_EQ(feed.warnings.size(), 1u);
}

TEST(FeedDocument, reads_broken_xml_as_far_as_it_can) {
    auto feed = read_feed("broken.xml");
    std::vector<std::string> ids;
    for (const auto& entry : feed.entries) ids.push_back(entry.id);
    EXPECT_EQ(ids, (std::vector<std::string>{"a", "b", "c"}));
    EXPECT_FALSE(feed.warnings.empty());
    EXPECT_EQ(feed.entries.at(0).text, "one\ntwo & three");
    EXPECT_EQ(feed.entries.at(1).text, "fine \uFFFD \uFFFD here");
    EXPECT_EQ(feed.entries.at(2).text, "1 < 2");
}

TEST(FeedDocument, refuses_an_internal_dtd_subset_unread) {
    for (const char* name : {"billion_laughs.xml", "external_entity.xml"}) {
        auto feed = parse_feed(data_file(std::string("feed/") + name), "", "https://feed.example");
        ASSERT_FALSE(feed) << name;
        EXPECT_EQ(feed.error().kind, Failure::Kind::malformed);
        EXPECT_NE(feed.error().what.find("DTD"), std::string::npos);
    }
}

TEST(FeedDocument, finds_no_internal_subset_hidden_behind_comments_case_or_quotes) {
    for (std::string prolog :
         {"<!-- x --><!DOCTYPE rss [<!ENTITY a 'b'>]>", "<?xml version='1.0'?><?pi ?><!doctype rss [ ]>",
          "<!DOCTYPE rss SYSTEM \"a>b\" [<!ENTITY a 'b'>]>", "text <!DOCTYPE rss [<!ENTITY a 'b'>]>"}) {
        EXPECT_FALSE(parse_feed(prolog + "<rss><channel><item><title>&a;</title></item></channel></rss>", "",
                                "https://f.example"))
            << prolog;
    }
    auto harmless =
        parse_feed("<!DOCTYPE rss SYSTEM \"a[b]\"><rss><channel><item><title>&a;</title></item></channel></rss>", "",
                   "https://f.example");
    ASSERT_TRUE(harmless);
    EXPECT_EQ(harmless->entries.at(0).title, "&a;");
}

TEST(FeedDocument, an_entity_of_the_text_is_a_character_never_a_file) {
    auto feed = parse_feed("<rss><channel><item><title>&xxe; &nbsp;&copy; &amp;lt;</title></item></channel></rss>", "",
                           "https://f.example");
    ASSERT_TRUE(feed);
    EXPECT_EQ(feed->entries.at(0).title, "&xxe; \u00A0© <");
}

TEST(FeedDocument, a_web_page_is_no_feed) {
    auto page =
        parse_feed("<!DOCTYPE html><html><head><title>Sign in</title></head></html>", "text/html", "https://f.example");
    ASSERT_FALSE(page);
    EXPECT_NE(page.error().what.find("web page"), std::string::npos);
}

TEST(FeedDocument, deep_nesting_is_read_or_refused_but_never_followed_down) {
    std::string deep = "<rss><channel><item><guid>a</guid><title>t</title></item><item><description>";
    for (int i = 0; i < 100000; ++i) deep += "<a>";
    auto feed = parse_feed(deep, "", "https://f.example");
    if (feed) {
        EXPECT_LE(feed->entries.size(), 2u);
    }
}

}  // namespace
}  // namespace rasid
