#include "daemon/plan_keeper.hpp"

#include "engagement/link_suggestion.hpp"
#include "engagement/proposals.hpp"
#include "engagement/touch_actions.hpp"
#include "web/year_layer.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace rasid {
namespace {

constexpr int kLedgerLooked = 1000;
constexpr int kMentionsLooked = 5000;
constexpr int kSurveysAtOnce = 200;
constexpr std::size_t kCustomersCompared = 50000;

/// Whether a question of this kind is due: none was asked for that long.
bool is_due(SurveyKind kind, const std::optional<Duration>& every, const std::vector<Survey>& history, Instant now) {
    if (!every) return false;
    return std::ranges::none_of(
        history, [&](const Survey& asked) { return asked.kind == kind && asked.laid_at + *every > now; });
}

}  // namespace

int PlanKeeper::lay_surveys(Store& store, const Customer& customer, Random& random, Instant now) const {
    const auto& settings = setup_.engagement;
    if (!settings.nps_every && !settings.ces_every) return 0;
    const auto history = store.surveys(customer.id);
    // Nobody is asked how content he is in the middle of a complaint.
    if (store.guard(customer.id).held()) return 0;
    for (const auto& [kind, every] :
         {std::pair(SurveyKind::nps, settings.nps_every), std::pair(SurveyKind::ces, settings.ces_every)}) {
        if (!is_due(kind, every, history, now)) continue;
        if (const auto survey = lay_survey(kind, "", customer, history, react_.surveys, random, now, now)) {
            store.put_survey(*survey);
            return 1;
        }
    }
    return 0;
}

int PlanKeeper::propose(Store& store, const Customer& customer, Instant now) const {
    const auto ledger = store.ledger(customer.id, kLedgerLooked);
    PlanChange change{.customer = customer.id};
    if (auto move = propose_plan(customer, ledger, store.surveys(customer.id), now))
        change.proposals.push_back(std::move(*move));
    std::vector<OwnMention> own;
    for (const auto& entry : ledger)
        if (entry.kind == "mention" && entry.direction == Direction::inbound)
            own.push_back({entry.mention, entry.at, entry.text, entry.about, entry.polarity});
    // A rule's tag is what the brand itself calls a subject.
    std::map<std::string, InterestWords> tags;
    for (const auto& mention : own)
        for (const auto& tag : mention.tags) tags.try_emplace(tag, InterestWords{tag, {tag}});
    std::vector<InterestWords> vocabulary;
    for (auto& [tag, words] : tags) vocabulary.push_back(std::move(words));
    for (auto& interest : propose_interests(customer, own, vocabulary, now))
        change.proposals.push_back(std::move(interest));
    std::erase_if(change.proposals, [&](const Proposal& proposal) { return store.proposal(proposal.id).has_value(); });
    if (!change.proposals.empty()) store.apply_plan(change);
    return static_cast<int>(change.proposals.size());
}

PlanKeeper::Kept PlanKeeper::keep(Store& store, std::string_view after, int limit, Random& random, Instant now) const {
    Kept kept;
    YearLayer years(store, setup_, churn_, utc_date(now), now);
    const auto page = store.customers("", {}, after, limit);
    for (const auto& customer : page) {
        kept.years_laid += years.lay_missing(customer);
        kept.surveys_laid += lay_surveys(store, customer, random, now);
        kept.proposals += propose(store, customer, now);
    }
    if (!page.empty()) kept.last = page.back().id;
    return kept;
}

int propose_links(Store& store, Instant since, Instant now) {
    const auto customers = all_customers(store, kCustomersCompared);
    if (customers.empty()) return 0;
    std::map<std::pair<std::string, std::string>, UnlinkedAccount> accounts;
    for (const auto& stored : store.mentions_stored(since, now, kMentionsLooked)) {
        const auto& mention = stored.mention;
        if (!stored.customer.empty() || mention.own || mention.author.handle.empty()) continue;
        accounts.try_emplace({mention.key.platform, mention.author.handle},
                             UnlinkedAccount{mention.key.platform, mention.author, {}});
    }
    std::vector<UnlinkedAccount> unlinked;
    for (auto& [key, account] : accounts) unlinked.push_back(std::move(account));
    auto proposals = suggest_links(customers, unlinked, now);
    std::ranges::move(suggest_merges(customers, now), std::back_inserter(proposals));
    int made = 0;
    for (const auto& proposal : proposals) {
        if (store.proposal(proposal.id)) continue;
        PlanChange change{.customer = proposal.customer};
        change.proposals.push_back(proposal);
        store.apply_plan(change);
        ++made;
    }
    return made;
}

int send_surveys(Store& store, const CustomerMails& mails, Instant now) {
    int sent = 0;
    for (const auto& survey : store.surveys_to_send(now, kSurveysAtOnce)) {
        const auto customer = store.customer(survey.customer);
        if (!customer) continue;
        const auto item = mails.survey_mail(survey, *customer, now);
        if (!item) continue;
        store.put_outbox(*item);
        ++sent;
    }
    return sent;
}

std::optional<PlanChange> after_customer_mail(Reader& reader, const OutboxItem& item, const std::string& text,
                                              const ReactRules& rules, Random& random, Instant now) {
    if (item.kind == "survey") {
        auto survey = reader.survey(item.event);
        if (!survey || survey->sent_at) return std::nullopt;
        survey->sent_at = now;
        PlanChange change{.customer = survey->customer};
        change.surveys.push_back(std::move(*survey));
        return change;
    }
    const auto touch = reader.touch(item.event);
    if (!touch) return std::nullopt;
    const auto plan = plan_of(reader, touch->customer, now);
    if (!plan) return std::nullopt;
    auto change = act_on_touch(*plan, touch->id, {.action = "done", .text = text}, rules.working_days, random, now);
    if (!change) return std::nullopt;
    return std::move(*change);
}

}  // namespace rasid
