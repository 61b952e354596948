#pragma once

#include "storage/reader.hpp"

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace rasid {

/// The database failed, is damaged, or was made by a newer version. Caught at the task supervisor and in main.
class StoreError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Two writers met: the ticket's version is no longer the expected one.
class StaleVersion : public StoreError {
public:
    using StoreError::StoreError;
};

/// Everything one page of a source leads to; committed together.
struct Intake {
    std::string source = {};
    std::string cursor = {};
    std::vector<StoredMention> mentions = {};  ///< new ones and new revisions; inserted or, by key, replaced
    std::vector<TicketChange> tickets = {};
    std::vector<PlanChange> plans = {};
    std::vector<OutboxItem> outbox = {};
    std::vector<SeriesHour> hours = {};    ///< what new mentions add to them
    std::vector<IncidentRise> rises = {};  ///< that began, or go on with these numbers
};

/// Everything durable. One writer; owned and called by the storage thread only.
///
/// Every method outside `transact` is a transaction of its own. A method that throws has changed nothing.
class Store : public Reader {
public:
    /// Runs `body` in one transaction and commits it durably (synchronous) before returning; an exception rolls back
    /// and goes on up. Nested calls are savepoints: the inner one may fail alone.
    virtual void transact(const std::function<void()>& body) = 0;

    /// Mentions, verdicts, ticket events, plan changes, outbox rows and the cursor: all or nothing.
    /// Fills in `number` of new tickets; returns the tickets as stored. Outbox items whose key is known are dropped.
    virtual std::vector<Ticket> take(const Intake& intake) = 0;

    /// A ticket's change with what follows from it. Throws StaleVersion.
    virtual Ticket apply(const TicketChange& change, const std::vector<PlanChange>& plans,
                         const std::vector<OutboxItem>& outbox) = 0;
    virtual void apply_plan(const PlanChange& change) = 0;
    virtual void remember_answer(std::string_view person, std::string_view key, std::string_view answer,
                                 Instant now) = 0;
    /// Takes an idempotency key before its request is done, so that no crash lets it be done twice. False: it is taken,
    /// and `answer_to` says what stands there.
    virtual bool claim_answer(std::string_view person, std::string_view key, std::string_view claim, Instant now) = 0;
    virtual void settle_answer(std::string_view person, std::string_view key, std::string_view answer) = 0;
    virtual void release_answer(std::string_view person, std::string_view key) = 0;  ///< nothing was done under it

    /// Inserts, or replaces all but the cursor and whether it is paused.
    virtual void put_source(const SourceRecord& record) = 0;
    virtual bool pause_source(std::string_view name, bool paused) = 0;  ///< false: there is no such source
    virtual void put_cursor(std::string_view source, std::string_view cursor) = 0;
    virtual void mute(std::string_view platform, std::string_view handle, bool muted) = 0;
    virtual void put_correction(const Correction& correction) = 0;  ///< inserts, or replaces when it was undone

    /// Makes the stored setup equal to this one; people keep the id of their name.
    virtual void put_setup(const Setup& setup) = 0;
    /// The same as somebody's change: each item that differs leaves a version in the history.
    virtual void put_setup(const Setup& setup, const SetupAuthor& author) = 0;
    virtual void put_password(std::string_view person, std::string_view hash) = 0;
    virtual void put_person_language(std::string_view person, std::string_view language) = 0;
    virtual void put_presence(std::string_view person, bool present, Instant now) = 0;
    virtual void put_person_preferences(const Person& person) = 0;  ///< quiet, time_zone, updates, digest, by id
    virtual void put_session(const Session& session) = 0;
    virtual void end_session(std::string_view token_hash) = 0;
    virtual void end_sessions_before(Instant idle_since, Instant created_before) = 0;
    virtual void put_token(const ApiToken& token) = 0;  ///< inserts, or replaces by id: used, revoked
    virtual void put_page_settings(std::string_view person, const PageSettings& settings) = 0;
    /// `salt`: unpredictable, of this record alone.
    virtual void append_audit(const AuditRecord& record, std::string_view salt, Instant at) = 0;

    /// Inserts, or replaces by id, with identities. An identity that another customer has moves to this one.
    virtual void put_customer(const Customer& customer) = 0;
    /// What an account wrote, and its tickets, become those of a customer of that tier; an empty id: of nobody. Who is
    /// linked to the account is put_customer's and unlink's.
    virtual void assign_account(std::string_view platform, std::string_view handle, std::string_view customer,
                                std::string_view tier) = 0;
    virtual void remove_customer(std::string_view id) = 0;  ///< his record, plan and ledger; what he wrote stays
    virtual void unlink(std::string_view customer, std::string_view platform, std::string_view handle) = 0;

    virtual void put_survey(const Survey& survey) = 0;        ///< inserts, or replaces by id
    virtual void put_proposal(const Proposal& proposal) = 0;  ///< inserts, or replaces by id: a decision
    /// Events whose id is known are dropped.
    virtual void append_promise_events(const std::vector<PromiseEvent>& events) = 0;
    virtual void put_segment(const StoredSegment& segment) = 0;  ///< inserts, or replaces by name
    virtual void remove_segment(std::string_view name) = 0;
    virtual void put_view(const SavedView& view) = 0;  ///< inserts, or replaces by owner and name
    virtual void remove_view(std::string_view owner, std::string_view name) = 0;
    virtual void put_pilot(const Pilot& pilot) = 0;  ///< inserts, or replaces by name
    virtual void remove_pilot(std::string_view name) = 0;

    /// Makes two customers one: the kept record becomes the merged one; ledger, cases, surveys, promises, mentions and
    /// tickets of the dropped one become his, and no reader sees the dropped record any more. Its touches stay with
    /// it. `plans` are the changes of either. What was moved is remembered with the merge, `moved_ledger` included.
    virtual void put_merge(const Merge& merge, const std::vector<PlanChange>& plans) = 0;
    /// Takes it back: exactly what was moved returns, both records become what is given, `plans` are applied last.
    virtual void take_back_merge(const Merge& undone, const Customer& kept, const Customer& dropped,
                                 const std::vector<PlanChange>& plans) = 0;

    /// Erases one person: his record and those merged into it, plan, ledger, cases, surveys, proposals, promises and
    /// merges; what he wrote under any handle that was his; mails and answers that tell of him. His tickets stay as
    /// numbers without author and words. Afterwards the database is written anew, so that no byte of him is left in
    /// it or beside it, which takes as long as copying it; should that fail, it is tried again with the next erasure or
    /// forgetting (`erasure_pending`). False: nobody has that id. Copies made before still hold him.
    virtual bool erase_customer(std::string_view id) = 0;

    /// Inserts, or replaces by ticket, person and mode; without text: removes. Beyond kDraftsOfPerson the oldest of
    /// that person go. Does nothing for a ticket or person that is gone.
    virtual void put_draft(const Draft& draft) = 0;

    virtual void put_outbox(const OutboxItem& item) = 0;     ///< inserts unless the key is known
    virtual void update_outbox(const OutboxItem& item) = 0;  ///< state, attempts, not_before, last_error, finished_at
    /// Everything that waits for this destination (`destination_of`) waits until then at least.
    virtual void postpone_outbox(std::string_view destination, Instant until) = 0;
    virtual void forget_news(const std::vector<TicketNews>& news) = 0;
    /// `next`: when it comes due; nullopt: not before something is put into it.
    virtual void put_inbox(std::string_view person, const PersonInbox& inbox, std::optional<Instant> next) = 0;
    virtual void put_digest_run(std::string_view kind, Instant at) = 0;
    /// Exactly these are told of every ticket event from here on; what a gone one was still to be told is forgotten.
    virtual void put_relays(const std::vector<std::string>& names) = 0;
    virtual void forget_relay_events(const std::vector<RelayEvent>& events) = 0;
    /// True the first time only.
    virtual bool use_ack_token(std::string_view token_hash, std::string_view person, Instant now) = 0;

    virtual void put_rises(const std::vector<IncidentRise>& rises) = 0;  ///< inserts, or replaces by ticket and series
    /// Forgets the hours of a series before this one: what it was used to no longer counts.
    virtual void restart_series(const Series& series, Instant hour) = 0;
    /// Removes hours before the first moment, and incidents found before the second whose tickets are resolved and
    /// without members.
    virtual void forget_incidents(Instant hours_before, Instant found_before) = 0;

    /// Brings some of what waits into the search index, the newest first, and takes out what changed. Returns how many
    /// texts were done; 0: none waits.
    virtual int index_search(const FoldSearchText& fold, int limit) = 0;
    /// Does some milliseconds of what removes the last traces of texts that left the index; false: none is left.
    virtual bool tidy_search() = 0;

    /// Removes mentions (and what hangs on them) stored before, that belong to no open ticket. Returns how many.
    virtual std::int64_t forget_before(Instant stored_before, int limit) = 0;
};

struct StoreOptions {
    std::string url = {};  ///< "sqlite:PATH"
    bool read_only = false;
};

/// Opens, migrating to the newest schema (numbered migrations, each with a checksum, each in one transaction).
/// Throws StoreError: newer schema, changed migration, damaged or emptied file, unknown scheme.
std::unique_ptr<Store> open_store(const StoreOptions& options);

/// Puts a copy of a backup in the place of the database `target` (a path). Refuses, throwing StoreError and changing
/// nothing, while a daemon runs on it, when the backup is damaged, and when a database is there already unless
/// `replace`.
void restore_backup(const std::string& backup, const std::string& target, bool replace);

/// A connection of its own for reading beside the writer.
std::unique_ptr<Reader> open_reader(const StoreOptions& options);

}  // namespace rasid
