#include "tests/storage/samples.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

// A field that is added to a stored value must be stored too. These lines stop compiling then: give the field a column,
// give it a value in the samples, so that the contract tests see it come back, and name it here.
TEST(Samples, give_every_stored_field_a_value) {
    const auto stored = samples::mention("1");
    const auto& [id, post, verdict, customer, ticket, stored_at, history, copy_of] = stored;
    const auto& [key, revision, source, author, title, text, language, url, domain, conversation, in_reply_to,
                 reply_token, visibility, created_at, edited_at, deleted, own, stars, replies, reshares, likes] = post;
    const auto& [understood, sentiment, influence, rules, hits, tags, queue, priority, brand, ignore, reasons,
                 routed_by, sketch] = verdict;
    const StoredMention bare;
    EXPECT_NE(revision, bare.mention.revision);
    EXPECT_NE(reply_token, bare.mention.reply_token);
    EXPECT_NE(visibility, bare.mention.visibility);
    EXPECT_NE(likes, bare.mention.likes);
    EXPECT_NE(ignore, bare.verdict.ignore);
    EXPECT_NE(routed_by, bare.verdict.routed_by);
    EXPECT_NE(sketch, bare.verdict.sketch);
    EXPECT_NE(influence.parts, bare.verdict.influence.parts);
    EXPECT_NE(history, bare.history);
    EXPECT_NE(copy_of, bare.copy_of);

    const auto change = samples::opening("t1");
    const auto& [ticket_id, number, version, state, ticket_priority, ticket_queue, ticket_brand, ladder, platform,
                 ticket_source, ticket_author, ticket_conversation, ticket_customer, rule, ticket_tags, ticket_reasons,
                 clocks, assignee, acknowledged_by, acknowledged_at, first_mention, latest_mention, mentions,
                 pending_reply, notified, opened_at, updated_at, due_at, soon_at, check_at] = change.after;
    EXPECT_TRUE(due_at && soon_at && check_at);
    const auto& [opened_queue, opened_brand, opened_platform, opened_source, opened_author, opened_conversation,
                 opened_customer, opened_priority, opened_ladder, opened_rule, opened_tags, opened_reasons,
                 opened_clocks] = *change.events.front().opening;
    EXPECT_FALSE(opened_rule.empty());
    const auto& [target, started_at, length, clock_due_at, calendar, met_at, breached_at] = opened_clocks.at(1);
    EXPECT_TRUE(met_at && breached_at);
    const auto& [event_id, event_ticket, sequence, at, actor, kind, event_mention, person, event_text, refers_to,
                 event_target, percent, event_priority, opening] = change.events.front();
    EXPECT_EQ(sequence, 1);

    const auto made = samples::customer("c1");
    const auto& [customer_id, name, name_latin, emails, phones, customer_language, birthday, address, tier,
                 customer_brand, plan, purchases, identities, anniversaries, interests, preferred_channel, consents,
                 occasions, quiet, known_as, referred_by, notes, owner, sources] = made;
    EXPECT_FALSE(plan.empty());
    const auto mail = samples::mail("o1");
    const auto& [item_id, item_kind, item_key, to, item_ticket, item_event, payload, item_priority, item_created_at,
                 not_before, item_state, attempts, last_error, finished_at] = mail;
    EXPECT_FALSE(payload.empty());
}

}  // namespace
}  // namespace rasid
