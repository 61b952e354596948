#include "engagement/local_time.hpp"
#include "engagement/promises.hpp"
#include "tests/support/fake_random.hpp"
#include "tests/support/instant_at.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

const std::string kRiyadh = "Asia/Riyadh";

/// A Thursday, 13:00 in Riyadh.
const Instant kThursdayAfternoon = at("2026-11-19T10:00:00Z");

std::string told(std::string_view text) {
    const auto time = promised_time(text, kThursdayAfternoon, kRiyadh);
    return time ? to_rfc3339(time->at).substr(0, 16) : "nothing";
}

TEST(PromisedTime, is_read_in_english) {
    EXPECT_EQ(told("We will come back to you by Sunday noon."), "2026-11-22T09:00");
    EXPECT_EQ(told("Sorry! We'll call you tomorrow at 5 pm."), "2026-11-20T14:00");
    EXPECT_EQ(told("We will call you tomorrow at 5pm"), "2026-11-20T14:00");
    EXPECT_EQ(told("I will reply within 2 hours"), "2026-11-19T12:00");
    EXPECT_EQ(told("You will hear from us within three days."), "2026-11-22T10:00");
    EXPECT_EQ(told("we will answer by 17:30 today"), "2026-11-19T14:30");
    EXPECT_EQ(told("Our team will reply on Monday"), "2026-11-23T21:00") << "the end of the day in Riyadh";
    EXPECT_EQ(told("We will fix it on Thursday"), "2026-11-26T21:00") << "never today";
}

TEST(PromisedTime, is_read_in_arabic) {
    EXPECT_EQ(told("نعتذر منك، سنعود إليك قبل ظهر الأحد"), "2026-11-22T09:00");
    EXPECT_EQ(told("سنتواصل معك خلال ٢٤ ساعة"), "2026-11-20T10:00");
    EXPECT_EQ(told("سنرد عليك خلال ساعتين"), "2026-11-19T12:00");
    EXPECT_EQ(told("سوف نتصل بك غدًا الساعة 10:30 صباحًا"), "2026-11-20T07:30");
    EXPECT_EQ(told("سيتم حل المشكلة يوم الاثنين"), "2026-11-23T21:00");
    EXPECT_EQ(told("سنوافيكم بالرد خلال ثلاثة أيام"), "2026-11-22T10:00");
}

TEST(PromisedTime, is_no_promise_where_it_is_doubtful) {
    for (const auto* text : {"",
                             "Thank you!",
                             "Tomorrow is Sunday",
                             "We will look into it",
                             "We open on Sunday at 9 am",
                             "Will we see you on Sunday?",
                             "We will not reply on Sunday",
                             "We will try to reply tomorrow",
                             "If you write, we will reply tomorrow",
                             "We will reply on Sunday or Monday",
                             "We will reply next Sunday",
                             "We will reply within 2 business days",
                             "We will reply within 24-48 hours",
                             "We will call you at 5",
                             "We will call at 25:99",
                             "We will reply within 5000 hours",
                             "We will be there by 9 am today",
                             "We will write on Sunday. We will call on Monday.",
                             "سنحاول الرد غدا",
                             "لن نتأخر غدا",
                             "هل سنلتقي غدا؟",
                             "إذا راسلتنا سنرد غدا",
                             "سنرد خلال يومي عمل",
                             "We will call today at 5 pm and tomorrow"}) {
        EXPECT_EQ(told(text), "nothing") << text;
    }
}

TEST(PromisedTime, points_at_its_words) {
    const std::string text = "Sorry. We will call you tomorrow at 5 pm, promise";
    const auto time = promised_time(text, kThursdayAfternoon, kRiyadh).value();
    EXPECT_EQ(text.substr(time.start, time.end - time.start), "tomorrow at 5 pm");
}

TEST(PromisedTime, whatever_is_written_nothing_breaks) {
    const std::string mixed = "we will سنرد 99999999999999999999 within خلال 10: : 12:60 pm \xFF\xFE sunday الأحد\n?";
    for (std::size_t start = 0; start < mixed.size(); ++start) {
        for (std::size_t size = 0; start + size <= mixed.size(); size += 3)
            promised_time(std::string_view(mixed).substr(start, size), kThursdayAfternoon, "No/Where");
    }
}

TEST(LocalTime, follows_the_zone_through_its_changes) {
    EXPECT_EQ(local_date(at("2026-11-19T22:00:00Z"), kRiyadh), Date(2026y / 11 / 20));
    EXPECT_EQ(local_date(at("2026-11-19T22:00:00Z"), "No/Where"), Date(2026y / 11 / 19));
    // Cairo's clocks skip midnight to one o'clock on 2026-04-24.
    EXPECT_EQ(local_instant(2026y / 4 / 24, 30, "Africa/Cairo"), at("2026-04-23T22:00:00Z"));
}

class PromiseFold : public ::testing::Test {
protected:
    void happen(PromiseEventKind kind, Duration after, Instant due = {}) {
        events.push_back(
            {.promise = events.front().promise, .at = kThursdayAfternoon + after, .kind = kind, .due_at = due});
    }
    PromiseState state(Duration after) {
        const auto promises = fold_promises(events, kThursdayAfternoon + after);
        EXPECT_EQ(promises.size(), 1U);
        return state_of(promises.front(), kThursdayAfternoon + after);
    }
    FakeRandom random;
    std::vector<PromiseEvent> events = {
        made("k1", "c1", "by noon", kThursdayAfternoon + 2h, "sara", random, kThursdayAfternoon)};
};

TEST_F(PromiseFold, runs_and_breaks_when_its_time_passes) {
    EXPECT_EQ(state(2h), PromiseState::running);
    EXPECT_EQ(state(2h + 1s), PromiseState::broken);
    EXPECT_EQ(check_at(fold_promises(events, kThursdayAfternoon).front()), kThursdayAfternoon + 2h);
}

TEST_F(PromiseFold, kept_in_time_is_kept_and_kept_late_stays_broken) {
    happen(PromiseEventKind::kept, 2h);
    EXPECT_EQ(state(100h), PromiseState::kept);
    events.pop_back();
    happen(PromiseEventKind::kept, 3h);
    EXPECT_EQ(state(100h), PromiseState::broken);
    EXPECT_EQ(fold_promises(events, kThursdayAfternoon + 100h).front().kept_at, kThursdayAfternoon + 3h);
}

TEST_F(PromiseFold, moved_in_time_it_runs_on_and_moved_too_late_it_stays_broken) {
    happen(PromiseEventKind::moved, 1h, kThursdayAfternoon + 10h);
    EXPECT_EQ(state(9h), PromiseState::running);
    happen(PromiseEventKind::moved, 11h, kThursdayAfternoon + 20h);
    EXPECT_EQ(state(12h), PromiseState::broken);
    EXPECT_FALSE(check_at(fold_promises(events, kThursdayAfternoon + 12h).front()));
}

TEST_F(PromiseFold, withdrawn_it_is_neither_kept_nor_broken) {
    happen(PromiseEventKind::withdrawn, 1h);
    happen(PromiseEventKind::kept, 3h);
    EXPECT_EQ(state(100h), PromiseState::withdrawn);
}

std::vector<PromiseEvent> after_reply(const std::vector<PromiseEvent>& events, std::string_view text, Instant now) {
    FakeRandom random;
    return promises_after_reply(events, "t1", "c1", text, "sara", kRiyadh, random, now);
}

TEST(PromisesAfterReply, a_time_that_a_reply_tells_is_a_promise_of_its_author) {
    const auto events = after_reply({}, "Sorry! We will come back to you by Sunday noon.", kThursdayAfternoon);
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events.front().kind, PromiseEventKind::made);
    EXPECT_EQ(events.front().actor, "sara");
    EXPECT_EQ(events.front().ticket, "t1");
    EXPECT_EQ(to_rfc3339(events.front().due_at).substr(0, 16), "2026-11-22T09:00");
    EXPECT_TRUE(after_reply({}, "Thank you!", kThursdayAfternoon).empty());
}

TEST(PromisesAfterReply, coming_back_in_time_keeps_it_and_coming_back_late_leaves_it_broken) {
    const auto told = after_reply({}, "We will reply within 2 hours", kThursdayAfternoon);
    for (const auto& [after, state] : {std::pair(1h, PromiseState::kept), std::pair(3h, PromiseState::broken)}) {
        auto events = told;
        const auto reply = after_reply(events, "It is on its way.", kThursdayAfternoon + after);
        ASSERT_EQ(reply.size(), 1u);
        events.insert(events.end(), reply.begin(), reply.end());
        const auto promises = fold_promises(events, kThursdayAfternoon + 24h);
        ASSERT_EQ(promises.size(), 1u);
        EXPECT_EQ(state_of(promises.front(), kThursdayAfternoon + 24h), state);
        EXPECT_TRUE(promises.front().kept_at);
        EXPECT_TRUE(after_reply(events, "Anything else?", kThursdayAfternoon + 25h).empty()) << "it is over";
    }
}

TEST(PromisesAfterReply, a_further_time_moves_the_promise_instead_of_making_a_second_one) {
    auto events = after_reply({}, "We will reply within 2 hours", kThursdayAfternoon);
    const auto moved = after_reply(events, "We need longer: we will reply tomorrow at 5 pm", kThursdayAfternoon + 1h);
    ASSERT_EQ(moved.size(), 1u);
    EXPECT_EQ(moved.front().kind, PromiseEventKind::moved);
    events.push_back(moved.front());
    const auto promises = fold_promises(events, kThursdayAfternoon + 3h);
    ASSERT_EQ(promises.size(), 1u);
    EXPECT_EQ(state_of(promises.front(), kThursdayAfternoon + 3h), PromiseState::running);
}

}  // namespace
}  // namespace rasid
