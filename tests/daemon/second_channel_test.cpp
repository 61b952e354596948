#include "daemon/second_channel.hpp"

#include "core/mail_payload.hpp"
#include "escalation/rungs.hpp"
#include "tests/daemon/store_house.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rasid {
namespace {

using namespace std::chrono_literals;

class SecondChannel : public testing::Test, protected StoreHouse {
protected:
    /// A ticket that has been escalated to Khalid, and the mail about it.
    void escalate_to(const std::string& second) {
        put_setup(R"(
[[person]]
name = "Khalid"
email = "khalid@example.org"
role = "manager"
second = ")" + second +
                  R"("
[[person]]
name = "Maya"
email = "maya@example.org"
role = "manager"
brands = ["nasma"]
[[person]]
name = "Rami"
email = "rami@example.org"
role = "manager"
brands = ["other"]
[[person]]
name = "Omar"
email = "omar@example.org"
role = "admin"
[[ladder]]
name = "care"
steps = [{ at = "100%", to = "person:Khalid" }]
[[queue]]
name = "care"
first_response = "1h"
ladder = "care"
brand = "nasma"
)");
        auto stored = heard("care");
        stored.verdict.brand = "nasma";
        stored.verdict.rules = {"complaints"};
        const auto opened = opened_by(stored);
        mail.ticket = keep(std::move(stored), opened);
        now += 1h;
        const auto escalation =
            escalate(policies(), *store->ticket(mail.ticket), store->events_of(mail.ticket), random, now);
        store->apply(escalation.change, {}, {});
        store->forget_news(store->ticket_news(10));
        mail.id = "mail-1";
        mail.kind = "escalation";
        mail.key = "khalid/step/1";
        mail.to = "khalid@example.org";
        mail.event = std::ranges::find(escalation.change.events, TicketEventKind::notified, &TicketEvent::kind)->id;
        mail.payload = print_mail_payload({.subject = "[Rasid] #1001 complaints: Hind", .list = "nasma"});
        mail.created_at = mail.not_before = now;
        mail.attempts = 3;
        store->put_outbox(mail);
    }

    void tell() { tell_otherwise(*store, policies(), mail, "https://rasid.example/tickets/1", "UTC", random, now); }
    std::vector<OutboxItem> others() {
        auto due = store->outbox_due(now, 100);
        std::erase_if(due, [](const OutboxItem& item) { return item.id == "mail-1"; });
        return due;
    }

    OutboxItem mail;
};

TEST_F(SecondChannel, is_needed_after_the_third_failure_or_a_refusal_and_once) {
    mail.kind = "escalation";
    mail.key = "k";
    for (const int attempts : {0, 1, 2, 3, 4}) {
        mail.attempts = attempts;
        EXPECT_EQ(needs_second_channel(mail), attempts == 3) << attempts;
    }
    mail.state = OutboxState::dead;
    EXPECT_TRUE(needs_second_channel(mail));
    mail.key = "k/second";
    EXPECT_FALSE(needs_second_channel(mail)) << "there is no third one";
    mail.key = "k";
    mail.kind = "update";
    EXPECT_FALSE(needs_second_channel(mail)) << "updates are no duty";
}

TEST_F(SecondChannel, is_the_persons_other_address) {
    escalate_to("khalid@phone.example");
    tell();
    tell();
    const auto items = others();
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].to, "khalid@phone.example");
    EXPECT_EQ(items[0].payload, mail.payload);
    EXPECT_EQ(items[0].attempts, 0);
    EXPECT_FALSE(needs_second_channel(items[0]));
}

TEST_F(SecondChannel, is_a_webhook_that_works_without_the_mail_server) {
    escalate_to("slack:ops");
    tell();
    const auto items = others();
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].kind, "webhook");
    EXPECT_EQ(items[0].to, "ops");
}

TEST_F(SecondChannel, is_without_one_whoever_else_has_his_role_and_sees_the_brand) {
    escalate_to("");
    tell();
    EXPECT_TRUE(others().empty()) << "they get mails of their own, by their inboxes";
    EXPECT_EQ(store->inbox(id_of("Maya")).groups.size(), 1U);
    for (const auto* name : {"Khalid", "Rami", "Omar"}) EXPECT_TRUE(store->inbox(id_of(name)).groups.empty()) << name;
    EXPECT_EQ(store->inboxes_due(now, 10), std::vector<std::string>{id_of("Maya")});
}

TEST_F(SecondChannel, hears_of_what_waits_for_a_mail_server_that_is_left_alone) {
    escalate_to("slack:ops");
    mail.attempts = 0;
    store->update_outbox(mail);
    const auto url = [](std::string_view ticket) { return "https://rasid.example/tickets/" + std::string(ticket); };
    const auto fail = [&](const std::vector<std::string>& on_their_way) {
        now += 1min;
        return count_failure(*store, policies(), on_their_way, url, "UTC", random, now).size();
    };
    EXPECT_EQ(fail({"mail-1"}), 0U) << "what is on its way tells by itself";
    EXPECT_EQ(fail({}), 1U);
    EXPECT_EQ(fail({}), 1U);
    EXPECT_TRUE(others().empty());
    EXPECT_EQ(fail({}), 1U);
    const auto items = others();
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].to, "ops");
    EXPECT_NE(items[0].payload.find(mail.ticket), std::string::npos);
    EXPECT_EQ(store->outbox_item("mail-1")->attempts, 3);
    now += 1h;
    EXPECT_EQ(fail({}), 0U) << "once";
    EXPECT_EQ(store->outbox_item("mail-1")->state, OutboxState::waiting) << "the mail itself goes on trying";
}

}  // namespace
}  // namespace rasid
