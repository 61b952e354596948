#include "web/events.hpp"

#include "tests/web/event_listener.hpp"
#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

TEST(Events, begin_with_hello_and_the_time) {
    WebHouse house;
    EventListener listener(house.sign_in("Sara"));
    EXPECT_NE(listener.head.find("text/event-stream"), std::string::npos);
    EXPECT_NE(listener.head.find("Cache-Control: no-store"), std::string::npos);
    const auto hello = listener.next();
    EXPECT_EQ(hello.name, "hello");
    EXPECT_EQ(hello.data, R"({"now":"2026-03-01T12:00:00.000Z"})");
    EXPECT_FALSE(hello.id.empty());
}

TEST(Events, tell_of_an_action_with_the_row_and_the_counts) {
    WebHouse house;
    const auto ticket = house.hear("coffee");
    auto sara = house.sign_in("Sara");
    EventListener listener(sara);
    listener.next("counts");
    ASSERT_EQ(sara.change("POST", "/api/v1/tickets/" + ticket + "/actions", R"({"action":"take"})",
                          {{"If-Match", "1"}, {"Idempotency-Key", "k"}})
                  .status,
              200);
    const auto event = listener.next("ticket");
    const auto json = parse_json(event.data);
    ASSERT_TRUE(json) << event.data;
    EXPECT_EQ(json->root()["cause"].text_or(""), "assigned");
    EXPECT_EQ(json->root()["ticket"]["id"].text_or(""), ticket);
    EXPECT_EQ(json->root()["ticket"]["assignee"]["name"].text_or(""), "Sara");
    EXPECT_EQ(parse_json(listener.next("counts").data)->root()["counts"]["mine"].integer(), 1);
}

TEST(Events, of_other_brands_and_of_mails_reach_only_those_who_may_know) {
    WebHouse house;
    const auto ticket = house.hear("coffee");
    EventListener omar(house.sign_in("Omar"));
    EventListener mona(house.sign_in("Mona"));
    house.on_loop([&] {
        house.server->events().ticket(ticket, "opened");
        OutboxItem mail;
        mail.id = "m-1";
        mail.kind = "escalation";
        mail.ticket = ticket;
        mail.payload = R"({"subject":"Complaint"})";
        house.server->events().mail(mail);
    });
    EXPECT_EQ(parse_json(mona.next("ticket").data)->root()["ticket"]["id"].text_or(""), ticket);
    EXPECT_EQ(parse_json(mona.next("mail").data)->root()["subject"].text_or(""), "Complaint");
    house.on_loop([&] { house.server->events().source("toots", "failing"); });
    std::vector<std::string> heard;
    for (auto event = omar.next(); event.name != "source" && !event.name.empty(); event = omar.next())
        heard.push_back(event.name);
    for (const auto& name : heard) EXPECT_TRUE(name == "hello" || name == "counts" || name == "heartbeat") << name;
}

TEST(Events, go_on_where_the_stream_broke) {
    WebHouse house;
    const auto sara = house.sign_in("Sara");
    std::string last;
    {
        EventListener listener(sara);
        house.on_loop([&] { house.server->events().source("a", "healthy"); });
        last = listener.next("source").id;
    }
    house.on_loop([&] {
        house.server->events().source("b", "healthy");
        house.server->events().source("c", "healthy");
    });
    EventListener again(sara, last);
    EXPECT_EQ(again.next().name, "hello");
    EXPECT_EQ(again.next("source").data, R"({"name":"b","state":"healthy"})");
    EXPECT_EQ(again.next("source").data, R"({"name":"c","state":"healthy"})");
}

TEST(Events, that_are_no_longer_remembered_make_the_page_read_again) {
    WebHouse house;
    const auto sara = house.sign_in("Sara");
    for (const auto* id : {"01BEFORETHERESTART-7", "garbage", "-1"}) {
        EventListener listener(sara, id);
        EXPECT_EQ(listener.next().name, "hello") << id;
        EXPECT_EQ(listener.next().name, "reset") << id;
    }
    EventListener first(sara);
    const auto hello = first.next();
    house.on_loop([&] {
        for (std::size_t i = 0; i < EventHub::kRemembered + 1; ++i)
            house.server->events().source("a", std::to_string(i));
    });
    EventListener late(sara, hello.id);
    EXPECT_EQ(late.next().name, "hello");
    EXPECT_EQ(late.next().name, "reset");
}

TEST(Events, beat_while_nothing_happens) {
    WebHouse house([](WebConfig& config) { config.heartbeat = 50ms; });
    EventListener listener(house.sign_in("Sara"));
    const auto beat = listener.next("heartbeat");
    EXPECT_EQ(beat.data, R"({"now":"2026-03-01T12:00:00.000Z"})");
    EXPECT_FALSE(beat.id.empty());
}

TEST(Events, end_with_the_session) {
    WebHouse house([](WebConfig& config) { config.heartbeat = 50ms; });
    auto sara = house.sign_in("Sara");
    EventListener listener(sara);
    listener.next("heartbeat");
    ASSERT_EQ(sara.change("DELETE", "/api/v1/session").status, 204);
    EXPECT_TRUE(listener.ended());
    const auto idle = house.sign_in("Sara");
    EventListener forgotten(idle);
    house.clock.advance(31min);
    EXPECT_TRUE(forgotten.ended());
}

TEST(Events, of_an_incident_say_what_rose_to_those_of_its_brand) {
    WebHouse house;
    EventListener omar(house.sign_in("Omar"));
    EventListener mona(house.sign_in("Mona"));
    IncidentRise rise{.ticket = "t1", .series = {"nasma", Series::Kind::rule, "late order"}};
    rise.incident.found_with = 30;
    rise.incident.reason = {"incident.volume", {"30", "4.2"}};
    house.on_loop([&] {
        house.server->events().incident(rise);
        house.server->events().source("toots", "healthy");
    });
    const auto json = parse_json(mona.next("incident").data);
    ASSERT_TRUE(json);
    EXPECT_EQ(json->root()["ticket"].text_or(""), "t1");
    EXPECT_EQ(json->root()["series"].text_or(""), "rule:late order");
    EXPECT_EQ(json->root()["found"].integer(), 30);
    EXPECT_EQ(json->root()["reason"].text_or(""), "30 mentions within an hour, usual are 4.2");
    for (auto event = omar.next(); event.name != "source"; event = omar.next()) ASSERT_NE(event.name, "incident");
}

TEST(Events, end_when_a_person_is_removed_or_gets_another_role) {
    WebHouse house;
    auto admin = house.sign_in("Adam");
    EventListener sara(house.sign_in("Sara"));
    EventListener mona(house.sign_in("Mona"));
    ASSERT_EQ(admin.change("DELETE", "/api/v1/setup/people/Sara").status, 200);
    EXPECT_TRUE(sara.ended());
    ASSERT_EQ(
        admin.change("PUT", "/api/v1/setup/people/Mona", R"({"email":"mona@example.org","role":"moderator"})").status,
        200);
    EXPECT_TRUE(mona.ended());
}

TEST(Events, are_told_in_the_language_that_the_account_reads_now) {
    WebHouse house;
    auto sara = house.sign_in("Sara");
    EventListener listener(sara);
    ASSERT_EQ(sara.change("PATCH", "/api/v1/session/person", R"({"language":"ar"})").status, 200);
    IncidentRise rise{.ticket = "t1", .series = {"nasma", Series::Kind::rule, "late order"}};
    rise.incident.reason = {"incident.volume", {"30", "4.2"}};
    house.on_loop([&] {
        house.server->events().incident(rise);
        house.server->events().source("toots", "healthy");
    });
    const auto json = parse_json(listener.next("incident").data);
    ASSERT_TRUE(json);
    EXPECT_EQ(json->root()["reason"].text_or(""), "30 إشارة خلال ساعة، والمعتاد \u20684.2\u2069");
    for (auto event = listener.next(); event.name != "source"; event = listener.next())
        ASSERT_NE(event.name, "incident") << "once, not once a language";
}

TEST(Events, say_bye_before_the_server_stops) {
    auto house = std::make_unique<WebHouse>();
    EventListener listener(house->sign_in("Sara"));
    listener.next("counts");
    house.reset();
    EXPECT_EQ(listener.next("bye").name, "bye");
    EXPECT_TRUE(listener.ended());
}

TEST(EventHub, cuts_off_a_reader_who_leaves_too_much_unread) {
    boost::asio::io_context loop;
    SharedClock clock;
    RealRandom random;
    EventHub hub(loop.get_executor(), clock, random);
    const auto slow = hub.open(Person{.id = "p"}, false, "s", "");
    const std::string big(10000, 'x');
    for (int i = 0; i < 6; ++i) hub.publish("source", "\"" + big + "\"", {.any_brand = true});
    EXPECT_FALSE(slow->ended());
    hub.publish("source", "\"" + big + "\"", {.any_brand = true});
    EXPECT_TRUE(slow->ended());
    hub.close(slow);
    EXPECT_EQ(hub.size(), 0u);
}

}  // namespace
}  // namespace rasid
