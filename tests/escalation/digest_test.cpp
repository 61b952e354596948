#include "escalation/digest.hpp"
#include "escalation/digest_mail.hpp"
#include "tests/escalation/office.hpp"
#include "tests/support/instant_at.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

namespace rasid {
namespace {

using namespace std::chrono_literals;

CountedMention said(Instant stored_at, const std::string& brand, Polarity polarity,
                    std::vector<std::string> rules = {}) {
    CountedMention mention;
    mention.stored_at = stored_at;
    mention.brand = brand;
    mention.polarity = polarity;
    mention.rules = std::move(rules);
    return mention;
}

Ticket ticket(Instant opened) {
    Ticket made;
    made.brand = "nasma";
    made.queue = "care";
    made.opened_at = made.updated_at = opened;
    made.clocks = {{.target = Target::first_response, .started_at = opened, .length = 1h, .due_at = opened + 1h}};
    return made;
}

TEST(DigestPeriod, a_daily_digest_tells_of_yesterday) {
    const auto period =
        digest_period(DigestKind::daily, {}, kRiyadh, at("2026-03-02T05:00:00Z"), at("2026-03-03T05:00:00Z"));
    ASSERT_TRUE(period);
    EXPECT_EQ(period->from, at("2026-03-01T21:00:00Z"));
    EXPECT_EQ(period->to, at("2026-03-02T21:00:00Z"));
    ASSERT_EQ(period->bars.size(), 12U);
    EXPECT_EQ(period->bars[1] - period->bars[0], 2h);
}

TEST(DigestPeriod, after_a_weekend_it_tells_of_every_day_since_the_last_one) {
    const auto period =
        digest_period(DigestKind::daily, {}, kRiyadh, at("2026-02-26T05:00:00Z"), at("2026-03-01T05:00:00Z"));
    EXPECT_EQ(period->from, at("2026-02-25T21:00:00Z"));
    EXPECT_EQ(period->to, at("2026-02-28T21:00:00Z"));
    EXPECT_EQ(period->bars.size(), 3U);
}

TEST(DigestPeriod, every_day_is_told_once_whatever_the_days_of_the_digests) {
    std::optional<Instant> last = at("2026-01-01T05:00:00Z");
    auto told_until = digest_period(DigestKind::daily, {}, kRiyadh, std::nullopt, *last)->to;
    for (const auto days : {1, 3, 1, 2, 10, 1}) {
        const auto moment = *last + std::chrono::days(days);
        const auto period = digest_period(DigestKind::daily, {}, kRiyadh, last, moment);
        EXPECT_EQ(period->from, told_until);
        told_until = period->to;
        last = moment;
    }
}

TEST(DigestPeriod, a_weekly_report_tells_of_the_week_that_is_over) {
    const auto period = digest_period(DigestKind::weekly, {.week_begins = std::chrono::Sunday}, kRiyadh, {},
                                      at("2026-03-02T05:00:00Z"));
    EXPECT_EQ(period->from, at("2026-02-21T21:00:00Z"));
    EXPECT_EQ(period->to, at("2026-02-28T21:00:00Z"));
    EXPECT_EQ(period->bars.size(), 7U);
    EXPECT_FALSE(digest_period(DigestKind::weekly, {}, "Nowhere/Land", {}, at("2026-03-02T05:00:00Z")));
}

class Counting : public testing::Test {
protected:
    DigestPeriod period = digest_period(DigestKind::daily, {}, "UTC", std::nullopt, at("2026-03-02T08:00:00Z")).value();
    Instant noon = at("2026-03-01T12:00:00Z");
};

TEST_F(Counting, mentions_by_brand_polarity_hour_and_rule) {
    DigestCount count(period);
    for (int i = 0; i < 3; ++i) count.mention(said(noon, "nasma", Polarity::negative, {"complaints"}));
    count.mention(said(period.from, "nasma", Polarity::positive));
    count.mention(said(period.to - Duration(1), "nasma", Polarity::neutral));
    count.mention(said(noon, "other", Polarity::neutral));
    count.mention(said(period.from - Duration(1), "nasma", Polarity::negative));
    count.mention(said(period.to, "nasma", Polarity::negative));
    const auto brands = std::move(count).take();
    ASSERT_EQ(brands.size(), 2U);
    const auto& nasma = brands.at("nasma");
    EXPECT_EQ(nasma.mentions, 5);
    EXPECT_EQ(nasma.negative, 3);
    EXPECT_EQ(nasma.positive, 1);
    EXPECT_EQ(nasma.bars[0].mentions, 1);
    EXPECT_EQ(nasma.bars[6].negative, 3);
    EXPECT_EQ(nasma.bars[11].mentions, 1);
    EXPECT_EQ(nasma.rules.at("complaints"), 3);
}

TEST_F(Counting, tickets_as_they_were_at_the_end_of_the_period) {
    DigestCount count(period);
    auto answered = ticket(noon);
    answered.clocks[0].met_at = noon + 10min;
    auto late = ticket(noon - 48h);
    late.clocks[0].breached_at = noon;
    late.clocks[0].met_at = noon + 1h;
    auto resolved = ticket(noon - 48h);
    resolved.state = TicketState::resolved;
    resolved.updated_at = noon;
    auto resolved_since = ticket(noon);
    resolved_since.state = TicketState::resolved;
    resolved_since.updated_at = period.to + 1h;
    for (const auto& each : {answered, late, resolved, resolved_since, ticket(period.to)}) count.ticket(each);
    const auto brands = std::move(count).take();
    const auto& nasma = brands.at("nasma");
    EXPECT_EQ(nasma.opened, 2);
    EXPECT_EQ(nasma.resolved, 1);
    EXPECT_EQ(nasma.late, 1);
    EXPECT_EQ(nasma.open, 3) << "what was resolved afterwards was open";
    EXPECT_EQ(nasma.answered, 2);
    EXPECT_EQ(nasma.answered_in_time, 1);
    EXPECT_EQ(nasma.queues.at("care").opened, 2);
}

TEST_F(Counting, a_brand_of_which_there_is_nothing_to_tell_is_left_out) {
    DigestCount count(period);
    auto gone = ticket(noon - 100h);
    gone.state = TicketState::resolved;
    gone.updated_at = noon - 90h;
    count.ticket(gone);
    EXPECT_TRUE(std::move(count).take().empty());
}

TEST_F(Counting, the_days_before_are_counted_apart) {
    DigestCount count(period);
    EXPECT_EQ(period.before, period.from - 24h);
    count.mention(said(noon, "nasma", Polarity::neutral));
    count.mention(said(noon - 24h, "nasma", Polarity::negative, {"complaints"}));
    count.mention(said(period.before, "nasma", Polarity::positive));
    count.mention(said(period.before - Duration(1), "nasma", Polarity::positive));
    count.mention(said(noon - 24h, "silent now", Polarity::positive));
    auto late = ticket(noon - 24h);
    late.clocks[0].breached_at = noon - 23h;
    late.clocks[0].met_at = noon - 22h;
    count.ticket(late);
    const auto brands = std::move(count).take();
    ASSERT_EQ(brands.size(), 1U);
    const auto& nasma = brands.at("nasma");
    EXPECT_EQ(nasma.mentions, 1);
    EXPECT_EQ(nasma.late, 0);
    EXPECT_EQ(nasma.open, 1);
    EXPECT_TRUE(nasma.rules.empty());
    EXPECT_EQ(nasma.before,
              (BrandFigures{.mentions = 2, .negative = 1, .positive = 1, .opened = 1, .answered = 1, .late = 1}));
}

class DigestMailTest : public testing::Test {
protected:
    DigestMailTest() {
        mail.recipient = {.id = "p", .name = "Khalid", .email = "k@example.org", .role = Role::manager};
        mail.brand = "Nasma";
        mail.time_zone = kRiyadh;
        mail.period = digest_period(DigestKind::daily, {}, kRiyadh, std::nullopt, at("2026-03-06T05:00:00Z")).value();
        mail.digest.mentions = 214;
        mail.digest.negative = 54;
        mail.digest.late = 5;
        mail.digest.bars.resize(12);
        mail.digest.bars[4] = {200, 50};
        mail.digest.bars[5] = {14, 4};
        mail.digest.queues["<b>care</b>"] = {7, 5, 2};
        mail.digest.rules["complaints"] = 61;
        mail.page_url = "https://rasid.example/";
        mail.settings_url = "https://rasid.example/settings";
        mail.unsubscribe_url = "https://rasid.example/m/digest?t=TOKEN";
    }
    DigestMail mail;
};

TEST_F(DigestMailTest, the_subject_says_brand_day_mentions_and_late_ones) {
    EXPECT_EQ(render_digest(mail).subject, "[Rasid] Nasma, Thursday: 214 mentions, 5 late");
    mail.recipient.language = "ar";
    EXPECT_EQ(render_digest(mail).subject, "[Rasid] Nasma، الخميس: 214 إشارة، 5 متأخرة");
    mail.brand = std::string(200, 'n');
    EXPECT_LE(render_digest(mail).subject.size(), 72U);
}

TEST_F(DigestMailTest, figures_stand_beside_those_of_the_days_before) {
    EXPECT_NE(render_digest(mail).text.find("Mentions: 214\n"), std::string::npos) << "nothing is known of them";
    mail.digest.before = {.mentions = 198, .negative = 99, .answered = 4, .answered_in_time = 3};
    const auto text = render_digest(mail).text;
    EXPECT_NE(text.find("Mentions: 214 (before: 198)\n"), std::string::npos) << text;
    EXPECT_NE(text.find("Negative: 54 (25%) (before: 99 (50%))\n"), std::string::npos) << text;
    EXPECT_NE(text.find("First answers in time: 0 of 0 (before: 3 of 4)\n"), std::string::npos) << text;
}

TEST_F(DigestMailTest, charts_are_table_cells_with_their_numbers) {
    const auto content = render_digest(mail);
    EXPECT_NE(content.html.find("width=\"25%\" height=\"14\" bgcolor=\"#84265f\""), std::string::npos);
    EXPECT_NE(content.html.find("width=\"75%\" height=\"14\" bgcolor=\"#8aa9d6\""), std::string::npos);
    for (const auto* forbidden : {"<img", "<svg", "<script", "<b>care"})
        EXPECT_EQ(content.html.find(forbidden), std::string::npos) << forbidden;
    EXPECT_NE(content.text.find("200 · 50 negative"), std::string::npos) << content.text;
    EXPECT_LT(content.html.size(), 30'000U);
}

TEST_F(DigestMailTest, every_cell_says_its_direction_and_no_link_does) {
    mail.recipient.language = "ar";
    for (const auto& language : {"ar", "en"}) {
        mail.recipient.language = language;
        const auto html = render_digest(mail).html;
        const std::string dir = language == std::string("ar") ? "dir=\"rtl\"" : "dir=\"ltr\"";
        const std::regex cells("<(table|td|th)[ >][^>]*>");
        for (std::sregex_iterator cell(html.begin(), html.end(), cells), end; cell != end; ++cell)
            EXPECT_NE(cell->str().find(dir), std::string::npos) << cell->str();
        EXPECT_FALSE(std::regex_search(html, std::regex("<a [^>]*dir=")));
    }
}

TEST_F(DigestMailTest, both_parts_say_why_and_how_to_stop_it) {
    const auto content = render_digest(mail);
    for (const auto& part : {content.text, content.html}) {
        EXPECT_NE(part.find("m/digest?t=TOKEN"), std::string::npos);
        EXPECT_NE(part.find("You get this as a manager"), std::string::npos);
    }
    EXPECT_EQ(content.text.find("{{"), std::string::npos);
    EXPECT_EQ(content.text.find("\n\n\n"), std::string::npos) << content.text;
    EXPECT_EQ(content.reason, "digest daily");
}

TEST_F(DigestMailTest, a_quiet_day_has_no_empty_charts) {
    mail.digest = {};
    mail.digest.bars.resize(12);
    mail.digest.open = 1;
    const auto content = render_digest(mail);
    EXPECT_EQ(content.html.find("height=\"14\""), std::string::npos);
    EXPECT_EQ(content.subject, "[Rasid] Nasma, Thursday: 0 mentions, 0 late");
}

}  // namespace
}  // namespace rasid
