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
                 routed_by, sketch, corrected_by] = verdict;
    const StoredMention bare;
    EXPECT_NE(revision, bare.mention.revision);
    EXPECT_NE(reply_token, bare.mention.reply_token);
    EXPECT_NE(visibility, bare.mention.visibility);
    EXPECT_NE(likes, bare.mention.likes);
    EXPECT_NE(ignore, bare.verdict.ignore);
    EXPECT_NE(routed_by, bare.verdict.routed_by);
    EXPECT_NE(sketch, bare.verdict.sketch);
    EXPECT_NE(corrected_by, bare.verdict.corrected_by);
    EXPECT_NE(influence.parts, bare.verdict.influence.parts);
    EXPECT_NE(history, bare.history);
    EXPECT_NE(copy_of, bare.copy_of);

    const auto change = samples::opening("t1");
    const auto& [ticket_id, number, version, state, status, ticket_priority, ticket_queue, ticket_brand, ladder,
                 platform, ticket_source, ticket_author, ticket_conversation, ticket_customer, ticket_tier, rule,
                 ticket_tags, ticket_reasons, clocks, paused_by, incident, incident_runs, assignee, acknowledged_by,
                 acknowledged_at, unacknowledged_since, first_mention, latest_mention, mentions, pending_reply,
                 proposed_reply, notified, labels, snoozed_until, opened_at, updated_at, due_at, soon_at, check_at] =
        change.after;
    EXPECT_TRUE(due_at && soon_at && check_at && incident_runs && !incident.empty());
    EXPECT_NE(unacknowledged_since, Instant());
    EXPECT_TRUE(snoozed_until && !labels.empty() && !proposed_reply.empty());
    const auto& [opened_queue, opened_brand, opened_platform, opened_source, opened_author, opened_conversation,
                 opened_customer, opened_tier, opened_priority, opened_ladder, opened_rule, opened_tags, opened_reasons,
                 asked_at, opened_promises, opened_parts] = *change.events.front().opening;
    EXPECT_FALSE(opened_rule.empty() || opened_tier.empty() || opened_promises.at(0).calendar.holidays.empty() ||
                 opened_parts.empty());
    const auto& [target, round, started_at, length, calendar, running_since, clock_due_at, met_at, breached_at, used,
                 paused, kept_by_pausing] = clocks.at(1);
    EXPECT_TRUE(met_at && breached_at && kept_by_pausing);
    EXPECT_NE(used, paused);
    const auto& [event_id, event_ticket, sequence, at, actor, kind, event_mention, person, event_text, refers_to,
                 event_target, percent, event_unacknowledged, event_round, event_priority, event_status, opening,
                 event_promises, detail] = change.events.front();
    EXPECT_EQ(sequence, 1);
    EXPECT_TRUE(event_unacknowledged);

    const auto made = samples::customer("c1");
    const auto& [customer_id, name, name_latin, emails, phones, customer_language, birthday, address, tier,
                 customer_brand, plan, purchases, identities, anniversaries, interests, preferred_channel, consents,
                 occasions, quiet, known_as, referred_by, notes, owner, sources] = made;
    EXPECT_FALSE(plan.empty() || anniversaries.empty() || interests.empty() || preferred_channel.empty() ||
                 consents.empty() || occasions.empty() || quiet.empty() || known_as.empty() || referred_by.empty() ||
                 notes.empty() || owner.empty() || sources.empty());
    const auto mail = samples::mail("o1");
    const auto& [item_id, item_kind, item_key, to, item_ticket, item_event, payload, item_priority, item_created_at,
                 not_before, item_state, attempts, last_error, finished_at] = mail;
    EXPECT_FALSE(payload.empty());
}

TEST(Samples, give_every_field_of_engagement_a_value) {
    const auto made = samples::touch("1");
    const auto& [id, customer, year, kind, ordinal, due_on, state, reason, done_at, plan, channel, owner, occasion,
                 follows, draft] = made;
    EXPECT_FALSE(reason.empty() || plan.empty() || channel.empty() || owner.empty() || occasion.empty() ||
                 draft.empty() || !done_at);
    const auto happened = samples::touch_event("1", "t", TouchEventKind::held);
    const auto& [event_id, event_customer, event_touch, event_at, event_actor, event_kind, event_due_on, event_reason,
                 event_text, laid] = happened;
    EXPECT_FALSE(event_actor.empty() || event_reason.empty() || event_text.empty() || !laid || laid->follows.empty());
    const auto entry = samples::entry("1");
    const auto& [entry_id, entry_customer, entry_at, direction, entry_channel, entry_kind, polarity, text, mention,
                 ticket, entry_touch, bad_experience, about, actor] = entry;
    EXPECT_FALSE(entry_touch.empty() || bad_experience.empty() || about.empty() || actor.empty());
    EXPECT_NE(direction, LedgerEntry{}.direction);
    const auto experience = samples::bad_experience("1");
    const auto& [case_id, case_customer, case_ticket, case_about, opened_at, last_at, posts, resolved_at] = experience;
    EXPECT_FALSE(case_ticket.empty() || case_about.empty() || posts == 0 || !resolved_at);
    const auto of_case = samples::case_event("1", "case-1", CaseEventKind::joined);
    const auto& [of_id, of_which, of_customer, of_at, of_actor, of_kind, of_ticket, of_mention, of_about] = of_case;
    EXPECT_FALSE(of_actor.empty() || of_ticket.empty() || of_mention.empty() || of_about.empty());
    const auto asked = samples::survey("1");
    const auto& [survey_id, survey_customer, survey_kind, survey_case, language, laid_at, send_at, expires_at, sent_at,
                 answered_at, score, comment] = asked;
    EXPECT_FALSE(survey_case.empty() || language.empty() || comment.empty() || !sent_at || !answered_at || !score);
    const auto proposed = samples::proposal("1");
    const auto& [proposal_id, proposal_customer, proposal_kind, subject, why, made_at, proposal_state, decided_by,
                 decided_at] = proposed;
    EXPECT_FALSE(subject.empty() || why.empty() || decided_by.empty() || !decided_at);
    const auto promised = samples::promise_event("1", PromiseEventKind::moved);
    const auto& [promise_event_id, promise, promise_ticket, promise_customer, promise_at, promise_actor, promise_kind,
                 due_at, told] = promised;
    EXPECT_FALSE(promise.empty() || promise_ticket.empty() || promise_actor.empty() || told.empty());
    const auto tried = samples::pilot("1");
    const auto& [name, segment, pilot_plan, share, from, until] = tried;
    EXPECT_FALSE(segment.empty() || pilot_plan.empty() || !until);
    const auto merged = samples::merge("1", samples::customer("c1"), samples::customer("c2"));
    const auto& [merge_id, merge_at, merge_actor, kept, dropped, both, moved_ledger, skipped_touches, undone_at] =
        merged;
    EXPECT_FALSE(merge_actor.empty() || skipped_touches.empty());
    EXPECT_NE(both, kept);
}

}  // namespace
}  // namespace rasid
