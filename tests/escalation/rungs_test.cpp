#include "core/json.hpp"
#include "escalation/rungs.hpp"
#include "escalation/webhook.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace rasid {
namespace {

using namespace std::chrono_literals;

Instant at(std::string_view text) { return parse_rfc3339(text).value(); }

class RungsTest : public ::testing::Test {
protected:
    RungsTest() {
        people = {{.id = "sara", .name = "Sara", .role = Role::moderator},
                  {.id = "dana", .name = "Dana", .role = Role::moderator},
                  {.id = "khalid", .name = "Khalid", .role = Role::manager},
                  {.id = "omar", .name = "Omar", .role = Role::admin},
                  {.id = "ola", .name = "Ola", .role = Role::admin}};
        rungs = {{.at_percent = 50, .to = "role:moderator"},
                 {.at_percent = 80, .to = "on-call:care", .by = "slack"},
                 {.at_percent = 100, .to = "role:manager"},
                 {.at_percent = 150, .to = "person:Omar", .by = "webhook"}};
        rotas = {{.name = "care", .first_day = parse_date("2026-01-01").value(), .people = {"dana"}}};
        events = {
            {.id = "e0", .at = now, .kind = ClockEventKind::opened, .targets = {{Target::first_response, 60min, {}}}}};
        ticket = {.id = "t1", .unacknowledged_since = now};
    }

    RungsTaken tick() {
        auto taken = take_rungs(rungs, fold_clocks(events, now), ticket, people, rotas, now);
        ticket.taken.insert(ticket.taken.end(), taken.steps.begin(), taken.steps.end());
        return taken;
    }
    static std::vector<std::string> told(const RungsTaken& taken) {
        std::vector<std::string> lines;
        for (const auto& notice : taken.notices)
            lines.push_back(notice.person.name + " " + notice.by + " " + notice.step);
        return lines;
    }
    using Lines = std::vector<std::string>;

    Instant now = at("2026-03-01T08:00:00Z");
    std::vector<Person> people;
    std::vector<Rung> rungs;
    std::vector<Rota> rotas;
    std::vector<ClockEvent> events;
    LadderTicket ticket;
};

TEST_F(RungsTest, steps_are_taken_at_their_share_of_the_target_each_once) {
    EXPECT_TRUE(tick().notices.empty());
    now += 30min;
    EXPECT_EQ(told(tick()), (Lines{"Dana mail first_response/1/50", "Sara mail first_response/1/50"}));
    EXPECT_TRUE(tick().notices.empty());
    now += 18min;
    const auto second = tick();
    EXPECT_EQ(told(second), Lines{"Dana slack first_response/1/80"}) << "the one on call";
    EXPECT_EQ(second.next, now + 12min);
    EXPECT_EQ(second.notices[0].key, "t1/first_response/1/80/1/slack/dana");
}

TEST_F(RungsTest, a_breach_is_told_to_who_the_ladder_names_and_not_to_every_admin) {
    now += 90min;
    EXPECT_EQ(told(tick()),
              (Lines{"Dana mail first_response/1/50", "Sara mail first_response/1/50", "Dana slack first_response/1/80",
                     "Khalid mail first_response/1/100", "Omar webhook first_response/1/150"}));
    rungs = {{.at_percent = 200, .to = "role:moderator"}};
    people = {people[3], people[4]};
    now += 30min;
    EXPECT_TRUE(tick().notices.empty()) << "with nobody to tell it is not told to others instead";
}

TEST_F(RungsTest, an_acknowledgement_stops_the_ladder_and_reopening_begins_it_anew_under_new_keys) {
    now += 30min;
    const auto first = tick();
    ticket.acknowledged = true;
    now += 100h;
    EXPECT_TRUE(tick().notices.empty());
    EXPECT_FALSE(tick().next);
    events.push_back({.id = "e1", .at = now, .kind = ClockEventKind::resolved});
    events.push_back({.id = "e2", .at = now, .kind = ClockEventKind::reopened});
    ticket = {.id = "t1", .unacknowledged_since = now, .life = 2};
    EXPECT_EQ(tick().notices.front().key, "t1/first_response/1/50/2/mail/dana");
}

TEST_F(RungsTest, minutes_without_an_acknowledgement_count_from_the_opening_in_working_time) {
    rungs = {{.unacknowledged = 30min, .to = "role:manager"}};
    EXPECT_EQ(tick().next, now + 30min);
    now += 30min;
    EXPECT_EQ(told(tick()), Lines{"Khalid mail unacknowledged/1800"});
    EXPECT_TRUE(tick().notices.empty());

    Calendar office{.name = "office", .time_zone = "Asia/Riyadh"};
    for (std::size_t day = 0; day < 5; ++day) office.hours[day] = {{540, 1020}};
    now = at("2026-03-05T13:45:00Z");  // Thursday 16:45
    events = {{.id = "e0", .at = now, .kind = ClockEventKind::opened, .targets = {{Target::resolution, 8h, office}}}};
    ticket = {.id = "t2", .unacknowledged_since = now};
    EXPECT_EQ(tick().next, at("2026-03-08T06:15:00Z")) << "Sunday";
}

TEST_F(RungsTest, a_ticket_on_hold_climbs_no_ladder_and_goes_on_where_it_stopped) {
    now += 20min;
    events.push_back({.id = "e1", .at = now, .kind = ClockEventKind::status_changed, .status = TicketStatus::on_hold});
    now += 100h;
    EXPECT_TRUE(tick().notices.empty());
    events.push_back({.id = "e2", .at = now, .kind = ClockEventKind::status_changed});
    EXPECT_EQ(tick().next, now + 10min);
}

TEST_F(RungsTest, each_round_of_the_next_response_has_steps_of_its_own) {
    events[0].targets.push_back({Target::next_response, 60min, {}});
    for (int round = 1; round <= 2; ++round) {
        const auto id = std::to_string(round);
        events.push_back({.id = "a" + id, .at = now, .kind = ClockEventKind::answered});
        events.push_back({.id = "w" + id, .at = now, .kind = ClockEventKind::customer_wrote});
        now += 30min;
        EXPECT_EQ(told(tick()),
                  (Lines{"Dana mail next_response/" + id + "/50", "Sara mail next_response/" + id + "/50"}));
    }
}

TEST_F(RungsTest, a_step_below_one_already_taken_has_passed) {
    now += 60min;
    tick();
    rungs.insert(rungs.begin(), {.at_percent = 20, .to = "role:moderator"});
    EXPECT_TRUE(tick().steps.empty());
}

TEST_F(RungsTest, an_empty_shift_is_nobody_and_the_step_is_taken_all_the_same) {
    rotas[0].overrides = {{now, now + 100h, ""}};
    rungs = {{.at_percent = 50, .to = "on-call:care"}};
    now += 30min;
    const auto taken = tick();
    EXPECT_TRUE(taken.notices.empty());
    EXPECT_EQ(taken.steps, Lines{"first_response/1/50"});
}

WebhookNotice notice() {
    WebhookNotice result{
        .key = "t1/first_response/1/80/1/webhook/dana", .target = Target::first_response, .percent = 80};
    result.ticket.id = "t1";
    result.ticket.number = 4821;
    result.ticket.queue = "care";
    result.ticket.author.handle = "hind_z";
    result.due_at = at("2026-03-01T09:00:00Z");
    result.text = "<!channel> the latte was cold & \"late\"\n<https://evil.example|click>";
    result.ticket_url = "https://rasid.example/tickets/4821";
    return result;
}

TEST(Webhook, the_body_is_json_that_says_what_is_late) {
    const auto body = webhook_body(notice(), at("2026-03-01T08:48:00Z"));
    const auto parsed = parse_json(body);
    ASSERT_TRUE(parsed) << body;
    const auto root = parsed->root();
    EXPECT_EQ(root["version"].integer(), 1);
    EXPECT_EQ(root["target"].string(), "first_response");
    EXPECT_EQ(root["ticket"]["number"].integer(), 4821);
    EXPECT_EQ(root["due_at"].string(), "2026-03-01T09:00:00.000Z");
    EXPECT_EQ(root["mention"]["author"].string(), "hind_z");
}

TEST(Webhook, strangers_words_ring_no_channel_and_make_no_link_in_slack) {
    const auto body = slack_body(notice(), at("2026-03-01T09:48:00Z"));
    const auto parsed = parse_json(body);
    ASSERT_TRUE(parsed) << body;
    const auto text = std::string(parsed->root()["text"].string().value());
    EXPECT_EQ(text.find('<'), std::string::npos) << text;
    EXPECT_NE(text.find("&lt;!channel&gt;"), std::string::npos);
    EXPECT_NE(text.find("late since 2026-03-01T09:00:00.000Z"), std::string::npos);
    for (const auto& block : parsed->root()["blocks"].items()) EXPECT_EQ(block["text"]["type"].string(), "plain_text");
}

TEST(Webhook, a_long_text_is_cut) {
    auto long_one = notice();
    long_one.text.assign(1 << 20, 'x');
    EXPECT_LT(webhook_body(long_one, {}).size(), 4000U);
    long_one.text.clear();
    for (int i = 0; i < 100'000; ++i) long_one.text += "y\n";
    EXPECT_LT(webhook_body(long_one, {}).size(), 8000U);
}

TEST(Webhook, the_signature_is_hmac_sha256_as_documented) {
    // printf 'v1:1772354880:{}' | openssl dgst -sha256 -hmac secret
    const auto now = at("2026-03-01T08:48:00Z");
    const auto headers = webhook_headers("secret", "key", "{}", now);
    const std::map<std::string, std::string> by_name(headers.begin(), headers.end());
    EXPECT_EQ(by_name.at("X-Rasid-Timestamp"), "1772354880");
    EXPECT_EQ(by_name.at("X-Rasid-Signature"), "v1=b3afe9b10130289669d9b654927455c6083668fa7dfd1f14cff1ed1921409133");
    EXPECT_EQ(by_name.at("Idempotency-Key"), "key");
}

TEST(Webhook, a_receiver_refuses_a_changed_body_another_secret_and_a_call_played_again_later) {
    const auto now = at("2026-03-01T08:48:00Z");
    const auto headers = webhook_headers("secret", "key", "{}", now);
    const auto& stamp = headers[2].second;
    const auto& signature = headers[3].second;
    EXPECT_TRUE(webhook_is_genuine("secret", stamp, signature, "{}", now + 5min));
    EXPECT_FALSE(webhook_is_genuine("secret", stamp, signature, "{ }", now));
    EXPECT_FALSE(webhook_is_genuine("other", stamp, signature, "{}", now));
    EXPECT_FALSE(webhook_is_genuine("secret", stamp, signature, "{}", now + 5min + 1s));
    EXPECT_FALSE(webhook_is_genuine("secret", stamp, signature, "{}", now - 6min));
    EXPECT_FALSE(webhook_is_genuine("secret", std::to_string(std::stoll(stamp) + 60), signature, "{}", now))
        << "the time is signed";
    EXPECT_FALSE(webhook_is_genuine("secret", "99999999999999999999", signature, "{}", now));
    EXPECT_FALSE(webhook_is_genuine("secret", "", "", "{}", now));
}

}  // namespace
}  // namespace rasid
