#pragma once

#include "storage/store.hpp"

#include <string>
#include <vector>

namespace rasid::samples {

/// Minute `n` of a day in 2026.
inline Instant minute(int n) { return from_micros(1'774'000'000'000'000) + std::chrono::minutes(n); }

/// A mention with every field set.
inline StoredMention mention(const std::string& native_id, int at = 0) {
    StoredMention stored;
    stored.id = "id-of-" + native_id;
    auto& post = stored.mention;
    post.key = {"mastodon", native_id};
    post.revision = "r1";
    post.source = "fedi";
    post.author = {"Hind_Z", "هند الزهراني", "109", 8412, true};
    post.title = "عنوان";
    post.text = "القهوة باردة 😡 'quoted' \"and\" \\ more";
    post.language = "ar";
    post.url = "https://example.org/@hind/" + native_id;
    post.domain = "example.org";
    post.conversation = "thread-of-" + native_id;
    post.in_reply_to = "parent";
    post.reply_token = "token";
    post.visibility = Visibility::followers;
    post.created_at = minute(at) + Duration(123456);
    post.edited_at = minute(at + 1);
    post.own = false;
    post.stars = 3.5;
    post.replies = 1;
    post.reshares = 2;
    post.likes = 3;
    stored.verdict.language = "ar";
    stored.verdict.sentiment = {Polarity::negative, -1.0 / 3, {{"باردة", -0.123456789}}};
    stored.verdict.influence = {37, {{"influence.reach", {"30", "8412", "98"}}}, {{"reach", 30}, {"history", 7}}};
    stored.verdict.rules = {"complaints", "safety words"};
    stored.verdict.hits = {{"complaints", "القهوة", 0, 12}};
    stored.verdict.tags = {"complaint"};
    stored.verdict.queue = "care";
    stored.verdict.priority = Priority::high;
    stored.verdict.brand = "nasma";
    stored.verdict.ignore = true;
    stored.verdict.reasons = {{"rule", {"complaints", "القهوة"}}, already_said("because")};
    stored.verdict.routed_by = "complaints";
    stored.verdict.corrected_by = "p1";
    stored.verdict.sketch = {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 65535}, 9, false};
    stored.copy_of = "id-of-the-first";
    stored.customer = "c1";
    stored.ticket = "";
    stored.stored_at = minute(at + 2);
    stored.history = true;
    return stored;
}

inline TicketEvent event(const std::string& ticket, std::int64_t sequence,
                         TicketEventKind kind = TicketEventKind::noted) {
    TicketEvent made;
    made.id = ticket + "/" + std::to_string(sequence);
    made.ticket = ticket;
    made.sequence = sequence;
    made.at = minute(static_cast<int>(sequence));
    made.kind = kind;
    return made;
}

/// A new open ticket with every field set.
inline TicketChange opening(const std::string& id, int due = 30) {
    TicketChange change;
    auto& ticket = change.after;
    ticket.id = id;
    ticket.version = 1;
    ticket.priority = Priority::high;
    ticket.queue = "care";
    ticket.brand = "nasma";
    ticket.ladder = "care";
    ticket.platform = "mastodon";
    ticket.source = "fedi";
    ticket.author = {"Hind_Z", "هند", "109", std::nullopt, true};
    ticket.conversation = "thread-" + id;
    ticket.customer = "customer-" + id;
    ticket.rule = "complaints";
    ticket.tags = {"safety", "a \"quoted\" tag"};
    ticket.reasons = {{"priority.rule", {"high", "+50"}}};
    ticket.status = TicketStatus::on_hold;
    ticket.tier = "vip";
    ticket.clocks = {{.target = Target::first_response,
                      .started_at = minute(0),
                      .length = std::chrono::minutes(15),
                      .calendar = "office",
                      .running_since = minute(0),
                      .due_at = minute(due)},
                     {.target = Target::next_response,
                      .round = 2,
                      .started_at = minute(0),
                      .length = std::chrono::hours(8),
                      .due_at = minute(480),
                      .met_at = minute(3),
                      .breached_at = minute(2),
                      .used = std::chrono::minutes(4),
                      .paused = std::chrono::minutes(5),
                      .kept_by_pausing = true}};
    ticket.paused_by = {{"p-sara", std::chrono::minutes(7)}};
    ticket.incident = "incident";
    ticket.incident_runs = true;
    ticket.unacknowledged_since = minute(2);
    ticket.first_mention = "m1";
    ticket.latest_mention = "m2";
    ticket.mentions = 2;
    ticket.notified = {"first_response/50"};
    ticket.proposed_reply = "event-3";
    ticket.snoozed_until = minute(3);
    ticket.labels = {"refund", "حلويات \"أ\""};
    ticket.opened_at = minute(1);
    ticket.updated_at = minute(1);
    ticket.due_at = minute(due);
    ticket.soon_at = minute(due - 5);
    ticket.check_at = minute(due - 7);
    auto opened = event(id, 1, TicketEventKind::opened);
    Calendar office{.name = "office", .time_zone = "Asia/Riyadh", .holidays = {"2026-09-23"}};
    office.hours[1] = {{540, 720}, {780, 1020}};
    const std::vector<PromisedTarget> promises = {{Target::first_response, std::chrono::minutes(15), office},
                                                  {Target::resolution, std::chrono::hours(8), {}}};
    opened.opening = Opening{.queue = ticket.queue,
                             .brand = ticket.brand,
                             .platform = ticket.platform,
                             .source = ticket.source,
                             .author = {"Hind_Z", "هند", "109", 5, false},
                             .conversation = "conv",
                             .customer = "c1",
                             .tier = "vip",
                             .priority = Priority::high,
                             .ladder = "care",
                             .rule = "complaints",
                             .tags = {"safety"},
                             .reasons = {{"priority.rule", {"high", "+50"}}, already_said("reason")},
                             .asked_at = minute(0),
                             .promises = promises,
                             .priority_parts = {{"rule", "high", 50}, {"weight", "", -5}}};
    opened.round = 2;
    opened.unacknowledged = std::chrono::minutes(30);
    opened.status = TicketStatus::waiting_for_customer;
    opened.promises = promises;
    opened.detail = EventDetail{"call", "+966 5", "no insults", minute(30)};
    opened.detail->reasons = {{"released.away", {"Sara"}}, {"assigned.nobody", {}}};
    change.events = {opened};
    return change;
}

/// The next change of a stored ticket: one more event.
inline TicketChange next(const Ticket& before, TicketEventKind kind = TicketEventKind::noted) {
    TicketChange change;
    change.after = before;
    change.after.version = before.version + 1;
    change.expected_version = before.version;
    change.events = {event(before.id, change.after.version, kind)};
    return change;
}

inline Customer customer(const std::string& id) {
    Customer made;
    made.id = id;
    made.name = "أحمد الغامدي";
    made.name_latin = "Ahmad Alghamdi";
    made.emails = {"Ahmad@Example.org", "second@example.org"};
    made.phones = {"+966500000001"};
    made.language = "ar";
    made.birthday = Date{std::chrono::year(1990), std::chrono::month(5), std::chrono::day(1)};
    made.address = "شارع التحلية";
    made.tier = "gold";
    made.brand = "nasma";
    made.plan = "clients for life";
    made.purchases = {{Date{std::chrono::year(2026), std::chrono::month(1), std::chrono::day(10)}, 12050, "SAR"}};
    made.identities = {{"mastodon", "Ahmad_" + id, "import", minute(1)},
                       {"bluesky", "ahmad.example", "hand", minute(2)}};
    made.anniversaries = {{"wedding", Date{std::chrono::year(2015), std::chrono::month(6), std::chrono::day(1)}}};
    made.interests = {"coffee", "القهوة \"المختصة\""};
    made.preferred_channel = "phone";
    made.consents = {{"mail", false, minute(3) + Duration(123456), "unsubscribe link"}};
    made.occasions = {"eid_al_fitr"};
    made.quiet = {{Date{std::chrono::year(2026), std::chrono::month(7), std::chrono::day(1)},
                   Date{std::chrono::year(2026), std::chrono::month(7), std::chrono::day(31)}, "away"}};
    made.known_as = "referred";
    made.referred_by = "Nouf";
    made.notes = "likes\nshort calls";
    made.owner = "person-1";
    made.sources = {{"interests/coffee", "own mentions", minute(4)}};
    return made;
}

inline Date day_of_march(unsigned day) {
    return {std::chrono::year(2026), std::chrono::month(3), std::chrono::day(day)};
}

/// A touch with every field set.
inline PlannedTouch touch(const std::string& id, unsigned day = 3, const std::string& customer = "c1") {
    return {.id = id,
            .customer = customer,
            .year = 2026,
            .kind = "call",
            .ordinal = 2,
            .due_on = day_of_march(day),
            .state = TouchState::planned,
            .reason = "moved from 2026-03-01: he asked",
            .done_at = minute(4),
            .plan = "clients for life",
            .channel = "phone",
            .owner = "person-1",
            .occasion = "birthday",
            .follows = "",
            .draft = "عزيزي أحمد"};
}

inline TouchEvent touch_event(const std::string& id, const std::string& touch, TouchEventKind kind,
                              const std::string& customer = "c1") {
    TouchEvent event{
        .id = id, .customer = customer, .touch = touch, .at = minute(5), .actor = "person-1", .kind = kind};
    event.due_on = day_of_march(9);
    event.reason = "open complaint";
    event.text = "what to write";
    event.laid = samples::touch(touch, 3, customer);
    event.laid->follows = "the call";
    return event;
}

inline LedgerEntry entry(const std::string& id, int at = 0, const std::string& customer = "c1") {
    return {.id = id,
            .customer = customer,
            .at = minute(at),
            .direction = Direction::outbound,
            .channel = "phone",
            .kind = "call",
            .polarity = Polarity::positive,
            .text = "نص",
            .mention = "m1",
            .ticket = "t1",
            .touch = "touch-1",
            .bad_experience = "case-1",
            .about = {"delivery", "late"},
            .actor = "person-1"};
}

inline BadExperience bad_experience(const std::string& id, int at = 0, const std::string& customer = "c1") {
    return {.id = id,
            .customer = customer,
            .ticket = "t1",
            .about = {"delivery"},
            .opened_at = minute(at),
            .last_at = minute(at + 1),
            .posts = 3,
            .resolved_at = minute(at + 2)};
}

inline CaseEvent case_event(const std::string& id, const std::string& of, CaseEventKind kind,
                            const std::string& customer = "c1") {
    return {.id = id,
            .bad_experience = of,
            .customer = customer,
            .at = minute(6),
            .actor = "person-1",
            .kind = kind,
            .ticket = "t1",
            .mention = "m1",
            .about = {"delivery"}};
}

inline Survey survey(const std::string& id, int at = 0, const std::string& customer = "c1") {
    return {.id = id,
            .customer = customer,
            .kind = SurveyKind::nps,
            .bad_experience = "case-1",
            .language = "ar",
            .laid_at = minute(at),
            .send_at = minute(at + 1),
            .expires_at = minute(at + 100),
            .sent_at = minute(at + 2),
            .answered_at = minute(at + 3),
            .score = 9,
            .comment = "ممتاز"};
}

inline Proposal proposal(const std::string& id, int at = 0, const std::string& customer = "c1") {
    return {.id = id,
            .customer = customer,
            .kind = ProposalKind::reshare,
            .subject = "m1",
            .reason = "he praised in public",
            .made_at = minute(at),
            .state = ProposalState::confirmed,
            .decided_by = "person-1",
            .decided_at = minute(at + 1)};
}

inline PromiseEvent promise_event(const std::string& id, PromiseEventKind kind, const std::string& ticket = "t1",
                                  const std::string& customer = "c1") {
    return {.id = id,
            .promise = "promise-1",
            .ticket = ticket,
            .customer = customer,
            .at = minute(7),
            .actor = "person-1",
            .kind = kind,
            .due_at = minute(90),
            .text = "by Sunday noon"};
}

inline Pilot pilot(const std::string& name) {
    return {.name = name,
            .segment = "loyal",
            .plan = "more calls",
            .share = 1.0 / 3,
            .from = day_of_march(1),
            .until = day_of_march(31)};
}

inline Merge merge(const std::string& id, const Customer& kept, const Customer& dropped) {
    Merge made{.id = id, .at = minute(8), .actor = "person-1", .kept = kept, .dropped = dropped, .merged = kept};
    made.merged.notes = "merged";
    made.merged.identities.insert(made.merged.identities.end(), dropped.identities.begin(), dropped.identities.end());
    made.skipped_touches = {"touch-of-dropped"};
    return made;
}

inline OutboxItem mail(const std::string& id, int at = 0) {
    OutboxItem item;
    item.id = id;
    item.kind = "escalation";
    item.key = "key-of-" + id;
    item.to = "sara@example.org";
    item.ticket = "t1";
    item.event = "t1/1";
    item.payload = R"({"subject":"تصعيد"})";
    item.created_at = minute(at);
    item.not_before = minute(at);
    return item;
}

}  // namespace rasid::samples
