#include "web/ack_tokens.hpp"

#include "tests/support/fake_random.hpp"
#include "tests/support/test_day.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

TEST(AckTokens, say_who_may_do_what_to_which_ticket_for_48_hours) {
    FakeRandom random;
    const AckTokens tokens(std::string(32, 'k'));
    const auto token = tokens.make("01TICKET", "person-1", "acknowledge", kNoon, random);
    const auto claim = tokens.read(token);
    ASSERT_TRUE(claim);
    EXPECT_EQ(claim->ticket, "01TICKET");
    EXPECT_EQ(claim->person, "person-1");
    EXPECT_EQ(claim->action, "acknowledge");
    EXPECT_EQ(claim->expires_at, kNoon + std::chrono::hours(48));
}

TEST(AckTokens, fit_into_an_address_and_differ_each_time) {
    FakeRandom random;
    const AckTokens tokens(std::string(32, 'k'));
    const auto first = tokens.make("01TICKET", "person-1", "acknowledge", kNoon, random);
    EXPECT_EQ(first.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
              std::string::npos);
    EXPECT_NE(first, tokens.make("01TICKET", "person-1", "acknowledge", kNoon, random));
}

TEST(AckTokens, are_void_when_any_character_is_changed_or_cut) {
    FakeRandom random;
    const AckTokens tokens(std::string(32, 'k'));
    const auto token = tokens.make("01TICKET", "person-1", "acknowledge", kNoon, random);
    for (std::size_t i = 0; i < token.size(); ++i) {
        auto forged = token;
        forged[i] = forged[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(tokens.read(forged)) << i;
        EXPECT_FALSE(tokens.read(token.substr(0, i))) << i;
    }
    EXPECT_FALSE(tokens.read(token + "A"));
    EXPECT_FALSE(tokens.read(std::string(100000, 'A')));
}

TEST(AckTokens, of_another_installation_are_void) {
    FakeRandom random;
    const auto token = AckTokens(std::string(32, 'k')).make("01TICKET", "person-1", "acknowledge", kNoon, random);
    EXPECT_FALSE(AckTokens(std::string(32, 'l')).read(token));
}

TEST(AckTokens, that_last_are_good_for_one_purpose_and_always_the_same) {
    FakeRandom random;
    const AckTokens tokens(std::string(32, 'k'));
    const auto token = tokens.make_lasting(LinkPurpose::survey, "s-1");
    EXPECT_EQ(tokens.read_lasting(LinkPurpose::survey, token), "s-1");
    EXPECT_EQ(token, tokens.make_lasting(LinkPurpose::survey, "s-1"));
    EXPECT_FALSE(tokens.read_lasting(LinkPurpose::unsubscribe, token));
    EXPECT_FALSE(tokens.read_lasting(LinkPurpose::calendar, token));
    EXPECT_FALSE(tokens.read(token)) << "it acknowledges nothing";
    EXPECT_FALSE(
        tokens.read_lasting(LinkPurpose::survey, tokens.make("s-1", "person-1", "acknowledge", kNoon, random)));
    EXPECT_FALSE(AckTokens(std::string(32, 'l')).read_lasting(LinkPurpose::survey, token));
    for (std::size_t i = 0; i < token.size(); ++i)
        EXPECT_FALSE(tokens.read_lasting(LinkPurpose::survey, token.substr(0, i)));
}

}  // namespace
}  // namespace rasid
