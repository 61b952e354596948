#include "core/text/first_characters.hpp"
#include "engagement/promises.hpp"
#include "engagement/survey.hpp"
#include "web/customer_mails.hpp"
#include "web/customer_views.hpp"
#include "web/ticket_views.hpp"

namespace rasid {
namespace {

constexpr int kLedgerShown = 200;
constexpr int kTicketsOfTrust = 200;
constexpr int kMonths = 12;

void name_ticket(Reader& reader, CustomerFile& file, const std::string& id) {
    if (id.empty() || file.numbers.contains(id)) return;
    if (const auto ticket = reader.ticket(id)) file.numbers[id] = ticket->number;
}

std::vector<TrustPoint> trust_of(Reader& reader, const CustomerFile& file, const CustomerDesk& desk) {
    TrustFacts facts{.promises = file.promises, .cases = file.plan.cases, .surveys = file.plan.surveys};
    for (const auto& ticket : reader.tickets_of_customer(file.plan.customer.id, kTicketsOfTrust))
        facts.answers.insert(facts.answers.end(), ticket.clocks.begin(), ticket.clocks.end());
    const auto last = desk.today.year() / desk.today.month();
    return trust_line(facts, last - std::chrono::months(kMonths - 1), last, desk.now);
}

}  // namespace

CustomerLine customer_line(Reader& reader, Customer customer, int year) {
    auto touches = reader.touches(customer.id, year);
    auto guard = reader.guard(customer.id);
    return {std::move(customer), std::move(touches), std::move(guard)};
}

ShownProposal shown(Reader& reader, Proposal proposal, std::string customer_name) {
    ShownProposal shown{.proposal = std::move(proposal), .customer_name = std::move(customer_name)};
    shown.shown = shown.proposal.subject;
    if (shown.proposal.kind == ProposalKind::merge) {
        if (const auto other = reader.customer(shown.proposal.subject)) shown.shown = other->name;
    } else if (shown.proposal.kind == ProposalKind::thank || shown.proposal.kind == ProposalKind::reshare) {
        const auto mention = reader.mention_by_id(shown.proposal.subject);
        shown.shown = mention ? std::string(first_characters(mention->mention.text, kSnippet)) : std::string();
    }
    return shown;
}

CustomerFile file_of(Reader& reader, Customer customer, const CustomerDesk& desk) {
    CustomerFile file;
    const auto id = customer.id;
    if (auto plan = plan_of(reader, id, desk.now)) file.plan = std::move(*plan);
    file.plan.customer = std::move(customer);
    file.year = static_cast<int>(desk.today.year());
    file.plan.touches = reader.touches(id, file.year);
    auto ledger = reader.ledger(id, kLedgerOfScores);
    const auto rate = desk.churn->find(file.plan.customer.brand);
    file.churn = rate == desk.churn->end() ? no_figure({.name = "churn"}, "the segment had no customer a year ago")
                                           : rate->second;
    file.scores = scores_of(file.plan, ledger, file.churn.value, desk.now, desk.scores);
    if (ledger.size() > kLedgerShown) ledger.resize(kLedgerShown);
    file.ledger = std::move(ledger);
    file.promises = fold_promises(reader.promise_events(id), desk.now);
    for (const auto& entry : file.ledger) name_ticket(reader, file, entry.ticket);
    for (const auto& each : file.plan.cases) name_ticket(reader, file, each.ticket);
    for (const auto& promise : file.promises) name_ticket(reader, file, promise.ticket);
    for (const auto& touch : file.plan.touches) {
        if (touch.channel != "mail" || touch.state != TouchState::planned) continue;
        const auto mail = CustomerMails::mails_of(reader, touch.id).newest;
        if (mail && mail->state == OutboxState::waiting) file.send_at[touch.id] = mail->not_before;
    }
    for (auto& proposal : reader.proposals(id, true))
        file.proposals.push_back(shown(reader, std::move(proposal), file.plan.customer.name));
    for (auto& merge : reader.merges(id)) {
        if (merge.kept.id == id) file.merges.push_back(std::move(merge));
    }
    const auto& referrer = file.plan.customer.referred_by;
    if (!referrer.empty()) {
        const auto known = visible_customer(reader, referrer, desk.person);
        file.referred_by_name = known ? known->name : referrer;
    }
    file.trust = trust_of(reader, file, desk);
    return file;
}

}  // namespace rasid
