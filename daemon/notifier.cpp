#include "daemon/notifier.hpp"

#include "core/people.hpp"
#include "escalation/ticket_news.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>

namespace rasid {
namespace {

/// Bounds how long one turn holds the storage thread.
constexpr int kNewsAtOnce = 200;
constexpr int kInboxesAtOnce = 50;
constexpr Duration kBetweenTurns = std::chrono::milliseconds(100);

/// The inboxes that one turn touches.
class Turn {
public:
    Turn(Store& store, const Policies& policies, const std::string& time_zone, Instant now)
        : store_(store), policies_(policies), time_zone_(time_zone), now_(now) {}

    void take(const TicketNews& one) {
        const auto ticket = store_.ticket(one.ticket);
        const auto history = ticket ? store_.events_of(one.ticket) : std::vector<TicketEvent>();
        const auto event = std::ranges::find(history, one.event, &TicketEvent::id);
        if (event == history.end()) return;
        // Whoever was told before may have nothing to do any more.
        for (const auto& before : history) {
            if (before.kind != TicketEventKind::notified || !find_person(policies_.people, before.person)) continue;
            auto& inbox = inbox_of(before.person);
            inbox = without_fulfilled(std::move(inbox), *ticket);
        }
        for (auto& news : news_of(*ticket, history, *event)) {
            const auto* told = find_person(policies_.people, news.person);
            if (!told) continue;
            auto& inbox = inbox_of(news.person);
            inbox =
                with_notification(std::move(inbox), preferences_of(*told, time_zone_), std::move(news.notification));
        }
    }

    int send(NoticeMails& mails) {
        for (const auto& id : store_.inboxes_due(now_, kInboxesAtOnce)) inbox_of(id);
        int written = 0;
        for (auto& [id, inbox] : inboxes_) {
            const auto* told = find_person(policies_.people, id);
            if (!told) {
                store_.put_inbox(id, {}, std::nullopt);
                continue;
            }
            auto turn =
                decide_mails(std::move(inbox), policies_.notifications, preferences_of(*told, time_zone_), now_);
            for (const auto& mail : turn.mails) {
                const auto item = mails.write(*told, mail);
                if (!item) continue;
                store_.put_outbox(*item);
                ++written;
            }
            // Whatever the settings are, a turn asks for a later moment: the caller takes turns until none is due.
            if (turn.next) turn.next = std::max(*turn.next, now_ + kBetweenTurns);
            store_.put_inbox(id, turn.after, turn.next);
        }
        return written;
    }

private:
    PersonInbox& inbox_of(const std::string& id) {
        const auto found = inboxes_.find(id);
        return found != inboxes_.end() ? found->second : inboxes_.emplace(id, store_.inbox(id)).first->second;
    }

    Store& store_;
    const Policies& policies_;
    const std::string& time_zone_;
    Instant now_;
    std::map<std::string, PersonInbox> inboxes_;
};

/// Lets every inbox be looked at now.
void wake_inboxes(Store& store, const Policies& policies, Instant now) {
    for (const auto& person : policies.people) store.put_inbox(person.id, store.inbox(person.id), now);
}

}  // namespace

int tell_people(Store& store, const Policies& policies, const NoticeLinks& links, const std::string& time_zone,
                Random& random, Instant now) {
    Turn turn(store, policies, time_zone, now);
    const auto news = store.ticket_news(kNewsAtOnce);
    for (const auto& one : news) turn.take(one);
    store.forget_news(news);
    NoticeMails mails(store, policies, links, time_zone, random, now);
    return turn.send(mails);
}

Task<int> Notifier::tick() {
    const auto now = env_.clock.now();
    const auto decisions = env_.decisions();
    // A clock that was set back must not leave mails waiting for a moment that has been.
    if (now < last_) {
        co_await env_.database.write([&](Store& store) { wake_inboxes(store, decisions->policies, now); });
    }
    last_ = now;
    int mails = 0;
    // A burst of news is taken in several transactions, so that others write between two of them.
    for (;;) {
        const bool more = co_await env_.database.read([now](Reader& reader) { return reader.anything_to_tell(now); });
        if (!more) break;
        const int written = co_await env_.database.write([&](Store& store) {
            return tell_people(store, decisions->policies, env_.links, env_.time_zone, env_.random, now);
        });
        mails += written;
    }
    if (mails > 0) env_.outbox_changed();
    co_return mails;
}

Task<void> Notifier::run() {
    for (;;) {
        co_await tick();
        timer_.expires_after(std::chrono::seconds(1));
        boost::system::error_code ended;
        co_await timer_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ended));
        if (const auto state = co_await boost::asio::this_coro::cancellation_state;
            state.cancelled() != boost::asio::cancellation_type::none) {
            throw boost::system::system_error(boost::asio::error::operation_aborted);
        }
    }
}

}  // namespace rasid
