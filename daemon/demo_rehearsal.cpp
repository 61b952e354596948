#include "daemon/demo_rehearsal.hpp"

#include "engagement/plan.hpp"
#include "engagement/react.hpp"
#include "escalation/route.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace rasid {
namespace {

using namespace std::chrono;

/// Tickets older than this were somebody's work already; younger ones are left for whoever tries the demo.
constexpr Duration kLeftOver = minutes(35);
constexpr double kForgotten = 0.05;

constexpr std::array<const char*, 4> kArabicReplies = {
    "حياك الله، وصلتنا ملاحظتك وبنتابعها مع الفرع الآن. ممكن ترسل لنا رقم الطلب على الخاص؟",
    "نعتذر منك على اللي صار. تواصلنا مع مدير الفرع وبنرجع لك قبل نهاية اليوم.",
    "شكراً لك، كلامك أسعد الفريق كله. نشوفك قريب.",
    "أهلاً بك، أوقات العمل والتفاصيل في التطبيق، وإن احتجت شيء راسلنا على الخاص."};
constexpr std::array<const char*, 4> kEnglishReplies = {
    "Thank you for telling us. Could you send your order number in a private message? We are on it.",
    "We are sorry about this. The branch manager knows and we will come back to you today.",
    "You made the team's day, thank you. See you soon.",
    "Hello! Opening hours and details are in the app, and we are happy to help here too."};

/// Something a made-up moderator will do at a moment.
struct Deed {
    enum class Kind { take, reply, publish, resolve };
    Kind kind;
    std::string ticket;
    std::string person;
    std::string text;
    std::string event = {};
};

class Rehearsal {
public:
    Rehearsal(Store& store, const Decisions& decisions, Random& random)
        : store_(store), decisions_(decisions), random_(random) {
        for (const auto& person : decisions.policies.people) {
            if (person.role == Role::moderator) moderators_.push_back(person.id);
        }
    }

    void mention(const Mention& mention, const std::string& source) {
        const auto now = mention.created_at + seconds(8);
        const auto contexts = contexts_of(store_, {mention}, decisions_.default_plan);
        const Page page{{mention}, {}, false, {}, {}, {}};
        const auto verdict = assess(decisions_.rules, mention, contexts.front());
        const auto intake =
            decide(store_, decisions_, {source, "", Instant{}}, page, {verdict}, random_, now, &duplicates_);
        const auto tickets = take(store_, intake);
        remember(duplicates_, intake);
        for (const auto& ticket : tickets) {
            if (ticket.version == 1) opened(ticket, verdict, now);
        }
    }

    void run_until(Instant end) {
        while (!deeds_.empty() && deeds_.begin()->first <= end) {
            const auto [at, deed] = *deeds_.begin();
            deeds_.erase(deeds_.begin());
            perform(deed, at);
        }
    }

private:
    void opened(const Ticket& ticket, const Verdict& verdict, Instant now) {
        if (moderators_.empty() || ticket.clocks.empty() || uniform(random_) < kForgotten) return;
        const auto target = ticket.clocks.front().due_at - ticket.clocks.front().started_at;
        const auto share = [&](double from, double to) {
            return Duration(static_cast<Duration::rep>(static_cast<double>(target.count()) *
                                                       (from + (to - from) * uniform(random_))));
        };
        const bool late = uniform(random_) < 0.08;
        const auto answered = now + (late ? share(1.05, 1.6) : share(0.15, 0.85));
        const auto& person =
            moderators_[static_cast<std::size_t>(uniform(random_) * static_cast<double>(moderators_.size()))];
        const bool arabic = verdict.language.starts_with("ar");
        const std::size_t mood = verdict.sentiment.label == Polarity::positive   ? 2
                                 : verdict.sentiment.label == Polarity::negative ? (uniform(random_) < 0.5 ? 0 : 1)
                                                                                 : 3;
        add(now + (answered - now) / 2, {Deed::Kind::take, ticket.id, person, ""});
        add(answered, {Deed::Kind::reply, ticket.id, person, arabic ? kArabicReplies[mood] : kEnglishReplies[mood]});
        add(answered + minutes(4) + share(0.2, 1.5), {Deed::Kind::resolve, ticket.id, person, ""});
    }

    void add(Instant at, Deed deed) { deeds_.emplace(at, std::move(deed)); }

    void perform(const Deed& deed, Instant at) {
        const auto ticket = store_.ticket(deed.ticket);
        if (!ticket || ticket->state != TicketState::open) return;
        const auto history = store_.events_of(deed.ticket);
        const auto& policies = decisions_.policies;
        std::vector<PlanChange> plans;
        if (deed.kind == Deed::Kind::publish) {
            const auto change = published(policies, *ticket, history, deed.event, true, "", random_, at);
            if (const auto plan = plan_of(store_, ticket->customer, at))
                plans.push_back(react_to_reply(*plan, *ticket, deed.text, random_, at));
            store_.apply(change, plans, {});
            return;
        }
        TicketCommand order;
        order.actor = deed.person;
        order.text = deed.text;
        order.kind = deed.kind == Deed::Kind::take    ? TicketCommand::Kind::take
                     : deed.kind == Deed::Kind::reply ? TicketCommand::Kind::reply
                                                      : TicketCommand::Kind::resolve;
        auto change = command(policies, *ticket, history, order, random_, at);
        if (!change) return;
        if (deed.kind == Deed::Kind::reply) {
            add(at + seconds(10),
                {Deed::Kind::publish, deed.ticket, deed.person, deed.text, change->events.front().id});
        }
        if (deed.kind == Deed::Kind::resolve) {
            if (const auto plan = plan_of(store_, ticket->customer, at)) {
                plans.push_back(react_to_state(*plan, change->after, plan->guard.ticket == ticket->id, random_, at));
            }
        }
        store_.apply(*change, plans, {});
    }

    Store& store_;
    const Decisions& decisions_;
    Random& random_;
    DuplicateIndex duplicates_;
    std::vector<std::string> moderators_;
    std::multimap<Instant, Deed> deeds_;
};

}  // namespace

void rehearse_day(Store& store, const Decisions& decisions, const std::vector<Mention>& mentions,
                  const std::string& source, Random& random, Instant now) {
    store.transact([&] {
        Rehearsal rehearsal(store, decisions, random);
        for (const auto& mention : mentions) {
            if (mention.created_at > now) break;
            rehearsal.run_until(std::min(mention.created_at, now - kLeftOver));
            rehearsal.mention(mention, source);
        }
        rehearsal.run_until(now - kLeftOver);
    });
}

void rehearse_year(Store& store, Random& random, Instant now) {
    const auto today = utc_date(now);
    const auto year = static_cast<int>(today.year());
    const auto setup = store.setup();
    store.transact([&] {
        for (const auto& customer : store.customers("", {}, "", 1000)) {
            const auto plan = setup.plans.empty() ? default_plan() : setup.plans.front();
            auto touches = lay_out_year(plan, customer, year, today.year() / January / 1);
            for (auto& touch : touches) {
                if (sys_days(touch.due_on) >= sys_days(today) || uniform(random) < 0.12) continue;
                touch.state = TouchState::done;
                touch.done_at = Instant(sys_days(touch.due_on)) + hours(9);
            }
            store.apply_plan({customer.id, std::move(touches), {}, {}});
        }
    });
}

}  // namespace rasid
