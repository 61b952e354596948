#include "web/handling_views.hpp"

#include "escalation/handling.hpp"
#include "web/ticket_views.hpp"

namespace rasid {

void write_handling(JsonWriter& out, const Ticket& ticket, const Workspace& workspace) {
    const auto& policies = workspace.policies;
    out.key("guideline");
    if (const auto* guideline = guideline_of(policies, ticket.rule, ticket.tier)) {
        out.object([&] {
            out.member("name", guideline->name);
            out.member("text", guideline->text);
            out.text_or_null("voice", guideline->voice);
        });
    } else {
        out.null();
    }
    const auto* rule = find_named(workspace.setup.rules, ticket.rule);
    out.objects("written_rules", policies.conduct, [&](const ConductRule& written) {
        out.member("name", written.name);
        out.member("version", written.version);
        out.member("text", written.text);
        out.text_or_null("training", written.training);
        // The rule that brought the ticket watches over this one.
        out.member("watched", rule && rule->conduct == written.name);
    });
}

void write_detail(JsonWriter& out, const EventDetail& detail, const Workspace& workspace) {
    if (!detail.step.empty()) out.member("step", detail.step);
    if (!detail.contact.empty()) out.member("contact", detail.contact);
    if (!detail.rule.empty()) out.member("rule", detail.rule);
    if (detail.due_at) out.member("due_at", *detail.due_at);
    if (!detail.visibility.empty()) out.member("visibility", detail.visibility);
    if (detail.people.empty()) return;
    out.list("people", detail.people, [&](const std::string& person) { write_who(out, person, workspace); });
}

}  // namespace rasid
