#pragma once

#include "storage/engine.hpp"
#include "storage/store.hpp"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rasid {

/// How a deadline that does not exist is stored, so that it sorts last.
inline constexpr Instant kNever = Instant::max();

/// The Store over an Engine. Its rooms stand in files of their own, store_ROOM.cpp; transactions in sql_store.cpp.
class SqlStore final : public Store {
public:
    /// `guard` is held as long as the store lives, the engine included: the lock that keeps other writers out.
    explicit SqlStore(std::unique_ptr<Engine> engine, std::shared_ptr<void> guard = nullptr);

    void at_one_state(const std::function<void()>& body) override;
    Setup setup() override;
    std::vector<SetupVersion> setup_history(std::string_view kind, std::string_view name, int limit) override;
    std::optional<Person> person(std::string_view id) override;
    std::optional<Person> person_by_email(std::string_view email) override;
    std::optional<std::string> password_hash(std::string_view person) override;
    bool any_password() override;
    std::optional<Session> session(std::string_view token_hash) override;
    std::optional<ApiToken> token_by_hash(std::string_view hash) override;
    std::vector<ApiToken> tokens(std::string_view person) override;
    std::map<std::string, PageSettings> page_settings() override;
    std::vector<AuditEntry> audit(const AuditQuery& query) override;
    std::vector<AuditEntry> audit_after(std::int64_t sequence, int limit) override;
    std::vector<std::string> audit_actions() override;

    std::optional<SourceRecord> source(std::string_view name) override;
    std::vector<SourceRecord> sources() override;

    std::optional<StoredMention> mention(const MentionKey& key) override;
    std::optional<StoredMention> mention_by_id(std::string_view id) override;
    std::vector<StoredMention> mentions_of_ticket(std::string_view ticket, int limit) override;
    std::int64_t mention_count() override;
    std::vector<StoredMention> mentions_of_customer(std::string_view customer, std::string_view after_id,
                                                    int limit) override;
    std::vector<MentionRevision> revisions_of(std::string_view mention) override;
    std::vector<StoredMention> copies(const StoredMention& mention, int limit) override;
    std::vector<StoredSketch> sketches_since(Instant since, int limit) override;
    std::vector<StoredMention> mentions_stored(Instant from, Instant to, int limit) override;
    std::int64_t mentions_stored_count(Instant from, Instant to) override;
    Context::History author_history(std::string_view platform, std::string_view handle) override;
    bool muted(std::string_view platform, std::string_view handle) override;
    std::vector<MutedAuthor> muted_authors() override;

    std::vector<Correction> corrections(CorrectionKind what, int limit) override;
    std::vector<CorrectionCount> correction_counts(Instant since, const std::vector<std::string>& brands) override;
    std::vector<Correction> corrections_of(std::string_view mention) override;
    std::optional<Correction> correction(std::string_view id) override;

    std::optional<Ticket> ticket(std::string_view id) override;
    std::optional<Ticket> ticket_by_number(std::int64_t number) override;
    std::vector<TicketEvent> events_of(std::string_view ticket) override;
    std::optional<Ticket> resolved_ticket_of(std::string_view platform, std::string_view conversation,
                                             Instant since) override;
    std::optional<Ticket> open_ticket_for(std::string_view platform, std::string_view conversation,
                                          std::string_view handle, std::string_view customer) override;
    std::optional<Ticket> open_ticket_of_mention(const MentionKey& key) override;
    std::vector<Ticket> tickets_of_customer(std::string_view customer, int limit) override;
    TicketPage tickets(const TicketQuery& query) override;
    FoundPage search(const SearchQuery& query) override;
    std::int64_t search_backlog() override;
    BoundedCount count_tickets(const TicketQuery& query, int most) override;
    std::vector<SavedView> views(std::string_view person) override;
    TicketCounts counts(std::string_view person, const std::vector<std::string>& brands, Instant now) override;
    std::vector<Ticket> open_tickets_after(std::string_view id, int limit) override;
    std::vector<Ticket> tickets_to_check(Instant now, int limit) override;
    std::optional<Instant> next_check() override;
    std::vector<Workload> workloads() override;
    std::vector<Ticket> tickets_to_give(const std::vector<std::string>& queues, const std::vector<std::string>& here,
                                        std::string_view after_id, int limit) override;
    std::vector<Ticket> tickets_of_incident(std::string_view incident, std::string_view after_id, int limit) override;
    std::int64_t incident_size(std::string_view incident) override;
    std::vector<IncidentRise> rises_of(std::string_view incident) override;
    std::vector<IncidentRise> rises_since(Instant ended) override;
    std::vector<std::string> incidents(const std::vector<std::string>& brands, bool only_running,
                                       std::string_view after, int limit) override;
    std::vector<SeriesHour> series_hours(Instant since) override;
    std::map<std::string, std::int64_t> rule_hits(Instant since, const std::vector<std::string>& brands) override;
    std::vector<SeriesHour> hours_of(const Series& series, Instant from, Instant to) override;
    std::optional<std::string> answer_to(std::string_view person, std::string_view key) override;

    std::optional<Customer> customer(std::string_view id) override;
    std::optional<Customer> customer_of(std::string_view platform, std::string_view handle) override;
    std::vector<Customer> customers(std::string_view search, const std::vector<std::string>& brands,
                                    std::string_view after_id, int limit) override;
    std::vector<Customer> customers_by_id(const std::vector<std::string>& ids) override;

    std::vector<PlannedTouch> touches(std::string_view customer, int year) override;
    std::optional<PlannedTouch> touch(std::string_view id) override;
    std::vector<PlannedTouch> touches_due(std::string_view owner, Date until, const std::vector<std::string>& brands,
                                          int limit) override;
    std::vector<PlannedTouch> open_touches(std::string_view owner, Date from, Date until, int limit) override;
    std::int64_t touches_done(std::string_view owner, Instant since) override;
    std::vector<TouchEvent> touch_events(std::string_view customer, std::optional<int> year) override;
    Guard guard(std::string_view customer) override;
    std::vector<LedgerEntry> ledger(std::string_view customer, int limit) override;
    std::vector<LedgerEntry> ledger_after(std::string_view customer, std::string_view after_id, int limit) override;
    std::vector<LedgerEntry> ledger_of_mention(std::string_view mention) override;

    std::vector<BadExperience> cases(std::string_view customer) override;
    std::vector<CaseEvent> case_events(std::string_view customer) override;
    std::vector<Survey> surveys(std::string_view customer) override;
    std::optional<Survey> survey(std::string_view id) override;
    std::vector<Survey> surveys_to_send(Instant now, int limit) override;
    std::vector<Proposal> proposals(std::string_view customer, bool only_open) override;
    std::optional<Proposal> proposal(std::string_view id) override;
    std::vector<Proposal> open_proposals(const std::vector<std::string>& brands, std::string_view after_id,
                                         int limit) override;
    std::vector<PromiseEvent> promise_events(std::string_view customer) override;
    std::vector<PromiseEvent> promise_events_of_ticket(std::string_view ticket) override;
    std::vector<PromiseEvent> promise_events_of(std::string_view promise) override;
    std::vector<StoredSegment> segments() override;
    std::vector<Pilot> pilots() override;
    std::vector<Merge> merges(std::string_view customer) override;
    std::optional<Merge> merge(std::string_view id) override;
    bool erasure_pending() override;

    std::vector<OutboxItem> outbox_due(Instant now, int limit, const BusyDestinations& busy) override;
    std::vector<OutboxItem> escalations_due(Instant now, int tries, int limit) override;
    std::optional<Instant> next_outbox() override;
    UnsentItems unsent() override;
    std::vector<Draft> drafts(std::string_view ticket, std::string_view person) override;
    std::optional<OutboxItem> outbox_item(std::string_view id) override;
    std::vector<OutboxItem> mails(std::string_view after, int limit) override;
    std::vector<std::string> mail_thread(std::string_view to, std::string_view ticket) override;
    std::vector<OutboxItem> outbox_of_customer(std::string_view customer) override;
    std::vector<TicketNews> ticket_news(int limit) override;
    PersonInbox inbox(std::string_view person) override;
    std::vector<std::string> inboxes_due(Instant now, int limit) override;
    bool anything_to_tell(Instant now) override;
    std::optional<Instant> digest_run(std::string_view kind) override;
    void each_ticket_of(Instant from, Instant to, const std::function<void(const Ticket&)>& use) override;
    void each_ticket_opened(Instant from, Instant to, const std::function<void(const Ticket&)>& use) override;
    void each_mention_stored(Instant from, Instant to, const std::function<void(const CountedMention&)>& use) override;
    Polarity polarity_of(std::string_view mention) override;
    bool ack_token_used(std::string_view token_hash) override;
    std::vector<RelayEvent> relay_events(std::string_view relay, int limit) override;
    std::int64_t unsent_to(std::string_view kind, std::string_view recipient) override;

    void transact(const std::function<void()>& body) override;
    std::vector<Ticket> take(const Intake& intake) override;
    Ticket apply(const TicketChange& change, const std::vector<PlanChange>& plans,
                 const std::vector<OutboxItem>& outbox) override;
    void apply_plan(const PlanChange& change) override;
    void remember_answer(std::string_view person, std::string_view key, std::string_view answer, Instant now) override;
    bool claim_answer(std::string_view person, std::string_view key, std::string_view claim, Instant now) override;
    void settle_answer(std::string_view person, std::string_view key, std::string_view answer) override;
    void release_answer(std::string_view person, std::string_view key) override;

    void put_source(const SourceRecord& record) override;
    void put_cursor(std::string_view source, std::string_view cursor) override;
    void mute(std::string_view platform, std::string_view handle, bool muted) override;
    void put_correction(const Correction& correction) override;

    void put_setup(const Setup& setup) override;
    void put_setup(const Setup& setup, const SetupAuthor& author) override;
    void put_password(std::string_view person, std::string_view hash) override;
    void put_person_language(std::string_view person, std::string_view language) override;
    void put_presence(std::string_view person, bool present, Instant now) override;
    void put_person_preferences(const Person& person) override;
    void put_session(const Session& session) override;
    void end_session(std::string_view token_hash) override;
    void end_sessions_before(Instant idle_since, Instant created_before) override;
    void put_token(const ApiToken& token) override;
    void put_page_settings(std::string_view person, const PageSettings& settings) override;
    void append_audit(const AuditRecord& record, std::string_view salt, Instant at) override;
    bool pause_source(std::string_view name, bool paused) override;
    void put_relays(const std::vector<std::string>& names) override;
    void forget_relay_events(const std::vector<RelayEvent>& events) override;

    void put_customer(const Customer& customer) override;
    void assign_account(std::string_view platform, std::string_view handle, std::string_view customer,
                        std::string_view tier) override;
    void remove_customer(std::string_view id) override;
    void unlink(std::string_view customer, std::string_view platform, std::string_view handle) override;

    void put_survey(const Survey& survey) override;
    void put_proposal(const Proposal& proposal) override;
    void append_promise_events(const std::vector<PromiseEvent>& events) override;
    void put_segment(const StoredSegment& segment) override;
    void remove_segment(std::string_view name) override;
    void put_view(const SavedView& view) override;
    void remove_view(std::string_view owner, std::string_view name) override;
    void put_pilot(const Pilot& pilot) override;
    void remove_pilot(std::string_view name) override;
    void put_merge(const Merge& merge, const std::vector<PlanChange>& plans) override;
    void take_back_merge(const Merge& undone, const Customer& kept, const Customer& dropped,
                         const std::vector<PlanChange>& plans) override;
    bool erase_customer(std::string_view id) override;

    void put_draft(const Draft& draft) override;
    void put_outbox(const OutboxItem& item) override;
    void update_outbox(const OutboxItem& item) override;
    void postpone_outbox(std::string_view destination, Instant until) override;
    void forget_news(const std::vector<TicketNews>& news) override;
    void put_inbox(std::string_view person, const PersonInbox& inbox, std::optional<Instant> next) override;
    void put_digest_run(std::string_view kind, Instant at) override;
    bool use_ack_token(std::string_view token_hash, std::string_view person, Instant now) override;
    void put_rises(const std::vector<IncidentRise>& rises) override;
    void restart_series(const Series& series, Instant hour) override;
    void forget_incidents(Instant hours_before, Instant found_before) override;
    int index_search(const FoldSearchText& fold, int limit) override;
    bool tidy_search() override;
    std::int64_t forget_before(Instant stored_before, int limit) override;
    void backup(const std::string& path) override;

private:
    /// Runs `body`, a reader of several statements, on one committed state.
    template <typename Body>
    auto on_one_state(Body body) {
        if (engine_->in_transaction()) return body();
        const ReadTransaction reading(*engine_);
        return body();
    }

    struct ReadTransaction {
        explicit ReadTransaction(Engine& engine) : engine_(engine) { engine_.begin(Engine::Access::read); }
        ~ReadTransaction() { engine_.rollback(); }
        ReadTransaction(const ReadTransaction&) = delete;
        ReadTransaction& operator=(const ReadTransaction&) = delete;
        Engine& engine_;
    };

    void outermost(const std::function<void()>& body);
    void nested(const std::function<void()>& body);

    std::int64_t next_number(std::string_view counter);

    bool store_mention(const StoredMention& stored);  ///< whether it is new
    void replace_mention(const StoredMention& before, const StoredMention& stored);
    void keep_revision(const StoredMention& before, Instant replaced_at);
    std::int64_t write_mention(const std::string& sql, std::string_view id, const StoredMention& stored);
    void erase_quotes(std::string_view mention);
    void forget_drafts_about(std::string_view mention);  ///< of its ticket: they may quote it

    std::optional<FoundText> found_text(std::string_view kind, std::string_view item);
    std::optional<FoundText> found_event(std::string_view id);
    void await_indexing(std::string_view kind, std::string_view item);
    void await_indexing_of_ticket(std::string_view ticket);
    void unindex(std::string_view item);
    void unindex_events(std::string_view column, std::string_view value);
    void tidy_whole_search();
    std::int64_t place_document(std::string_view kind, std::string_view item, Instant at);

    Ticket store_change(const TicketChange& change);
    void store_news(const TicketChange& change);
    void store_relay_events(const TicketChange& change);
    void write_ticket(const Ticket& ticket);
    void append_event(const TicketEvent& event);
    void remember_turn(std::string_view person, Instant at);
    void add_hour(const SeriesHour& hour);
    std::int64_t id_of(const Series& series, Instant since);
    void store_plan(const PlanChange& change);
    void store_touch(const PlannedTouch& touch);
    void append_touch_event(const TouchEvent& event);
    void append_ledger(const LedgerEntry& entry);
    void store_case(const BadExperience& bad_experience);
    void append_case_event(const CaseEvent& event);
    void store_survey(const Survey& survey);
    void propose(const Proposal& proposal);
    void write_proposal(const std::string& sql, const Proposal& proposal);
    void move_rows(const Merge& merge);
    void move_rows_back(const Merge& merge);
    void load_moved_ledger(Merge& merge);

    /// Everything of one person that hangs on more than his id.
    struct Traces {
        std::set<std::string> ids = {};                               ///< his and those of records merged into his
        std::set<std::pair<std::string, std::string>> accounts = {};  ///< platform and folded handle
        std::set<std::string> mentions = {};                          ///< ids of what he wrote and of our replies
        std::set<std::string> posts = {};                             ///< what platforms call what he wrote
        std::set<std::string> tickets = {};
        std::set<std::string> emails = {};     ///< folded
        std::set<std::string> occasions = {};  ///< ids of touches and surveys: mails are sent because of them
    };
    std::set<std::string> with_merged(std::string_view customer);
    Traces traces_of(std::string_view customer);  ///< all but the mentions
    void trace_contacts(Traces& traces);
    void trace_accounts(Traces& traces);
    void trace_tickets(Traces& traces);
    void trace_mentions(Traces& traces);
    std::set<std::string> outbox_about(const Traces& traces);
    void erase_mentions(const Traces& traces);
    void erase_ticket_words(const std::string& ticket);
    void erase_elsewhere(const Traces& traces);
    void erase_in_cursors(const Traces& traces);
    void erase_in_audit(const Traces& traces);
    void forget_referrer(const std::string& customer);
    void rewrite_if_due() noexcept;
    void store_outbox(const OutboxItem& item);
    void store_identities(const Customer& customer);
    void load_identities(Customer& customer);
    std::vector<Person> people();
    void store_people(const std::vector<Person>& people);
    void store_items(std::string_view kind, std::size_t position, std::string_view name, const Setup& only);

    std::shared_ptr<void> guard_;
    std::unique_ptr<Engine> engine_;
    int depth_ = 0;
    bool scrub_wanted_ = false;    ///< something was erased: clean up behind the outermost commit
    bool rewrite_wanted_ = false;  ///< somebody was erased: write the database anew behind it
};

}  // namespace rasid
