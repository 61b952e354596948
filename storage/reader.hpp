#pragma once

#include "core/api_token.hpp"
#include "core/audit.hpp"
#include "core/context.hpp"
#include "core/correction.hpp"
#include "core/counted_mention.hpp"
#include "core/customer.hpp"
#include "core/incident.hpp"
#include "core/mention.hpp"
#include "core/merge.hpp"
#include "core/notification.hpp"
#include "core/outbox.hpp"
#include "core/page_settings.hpp"
#include "core/pilot.hpp"
#include "core/promise.hpp"
#include "core/relay_event.hpp"
#include "core/search.hpp"
#include "core/setup.hpp"
#include "core/setup_history.hpp"
#include "core/ticket.hpp"
#include "core/ticket_filter.hpp"
#include "core/touch.hpp"
#include "core/verdict.hpp"
#include "core/workload.hpp"

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

struct StoredMention {
    std::string id = {};
    Mention mention = {};
    Verdict verdict = {};
    std::string customer = {};
    std::string ticket = {};
    Instant stored_at = {};
    bool history = false;      ///< older than its source's `since`
    std::string copy_of = {};  ///< id of the mention that said the same first; empty: nobody did, as far as is known

    bool operator==(const StoredMention&) const = default;
};

/// What recognising copies needs of a stored mention.
struct StoredSketch {
    std::string group = {};  ///< id of the first mention with this text
    Instant stored_at = {};
    TextSketch sketch = {};

    bool operator==(const StoredSketch&) const = default;
};

/// What a mention said before it was edited.
struct MentionRevision {
    std::int64_t sequence = 0;
    std::string revision = {};
    std::string title = {};
    std::string text = {};
    Instant replaced_at = {};

    bool operator==(const MentionRevision&) const = default;
};

/// A segment as it is kept: the predicate is JSON (engagement/segment.hpp reads and writes it).
struct StoredSegment {
    std::string name = {};
    std::string predicate = {};

    bool operator==(const StoredSegment&) const = default;
};

/// An author whose mentions are stored and never routed.
struct MutedAuthor {
    std::string platform = {};
    std::string handle = {};  ///< folded

    bool operator==(const MutedAuthor&) const = default;
};

/// What the store keeps about one configured source.
struct SourceRecord {
    std::string name = {};
    std::string kind = {};
    std::string cursor = {};
    Instant since = {};  ///< what is older is history
    std::optional<Instant> last_success_at = {};
    std::optional<Instant> last_mention_at = {};
    std::optional<Instant> next_poll_at = {};
    int failures = 0;               ///< in a row
    std::string state = "waiting";  ///< healthy | failing | needs_authorisation | waiting
    std::string last_error = {};
    std::int64_t mentions = 0;
    bool silent = false;               ///< nothing new for far longer than usual
    bool paused = false;               ///< by a person; changed by pause_source alone
    std::optional<Duration> lag = {};  ///< between being written and being stored, of the newest mention
    std::string last_warning = {};     ///< what a poll warned of: skipped entries, a possible gap
    std::optional<Instant> last_warning_at = {};

    bool operator==(const SourceRecord&) const = default;
};

struct TicketQuery {
    TicketFilter filter = {};
    std::string person = {};               ///< who `mine` and `me` are
    std::vector<std::string> brands = {};  ///< empty: every brand
    int limit = 50;
    std::string after = {};  ///< `next` of the page before
    Instant now = {};
};

struct TicketPage {
    std::vector<Ticket> tickets = {};
    std::string next = {};  ///< empty: the last page. A filtered page may be short, or empty, and still have a next one
};

/// A number that is counted no further than it is shown: "99+".
struct BoundedCount {
    std::int64_t count = 0;
    bool more = false;  ///< there are, or may be, further ones

    bool operator==(const BoundedCount&) const = default;
};

/// A filter under a name.
struct SavedView {
    std::string owner = {};  ///< person; empty: shared, everybody sees it
    std::string name = {};
    std::string made_by = {};  ///< person
    TicketFilter filter = {};

    bool operator==(const SavedView&) const = default;
};

struct TicketCounts {
    std::int64_t waiting = 0;
    std::int64_t late = 0;
    std::int64_t mine = 0;
    std::int64_t unassigned = 0;
    std::int64_t snoozed = 0;
    struct OfQueue {
        std::string name;
        std::int64_t waiting = 0;
        std::int64_t late = 0;
    };
    std::vector<OfQueue> queues = {};
};

/// What a person has begun to write about a ticket and not sent.
struct Draft {
    std::string ticket = {};
    std::string person = {};
    std::string mode = {};  ///< reply | note | answered_elsewhere
    std::string text = {};
    Instant saved_at = {};

    bool operator==(const Draft&) const = default;
};

/// A mention, or a note or reply of a ticket.
struct FoundText {
    std::optional<StoredMention> mention = {};
    std::optional<TicketEvent> event = {};  ///< its id, ticket, time, actor, kind and text
    std::optional<Ticket> ticket = {};      ///< that it belongs to
};

struct FoundPage {
    std::vector<FoundText> found = {};
    std::string next = {};  ///< empty: the last page
};

/// What of the outbox is still to go out.
struct UnsentItems {
    std::int64_t count = 0;
    std::optional<Instant> oldest = {};  ///< when the oldest was written

    bool operator==(const UnsentItems&) const = default;
};

/// Destinations (`destination_of`) that take nothing more for the moment.
struct BusyDestinations {
    std::vector<std::string> for_critical = {};
    std::vector<std::string> for_others = {};
};

/// Something that happened to a ticket and that people are to be told of.
struct TicketNews {
    std::string event = {};
    std::string ticket = {};

    bool operator==(const TicketNews&) const = default;
};

struct Session {
    std::string token_hash = {};  ///< SHA-256 of the cookie's token, hex
    std::string person = {};
    std::string csrf = {};
    Instant created_at = {};
    Instant seen_at = {};
};

/// Reading the store. A Reader sees one committed state per call; inside Store::transact it sees what was written so
/// far.
///
/// Throws StoreError when the database fails; absent things are nullopt or empty.
class Reader {
public:
    virtual ~Reader() = default;

    /// Everything that `body` reads here is of one committed state.
    virtual void at_one_state(const std::function<void()>& body) = 0;

    virtual Setup setup() = 0;
    /// Versions of one item ("rule", its name), newest first.
    virtual std::vector<SetupVersion> setup_history(std::string_view kind, std::string_view name, int limit) = 0;
    virtual std::optional<Person> person(std::string_view id) = 0;
    virtual std::optional<Person> person_by_email(std::string_view email) = 0;
    virtual std::optional<std::string> password_hash(std::string_view person) = 0;
    virtual bool any_password() = 0;  ///< false: nobody can sign in yet
    virtual std::optional<Session> session(std::string_view token_hash) = 0;
    virtual std::optional<ApiToken> token_by_hash(std::string_view hash) = 0;  ///< revoked and expired ones too
    virtual std::vector<ApiToken> tokens(std::string_view person) = 0;         ///< newest first; empty: everybody's
    virtual std::map<std::string, PageSettings> page_settings() = 0;           ///< by person; who has none is left out
    virtual std::vector<AuditEntry> audit(const AuditQuery& query) = 0;        ///< newest first
    virtual std::vector<AuditEntry> audit_after(std::int64_t sequence, int limit) = 0;  ///< oldest first
    virtual std::vector<std::string> audit_actions() = 0;                               ///< those that occur, by name

    virtual std::optional<SourceRecord> source(std::string_view name) = 0;
    virtual std::vector<SourceRecord> sources() = 0;

    virtual std::optional<StoredMention> mention(const MentionKey& key) = 0;
    virtual std::optional<StoredMention> mention_by_id(std::string_view id) = 0;
    virtual std::vector<StoredMention> mentions_of_ticket(std::string_view ticket, int limit) = 0;  ///< oldest first
    virtual std::int64_t mention_count() = 0;
    /// By id; `after_id` is the last one of the page before.
    virtual std::vector<StoredMention> mentions_of_customer(std::string_view customer, std::string_view after_id,
                                                            int limit) = 0;
    virtual std::vector<MentionRevision> revisions_of(std::string_view mention) = 0;  ///< oldest first
    /// The other mentions of its group: the one it is a copy of, and copies. Deleted ones are left out. Oldest first.
    virtual std::vector<StoredMention> copies(const StoredMention& mention, int limit) = 0;
    /// The newest ones stored since then, oldest first; mentions without a sketch are left out.
    virtual std::vector<StoredSketch> sketches_since(Instant since, int limit) = 0;
    /// The newest mentions stored in [from, to): not deleted, not our own, not history.
    virtual std::vector<StoredMention> mentions_stored(Instant from, Instant to, int limit) = 0;
    /// How many mentions of whatever kind were stored in [from, to).
    virtual std::int64_t mentions_stored_count(Instant from, Instant to) = 0;
    /// What this author has said before; counts the last 100 mentions. An empty handle has said nothing.
    virtual Context::History author_history(std::string_view platform, std::string_view handle) = 0;
    virtual bool muted(std::string_view platform, std::string_view handle) = 0;
    virtual std::vector<MutedAuthor> muted_authors() = 0;  ///< by platform and handle

    /// Those that count and still have their text, newest first: a set to learn from and to measure against.
    virtual std::vector<Correction> corrections(CorrectionKind what, int limit) = 0;
    /// Those that count, made since then, of these brands (none: every brand); erased texts count on.
    virtual std::vector<CorrectionCount> correction_counts(Instant since, const std::vector<std::string>& brands) = 0;
    virtual std::vector<Correction> corrections_of(std::string_view mention) = 0;  ///< undone ones too, oldest first
    virtual std::optional<Correction> correction(std::string_view id) = 0;

    virtual std::optional<Ticket> ticket(std::string_view id) = 0;
    virtual std::optional<Ticket> ticket_by_number(std::int64_t number) = 0;
    virtual std::vector<TicketEvent> events_of(std::string_view ticket) = 0;  ///< in order
    /// The ticket of this conversation that was resolved last, since then.
    virtual std::optional<Ticket> resolved_ticket_of(std::string_view platform, std::string_view conversation,
                                                     Instant since) = 0;
    /// The open ticket that a post belongs to: of the same conversation on that platform, of the same author there, or
    /// of the same customer anywhere; the most recently opened first. Empty arguments match nothing.
    virtual std::optional<Ticket> open_ticket_for(std::string_view platform, std::string_view conversation,
                                                  std::string_view handle, std::string_view customer) = 0;
    virtual std::optional<Ticket> open_ticket_of_mention(const MentionKey& key) = 0;
    virtual std::vector<Ticket> tickets_of_customer(std::string_view customer, int limit) = 0;  ///< newest first
    virtual TicketPage tickets(const TicketQuery& query) = 0;
    /// Newest first. A page may be short and still have a `next`; what is not indexed yet is not found.
    virtual FoundPage search(const SearchQuery& query) = 0;
    virtual std::int64_t search_backlog() = 0;  ///< texts that wait to be indexed, counted up to 100,000
    /// How many tickets a filter shows, counted up to `most`; `limit` and `after` of the query do not matter.
    virtual BoundedCount count_tickets(const TicketQuery& query, int most) = 0;
    virtual std::vector<SavedView> views(std::string_view person) = 0;  ///< own, then shared; by name
    virtual TicketCounts counts(std::string_view person, const std::vector<std::string>& brands, Instant now) = 0;
    /// Open tickets in order of their ids, from behind `id` on.
    virtual std::vector<Ticket> open_tickets_after(std::string_view id, int limit) = 0;
    /// Open tickets whose check_at has come, oldest first.
    virtual std::vector<Ticket> tickets_to_check(Instant now, int limit) = 0;
    virtual std::optional<Instant> next_check() = 0;
    virtual std::vector<Workload> workloads() = 0;  ///< of everybody, in the setup's order
    /// Open tickets of these queues that none of the people `here` has, in order of their ids from behind `after_id`.
    virtual std::vector<Ticket> tickets_to_give(const std::vector<std::string>& queues,
                                                const std::vector<std::string>& here, std::string_view after_id,
                                                int limit) = 0;
    /// Members of an incident in the order in which they were opened, from behind that one on.
    virtual std::vector<Ticket> tickets_of_incident(std::string_view incident, std::string_view after_id,
                                                    int limit) = 0;
    virtual std::int64_t incident_size(std::string_view incident) = 0;          ///< how many members it has
    virtual std::vector<IncidentRise> rises_of(std::string_view incident) = 0;  ///< the one found first leads
    /// Rises that run or ended since then.
    virtual std::vector<IncidentRise> rises_since(Instant ended) = 0;
    /// Tickets of incidents of these brands, the one found last first; `after` is the last one of the page before.
    virtual std::vector<std::string> incidents(const std::vector<std::string>& brands, bool only_running,
                                               std::string_view after, int limit) = 0;
    /// Every series with its hours since then, the first of each being the one that it is known from.
    virtual std::vector<SeriesHour> series_hours(Instant since) = 0;
    /// Mentions that rules sent to their queues since then, by the rule's name, of these brands (none: every brand).
    virtual std::map<std::string, std::int64_t> rule_hits(Instant since, const std::vector<std::string>& brands) = 0;
    /// The hours of one series in [from, to) in which something was heard, in order.
    virtual std::vector<SeriesHour> hours_of(const Series& series, Instant from, Instant to) = 0;
    /// The answer given to an idempotency key of a person, if it was used in the last day.
    virtual std::optional<std::string> answer_to(std::string_view person, std::string_view key) = 0;

    virtual std::optional<Customer> customer(std::string_view id) = 0;
    virtual std::optional<Customer> customer_of(std::string_view platform, std::string_view handle) = 0;
    /// By name in id order; `search` matches a part of either name, an e-mail or a handle.
    virtual std::vector<Customer> customers(std::string_view search, const std::vector<std::string>& brands,
                                            std::string_view after_id, int limit) = 0;
    virtual std::vector<Customer> customers_by_id(const std::vector<std::string>& ids) = 0;  ///< those that exist

    virtual std::vector<PlannedTouch> touches(std::string_view customer, int year) = 0;
    virtual std::optional<PlannedTouch> touch(std::string_view id) = 0;
    /// What a person has to do: planned touches of his list that are due by a day and owed (a note whose call is not
    /// logged is not), the longest overdue first. An empty owner: those that stand on nobody's list.
    virtual std::vector<PlannedTouch> touches_due(std::string_view owner, Date until,
                                                  const std::vector<std::string>& brands, int limit) = 0;
    /// Planned and held touches of a person's list due in [from, until], in order of days.
    virtual std::vector<PlannedTouch> open_touches(std::string_view owner, Date from, Date until, int limit) = 0;
    /// How many touches of a person's list were done since then.
    virtual std::int64_t touches_done(std::string_view owner, Instant since) = 0;
    /// In the order in which they happened; of all years, or of the touches of one.
    virtual std::vector<TouchEvent> touch_events(std::string_view customer, std::optional<int> year) = 0;
    virtual Guard guard(std::string_view customer) = 0;
    virtual std::vector<LedgerEntry> ledger(std::string_view customer, int limit) = 0;  ///< newest first
    /// Oldest first; `after_id` is the last one of the page before, empty: from the beginning.
    virtual std::vector<LedgerEntry> ledger_after(std::string_view customer, std::string_view after_id, int limit) = 0;
    virtual std::vector<LedgerEntry> ledger_of_mention(std::string_view mention) = 0;  ///< oldest first

    virtual std::vector<BadExperience> cases(std::string_view customer) = 0;    ///< oldest first
    virtual std::vector<CaseEvent> case_events(std::string_view customer) = 0;  ///< as they happened
    virtual std::vector<Survey> surveys(std::string_view customer) = 0;         ///< oldest first
    virtual std::optional<Survey> survey(std::string_view id) = 0;
    /// Not sent, may be sent by now, and not expired; the longest waiting first.
    virtual std::vector<Survey> surveys_to_send(Instant now, int limit) = 0;
    virtual std::vector<Proposal> proposals(std::string_view customer, bool only_open) = 0;  ///< oldest first
    virtual std::optional<Proposal> proposal(std::string_view id) = 0;
    /// Of all customers of these brands, newest first; `after_id` is the last one of the page before.
    virtual std::vector<Proposal> open_proposals(const std::vector<std::string>& brands, std::string_view after_id,
                                                 int limit) = 0;
    // As they happened, for fold_promises.
    virtual std::vector<PromiseEvent> promise_events(std::string_view customer) = 0;
    virtual std::vector<PromiseEvent> promise_events_of_ticket(std::string_view ticket) = 0;
    virtual std::vector<PromiseEvent> promise_events_of(std::string_view promise) = 0;

    virtual std::vector<StoredSegment> segments() = 0;  ///< by name
    virtual std::vector<Pilot> pilots() = 0;            ///< by name

    virtual std::vector<Merge> merges(std::string_view customer) = 0;  ///< that he is one side of; newest first
    virtual std::optional<Merge> merge(std::string_view id) = 0;
    /// Rows of somebody were erased whose bytes the database file may still hold: rewriting it has not succeeded yet.
    virtual bool erasure_pending() = 0;

    /// Waiting items whose time has come (critical first, then old and new in turn); and those left `sending` by a
    /// crash. Without those to busy destinations, which must not stand before what waits for others.
    virtual std::vector<OutboxItem> outbox_due(Instant now, int limit, const BusyDestinations& busy = {}) = 0;
    /// Mails of escalations whose time has come and that were tried less often than this; oldest first.
    virtual std::vector<OutboxItem> escalations_due(Instant now, int tries, int limit) = 0;
    virtual std::optional<Instant> next_outbox() = 0;
    virtual UnsentItems unsent() = 0;
    virtual std::optional<OutboxItem> outbox_item(std::string_view id) = 0;
    /// Newest first; `after` is the id of the last one of the page before.
    virtual std::vector<OutboxItem> mails(std::string_view after, int limit) = 0;
    /// Ids of mails sent or waiting to this address about this ticket, oldest first: for threading.
    virtual std::vector<std::string> mail_thread(std::string_view to, std::string_view ticket) = 0;
    /// To a customer's addresses, about him, or about his tickets; oldest first.
    virtual std::vector<OutboxItem> outbox_of_customer(std::string_view customer) = 0;

    virtual std::vector<TicketNews> ticket_news(int limit) = 0;  ///< as it happened
    virtual PersonInbox inbox(std::string_view person) = 0;
    virtual std::vector<std::string> inboxes_due(Instant now, int limit) = 0;  ///< ids of people, the longest due first
    virtual bool anything_to_tell(Instant now) = 0;                            ///< news, or an inbox that is due
    virtual std::optional<Instant> digest_run(std::string_view kind) = 0;      ///< of which moment the last one was

    // What reports and digests count. Of a ticket they get id, number, state, queue, brand, source, assignee, first
    // mention, clocks, pauses, incident, opened_at, updated_at and due_at; the rest is empty.

    /// Every ticket opened before `to` that was open at `from` or later.
    virtual void each_ticket_of(Instant from, Instant to, const std::function<void(const Ticket&)>& use) = 0;
    /// Every ticket opened in [from, to).
    virtual void each_ticket_opened(Instant from, Instant to, const std::function<void(const Ticket&)>& use) = 0;
    /// Every mention stored in [from, to): not deleted, not our own, not history.
    virtual void each_mention_stored(Instant from, Instant to,
                                     const std::function<void(const CountedMention&)>& use) = 0;
    /// Of a stored mention; neutral where it was forgotten.
    virtual Polarity polarity_of(std::string_view mention) = 0;

    virtual std::vector<Draft> drafts(std::string_view ticket, std::string_view person) = 0;  ///< by mode

    virtual bool ack_token_used(std::string_view token_hash) = 0;
    virtual std::vector<RelayEvent> relay_events(std::string_view relay, int limit) = 0;  ///< as it happened
    /// Outbox items of a kind that wait for this recipient.
    virtual std::int64_t unsent_to(std::string_view kind, std::string_view recipient) = 0;

    /// A consistent copy of what is committed, in one new file. Not inside Store::transact.
    virtual void backup(const std::string& path) = 0;
};

/// Customers in id order, at most so many; ledger entries oldest first. Read a page at a time, all of them held.
std::vector<Customer> all_customers(Reader& reader, std::size_t most = std::numeric_limits<std::size_t>::max());
/// Of every kind, oldest first, so that a later export of the same ones only grows; of each kind the newest `most`.
std::vector<Correction> all_corrections(Reader& reader, int most = std::numeric_limits<int>::max());
std::vector<LedgerEntry> whole_ledger(Reader& reader, std::string_view customer);

/// A customer with his plan of the year of `now`, his cases and surveys; nullopt when nobody has that id.
std::optional<PlanState> plan_of(Reader& reader, std::string_view customer, Instant now);

/// Of his plan only these touches, all of one customer, with the calls they follow, his guard and his cases; nullopt
/// when nobody has his id. What a list of many customers can afford.
std::optional<PlanState> plan_around(Reader& reader, std::vector<PlannedTouch> touches);

}  // namespace rasid
