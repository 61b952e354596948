#include "core/notification.hpp"

#include "core/json.hpp"

namespace rasid {
namespace {

// Microseconds: a time that was rounded would fall due before itself.
void write_at(JsonWriter& out, std::string_view name, const std::optional<Instant>& at) {
    if (at) out.member(name, to_micros(*at));
}

std::optional<Instant> read_at(JsonView value) {
    const auto micros = value.integer();
    return micros ? std::optional(from_micros(*micros)) : std::nullopt;
}

void write(JsonWriter& out, const Notification& each) {
    out.member("key", each.key);
    out.member("ticket", each.ticket);
    if (each.group != each.ticket) out.member("group", each.group);
    if (each.kind == NotificationKind::update) out.member("update", true);
    if (each.kind == NotificationKind::personal) out.member("personal", true);
    out.member("priority", static_cast<int>(each.priority));
    write_at(out, "at", each.at);
    out.member("says", each.says);
    if (!each.burst.empty()) out.member("burst", each.burst);
    if (each.target) out.member("target", to_string(*each.target));
    if (each.percent != 0) out.member("percent", each.percent);
}

Notification notification_of(JsonView value) {
    Notification each;
    each.key = value["key"].text_or("");
    each.ticket = value["ticket"].text_or("");
    each.group = value["group"].text_or(each.ticket);
    if (value["update"].boolean().value_or(false)) each.kind = NotificationKind::update;
    if (value["personal"].boolean().value_or(false)) each.kind = NotificationKind::personal;
    each.priority = static_cast<Priority>(value["priority"].integer().value_or(0));
    each.at = read_at(value["at"]).value_or(Instant());
    each.says = value["says"].text_or("");
    each.burst = value["burst"].text_or("");
    if (const auto target = value["target"].string()) each.target = parse_target(*target);
    each.percent = static_cast<int>(value["percent"].integer().value_or(0));
    return each;
}

std::vector<Notification> notifications_of(JsonView list) {
    std::vector<Notification> notifications;
    for (const auto& item : list.items()) notifications.push_back(notification_of(item));
    return notifications;
}

void write(JsonWriter& out, const PersonInbox::Group& group) {
    out.member("group", group.group);
    const auto one = [&](const Notification& each) { write(out, each); };
    if (!group.waiting.empty()) out.objects("waiting", group.waiting, one);
    if (!group.unanswered.empty()) out.objects("unanswered", group.unanswered, one);
    write_at(out, "last_sent", group.last_sent);
    out.member("last_said", group.last_said);
    out.list("told", group.told, [&](const std::string& key) { out.value(key); });
}

PersonInbox::Group group_of(JsonView value) {
    PersonInbox::Group group;
    group.group = value["group"].text_or("");
    group.waiting = notifications_of(value["waiting"]);
    group.unanswered = notifications_of(value["unanswered"]);
    group.last_sent = read_at(value["last_sent"]);
    group.last_said = value["last_said"].text_or("");
    for (const auto& key : value["told"].items()) group.told.push_back(key.text_or(""));
    return group;
}

}  // namespace

std::string print_inbox(const PersonInbox& inbox) {
    JsonWriter out;
    out.object([&] {
        out.objects("groups", inbox.groups, [&](const PersonInbox::Group& group) { write(out, group); });
        out.objects("bursts", inbox.bursts, [&](const PersonInbox::Burst& burst) {
            out.member("burst", burst.burst);
            write_at(out, "last_sent", burst.last_sent);
        });
        out.list("sent", inbox.sent, [&](Instant at) { out.value(to_micros(at)); });
        write_at(out, "last_summary", inbox.last_summary);
        write_at(out, "ceiling_since", inbox.ceiling_since);
    });
    return std::move(out).take();
}

Result<PersonInbox> parse_inbox(std::string_view json) {
    auto document = parse_json(json);
    if (!document) return document.error();
    const auto root = document->root();
    PersonInbox inbox;
    for (const auto& group : root["groups"].items()) inbox.groups.push_back(group_of(group));
    for (const auto& burst : root["bursts"].items())
        inbox.bursts.push_back({burst["burst"].text_or(""), read_at(burst["last_sent"]).value_or(Instant())});
    for (const auto& at : root["sent"].items()) inbox.sent.push_back(read_at(at).value_or(Instant()));
    inbox.last_summary = read_at(root["last_summary"]);
    inbox.ceiling_since = read_at(root["ceiling_since"]);
    return inbox;
}

}  // namespace rasid
