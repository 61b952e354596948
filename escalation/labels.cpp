#include "escalation/labels.hpp"

#include "core/limits.hpp"
#include "core/text/fold.hpp"

#include <algorithm>
#include <utility>

namespace rasid {
namespace {

Failure no_label() { return refused("a label has 1 to " + std::to_string(limits::kLabel) + " bytes on one line"); }

}  // namespace

std::optional<std::string> label_of(std::string_view text) {
    std::string label;
    bool gap = false;
    for (const char byte : text) {
        const auto code = static_cast<unsigned char>(byte);
        if (code == 0x7f || (code < 0x20 && byte != '\t')) return std::nullopt;
        if (byte == ' ' || byte == '\t') {
            gap = !label.empty();
            continue;
        }
        if (std::exchange(gap, false)) label += ' ';
        label += byte;
    }
    if (label.empty() || label.size() > limits::kLabel) return std::nullopt;
    return label;
}

std::string_view same_label(const Ticket& ticket, std::string_view label) {
    const auto wanted = fold_text(label);
    const auto found =
        std::ranges::find_if(ticket.labels, [&](const std::string& known) { return fold_text(known) == wanted; });
    return found == ticket.labels.end() ? std::string_view() : std::string_view(*found);
}

Result<TicketEvent> label_event(const Ticket& ticket, std::string_view text) {
    auto label = label_of(text);
    if (!label) return no_label();
    if (!same_label(ticket, *label).empty()) return refused("the ticket has this label already");
    if (ticket.labels.size() >= limits::kLabels)
        return refused("the ticket has " + std::to_string(limits::kLabels) + " labels already");
    return TicketEvent{.kind = TicketEventKind::labelled, .text = std::move(*label)};
}

Result<TicketEvent> unlabel_event(const Ticket& ticket, std::string_view text) {
    const auto label = label_of(text);
    if (!label) return no_label();
    const auto known = same_label(ticket, *label);
    if (known.empty()) return refused("the ticket has no such label");
    return TicketEvent{.kind = TicketEventKind::unlabelled, .text = std::string(known)};
}

}  // namespace rasid
