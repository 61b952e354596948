#include "daemon/incident_desk.hpp"

#include "daemon/incident_letter.hpp"
#include "daemon/incident_story.hpp"
#include "daemon/intake.hpp"
#include "daemon/setup_check.hpp"
#include "escalation/route.hpp"
#include "escalation/rungs.hpp"
#include "tests/daemon/store_house.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rasid {
namespace {

using namespace std::chrono_literals;

const Instant kStart = Instant(std::chrono::sys_days(std::chrono::year(2026) / 3 / 2)) + 10h;

constexpr const char* kIncidentSetup = R"(
[[person]]
name = "Sara"
email = "sara@example.org"
[[ladder]]
name = "care"
steps = [ { at = "50%", to = "role:moderator" } ]
[[queue]]
name = "care"
first_response = "15m"
resolution = "8h"
ladder = "care"
brand = "nasma"
[[queue]]
name = "safety"
first_response = "5m"
brand = "nasma"
[[rule]]
name = "late order"
query = 'late'
queue = "care"
tags = ["complaint"]
brand = "nasma"
[[rule]]
name = "safety"
query = 'glass'
queue = "safety"
priority = "critical"
brand = "nasma"
)";

/// Pages taken into a real store whose series are known for two weeks, one mention every other hour.
class IncidentDeskTest : public testing::Test, protected StoreHouse {
protected:
    IncidentDeskTest() : StoreHouse(kIncidentSetup) {
        now = kStart;
        decisions = decisions_of(store->setup());
        Intake known;
        for (const auto& series :
             {Series{"nasma", Series::Kind::rule, "late order"}, Series{"nasma", Series::Kind::tag, "complaint"},
              Series{"nasma", Series::Kind::source, "news"}}) {
            for (int hour = 2; hour <= 14 * 24; hour += 2)
                known.hours.push_back({series, kStart - std::chrono::hours(hour), {1, 0}});
        }
        store->take(known);
    }

    /// The daemon is ended and started.
    void restart() {
        reopen();
        desk = {};
        duplicates = DuplicateIndex();
        remember_stored(duplicates, *store, now);
    }

    Mention post(const std::string& text, const std::string& platform = "x") {
        Mention mention;
        mention.key = {platform, std::to_string(++posted)};
        mention.author.handle = "author" + std::to_string(posted);
        mention.text = text;
        mention.created_at = now;
        return mention;
    }

    std::vector<Ticket> take(const std::vector<Mention>& mentions) {
        Page page;
        page.mentions = mentions;
        const auto contexts = contexts_of(*store, mentions, decisions->default_plan);
        std::vector<Verdict> verdicts;
        for (std::size_t i = 0; i < mentions.size(); ++i)
            verdicts.push_back(assess(decisions->rules, mentions[i], contexts[i]));
        const auto intake = decide(*store, *decisions, {"news", "nasma", kStart - 1000h}, page, verdicts, random, now,
                                   &duplicates, &desk);
        auto tickets = rasid::take(*store, intake);
        remember(duplicates, intake);
        return tickets;
    }

    void take_posts(int count, const std::string& text = "late again, nothing came for ages, waiting here") {
        std::vector<Mention> page;
        for (int i = 0; i < count; ++i) page.push_back(post(text));
        take(page);
    }

    IncidentNews tick() { return tick_incidents(*store, desk, decisions->incidents, decisions->policies, random, now); }
    IncidentNews tick_for(Duration time) {
        IncidentNews all;
        for (const auto end = now + time; now < end; now += 1min) {
            auto news = tick();
            all.tickets.insert(all.tickets.end(), news.tickets.begin(), news.tickets.end());
            all.rises.insert(all.rises.end(), news.rises.begin(), news.rises.end());
        }
        return all;
    }

    std::vector<std::string> incidents() { return store->incidents({}, false, "", 100); }
    std::vector<Ticket> members() { return store->tickets_of_incident(incidents().at(0), "", 1000); }

    std::shared_ptr<const Decisions> decisions;
    DuplicateIndex duplicates;
    IncidentDesk desk;
    int posted = 0;
};

TEST_F(IncidentDeskTest, four_hundred_reposts_on_one_page_are_one_parent_with_members_and_one_escalation) {
    take_posts(400);
    ASSERT_EQ(incidents().size(), 1u);
    const auto parent = *store->ticket(incidents()[0]);
    EXPECT_EQ(parent.queue, "care");
    EXPECT_EQ(parent.priority, Priority::high);
    EXPECT_GT(parent.number, 0);
    EXPECT_EQ(members().size(), 400u);
    EXPECT_EQ(store->rises_of(parent.id).size(), 3u) << "rule, tag and source rose by the same mentions";
    EXPECT_EQ(store->tickets({.now = now}).tickets.size(), 1u) << "the others stand below it";

    now += 10min;
    int climbing = 0;
    for (const auto& ticket : store->tickets_to_check(now, 1000)) {
        const auto change = escalate(decisions->policies, ticket, store->events_of(ticket.id), random, now).change;
        climbing += static_cast<int>(std::ranges::count(change.events, TicketEventKind::notified, &TicketEvent::kind));
    }
    EXPECT_EQ(climbing, 1);
}

TEST_F(IncidentDeskTest, a_rise_over_many_pages_opens_one_incident_and_takes_in_what_came_before_it_was_found) {
    for (int i = 0; i < 40; ++i) {
        now += 30s;
        take({post("late order " + std::to_string(i))});
    }
    EXPECT_EQ(incidents().size(), 1u);
    EXPECT_EQ(members().size(), 40u);
    const auto last = *store->ticket(members().back().id);
    EXPECT_NE(std::ranges::find(last.reasons, "priority.incident", &Reason::code), last.reasons.end());
}

TEST_F(IncidentDeskTest, a_usual_day_opens_none) {
    for (int i = 0; i < 12; ++i) {
        now += 2h;
        take({post("late order")});
        tick();
    }
    EXPECT_TRUE(incidents().empty());
    EXPECT_EQ(store->hours_of({"nasma", Series::Kind::rule, "late order"}, kStart, now + 1h).size(), 12u);
}

TEST_F(IncidentDeskTest, what_is_more_urgent_than_the_incident_climbs_on_its_own) {
    take_posts(30);
    const auto safety = take({post("glass in my cup, late as well")});
    const auto ticket = *std::ranges::find(safety, "safety", &Ticket::queue);
    EXPECT_EQ(ticket.incident, "");
}

TEST_F(IncidentDeskTest, a_copy_of_the_text_elsewhere_is_a_member_whatever_hit_it) {
    const std::string text = "nasma has kept me waiting for two hours and nobody answers, late as ever";
    take_posts(30, text);
    auto copy = post(text, "mastodon");
    const auto taken = take({copy});
    EXPECT_EQ(taken.at(0).incident, incidents()[0]);
}

TEST_F(IncidentDeskTest, a_restart_tells_nothing_twice_and_goes_on_where_it_was) {
    take_posts(30);
    restart();
    take_posts(10);
    ASSERT_EQ(incidents().size(), 1u);
    EXPECT_EQ(members().size(), 40u);
    restart();
    const auto news = tick_for(4h);
    EXPECT_EQ(news.rises.size(), 3u) << "it ends all the same";
    EXPECT_EQ(news.tickets.size(), 41u);
}

TEST_F(IncidentDeskTest, once_it_is_over_members_climb_again_and_the_tickets_say_so) {
    take_posts(30);
    const auto news = tick_for(4h);
    EXPECT_FALSE(news.rises.empty());
    for (const auto& member : members()) {
        EXPECT_FALSE(member.incident_runs);
        EXPECT_FALSE(member.held_by_incident());
    }
    EXPECT_FALSE(store->ticket(incidents()[0])->incident_runs);
    EXPECT_TRUE(tick_for(1h).tickets.empty()) << "once";
}

TEST_F(IncidentDeskTest, what_flares_up_soon_is_the_same_incident_unless_somebody_closed_it) {
    take_posts(30);
    const auto ended = tick_for(100min);
    ASSERT_FALSE(ended.rises.empty());
    take_posts(30);
    ASSERT_EQ(incidents().size(), 1u);
    EXPECT_TRUE(store->ticket(incidents()[0])->incident_runs);
    EXPECT_EQ(members().size(), 60u);

    tick_for(100min);
    const auto parent = *store->ticket(incidents()[0]);
    const auto closed = command(decisions->policies, parent, store->events_of(parent.id),
                                {.kind = TicketCommand::Kind::resolve, .actor = "p"}, random, now);
    store->apply(*closed, {}, {});
    take_posts(60);
    EXPECT_EQ(incidents().size(), 2u);
}

TEST_F(IncidentDeskTest, a_clock_that_jumps_a_day_tells_nothing_twice_and_forgets_nothing) {
    take_posts(30);
    now += 24h;
    tick();
    now -= 24h;
    tick();
    now += 1min;
    take_posts(5);
    EXPECT_EQ(incidents().size(), 1u);
    EXPECT_EQ(members().size(), 35u);
}

TEST_F(IncidentDeskTest, a_page_that_was_not_stored_counts_when_it_comes_again) {
    for (int i = 0; i < 2; ++i) {
        Page page;
        for (int n = 0; n < 30; ++n) page.mentions.push_back(post("late order " + std::to_string(n)));
        std::vector<Verdict> verdicts;
        for (const auto& mention : page.mentions) verdicts.push_back(assess(decisions->rules, mention, {}));
        decide(*store, *decisions, {"news", "nasma", kStart - 1000h}, page, verdicts, random, now, nullptr, &desk);
        desk.forget();
    }
    take_posts(30);
    ASSERT_EQ(incidents().size(), 1u);
    EXPECT_EQ(store->rises_of(incidents()[0]).front().incident.members, 30);
}

TEST_F(IncidentDeskTest, a_mail_about_it_says_what_rose_in_its_reader_s_language) {
    take_posts(30);
    const auto parent = *store->ticket(incidents()[0]);
    const auto english = incident_in_words(*store, parent, "en").text;
    EXPECT_NE(english.find(" mentions within an hour, usually "), std::string::npos) << english;
    EXPECT_NE(english.find("30 tickets below it, for example:\n• late again"), std::string::npos) << english;
    const auto arabic = incident_in_words(*store, parent, "ar").text;
    EXPECT_NE(arabic.find("خلال ساعة، والمعتاد"), std::string::npos) << arabic;
}

TEST_F(IncidentDeskTest, switched_off_it_counts_and_finds_nothing) {
    auto setup = store->setup();
    setup.incidents.enabled = false;
    decisions = decisions_of(setup);
    take_posts(100);
    EXPECT_TRUE(incidents().empty());
    EXPECT_EQ(store->hours_of({"nasma", Series::Kind::rule, "late order"}, kStart, now + 1h).at(0).count.total, 100);
}

TEST_F(IncidentDeskTest, the_backtest_reads_what_is_stored_and_says_when_it_would_have_fired) {
    // Nine days of stored mentions, one every three hours; the hours kept for the watch are not what it reads.
    const auto end = now;
    for (now = end - 9 * 24h; now < end; now += 3h) take({post("late order")});
    now = end;
    take_posts(40);
    const auto all = backtest_story(*store, store->setup(), {}, end - 10 * 24h, end + 1h);
    EXPECT_NE(all.find("rule:late order (nasma): 112 mentions\n  2026-03-02T10:00:00.000Z volume: "), std::string::npos)
        << all;
    EXPECT_NE(all.find("source:news (nasma)"), std::string::npos);
    const auto one = backtest_story(*store, store->setup(), parse_series("tag:complaint"), end - 10 * 24h, end + 1h);
    EXPECT_EQ(one.find("rule:"), std::string::npos);
    const auto none = backtest_story(*store, store->setup(), parse_series("rule:none"), end - 10 * 24h, end + 1h);
    EXPECT_NE(none.find("nothing was heard"), std::string::npos);
    EXPECT_NE(incidents_story(*store, 10).find("tickets below it"), std::string::npos);
}

}  // namespace
}  // namespace rasid
