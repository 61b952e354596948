#include "connectors/html_text.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

TEST(HtmlText, puts_paragraphs_breaks_and_list_items_on_their_own_lines) {
    EXPECT_EQ(html_to_text("<p>one<br>two</p><p>three</p><ul><li>a</li><li>b</li></ul>tail"),
              "one\ntwo\n\nthree\n\na\nb\ntail");
}

TEST(HtmlText, keeps_the_text_of_links_and_folds_white_space) {
    EXPECT_EQ(html_to_text("  see\n <a href='https://x.example'>this   page</a> , please "), "see this page , please");
}

TEST(HtmlText, decodes_entities_and_leaves_stray_characters) {
    EXPECT_EQ(html_to_text("5 &lt; 6 &amp; &#1602;&#x647;&#1608;&#1577; &hellip; 3 < 4 & so"),
              "5 < 6 & قهوة … 3 < 4 & so");
}

TEST(HtmlText, drops_what_nobody_sees) {
    EXPECT_EQ(html_to_text(
                  "a<script>evil()</script><style>p{}</style><b hidden>x</b><i style='display: none'>y</i><!-- c -->b"),
              "ab");
}

TEST(HtmlText, gives_addresses_that_mastodon_shortens_whole) {
    EXPECT_EQ(html_to_text(
                  "<p>look <a href=\"https://example.com/a/long/path\"><span class=\"invisible\">https://</span>"
                  "<span class=\"ellipsis\">example.com/a/lo</span><span class=\"invisible\">ng/path</span></a></p>"),
              "look https://example.com/a/long/path");
    EXPECT_EQ(
        html_to_text(
            "<p><span class=\"h-card\"><a href=\"https://s.example/@nasma\">@<span>nasma</span></a></span> مرحبا</p>"),
        "@nasma مرحبا");
    EXPECT_EQ(html_to_text("<span class=\"invisible\">secret</span>open"), "open");
}

TEST(HtmlText, is_valid_and_bounded_whatever_comes_in) {
    EXPECT_EQ(html_to_text(std::string("a\xff\x00\x01<b>c", 8)), "a\uFFFDc");
    auto bounded = html_to_text("<p>" + std::string(5000, 'x') + "قهوة</p>", 5003);
    EXPECT_EQ(bounded, std::string(5000, 'x') + "ق");
}

TEST(HtmlText, survives_endless_nesting_with_its_text) {
    std::string deep;
    for (int i = 0; i < 20000; ++i) deep += "<div><b i=" + std::to_string(i) + ">";
    EXPECT_EQ(html_to_text(deep + "<p>bottom &amp; end</p><script>no</script>"), "bottom & end");
}

TEST(HtmlText, keeps_the_text_of_a_page_with_very_many_elements) {
    std::string list = "<ul>";
    for (int i = 0; i < 3000; ++i) list += "<li>item <b>" + std::to_string(i) + "</b></li>";
    auto text = html_to_text(list + "</ul><p>end 1 < 2</p>");
    EXPECT_TRUE(text.starts_with("item 0\nitem 1\n"));
    EXPECT_TRUE(text.ends_with("item 2999\n\nend 1 < 2")) << text.substr(text.size() - 40);
}

}  // namespace
}  // namespace rasid
