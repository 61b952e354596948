#include "daemon/notifier.hpp"

#include "core/mail_payload.hpp"
#include "escalation/route.hpp"
#include "escalation/rungs.hpp"
#include "tests/daemon/store_house.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace rasid {
namespace {

using namespace std::chrono_literals;
using Command = TicketCommand::Kind;

constexpr const char* kNotifierSetup = R"(
[[person]]
name = "Sara"
email = "sara@example.org"

[[person]]
name = "Khalid"
email = "khalid@example.org"
role = "manager"

[[person]]
name = "Omar"
email = "omar@example.org"
role = "admin"

[[ladder]]
name = "care"
steps = [{ at = "50%", to = "role:moderator" }, { at = "100%", to = "role:manager" }]

[[queue]]
name = "care"
first_response = "1h"
ladder = "care"
brand = "nasma"
)";

/// Each step of time takes what is due of the ladders and tells people.
class House : public StoreHouse {
public:
    explicit House(const std::string& more = {}) : StoreHouse(kNotifierSetup + more) {}

    std::string open(Priority priority = Priority::normal, const std::string& rule = "complaints") {
        auto stored = heard("care");
        stored.verdict.brand = "nasma";
        stored.verdict.rules = {rule};
        stored.verdict.priority = priority;
        auto change = opened_by(stored);
        // The sum of reasons is not what these tests are about.
        change.after.priority = priority;
        for (auto& event : change.events)
            if (event.opening) event.opening->priority = priority;
        return keep(std::move(stored), change);
    }

    void act(const std::string& ticket, const std::string& person, Command kind, const std::string& whom = {}) {
        const auto current = store->ticket(ticket);
        const auto history = store->events_of(ticket);
        TicketCommand order{.kind = kind, .actor = id_of(person), .person = whom.empty() ? whom : id_of(whom)};
        const auto change = command(policies(), *current, history, order, random, now);
        ASSERT_TRUE(change) << change.error().what;
        store->apply(*change, {}, {});
    }

    void say(const std::string& ticket, const std::string& person, const std::string& note) {
        const auto history = store->events_of(ticket);
        const TicketCommand order{.kind = Command::note, .actor = id_of(person), .text = note};
        const auto change = command(policies(), *store->ticket(ticket), history, order, random, now);
        ASSERT_TRUE(change) << change.error().what;
        store->apply(*change, {}, {});
    }

    void escalate_due() {
        for (const auto& ticket : store->tickets_to_check(now, 1000)) {
            const auto history = store->events_of(ticket.id);
            store->apply(escalate(policies(), ticket, history, random, now).change, {}, {});
        }
    }

    void tell() {
        const NoticeLinks links{
            [](std::string_view ticket, std::string_view person) {
                return "https://rasid.example/m/ack?t=" + std::string(ticket) + std::string(person);
            },
            [](std::string_view ticket) { return "https://rasid.example/tickets/" + std::string(ticket); },
            "https://rasid.example/", "https://rasid.example/settings"};
        for (int turns = 0; store->anything_to_tell(now); ++turns) {
            ASSERT_LT(turns, 100) << "a turn leaves nothing due";
            tell_people(*store, policies(), links, "Asia/Riyadh", random, now);
        }
    }

    /// In small steps; hours in larger ones, since nothing in them depends on seconds.
    void run(Duration time) {
        const Duration step = time > 2h ? 5min : 15s;
        for (const auto end = now + time; now < end;) {
            now += step;
            escalate_due();
            tell();
        }
    }

    /// Of the outbox, oldest first.
    std::vector<OutboxItem> mails(const std::string& to = {}) {
        auto list = store->mails("", 1000);
        std::ranges::reverse(list);
        std::erase_if(list, [&](const OutboxItem& mail) { return !to.empty() && mail.to != to + "@example.org"; });
        return list;
    }
    static MailPayload payload(const OutboxItem& mail) { return *parse_mail_payload(mail.payload); }
};

TEST(Notifier, a_step_of_the_ladder_comes_to_one_mail_half_a_minute_later) {
    House house;
    const auto ticket = house.open();
    house.run(30min + 15s);
    EXPECT_TRUE(house.mails().empty()) << "more may come of it";
    house.run(30s);
    const auto mails = house.mails();
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_EQ(mails[0].to, "sara@example.org");
    EXPECT_EQ(mails[0].kind, "escalation");
    EXPECT_EQ(mails[0].ticket, ticket);
    EXPECT_NE(House::payload(mails[0]).html.find("/m/ack?t="), std::string::npos);
    EXPECT_NE(House::payload(mails[0]).reason.find("first_response 50%"), std::string::npos);
    house.run(1h);
    EXPECT_EQ(house.mails("khalid").size(), 1U);
    EXPECT_EQ(house.mails("sara").size(), 1U);
}

TEST(Notifier, the_wait_is_a_setting) {
    House house("[notifications]\nwait = \"0s\"\n");
    house.open();
    house.run(30min);
    EXPECT_EQ(house.mails("sara").size(), 1U);
}

TEST(Notifier, those_who_were_told_hear_what_became_of_it_but_not_of_what_they_did_themselves) {
    House house;
    const auto ticket = house.open();
    house.run(62min);
    ASSERT_EQ(house.mails().size(), 2U);
    house.act(ticket, "Sara", Command::take);
    house.run(10min);
    ASSERT_EQ(house.mails("khalid").size(), 2U);
    EXPECT_EQ(house.mails("sara").size(), 1U);
    const auto update = house.mails("khalid").back();
    EXPECT_EQ(update.kind, "update");
    EXPECT_EQ(House::payload(update).subject, "Re: " + House::payload(house.mails("khalid").front()).subject);
    EXPECT_TRUE(House::payload(update).text.starts_with("\u2068Sara\u2069 has taken it on"))
        << House::payload(update).text;
    house.act(ticket, "Khalid", Command::assign, "Omar");
    house.run(10min);
    EXPECT_EQ(house.mails("sara").size(), 2U);
    EXPECT_TRUE(house.mails("omar").empty()) << "no step has told him";
}

TEST(Notifier, an_escalation_is_repeated_after_four_hours_and_no_more_once_it_is_acknowledged) {
    House house;
    const auto ticket = house.open();
    house.run(61min + 4h);
    EXPECT_EQ(house.mails("sara").size(), 2U);
    EXPECT_EQ(house.mails("khalid").size(), 2U) << "30 s after the target, and 4 h after that";
    house.act(ticket, "Omar", Command::acknowledge);
    house.run(20h);
    for (const auto& mail : house.mails("sara")) EXPECT_LE(mail.created_at, house.now - 20h + 5min);
    EXPECT_EQ(house.mails("sara").back().kind, "update");
}

TEST(Notifier, an_answer_ends_what_the_first_response_asked_for) {
    House house;
    const auto ticket = house.open();
    house.run(31min);
    ASSERT_EQ(house.mails("sara").size(), 1U);
    house.act(ticket, "Omar", Command::answered_elsewhere);
    house.run(20h);
    EXPECT_EQ(house.mails("sara").size(), 1U);
}

TEST(Notifier, many_tickets_of_one_rule_go_in_one_mail) {
    House house;
    for (int i = 0; i < 9; ++i) house.open();
    house.open(Priority::normal, "praise");
    house.run(31min);
    const auto mails = house.mails("sara");
    ASSERT_EQ(mails.size(), 2U) << "nine complaints, and the praise";
    const auto burst = std::ranges::find(mails, "", &OutboxItem::ticket);
    ASSERT_NE(burst, mails.end());
    EXPECT_EQ(House::payload(*burst).subject, "[Rasid] complaints: 9 tickets within minutes");
    house.run(1min);
    for (int i = 0; i < 3; ++i) house.open();
    EXPECT_EQ(house.mails("sara").size(), 2U);
}

TEST(Notifier, four_tickets_are_no_burst) {
    House house;
    for (int i = 0; i < 4; ++i) house.open();
    house.run(31min);
    EXPECT_EQ(house.mails("sara").size(), 4U);
}

TEST(Notifier, quiet_hours_hold_what_is_not_critical) {
    House house;
    auto sara = *house.store->person(house.id_of("Sara"));
    sara.quiet = DayInterval{10 * 60, 20 * 60};  // in Riyadh, where it is 11
    house.store->put_person_preferences(sara);
    house.open();
    house.open();
    const auto grave = house.open(Priority::critical);
    house.run(35min);
    ASSERT_EQ(house.mails("sara").size(), 1U);
    EXPECT_EQ(house.mails("sara")[0].ticket, grave);
    house.act(grave, "Omar", Command::acknowledge);
    house.run(8h + 30min);
    const auto mails = house.mails("sara");
    ASSERT_EQ(mails.size(), 2U);
    EXPECT_EQ(House::payload(mails[1]).subject, "[Rasid] 3 tickets during your quiet hours");
}

TEST(Notifier, updates_can_be_switched_off) {
    House house;
    auto sara = *house.store->person(house.id_of("Sara"));
    sara.updates = false;
    house.store->put_person_preferences(sara);
    const auto ticket = house.open();
    house.run(31min);
    house.act(ticket, "Omar", Command::resolve);
    house.run(1h);
    EXPECT_EQ(house.mails("sara").size(), 1U);
}

TEST(Notifier, what_is_meant_for_somebody_reaches_him_whatever_he_chose) {
    House house;
    auto khalid = *house.store->person(house.id_of("Khalid"));
    khalid.updates = false;
    house.store->put_person_preferences(khalid);
    const auto ticket = house.open();
    house.say(ticket, "Sara", "what do you think, @Khalid?");
    house.run(1min);
    ASSERT_EQ(house.mails("khalid").size(), 1u);
    EXPECT_EQ(house.mails("khalid")[0].kind, "update");
    const auto letter = House::payload(house.mails("khalid")[0]);
    EXPECT_NE(letter.text.find("\u2068Sara\u2069 named you in a note"), std::string::npos) << letter.text;
    EXPECT_NE(letter.text.find("A colleague named you"), std::string::npos) << letter.text;
    house.say(ticket, "Sara", "nobody in particular");
    house.run(10min);
    EXPECT_EQ(house.mails("khalid").size(), 1u);
    EXPECT_TRUE(house.mails("sara").empty()) << "who wrote it knows";
}

TEST(Notifier, somebody_who_is_gone_is_told_nothing_and_is_in_nobodys_way) {
    House house;
    house.open();
    house.run(30min);
    auto setup = house.store->setup();
    std::erase_if(setup.people, [](const Person& person) { return person.name == "Sara"; });
    house.store->put_setup(setup);
    house.run(1h);
    EXPECT_TRUE(house.mails("sara").empty());
    EXPECT_EQ(house.mails("khalid").size(), 1U);
}

TEST(MustNotHappen, an_escalation_lost_or_sent_twice_by_a_restart) {
    House house;
    house.open();
    for (int i = 0; i < 40; ++i) {  // a crash between any two steps
        house.now += 2min;
        house.escalate_due();
        house.reopen();
        house.tell();
        house.reopen();
    }
    EXPECT_EQ(house.mails("sara").size(), 1U);
    EXPECT_EQ(house.mails("khalid").size(), 1U);
}

TEST(MustNotHappen, an_escalation_forgotten_because_the_clock_was_set_back) {
    House house;
    house.now += 24h;
    house.open();
    house.now += 30min;
    house.escalate_due();
    house.tell();
    const auto sara = house.id_of("Sara");
    ASSERT_EQ(house.store->inbox(sara).groups.size(), 1U);
    house.now -= 24h;
    // As the notifier does when it sees that.
    house.store->put_inbox(sara, house.store->inbox(sara), house.now);
    house.run(1min);
    EXPECT_EQ(house.mails("sara").size(), 1U);
    house.run(25h);
    EXPECT_LE(house.mails("sara").size(), 8U) << "a repeat every four hours and no more";
}

TEST(MustNotHappen, a_mail_for_a_change_that_changed_nothing) {
    House house;
    const auto ticket = house.open();
    house.run(31min);
    house.act(ticket, "Omar", Command::acknowledge);
    house.run(10min);
    house.act(ticket, "Omar", Command::take);
    house.run(10min);
    const auto mails = house.mails("sara");
    ASSERT_EQ(mails.size(), 2U) << "Omar had it before, too";
    EXPECT_EQ(mails[1].kind, "update");
}

TEST(MustNotHappen, a_mail_about_a_ticket_that_somebody_took_before_the_mail_was_written) {
    House house;
    const auto ticket = house.open();
    house.run(30min + 15s);
    house.act(ticket, "Omar", Command::take);
    house.run(20h);
    EXPECT_TRUE(house.mails().empty()) << "nor an update of what nobody was told of";
}

TEST(MustNotHappen, a_breach_told_to_every_admin) {
    House house;
    house.open();
    house.run(30h);
    EXPECT_TRUE(house.mails("omar").empty());
    EXPECT_FALSE(house.mails("khalid").empty());
}

TEST(MustNotHappen, mass_mail_at_midnight) {
    House house;
    auto sara = *house.store->person(house.id_of("Sara"));
    sara.quiet = DayInterval{9 * 60, 24 * 60 - 1};  // 23:59 in Riyadh
    house.store->put_person_preferences(sara);
    for (int i = 0; i < 60; ++i) house.open(Priority::normal, "rule " + std::to_string(i));
    house.run(13h + 10min);
    EXPECT_EQ(house.mails("sara").size(), 1U);
}

TEST(MustNotHappen, more_mails_than_the_ceiling_however_many_tickets_come) {
    House house;
    for (int i = 0; i < 60; ++i) house.open(Priority::normal, "rule " + std::to_string(i));
    house.run(50min);
    EXPECT_LE(house.mails("sara").size(), 13U);
    std::set<std::string> subjects;
    for (const auto& mail : house.mails("sara")) subjects.insert(House::payload(mail).subject);
    EXPECT_TRUE(subjects.contains("[Rasid] and 48 more tickets")) << *subjects.begin();
}

}  // namespace
}  // namespace rasid
