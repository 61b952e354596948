#include "core/ticket_filter.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

FilterWords as_map(const TicketFilter& filter) {
    FilterWords words;
    for (const auto& [name, word] : words_of(filter)) words.emplace(name, word);
    return words;
}

TEST(TicketFilter, is_read_as_it_was_written) {
    const TicketFilter filter{.view = TicketView::all,
                              .state = TicketState::resolved,
                              .queue = "care",
                              .assignee = "me",
                              .priority = Priority::critical,
                              .platform = "mastodon",
                              .source = "fedi",
                              .brand = "nasma",
                              .language = "ar",
                              .sentiment = Polarity::negative,
                              .label = "استرجاع & co",
                              .tag = "safety"};
    EXPECT_EQ(words_of(filter).size(), 12u) << "every part has its word";
    EXPECT_EQ(filter_of(as_map(filter)).value(), filter);
    EXPECT_EQ(filter_of(as_map({})).value(), TicketFilter{});
    for (const auto& [name, word] : words_of(filter)) EXPECT_TRUE(is_filter_word(name)) << name;
}

TEST(TicketFilter, leaves_alone_what_is_none_of_its_parts) {
    EXPECT_EQ(filter_of({{"after", "x"}, {"limit", "9"}, {"label", ""}}).value(), TicketFilter{});
    EXPECT_FALSE(is_filter_word("limit"));
}

TEST(TicketFilter, refuses_values_that_are_none) {
    for (const char* name : {"view", "state", "priority", "sentiment"})
        EXPECT_FALSE(filter_of({{name, "nonsense"}})) << name;
    EXPECT_FALSE(filter_of({{"label", std::string(201, 'x')}}));
    EXPECT_TRUE(filter_of({{"label", std::string(200, 'x')}}));
}

}  // namespace
}  // namespace rasid
