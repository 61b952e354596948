#include "engagement/proposals.hpp"

#include "core/text/fold.hpp"
#include "core/text/tokens.hpp"
#include "engagement/customer_cells.hpp"
#include "engagement/plan.hpp"
#include "engagement/reach.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace rasid {
namespace {

constexpr std::size_t kMentionsForAnInterest = 2;
constexpr int kPromoter = 9;
constexpr std::string_view kTestimonial = "testimonial/";

/// Words and tags of a mention, folded.
std::set<std::string> words_of(const OwnMention& mention) {
    std::set<std::string> words;
    for (const auto& tag : mention.tags) words.insert(fold_text(tag));
    const auto text = tokenize(mention.text);
    for (const auto& token : text.tokens()) {
        if (token.kind == TokenKind::word || token.kind == TokenKind::hashtag)
            words.insert(std::string(text.text_of(token)));
    }
    return words;
}

bool holds(const std::vector<std::string>& list, const std::string& text) {
    return std::ranges::any_of(list, [&](const std::string& each) { return fold_text(each) == fold_text(text); });
}

}  // namespace

Proposal proposal(const Customer& customer, ProposalKind kind, std::string subject, std::string reason, Instant now) {
    auto id = customer.id + "/" + std::string(to_string(kind)) + "/" + subject;
    return {.id = std::move(id),
            .customer = customer.id,
            .kind = kind,
            .subject = std::move(subject),
            .reason = std::move(reason),
            .made_at = now};
}

std::vector<Proposal> proposals_from_praise(const Customer& customer, const Mention& mention,
                                            const std::string& mention_id, Instant now) {
    std::vector<Proposal> made = {proposal(customer, ProposalKind::thank, mention_id, "praise", now)};
    if (mention.visibility == Visibility::open)
        made.push_back(proposal(customer, ProposalKind::reshare, mention_id, "public praise", now));
    return made;
}

std::optional<Proposal> propose_plan(const Customer& customer, std::span<const LedgerEntry> ledger,
                                     std::span<const Survey> surveys, Instant now) {
    if (customer.plan != kAdvocates) {
        const auto referral = std::ranges::find(ledger, "referral", &LedgerEntry::kind);
        if (referral != ledger.end())
            return proposal(customer, ProposalKind::move_plan, std::string(kAdvocates),
                            "referred somebody on " + to_string(utc_date(referral->at)), now);
        const Survey* newest = nullptr;
        for (const auto& survey : surveys) {
            const bool answer = survey.kind == SurveyKind::nps && survey.answered_at && survey.score;
            if (answer && (!newest || *survey.answered_at > *newest->answered_at)) newest = &survey;
        }
        if (newest && *newest->score >= kPromoter)
            return proposal(
                customer, ProposalKind::move_plan, std::string(kAdvocates),
                "NPS " + std::to_string(*newest->score) + " on " + to_string(utc_date(*newest->answered_at)), now);
    }
    const bool near = customer.known_as == "past_client" || customer.known_as == "circle";
    if (customer.plan.empty() && near)
        return proposal(customer, ProposalKind::move_plan, std::string(kClientsForLife),
                        customer.known_as == "circle" ? "in the circle of influence" : "past client", now);
    return std::nullopt;
}

void propose_after(PlanChange& change, const PlanState& plan, std::span<const LedgerEntry> ledger, Instant now) {
    std::vector<LedgerEntry> told(ledger.begin(), ledger.end());
    told.insert(told.end(), change.ledger.begin(), change.ledger.end());
    auto surveys = plan.surveys;
    for (const auto& survey : change.surveys) {
        const auto known = std::ranges::find(surveys, survey.id, &Survey::id);
        if (known != surveys.end())
            *known = survey;
        else
            surveys.push_back(survey);
    }
    if (auto move = propose_plan(plan.customer, told, surveys, now)) change.proposals.push_back(std::move(*move));
}

std::vector<Proposal> propose_interests(const Customer& customer, std::span<const OwnMention> mentions,
                                        std::span<const InterestWords> vocabulary, Instant now) {
    std::vector<std::set<std::string>> said;
    for (const auto& mention : mentions) {
        if (mention.polarity != Polarity::negative) said.push_back(words_of(mention));
    }
    std::vector<Proposal> made;
    for (const auto& [interest, words] : vocabulary) {
        if (holds(customer.interests, interest)) continue;
        std::size_t count = 0;
        std::set<std::string> spoken;
        for (const auto& mention : said) {
            const auto word =
                std::ranges::find_if(words, [&](const std::string& each) { return mention.contains(fold_text(each)); });
            if (word == words.end()) continue;
            ++count;
            spoken.insert(*word);
        }
        if (count < kMentionsForAnInterest) continue;
        std::string reason = "own mentions: " + std::to_string(count) + " with";
        for (const auto& word : spoken) reason += " " + word;
        made.push_back(proposal(customer, ProposalKind::add_interest, interest, std::move(reason), now));
    }
    return made;
}

Result<Proposal> decided(Proposal proposal, bool confirmed, std::string_view person, Instant now) {
    if (proposal.state != ProposalState::open)
        return Failure{Failure::Kind::refused, "this was " + std::string(to_string(proposal.state)) + " already"};
    proposal.state = confirmed ? ProposalState::confirmed : ProposalState::dismissed;
    proposal.decided_by = person;
    proposal.decided_at = now;
    return proposal;
}

Customer with_proposal(Customer customer, const Proposal& confirmed) {
    if (confirmed.state != ProposalState::confirmed) return customer;
    const auto at = confirmed.decided_at.value_or(confirmed.made_at);
    if (confirmed.kind == ProposalKind::move_plan) {
        customer.plan = confirmed.subject;
        confirm_field(customer, "plan", confirmed.reason, at);
    } else if (confirmed.kind == ProposalKind::add_interest && !holds(customer.interests, confirmed.subject)) {
        customer.interests.push_back(confirmed.subject);
        confirm_field(customer, "interests/" + confirmed.subject, confirmed.reason, at);
    } else if (confirmed.kind == ProposalKind::link_account) {
        auto identity = parse_handle(confirmed.subject, at);
        if (!identity) return customer;
        const bool known = std::ranges::any_of(customer.identities, [&](const Identity& each) {
            return each.platform == identity->platform && fold_handle(each.handle) == fold_handle(identity->handle);
        });
        if (known) return customer;
        identity->linked_by = "hand";
        customer.identities.push_back(std::move(*identity));
        confirm_field(customer, "identities/" + confirmed.subject, confirmed.reason, at);
    }
    return customer;
}

Customer with_testimonial(Customer customer, std::string_view mention, bool granted, std::string_view source,
                          Instant now) {
    customer.consents.push_back({std::string(kTestimonial) + std::string(mention), granted, now, std::string(source)});
    return customer;
}

bool may_reshare(const Customer& customer, std::string_view mention) {
    return consent_of(customer, std::string(kTestimonial) + std::string(mention)).value_or(false);
}

void confirm_field(Customer& customer, std::string_view field, std::string_view source, Instant now) {
    for (auto& known : customer.sources) {
        if (known.field != field) continue;
        known.source = source;
        known.confirmed_at = now;
        return;
    }
    customer.sources.push_back({std::string(field), std::string(source), now});
}

}  // namespace rasid
