#include "daemon/digester.hpp"

#include "core/mail_payload.hpp"
#include "core/setup_toml.hpp"
#include "daemon/setup_check.hpp"
#include "storage/storage_threads.hpp"
#include "tests/daemon/loop.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_random.hpp"
#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rasid {
namespace {

using namespace std::chrono_literals;

constexpr const char* kDigestSetup = R"(
[[calendar]]
name = "office"
time_zone = "Asia/Riyadh"
hours = { sun = ["09:00-17:00"], mon = ["09:00-17:00"], tue = ["09:00-17:00"], wed = ["09:00-17:00"], thu = ["09:00-17:00"] }
[[person]]
name = "Khalid"
email = "khalid@example.org"
role = "manager"
[[person]]
name = "Maya"
email = "maya@example.org"
role = "manager"
brands = ["other"]
language = "ar"
[[person]]
name = "Rami"
email = "rami@example.org"
role = "manager"
digest = false
[[person]]
name = "Omar"
email = "omar@example.org"
role = "admin"
[[person]]
name = "Sara"
email = "sara@example.org"
[notifications]
calendar = "office"
)";

class DigesterTest : public testing::Test {
protected:
    DigesterTest() {
        run_on(loop,
               database.write([](Store& store) { store.put_setup(parse_setup(kDigestSetup, "setup.toml").setup); }));
        decisions = decisions_of(run_on(loop, database.read([](Reader& reader) { return reader.setup(); })));
        at("2026-03-01T10:00:00Z");
    }

    void at(std::string_view time) { clock.set(parse_rfc3339(time).value()); }

    int tick() {
        Digester digester({database,
                           clock,
                           random,
                           [this] { return decisions; },
                           {[](std::string_view person) { return "https://rasid.example/stop/" + std::string(person); },
                            "https://rasid.example/", "https://rasid.example/settings"},
                           [this] { ++woken; },
                           "Asia/Riyadh"});
        return run_on(loop, digester.tick());
    }

    /// So many mentions of a brand, stored at the same moment.
    void hear(const std::string& brand, int count) {
        Intake intake{.source = "fedi"};
        for (int i = 0; i < count; ++i) {
            StoredMention stored;
            stored.id = new_id(random, clock.now());
            stored.mention.key = {"mastodon", brand + std::to_string(++heard)};
            stored.mention.source = "fedi";
            stored.mention.text = "something";
            stored.mention.created_at = stored.stored_at = clock.now();
            stored.verdict.brand = brand;
            intake.mentions.push_back(std::move(stored));
        }
        run_on(loop, database.write([&](Store& store) { store.take(intake); }));
    }

    std::vector<OutboxItem> mails() {
        auto list = run_on(loop, database.read([](Reader& reader) { return reader.mails("", 100); }));
        std::ranges::sort(list, {}, &OutboxItem::key);
        return list;
    }

    TempFolder folder;
    boost::asio::io_context loop{1};
    StorageThreads database{loop.get_executor(), StoreOptions{"sqlite:" + folder.file("rasid.db"), false}};
    FakeClock clock;
    FakeRandom random;
    std::shared_ptr<const Decisions> decisions;
    int heard = 0;
    int woken = 0;
};

TEST_F(DigesterTest, a_new_installation_has_nothing_to_tell_of_the_days_before_it) {
    hear("nasma", 3);
    EXPECT_EQ(tick(), 0);
    EXPECT_TRUE(mails().empty());
}

TEST_F(DigesterTest, managers_get_one_a_brand_at_eight_of_a_working_day_and_once) {
    tick();
    hear("nasma", 5);
    hear("other", 2);
    at("2026-03-02T04:59:00Z");
    EXPECT_EQ(tick(), 0);
    at("2026-03-02T05:00:30Z");
    EXPECT_EQ(tick(), 3);
    EXPECT_EQ(woken, 1);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(tick(), 0) << "whatever starts anew in between";
    std::vector<std::string> to;
    for (const auto& mail : mails()) {
        EXPECT_EQ(mail.kind, "digest");
        EXPECT_NE(mail.payload.find("/stop/"), std::string::npos);
        to.push_back(mail.to);
    }
    std::ranges::sort(to);
    EXPECT_EQ(to, (std::vector<std::string>{"khalid@example.org", "khalid@example.org", "maya@example.org"}));
    const auto subject = [&](const std::string& words) {
        return std::ranges::count_if(
            mails(), [&](const auto& mail) { return parse_mail_payload(mail.payload)->subject == words; });
    };
    EXPECT_EQ(subject("[Rasid] nasma, Sunday: 5 mentions, 0 late"), 1);
    EXPECT_EQ(subject("[Rasid] other, Sunday: 2 mentions, 0 late"), 1);
    EXPECT_EQ(subject("[Rasid] other، الأحد: إشارتان، دون تأخر"), 1);
}

TEST_F(DigesterTest, counts_all_of_a_day_however_many_are_stored_at_one_moment) {
    tick();
    for (int i = 0; i < 3; ++i) {
        hear("nasma", 700);
        clock.advance(1min);
    }
    hear("nasma", 2100);
    at("2026-03-02T05:01:00Z");
    ASSERT_EQ(tick(), 1);
    EXPECT_NE(mails()[0].payload.find("4,200 mentions"), std::string::npos);
}

TEST_F(DigesterTest, what_was_missed_while_the_daemon_was_off_comes_in_one_digest) {
    tick();
    hear("nasma", 1);
    at("2026-03-04T18:00:00Z");
    EXPECT_EQ(tick(), 1);
    EXPECT_NE(mails()[0].payload.find("Sun 1 Mar to Tue 3 Mar"), std::string::npos)
        << parse_mail_payload(mails()[0].payload)->text;
}

TEST_F(DigesterTest, a_clock_that_jumps_a_day_sends_nothing_twice) {
    tick();
    hear("nasma", 1);
    at("2026-03-02T06:00:00Z");
    EXPECT_EQ(tick(), 1);
    at("2026-03-01T06:00:00Z");
    EXPECT_EQ(tick(), 0);
    at("2026-03-02T06:01:00Z");
    EXPECT_EQ(tick(), 0);
}

TEST_F(DigesterTest, the_weekly_report_comes_on_the_first_working_day) {
    at("2026-02-26T10:00:00Z");
    tick();
    hear("nasma", 4);
    at("2026-03-01T05:00:30Z");
    tick();
    const auto weekly = std::ranges::count_if(mails(), [](const OutboxItem& mail) {
        return mail.key.starts_with("digest/weekly/") &&
               parse_mail_payload(mail.payload)->subject == "[Rasid] nasma, week from Sun 22 Feb: 4 mentions, 0 late";
    });
    EXPECT_EQ(weekly, 1);
}

}  // namespace
}  // namespace rasid
