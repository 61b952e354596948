#include "engagement/proposals.hpp"
#include "core/action_payload.hpp"

#include "engagement/customer_change.hpp"
#include "web/customer_desk.hpp"
#include "web/customer_views.hpp"
#include "web/handlers/handlers.hpp"
#include "web/json_members.hpp"
#include "web/merging.hpp"
#include "web/seeded_random.hpp"
#include "web/year_layer.hpp"

#include <algorithm>

namespace rasid::handlers {
namespace {

struct Decision {
    std::string id = {};
    bool confirm = false;
    std::optional<bool> granted = {};  ///< of a reshare: whether he agreed to it
    bool can_reshare = false;          ///< the place where he said it can
};

struct ProposalOutcome {
    std::optional<Response> refused = {};
    ShownProposal shown = {};
    bool outbox = false;
};

std::optional<Proposal> visible_proposal(Reader& reader, const std::string& id, const Person& person) {
    auto proposal = reader.proposal(id);
    if (!proposal || !visible_customer(reader, proposal->customer, person)) return std::nullopt;
    return proposal;
}

OutboxItem reshare_of(const StoredMention& stored, const Proposal& proposal, Random& random, Instant now) {
    OutboxItem item;
    item.id = new_id(random, now);
    item.kind = "reshare";
    item.key = "proposal/" + proposal.id;
    item.to = stored.mention.source;
    item.payload = print_action_payload({.token = stored.mention.reply_token,
                                         .language = stored.verdict.language,
                                         .author = stored.mention.author.handle});
    item.priority = Priority::low;
    item.created_at = now;
    item.not_before = now + limits::kReplyHold;
    return item;
}

/// What a confirmed proposal does. A response: it cannot be done.
std::optional<Response> carry_out(Store& store, const Proposal& proposal, const Customer& customer,
                                  const Decision& decision, const CustomerDesk& desk, Random& random,
                                  ProposalOutcome& outcome) {
    switch (proposal.kind) {
    case ProposalKind::merge: {
        if (desk.person.role == Role::moderator) return problem(403, "forbidden", "merging needs another role");
        const auto merged = merge_records(store, customer.id, proposal.subject, {}, desk, random);
        if (!merged) return problem(409, "not_possible", "the other record cannot be merged any more");
        return std::nullopt;
    }
    case ProposalKind::reshare: {
        if (!decision.granted) return problem(400, "bad_request", "`granted` says whether he agreed");
        store.put_customer(
            with_testimonial(customer, proposal.subject, *decision.granted, "told " + desk.person.name, desk.now));
        const auto mention = store.mention_by_id(proposal.subject);
        if (!*decision.granted || !decision.can_reshare || !mention || mention->mention.deleted) return std::nullopt;
        store.put_outbox(reshare_of(*mention, proposal, random, desk.now));
        outcome.outbox = true;
        return std::nullopt;
    }
    case ProposalKind::thank:
        return std::nullopt;
    case ProposalKind::link_account: {
        const auto colon = proposal.subject.find(':');
        const auto owner = colon == std::string::npos ? std::nullopt
                                                      : store.customer_of(proposal.subject.substr(0, colon),
                                                                          proposal.subject.substr(colon + 1));
        if (owner && owner->id != customer.id)
            return problem(409, "not_possible", "this account is linked to another customer");
        break;
    }
    case ProposalKind::move_plan:
    case ProposalKind::add_interest:
        break;
    }
    const auto after = with_proposal(customer, proposal);
    store.put_customer(after);
    if (const auto cause = cause_of_laying_anew(customer, after); !cause.empty())
        YearLayer(store, desk.setup(), desk.churn, desk.today, desk.now).lay_anew(after, proposal.reason);
    return std::nullopt;
}

ProposalOutcome decide(Store& store, const Decision& decision, const CustomerDesk& desk, Random& random) {
    const auto proposal = visible_proposal(store, decision.id, desk.person);
    if (!proposal) return {not_found()};
    auto made = decided(*proposal, decision.confirm, desk.person.id, desk.now);
    if (!made) return {problem(409, "not_possible", made.error().what)};
    const auto customer = store.customer(made->customer);
    ProposalOutcome outcome;
    if (decision.confirm) {
        if (auto refused = carry_out(store, *made, *customer, decision, desk, random, outcome))
            return {std::move(refused)};
    }
    store.put_proposal(*made);
    outcome.shown = shown(store, std::move(*made), customer->name);
    return outcome;
}

}  // namespace

Task<Response> get_proposals(Site& site, const Request& request) {
    const auto limit = limit_of(request);
    if (!limit) co_return problem(400, "bad_request", "`limit` is 1 to 200");
    const std::string after(request.parameter("after"));
    const auto brands = request.person().brands;
    const auto wanted = *limit;
    const auto lines = co_await site.database.read([&](Reader& reader) {
        std::vector<ShownProposal> found;
        for (auto& proposal : reader.open_proposals(brands, after, wanted)) {
            const auto customer = reader.customer(proposal.customer);
            found.push_back(shown(reader, std::move(proposal), customer ? customer->name : std::string()));
        }
        return found;
    });
    const auto workspace = site.workspace;
    JsonWriter out;
    out.object([&] {
        out.list("proposals", lines, [&](const ShownProposal& line) { write_proposal(out, line, *workspace); });
        const bool last = lines.size() < static_cast<std::size_t>(wanted);
        out.text_or_null("next", last ? std::string_view() : lines.back().proposal.id);
    });
    co_return json_response(std::move(out).take());
}

Task<Response> post_proposal(Site& site, const Request& request) {
    JsonMembers in(request);
    const auto word = in.text("decision", 16);
    const auto granted = in.value("granted");
    const bool fine = !granted.exists() || granted.is_bool();
    Decision decision{.id = request.args[0], .confirm = word == "confirm", .granted = granted.boolean()};
    if (auto refused = in.refuse()) co_return std::move(*refused);
    if (!fine || (word != "confirm" && word != "dismiss"))
        co_return problem(400, "bad_request", "`decision` is confirm or dismiss, `granted` a flag");
    const auto desk = co_await desk_of(site, request);
    // What a source can do is known on the loop only, and the mention's source in the store only.
    const auto source = co_await site.database.read([&](Reader& reader) -> std::string {
        const auto proposal = visible_proposal(reader, decision.id, desk.person);
        if (!proposal || proposal->kind != ProposalKind::reshare) return {};
        const auto mention = reader.mention_by_id(proposal->subject);
        return mention ? mention->mention.source : std::string();
    });
    if (!source.empty() && site.hooks.actions_of) {
        const auto can = site.hooks.actions_of(source);
        decision.can_reshare = std::ranges::find(can, "reshare") != can.end();
    }
    SeededRandom random(site.random);
    auto outcome =
        co_await site.database.write([&](Store& store) mutable { return decide(store, decision, desk, random); });
    if (outcome.refused) co_return std::move(*outcome.refused);
    if (outcome.outbox && site.hooks.outbox_changed) site.hooks.outbox_changed();
    site.audit(request, "proposal_" + word, decision.id, "ok");
    JsonWriter out;
    out.object([&] {
        out.key("proposal");
        write_proposal(out, outcome.shown, *desk.workspace);
    });
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
