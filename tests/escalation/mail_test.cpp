#include "core/texts.hpp"
#include "escalation/mail.hpp"
#include "escalation/outside_text.hpp"
#include "tests/support/contains.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

namespace rasid {
namespace {

using namespace std::chrono_literals;

std::string between(const std::string& text, const std::string& from, const std::string& to) {
    const auto start = text.find(from);
    if (start == std::string::npos) return {};
    const auto begin = start + from.size();
    return text.substr(begin, text.find(to, begin) - begin);
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char byte) { return (byte & 0xC0) != 0x80; }));
}

class MailTest : public ::testing::Test {
protected:
    MailTest() {
        mail.now = parse_rfc3339("2026-03-01T11:34:00Z").value();
        const auto opened = mail.now - 27min;
        mail.recipient = {
            .id = "p", .name = "Khalid", .email = "khalid@example.org", .role = Role::manager, .language = "ar"};
        mail.ticket.id = "k";
        mail.ticket.number = 4821;
        mail.ticket.priority = Priority::critical;
        mail.ticket.queue = "care";
        mail.ticket.rule = "شكوى سلامة";
        mail.ticket.author = {.handle = "hind_z", .name = "هند الزهراني", .followers = 8412};
        mail.ticket.clocks = {
            {.target = Target::first_response, .started_at = opened, .length = 15min, .due_at = opened + 15min},
            {.target = Target::resolution, .started_at = opened, .length = 8h, .due_at = opened + 8h}};
        mail.mention.key = {"mastodon", "1"};
        mail.mention.source = "fedi";
        mail.mention.author = mail.ticket.author;
        mail.mention.text = "حصل لابني تحسس بعد ما شرب من مشروب اللوز وما كان مكتوب على القائمة. أرجو التواصل فوراً";
        mail.mention.created_at = opened;
        mail.verdict.sentiment = {.label = Polarity::negative, .score = -0.7};
        mail.verdict.influence.score = 37;
        mail.verdict.hits = {{"safety", "تحسس", 0, 8}, {"safety", "اللوز", 9, 12}, {"other", "تحسس", 0, 8}};
        mail.percent = 100;
        mail.ticket_url = "https://rasid.example/tickets/k?a=1&b=2";
        mail.acknowledge_url = "https://rasid.example/m/ack?t=TOKEN";
        mail.settings_url = "https://rasid.example/settings";
        mail.time_zone = "Asia/Riyadh";
    }

    void in_english() {
        mail.recipient.language = "en";
        mail.ticket.rule = "safety words";
        mail.ticket.author.name = mail.mention.author.name = "Hind Alzahrani";
    }

    MailContent render() const { return render_escalation(mail); }

    EscalationMail mail;
};

TEST_F(MailTest, the_subject_is_short_and_the_same_for_the_life_of_the_ticket) {
    const auto subject = render().subject;
    EXPECT_EQ(subject, "[Rasid] #4821 شكوى سلامة: هند الزهراني");
    mail.now += 10h;
    mail.target = Target::resolution;
    mail.percent = 150;
    mail.assignee_name = "Sara";
    mail.ticket.priority = Priority::low;
    mail.mention.author.name = "somebody else";
    EXPECT_EQ(render().subject, subject);
    for (int i = 0; i < 30; ++i) mail.ticket.author.name += " الطويل";
    EXPECT_LT(characters(render().subject), 70U);
}

TEST_F(MailTest, state_stands_in_the_first_line_of_the_body_and_in_the_hidden_preview_not_in_the_subject) {
    in_english();
    const auto content = render();
    EXPECT_TRUE(content.text.starts_with("First response late by 12 minutes · critical priority\n")) << content.text;
    EXPECT_EQ(between(content.html, "mso-hide:all\">", "</div>"),
              "First response late by 12 minutes. 8,412 followers. Nobody has it.");
    EXPECT_FALSE(contains(content.subject, "late"));
}

TEST_F(MailTest, red_means_late_and_nothing_else) {
    EXPECT_TRUE(contains(render().html, "#a61b12"));
    mail.target = Target::resolution;
    EXPECT_FALSE(contains(render().html, "#a61b12"));
    mail.ticket.clocks[1].due_at = mail.now + 10min;
    EXPECT_TRUE(contains(render().html, "#7a4b00")) << "due soon";
}

TEST_F(MailTest, both_parts_name_keywords_sentiment_source_influence_due_time_and_reason) {
    in_english();
    mail.verdict.hits = {{"safety", "allergic", 0, 8}, {"safety", "almond", 9, 12}, {"other", "allergic", 0, 8}};
    mail.assignee_name = "Sara";
    const auto content = render();
    for (const auto& part : {content.text, content.html}) {
        for (const auto* fact :
             {"allergic", "almond", "negative", "mastodon", "fedi", "8,412", "37 of 100", "today 14:22", "(passed)",
              "safety words", "Sara", "100%", "care", "#4821", "TOKEN", "@hind_z"}) {
            EXPECT_TRUE(contains(part, fact)) << fact << "\n" << part;
        }
    }
    EXPECT_EQ(between(content.text, "Keywords: ", "\n"), "\u2068allergic\u2069, \u2068almond\u2069")
        << "each word once";
    EXPECT_EQ(content.reason, "escalation first_response 100%");
}

TEST_F(MailTest, speaks_arabic_with_all_plural_forms) {
    const auto late_by = [&](Duration lateness) {
        mail.now = *mail.ticket.clocks[0].due_at + lateness;
        return between(render().text, "تأخر الرد الأول ", " ·");
    };
    EXPECT_EQ(late_by(0min), "أقل من دقيقة");
    EXPECT_EQ(late_by(1min), "دقيقة واحدة");
    EXPECT_EQ(late_by(2min), "دقيقتين");
    EXPECT_EQ(late_by(3min), "3 دقائق");
    EXPECT_EQ(late_by(12min), "12 دقيقة");
    EXPECT_EQ(late_by(62min), "ساعة واحدة ودقيقتين");
    EXPECT_EQ(late_by(47h + 59min), "47 ساعة و59 دقيقة");
    EXPECT_EQ(late_by(49h + 5min), "يومين وساعة واحدة");
    EXPECT_EQ(late_by(24h * 100), "100 يوم");
}

TEST_F(MailTest, every_table_and_cell_says_direction_and_alignment) {
    for (const auto* language : {"ar", "en"}) {
        mail.recipient.language = language;
        const auto html = render().html;
        const std::regex opening("<(table|td)[^>]*>");
        int seen = 0;
        for (std::sregex_iterator tag(html.begin(), html.end(), opening), end; tag != end; ++tag, ++seen) {
            EXPECT_TRUE(contains(tag->str(), " dir=\"")) << tag->str();
            EXPECT_TRUE(contains(tag->str(), " align=\"")) << tag->str();
        }
        EXPECT_GT(seen, 20);
        EXPECT_TRUE(contains(html, std::string("<html lang=\"") + language + "\" dir=\"" +
                                       (language[0] == 'a' ? "rtl" : "ltr")));
        EXPECT_FALSE(std::regex_search(html, std::regex("<a[^>]* dir=")));
        for (const auto* banned : {"<img", "<script", "<style", "@import", "@font-face", "<link", "url("})
            EXPECT_FALSE(contains(html, banned)) << banned;
    }
}

TEST_F(MailTest, a_coloured_background_is_also_an_attribute_for_outlook) {
    const auto html = render().html;
    const std::regex cell("<(table|td|body)[^>]*background-color:(#[0-9a-f]{6})[^>]*>");
    for (std::sregex_iterator tag(html.begin(), html.end(), cell), end; tag != end; ++tag) {
        EXPECT_TRUE(contains(tag->str(), "bgcolor=\"" + (*tag)[2].str() + "\"")) << tag->str();
    }
}

TEST_F(MailTest, outside_text_is_text) {
    in_english();
    const std::string hostile = "<b>\"x\"</b>\u202Eevil\u2066\x01 {{state}} &amp;";
    mail.mention.text = hostile;
    mail.mention.author = {.handle = hostile, .name = hostile};
    mail.ticket.author = mail.mention.author;
    mail.ticket.rule = hostile;
    mail.verdict.hits = {{"r", hostile, 0, 1}};
    mail.mention.source = hostile;
    mail.assignee_name = hostile;
    const auto content = render();
    EXPECT_FALSE(contains(content.html, "<b>\"x\""));
    EXPECT_FALSE(contains(content.html, "<b>&quot;"));
    EXPECT_TRUE(contains(content.html, "&lt;b&gt;&quot;x&quot;&lt;/b&gt;"));
    EXPECT_TRUE(contains(content.html, "&amp;amp;"));
    EXPECT_TRUE(contains(content.html, "{{state}}")) << "a template in a name is not run";
    EXPECT_TRUE(contains(content.text, "> \u2068<b>\"x\"</b>evil  {{state}} &amp;\u2069"));
    for (const auto& part : {content.subject, content.text, content.html}) {
        EXPECT_FALSE(contains(part, "\u202E"));
        EXPECT_FALSE(contains(part, "\x01"));
    }
    EXPECT_TRUE(contains(content.html, "?a=1&amp;b=2"));
}

TEST_F(MailTest, a_name_cannot_break_out_of_the_subject_line) {
    mail.ticket.author.name = "Hind\r\nBcc: everybody@example.org\u2028x";
    const auto subject = render().subject;
    EXPECT_EQ(subject.find_first_of("\r\n"), std::string::npos);
    EXPECT_FALSE(contains(subject, "\u2028"));
}

TEST_F(MailTest, isolates_are_balanced_in_every_part) {
    mail.mention.text = "a\u2068b\u2067c\n\u2069d";
    const auto content = render();
    for (const auto& part : {content.text, content.html}) {
        std::size_t opened = 0;
        std::size_t closed = 0;
        for (std::size_t at = 0; (at = part.find("\xE2\x81", at)) != std::string::npos; at += 3) {
            const auto last = static_cast<unsigned char>(part[at + 2]);
            opened += last >= 0xA6 && last <= 0xA8 ? 1 : 0;
            closed += last == 0xA9 ? 1 : 0;
            EXPECT_LE(closed, opened);
        }
        EXPECT_EQ(opened, closed);
        EXPECT_GT(opened, 5U);
    }
}

TEST_F(MailTest, links_in_the_mention_are_shown_but_not_live) {
    mail.mention.text = "see https://evil.example/x and evil.example or me@evil.example, 3.5 stars.";
    const auto content = render();
    EXPECT_FALSE(contains(content.text, "https://evil"));
    EXPECT_FALSE(contains(content.text, "evil.example"));
    EXPECT_TRUE(contains(content.text, "evil.\u200Bexample"));
    EXPECT_TRUE(contains(content.text, "3.5 stars."));
    EXPECT_FALSE(contains(content.html, "href=\"https://evil"));
}

TEST_F(MailTest, the_quoted_mention_takes_the_direction_of_its_own_text) {
    in_english();
    EXPECT_TRUE(contains(render().html, "<td dir=\"rtl\" align=\"right\" bgcolor=\"#f3f5f8\""));
    mail.recipient.language = "ar";
    mail.mention.text = "... it was cold";
    EXPECT_TRUE(contains(render().html, "<td dir=\"ltr\" align=\"left\" bgcolor=\"#f3f5f8\""));
}

TEST_F(MailTest, stays_small_enough_not_to_be_clipped_whatever_the_mention) {
    EXPECT_LT(render().html.size(), 10'000U);
    mail.mention.text.clear();
    for (int i = 0; i < 20'000; ++i) mail.mention.text += "<\n";
    mail.verdict.hits.clear();
    for (int i = 0; i < 500; ++i) mail.verdict.hits.push_back({"r", std::string(5000, 'x') + std::to_string(i), 0, 1});
    for (int i = 0; i < 500; ++i) mail.verdict.hits.push_back({"r", "word" + std::to_string(i), 0, 1});
    const auto content = render();
    EXPECT_LT(content.html.size(), 60'000U);
    EXPECT_TRUE(contains(content.text, "نص مختصر"));
}

TEST_F(MailTest, an_update_says_what_became_of_it_in_the_same_thread) {
    in_english();
    const auto escalation = render();
    mail.acknowledge_url.clear();
    mail.update = TicketUpdate{"acknowledged", "Sara", {}};
    auto content = render();
    EXPECT_EQ(content.subject, "Re: " + escalation.subject);
    EXPECT_TRUE(content.text.starts_with("\u2068Sara\u2069 has taken it on · critical priority\n")) << content.text;
    EXPECT_TRUE(contains(content.text, "Why you got this: You were told of this ticket before"));
    EXPECT_EQ(content.reason, "update acknowledged");
    mail.update = TicketUpdate{"assigned", "Dana", {}};
    EXPECT_TRUE(contains(render().text, "Handed on to \u2068Dana\u2069"));
    mail.update = TicketUpdate{"resolved", "", {}};
    content = render();
    EXPECT_TRUE(content.text.starts_with("Resolved · ")) << content.text;
    EXPECT_FALSE(contains(content.html, "background-color:#a61b12")) << "what is settled is not late any more";
    for (const auto* what : {"acknowledged", "assigned", "resolved", "named", "proposed", "returned"}) {
        for (const auto* language : {"ar", "en"}) {
            mail.recipient.language = language;
            mail.update = TicketUpdate{what, "", {}};
            EXPECT_FALSE(render().text.empty());
        }
    }
}

TEST_F(MailTest, what_is_meant_for_its_reader_quotes_what_was_written) {
    in_english();
    mail.update = TicketUpdate{"named", "Sara", "@Dana the oven is on fire\n<b>now</b>"};
    const auto content = render();
    EXPECT_TRUE(contains(content.text, "The note: \u2068@Dana the oven is on fire <b>now</b>\u2069") ||
                contains(content.text, "The note: @Dana the oven is on fire <b>now</b>"))
        << content.text;
    EXPECT_FALSE(contains(content.html, "<b>now</b>"));
    mail.update = TicketUpdate{"returned", "Sara", "too long"};
    mail.recipient.language = "ar";
    EXPECT_TRUE(contains(render().text, "سبب إعادته"));
}

TEST_F(MailTest, a_repeated_escalation_says_that_nobody_has_acknowledged) {
    in_english();
    mail.again = true;
    EXPECT_TRUE(contains(render().text, "You were told before, and nobody has acknowledged the ticket."));
}

TEST_F(MailTest, a_step_that_counts_time_without_an_acknowledgement_says_so) {
    in_english();
    mail.unacknowledged = true;
    EXPECT_TRUE(contains(render().text, "you are told when nobody has acknowledged a ticket for some time"));
    EXPECT_EQ(render().reason, "escalation unacknowledged");
}

TEST_F(MailTest, every_target_has_words_in_both_languages) {
    for (const auto target :
         {Target::first_response, Target::next_response, Target::periodic_update, Target::resolution}) {
        for (const auto* language : {"ar", "en"}) {
            mail.recipient.language = language;
            mail.target = target;
            mail.ticket.clocks = {{.target = target, .started_at = mail.now, .length = 1h, .due_at = mail.now + 1h}};
            EXPECT_FALSE(render().text.empty());
            mail.ticket.clocks[0].due_at = mail.now - 1h;
            EXPECT_FALSE(render().text.empty());
        }
    }
}

TEST_F(MailTest, leaves_out_what_it_does_not_have) {
    in_english();
    mail.acknowledge_url.clear();
    mail.settings_url.clear();
    mail.mention.text.clear();
    mail.mention.author.followers.reset();
    mail.verdict.hits.clear();
    mail.ticket.clocks.clear();
    const auto content = render();
    for (const auto& part : {content.text, content.html}) {
        EXPECT_FALSE(contains(part, "I'll take it") || contains(part, "I&#39;ll take it"));
        EXPECT_TRUE(contains(part, "(without text)"));
        EXPECT_TRUE(contains(part, "the source does not say"));
        EXPECT_FALSE(contains(part, "mail settings"));
    }
}

TEST_F(MailTest, the_text_part_has_no_trace_of_html) {
    const auto text = render().text;
    EXPECT_FALSE(std::regex_search(text, std::regex("<[a-z/]|&[a-z#0-9]+;|\\{\\{")));
    EXPECT_TRUE(contains(text, "https://rasid.example/tickets/k?a=1&b=2\n"));
    EXPECT_FALSE(contains(text, "\n\n\n"));
}

TEST_F(MailTest, an_unknown_zone_or_language_falls_back_to_utc_and_english) {
    mail.time_zone = "Nowhere/Land";
    mail.recipient.language = "fr";
    EXPECT_TRUE(contains(render().text, "today 11:22"));
}

TEST(OutsideText, one_line_is_one_bounded_line) {
    EXPECT_EQ(plain_line("  a\t\n b\u0085c  ", 100), "a b c");
    EXPECT_EQ(plain_line("\xFF", 100), "\uFFFD");
    EXPECT_EQ(plain_line(std::string(1000, 'a'), 10), "aaaaaaaaaa…");
    EXPECT_EQ(one_line("a", 10), "\u2068a\u2069");
}

TEST(Texts, times_are_of_the_recipients_zone_and_language) {
    const auto now = parse_rfc3339("2026-03-01T22:30:00Z").value();
    EXPECT_EQ(Texts("en").time(now, now, "Asia/Riyadh"), "today 01:30");
    EXPECT_EQ(Texts("en").time(now - 2h, now, "Asia/Riyadh"), "Sun 1 Mar, 23:30");
    EXPECT_EQ(Texts("ar").time(now - 2h, now, "Asia/Riyadh"), "الأحد 1 مارس، 23:30");
    EXPECT_EQ(Texts("ar").number(8412), "8,412");
}

}  // namespace
}  // namespace rasid
