#include "escalation/summary_mail.hpp"
#include "tests/support/contains.hpp"

#include <gtest/gtest.h>

#include <regex>

namespace rasid {
namespace {

using namespace std::chrono_literals;

class SummaryMailTest : public testing::Test {
protected:
    SummaryMailTest() {
        mail.recipient = {.id = "p", .name = "Khalid", .email = "k@example.org", .role = Role::manager};
        mail.kind = NotificationMail::Kind::burst;
        mail.now = parse_rfc3339("2026-03-01T11:34:00Z").value();
        mail.queue_url = "https://rasid.example/";
        mail.settings_url = "https://rasid.example/settings";
        for (int i = 0; i < 3; ++i) add(i);
    }

    SummaryLine& add(int i) {
        SummaryLine line;
        line.ticket.number = 100 + i;
        line.ticket.rule = "safety";
        line.ticket.author.name = "Writer " + std::to_string(i);
        line.ticket.clocks = {{.target = Target::first_response,
                               .started_at = mail.now - 1h,
                               .length = 1h,
                               .due_at = mail.now + 10min * (i - 1)}};
        line.text = "see https://evil.example <b>now</b>";
        line.url = "https://rasid.example/tickets/" + std::to_string(i);
        mail.lines.push_back(line);
        return mail.lines.back();
    }

    SummaryMail mail;
};

TEST_F(SummaryMailTest, a_burst_names_its_rule_and_how_many) {
    EXPECT_EQ(render_summary(mail).subject, "[Rasid] safety: 3 tickets within minutes");
    mail.recipient.language = "ar";
    EXPECT_EQ(render_summary(mail).subject, "[Rasid] safety: 3 تذاكر خلال دقائق");
}

TEST_F(SummaryMailTest, the_others_say_why_they_come_now) {
    mail.kind = NotificationMail::Kind::summary;
    EXPECT_EQ(render_summary(mail).subject, "[Rasid] and 3 more tickets");
    mail.kind = NotificationMail::Kind::after_quiet;
    EXPECT_EQ(render_summary(mail).subject, "[Rasid] 3 tickets during your quiet hours");
    for (const auto& part : {render_summary(mail).text, render_summary(mail).html})
        EXPECT_TRUE(contains(part, "This came while you had quiet hours."));
}

TEST_F(SummaryMailTest, every_ticket_has_its_state_and_its_link_in_both_parts) {
    mail.lines[1].assignee_name = "Sara";
    const auto content = render_summary(mail);
    for (const auto& part : {content.text, content.html}) {
        for (const auto* fact : {"#100", "#102", "Writer 2", "First response late by 10 minutes", "Nobody has it.",
                                 "Sara", "https://rasid.example/tickets/1", "2 of them are late"})
            EXPECT_TRUE(contains(part, fact)) << fact << "\n" << part;
        EXPECT_FALSE(contains(part, "https://evil.example")) << "links of strangers are not live";
    }
    EXPECT_FALSE(contains(content.html, "<b>now"));
    EXPECT_FALSE(contains(content.text, "{{"));
    EXPECT_FALSE(contains(content.text, "\n\n\n")) << content.text;
}

TEST_F(SummaryMailTest, red_means_late_and_nothing_else) {
    mail.lines.erase(mail.lines.begin(), mail.lines.begin() + 2);
    EXPECT_FALSE(contains(render_summary(mail).html, "#a61b12"));
}

TEST_F(SummaryMailTest, an_update_says_what_became_of_the_ticket) {
    mail.lines[0].update = TicketUpdate{"resolved", "Sara", {}};
    const auto text = render_summary(mail).text;
    EXPECT_TRUE(contains(text, "Resolved by \u2068Sara\u2069")) << text;
    EXPECT_TRUE(contains(text, "One of them is late") || contains(text, "1 of them is late")) << text;
}

TEST_F(SummaryMailTest, is_bounded_and_counts_what_it_leaves_out) {
    for (int i = 3; i < 300; ++i) add(i).text = std::string(5000, 'x');
    const auto content = render_summary(mail);
    EXPECT_LT(content.html.size(), 60'000U);
    EXPECT_TRUE(contains(content.text, "275 more are in the queue."));
    EXPECT_TRUE(contains(content.subject, "300 tickets"));
}

TEST_F(SummaryMailTest, the_gravest_come_first) {
    mail.lines[2].ticket.priority = Priority::critical;
    mail.lines[0].update = TicketUpdate{"resolved", "", {}};
    sort_gravest_first(mail.lines, mail.now);
    EXPECT_EQ(mail.lines[0].ticket.number, 101) << "late";
    EXPECT_EQ(mail.lines[1].ticket.number, 102);
    EXPECT_EQ(mail.lines[2].ticket.number, 100) << "settled";
}

TEST_F(SummaryMailTest, every_cell_says_a_direction_and_no_link_does) {
    mail.recipient.language = "ar";
    const auto html = render_summary(mail).html;
    const std::regex cells("<(table|td)[ >][^>]*>");
    for (std::sregex_iterator cell(html.begin(), html.end(), cells), end; cell != end; ++cell)
        EXPECT_TRUE(contains(cell->str(), "dir=\"")) << cell->str();
    EXPECT_FALSE(std::regex_search(html, std::regex("<a [^>]*dir=")));
}

}  // namespace
}  // namespace rasid
