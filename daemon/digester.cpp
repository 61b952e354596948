#include "daemon/digester.hpp"

#include "core/mail_payload.hpp"
#include "core/people.hpp"
#include "escalation/digest_mail.hpp"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace rasid {
namespace {

using std::chrono::days;

/// Longer ago than this is not told any more: a daemon that was off for a month has one digest to send.
Duration remembered(DigestKind kind) { return kind == DigestKind::daily ? days(7) : days(21); }

bool gets_digests(const Person& person) {
    return person.role == Role::manager && person.digest && !person.email.empty();
}

/// Working days of the calendar that the settings name; without one every day of the workspace.
Calendar digest_calendar(const Policies& policies, const std::string& time_zone) {
    const auto* named = policies.calendar(policies.notifications.calendar);
    return named ? *named : Calendar{.time_zone = time_zone};
}

std::optional<Instant> next_digest(DigestKind kind, const DigestSchedule& schedule, const Calendar& calendar,
                                   Instant after) {
    return kind == DigestKind::daily ? next_daily_digest(schedule, &calendar, after)
                                     : next_weekly_report(schedule, &calendar, after);
}

}  // namespace

std::optional<Instant> due_digest(DigestKind kind, const Policies& policies, const std::string& time_zone, Instant last,
                                  Instant now) {
    const auto calendar = digest_calendar(policies, time_zone);
    std::optional<Instant> due;
    auto after = std::max(last, now - remembered(kind));
    while (const auto next = next_digest(kind, policies.notifications.digest, calendar, after)) {
        if (*next > now) break;
        due = after = *next;
    }
    return due;
}

std::vector<OutboxItem> digest_mails(DigestKind kind, const Policies& policies, const DigestPeriod& period,
                                     const std::map<std::string, BrandDigest>& brands, const DigestLinks& links,
                                     const std::string& time_zone, Random& random, Instant moment, Instant now) {
    std::vector<OutboxItem> mails;
    for (const auto& person : policies.people) {
        if (!gets_digests(person)) continue;
        for (const auto& [brand, digest] : brands) {
            if (!sees_brand(person, brand)) continue;
            const DigestMail mail{.recipient = person,
                                  .kind = kind,
                                  .brand = brand,
                                  .period = period,
                                  .digest = digest,
                                  .page_url = links.page_url,
                                  .settings_url = links.settings_url,
                                  .unsubscribe_url = links.unsubscribe_url(person.id),
                                  .time_zone = time_zone};
            const auto content = render_digest(mail);
            OutboxItem item;
            item.id = new_id(random, now);
            item.kind = "digest";
            item.key = "digest/" + std::string(to_string(kind)) + "/" + std::to_string(to_micros(moment)) + "/" +
                       person.id + "/" + brand;
            item.to = person.email;
            item.payload = print_mail_payload({.to_name = person.name,
                                               .subject = content.subject,
                                               .text = content.text,
                                               .html = content.html,
                                               .language = person.language,
                                               .reason = content.reason,
                                               .list = brand,
                                               .unsubscribe_url = mail.unsubscribe_url});
            item.priority = Priority::low;
            item.created_at = now;
            item.not_before = now;
            mails.push_back(std::move(item));
        }
    }
    return mails;
}

Task<void> Digester::run() {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
    for (;;) {
        co_await tick();
        timer.expires_after(std::chrono::minutes(1));
        co_await timer.async_wait(boost::asio::use_awaitable);
    }
}

Task<int> Digester::tick() {
    const int daily = co_await send(DigestKind::daily);
    const int weekly = co_await send(DigestKind::weekly);
    if (daily + weekly > 0) env_.outbox_changed();
    co_return daily + weekly;
}

Task<int> Digester::send(DigestKind kind) {
    const auto now = env_.clock.now();
    const auto decisions = env_.decisions();
    const auto& policies = decisions->policies;
    const auto last =
        co_await env_.database.read([kind](Reader& reader) { return reader.digest_run(to_string(kind)); });
    if (!last) {
        // A new installation has nothing to tell of the days before it.
        co_await env_.database.write([kind, now](Store& store) { store.put_digest_run(to_string(kind), now); });
        co_return 0;
    }
    const auto moment = due_digest(kind, policies, env_.time_zone, *last, now);
    if (!moment) co_return 0;
    const auto zone = digest_calendar(policies, env_.time_zone).time_zone;
    const auto period = digest_period(kind, policies.notifications.digest, zone, last, *moment);
    std::map<std::string, BrandDigest> brands;
    if (period && std::ranges::any_of(policies.people, gets_digests)) brands = co_await count(*period);
    const int mails = co_await env_.database.write([&](Store& store) {
        // Between reading and writing nobody else sends, but a store that was restored may have.
        if (store.digest_run(to_string(kind)) != last) return 0;
        const auto items =
            period ? digest_mails(kind, policies, *period, brands, env_.links, zone, env_.random, *moment, now)
                   : std::vector<OutboxItem>();
        for (const auto& item : items) store.put_outbox(item);
        store.put_digest_run(to_string(kind), *moment);
        return static_cast<int>(items.size());
    });
    co_return mails;
}

/// A day at a time, so that no other reader waits long.
Task<std::map<std::string, BrandDigest>> Digester::count(DigestPeriod period) {
    DigestCount counted(period);
    co_await env_.database.read([&](Reader& reader) {
        reader.each_ticket_of(period.before, period.to, [&](const Ticket& ticket) { counted.ticket(ticket); });
        return true;
    });
    for (auto from = period.before; from < period.to; from += days(1)) {
        const auto to = std::min(period.to, from + days(1));
        co_await env_.database.read([&](Reader& reader) {
            reader.each_mention_stored(from, to, [&](const CountedMention& mention) { counted.mention(mention); });
            return true;
        });
    }
    co_return std::move(counted).take();
}

}  // namespace rasid
