#pragma once

#include "escalation/policies.hpp"
#include "escalation/route.hpp"
#include "escalation/rungs.hpp"
#include "escalation/ticket_fold.hpp"
#include "tests/escalation/office.hpp"
#include "tests/support/fake_random.hpp"
#include "tests/support/instant_at.hpp"

#include <gtest/gtest.h>

namespace rasid {

using namespace std::chrono_literals;

/// A small house with one ticket in it, whose time and mentions a test moves by hand.
class TicketScene : public ::testing::Test {
protected:
    using Kind = TicketCommand::Kind;

    TicketScene() {
        policies.people = {person("p-sara", "Sara", Role::moderator), person("p-dana", "Dana", Role::moderator),
                           person("p-khalid", "Khalid", Role::manager), person("p-omar", "Omar", Role::admin)};
        policies.ladders = {{.name = "care",
                             .steps = {{.at_percent = 50, .to = "role:moderator"},
                                       {.at_percent = 100, .to = "role:manager"},
                                       {.at_percent = 150, .to = "person:Omar"}}}};
        policies.queues = {{.name = "care",
                            .targets = {.first_response = 60min, .resolution = 8h},
                            .ladder = "care",
                            .brand = "nasma"},
                           {.name = "slow", .targets = {.first_response = 4h}, .calendar = "office"}};
        policies.calendars = {office()};
        verdict.queue = "care";
        verdict.brand = "nasma";
        verdict.rules = {"complaints"};
        verdict.priority = Priority::normal;
        context.mention_id = "m1";
        context.since = now - 24h;
    }

    static Person person(std::string id, std::string name, Role role) {
        return {.id = std::move(id), .name = std::move(name), .email = "someone@example.org", .role = role};
    }

    Mention mention(std::string text = "the latte was cold") const {
        Mention result{.key = {"mastodon", "https://social.example/1"},
                       .source = "fedi",
                       .text = std::move(text),
                       .created_at = now};
        result.author = {.handle = "hind_z", .name = "Hind", .followers = 8412};
        return result;
    }

    /// Keeps what a change appended, as a store would.
    const Ticket& keep(const TicketChange& change) {
        EXPECT_EQ(change.expected_version, ticket.version);
        history.insert(history.end(), change.events.begin(), change.events.end());
        for (std::size_t i = 0; i < history.size(); ++i)
            EXPECT_EQ(history[i].sequence, static_cast<std::int64_t>(i) + 1);
        auto folded = with_deadlines(fold(history, now), policies);
        folded.number = change.after.number;
        EXPECT_EQ(folded, change.after) << "a ticket is the fold over its events";
        ticket = change.after;
        return ticket;
    }

    const Ticket& open_ticket() {
        auto change = route(policies, mention(), verdict, context, random, now);
        EXPECT_TRUE(change);
        change->after.number = 4821;
        keep(*change);
        context.open = ticket;
        context.history = history;
        return ticket;
    }

    std::optional<TicketChange> hear(const Mention& heard, std::string id) {
        context.mention_id = std::move(id);
        context.open = ticket;
        context.history = history;
        return route(policies, heard, verdict, context, random, now);
    }

    Result<TicketChange> say(TicketCommand asked) {
        if (asked.actor.empty()) asked.actor = "p-sara";
        return command(policies, ticket, history, asked, random, now);
    }
    Result<TicketChange> say(Kind kind, std::string text = {}) { return say({.kind = kind, .text = std::move(text)}); }

    const TicketEvent& act(TicketCommand asked) {
        auto change = say(std::move(asked));
        EXPECT_TRUE(change) << (change ? "" : change.error().what);
        keep(change.value());
        return history.back();
    }
    const TicketEvent& act(Kind kind, std::string text = {}) { return act({.kind = kind, .text = std::move(text)}); }

    void outcome(const std::string& queued, bool ok, std::string why = {}) {
        keep(published(policies, ticket, history, queued, ok, why, random, now));
    }

    Escalation tick() {
        auto result = escalate(policies, ticket, history, random, now);
        keep(result.change);
        return result;
    }

    ClockState state(Target target) const { return state_of(ticket, *clock(target), policies, now); }
    const TargetClock* clock(Target target) const {
        const TargetClock* newest = nullptr;
        for (const auto& each : ticket.clocks) {
            if (each.target == target && (!newest || each.round > newest->round)) newest = &each;
        }
        return newest;
    }

    Instant now = at("2026-03-01T08:00:00Z");
    FakeRandom random;
    Policies policies;
    Verdict verdict;
    TicketContext context;
    Ticket ticket;
    std::vector<TicketEvent> history;
};

}  // namespace rasid
