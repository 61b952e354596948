#include "escalation/labels.hpp"

#include "core/limits.hpp"
#include "tests/escalation/ticket_scene.hpp"

namespace rasid {
namespace {

using Labels = std::vector<std::string>;

class LabelsTest : public TicketScene {
protected:
    LabelsTest() { open_ticket(); }
};

TEST_F(LabelsTest, a_label_is_one_line_without_needless_blanks) {
    EXPECT_EQ(label_of("  late \t order "), "late order");
    EXPECT_EQ(label_of("استرجاع"), "استرجاع");
    EXPECT_FALSE(label_of(" \t "));
    EXPECT_FALSE(label_of("two\nlines"));
    EXPECT_FALSE(label_of(std::string(limits::kLabel + 1, 'x')));
    EXPECT_TRUE(label_of(std::string(limits::kLabel, 'x')));
}

TEST_F(LabelsTest, are_given_and_taken_and_undone) {
    act(Kind::label, " refund ");
    const auto second = act(Kind::label, "استرجاع").id;
    EXPECT_EQ(ticket.labels, (Labels{"refund", "استرجاع"}));
    act({.kind = Kind::undo, .event = second});
    EXPECT_EQ(ticket.labels, (Labels{"refund"}));
    const auto taken = act(Kind::unlabel, "REFUND").id;
    EXPECT_EQ(ticket.labels, Labels{});
    act({.kind = Kind::undo, .event = taken});
    EXPECT_EQ(ticket.labels, (Labels{"refund"}));
}

TEST_F(LabelsTest, the_same_word_is_given_once_whatever_its_letters) {
    act(Kind::label, "Refund");
    EXPECT_FALSE(say(Kind::label, "refund"));
    EXPECT_FALSE(say(Kind::unlabel, "other"));
    EXPECT_FALSE(say(Kind::label, ""));
}

TEST_F(LabelsTest, a_ticket_has_no_more_than_a_few) {
    for (std::size_t i = 0; i < limits::kLabels; ++i) act(Kind::label, "label " + std::to_string(i));
    EXPECT_FALSE(say(Kind::label, "one more"));
    act(Kind::unlabel, "label 3");
    EXPECT_TRUE(say(Kind::label, "one more"));
}

}  // namespace
}  // namespace rasid
