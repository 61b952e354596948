#include "escalation/letter.hpp"
#include "tests/support/contains.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

Letter sample() {
    return {.language = "en",
            .subject = "News for\nNouf",
            .paragraphs = {"Dear Nouf,", "one <b>line</b>\nand another"},
            .steps = {"Think of one person.", "Tell us."},
            .button = "Answer",
            .button_url = "https://rasid.example/m/survey?t=A&b=1",
            .footer = "Stop these letters:",
            .footer_link = "Stop",
            .footer_url = "https://rasid.example/m/unsubscribe?t=B",
            .reason = "touch newsletter"};
}

TEST(Letter, shows_what_people_wrote_as_text) {
    const auto mail = render_letter(sample());
    EXPECT_EQ(mail.subject, "News for Nouf");
    EXPECT_EQ(mail.reason, "touch newsletter");
    EXPECT_TRUE(contains(mail.html, "one &lt;b&gt;line&lt;")) << mail.html;
    EXPECT_FALSE(contains(mail.html, "<b>line"));
    EXPECT_TRUE(contains(mail.html, "<br>and another"));
    EXPECT_TRUE(contains(mail.html, "lang=\"en\" dir=\"ltr\""));
    EXPECT_EQ(mail.text, "Dear Nouf,\n\none <b>line</b>\nand another\n\n1. Think of one person.\n2. Tell us.\n\n"
                         "Answer:\nhttps://rasid.example/m/survey?t=A&b=1\n\n-- \nStop these letters:\n"
                         "https://rasid.example/m/unsubscribe?t=B\n");
}

TEST(Letter, in_arabic_runs_from_right_to_left) {
    auto letter = sample();
    letter.language = "ar";
    const auto mail = render_letter(letter);
    EXPECT_TRUE(contains(mail.html, "lang=\"ar\" dir=\"rtl\""));
    EXPECT_TRUE(contains(mail.html, "align=\"right\""));
}

TEST(Letter, leaves_out_what_is_not_there) {
    const auto mail = render_letter({.language = "en", .subject = "s", .paragraphs = {"Hello."}});
    EXPECT_EQ(mail.text, "Hello.\n");
    EXPECT_FALSE(contains(mail.html, "<a "));
    EXPECT_FALSE(contains(mail.html, "<ol"));
}

}  // namespace
}  // namespace rasid
