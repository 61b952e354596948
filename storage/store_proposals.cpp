#include "storage/sql_store.hpp"
#include "storage/statement.hpp"

namespace rasid {
namespace {

const std::string kSelectProposal = R"sql(
    SELECT id, customer, kind, subject, reason, made_at, state, decided_by, decided_at FROM proposals )sql";

const std::string kInsertProposal = R"sql(
    INSERT INTO proposals (id, customer, kind, subject, reason, made_at, state, decided_by, decided_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO )sql";

Proposal proposal_of(const Answer& answer) {
    Columns columns(answer);
    Proposal proposal;
    proposal.id = columns.text();
    proposal.customer = columns.text();
    const auto kind = parse_proposal_kind(columns.text());
    if (!kind) throw StoreError("a stored value is damaged: the kind of proposal " + proposal.id);
    proposal.kind = *kind;
    proposal.subject = columns.text();
    proposal.reason = columns.text();
    proposal.made_at = columns.instant();
    // What cannot be read is not asked again.
    proposal.state = parse_proposal_state(columns.text()).value_or(ProposalState::dismissed);
    proposal.decided_by = columns.text();
    proposal.decided_at = columns.maybe_instant();
    return proposal;
}

std::vector<Proposal> proposals_of(const std::unique_ptr<Answer>& answer) {
    std::vector<Proposal> list;
    while (answer->next()) list.push_back(proposal_of(*answer));
    return list;
}

}  // namespace

std::vector<Proposal> SqlStore::proposals(std::string_view customer, bool only_open) {
    return proposals_of(
        engine_->ask(kSelectProposal + "WHERE customer = $1 AND (state = 'open' OR $2 = 0) ORDER BY made_at, id",
                     customer, only_open));
}

std::optional<Proposal> SqlStore::proposal(std::string_view id) {
    const auto answer = engine_->ask(kSelectProposal + "WHERE id = $1", id);
    if (!answer->next()) return std::nullopt;
    return proposal_of(*answer);
}

std::vector<Proposal> SqlStore::open_proposals(const std::vector<std::string>& brands, std::string_view after_id,
                                               int limit) {
    Statement statement;
    statement.sql = kSelectProposal + R"sql(
        WHERE state = 'open' AND EXISTS (
            SELECT 1 FROM customers WHERE customers.id = proposals.customer AND merged_into = '')sql";
    statement.only_brands(brands);
    statement.sql += ")";
    if (!after_id.empty()) {
        statement.sql += " AND (made_at, id) < (SELECT last.made_at, last.id FROM proposals AS last WHERE last.id = " +
                         statement.bind(after_id) + ")";
    }
    statement.sql += " ORDER BY made_at DESC, id DESC LIMIT " + statement.bind(limit);
    return proposals_of(engine_->ask_with(statement.sql, statement.values));
}

void SqlStore::propose(const Proposal& proposal) {
    static const auto kUnlessKnown = kInsertProposal + "NOTHING";
    write_proposal(kUnlessKnown, proposal);
}

void SqlStore::put_proposal(const Proposal& proposal) {
    static const auto kReplace = kInsertProposal + R"sql(
        UPDATE SET subject = excluded.subject, reason = excluded.reason, made_at = excluded.made_at, state = excluded.state,
            decided_by = excluded.decided_by, decided_at = excluded.decided_at)sql";
    transact([&] { write_proposal(kReplace, proposal); });
}

void SqlStore::write_proposal(const std::string& sql, const Proposal& proposal) {
    engine_->run(sql, proposal.id, proposal.customer, to_string(proposal.kind), proposal.subject, proposal.reason,
                 proposal.made_at, to_string(proposal.state), proposal.decided_by, proposal.decided_at);
}

}  // namespace rasid
