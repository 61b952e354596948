#include "web/action_body.hpp"

#include "core/limits.hpp"
#include "core/mention_json.hpp"
#include "web/json_members.hpp"
#include "web/setting_aside.hpp"

#include <charconv>
#include <chrono>

namespace rasid {
namespace {

using Kind = TicketCommand::Kind;

constexpr std::size_t kLongestContact = 200;
constexpr std::chrono::days kFurthestPromise{366};

std::optional<Response> read_promise(JsonMembers& in, TicketAction& action) {
    auto text = in.text("text", kLongestPromise);
    const auto due_at = parse_rfc3339(in.text("due_at", 40));
    if (auto refused = in.refuse()) return refused;
    if (!due_at || *due_at <= action.now || *due_at > action.now + kFurthestPromise)
        return problem(400, "bad_request", "`due_at` is a time of the coming year");
    action.promise = PromiseEvent{.due_at = *due_at, .text = std::move(text)};
    return std::nullopt;
}

/// What of it an action needs is decided with the ticket at hand.
void read_handling(JsonMembers& in, TicketCommand& command) {
    command.text = in.optional_text("text", limits::kReplyText).value_or("");
    command.person = in.optional_text("person", kLongestId).value_or("");
    command.event = in.optional_text("event", kLongestId).value_or("");
    command.detail = EventDetail{.step = in.optional_text("step", kLongestId).value_or(""),
                                 .contact = in.optional_text("contact", kLongestContact).value_or(""),
                                 .rule = in.optional_text("rule", kLongestContact).value_or(""),
                                 .due_at = parse_rfc3339(in.optional_text("due_at", 40).value_or(""))};
}

}  // namespace

std::optional<Response> read_action_body(const Request& request, TicketAction& action) {
    JsonMembers in(request);
    action.word = in.text("action", 32);
    if (action.word == "promise") return read_promise(in, action);
    const auto kind = parse_ticket_command(action.word);
    if (kind) {
        auto& command = action.command;
        command.kind = *kind;
        command.actor = request.person().id;
        switch (*kind) {
        case Kind::assign:
            command.person = in.text("person", kLongestId);
            break;
        case Kind::reply:
            command.text = in.text("text", limits::kReplyText);
            command.detail = EventDetail{.visibility = in.optional_text("visibility", kLongestId).value_or("")};
            break;
        case Kind::return_reply:
        case Kind::note:
            command.text = in.text("text", limits::kReplyText);
            break;
        case Kind::answered_elsewhere:
            command.text = in.optional_text("note", limits::kReplyText).value_or("");
            break;
        case Kind::priority:
            command.priority = parse_priority(in.text("priority", 32));
            break;
        case Kind::resolve:
            action.members = in.value("members").boolean().value_or(false);
            break;
        case Kind::undo:
            command.event = in.text("event", kLongestId);
            break;
        case Kind::plan_call:
        case Kind::call_held:
        case Kind::dispute:
        case Kind::intervene:
        case Kind::depart:
            read_handling(in, command);
            break;
        default:
            read_setting_aside(in, command, action.time_zone, action.now);
            break;
        }
    }
    if (auto refused = in.refuse()) return refused;
    if (!kind) return problem(400, "bad_request", "there is no such action");
    if (*kind == Kind::priority && !action.command.priority)
        return problem(400, "bad_request", "there is no such priority");
    if (*kind == Kind::reply && !action.command.detail->visibility.empty() &&
        !parse_visibility(action.command.detail->visibility))
        return problem(400, "bad_request", "`visibility` is open, unlisted, followers or direct");
    return std::nullopt;
}

std::optional<std::int64_t> version_seen(const Request& request) {
    auto header = request.header("If-Match");
    if (header.size() >= 2 && header.front() == '"' && header.back() == '"')
        header = header.substr(1, header.size() - 2);
    std::int64_t version = 0;
    const auto parsed = std::from_chars(header.data(), header.data() + header.size(), version);
    if (header.empty() || parsed.ec != std::errc() || parsed.ptr != header.data() + header.size()) return std::nullopt;
    return version;
}

}  // namespace rasid
