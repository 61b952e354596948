#include "daemon/demo_rehearsal.hpp"

#include "engagement/plan_progress.hpp"
#include "engagement/react.hpp"
#include "engagement/touch_actions.hpp"
#include "escalation/route.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace rasid {
namespace {

/// Tickets older than this were somebody's work already; younger ones are left for whoever tries the demo.
constexpr Duration kLeftOver = std::chrono::minutes(35);
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

/// The rule whose unusual rise the demo shows: it hits a few mentions a day, and many before the start.
constexpr const char* kRisingRule = "app trouble";
constexpr const char* kBrand = "nasma";

/// Three weeks of what is usual for that rule, so that a rise can be told from it.
Intake usual_weeks(const RuleRoutes& routes, Random& random, Instant now) {
    Intake intake;
    if (!routes.contains(kRisingRule)) return intake;
    const auto today = std::chrono::floor<std::chrono::hours>(now) - std::chrono::days(1);
    for (Instant hour = today - std::chrono::weeks(3); hour < today; hour += std::chrono::hours(1)) {
        const int heard = static_cast<int>(uniform(random) < 0.25) + static_cast<int>(uniform(random) < 0.08);
        if (heard > 0) intake.hours.push_back({{kBrand, Series::Kind::rule, kRisingRule}, hour, {heard, heard}});
    }
    return intake;
}

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
    Rehearsal(Store& store, const Decisions& decisions, const std::vector<StoryLine>& stories, Random& random)
        : store_(store), decisions_(decisions), stories_(stories), random_(random) {
        for (const auto& person : decisions.policies.people) {
            if (person.role == Role::moderator) moderators_.push_back(person.id);
        }
    }

    void mention(const Mention& mention, const std::string& source) {
        const auto now = mention.created_at + std::chrono::seconds(8);
        const auto contexts = contexts_of(store_, {mention}, decisions_.default_plan);
        const Page page{{mention}, {}, false, {}, {}, {}};
        const auto verdict = assess(decisions_.rules, mention, contexts.front());
        const auto intake = decide(store_, decisions_, {source, "", Instant{}}, page, {verdict}, random_, now,
                                   &duplicates_, &incidents_);
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
        if (is_unanswered(stories_, ticket.author.name)) return;
        const auto target = ticket.clocks.front().due_at.value_or(now) - ticket.clocks.front().started_at;
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
        add(answered + std::chrono::minutes(4) + share(0.2, 1.5), {Deed::Kind::resolve, ticket.id, person, ""});
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
            add(at + std::chrono::seconds(10),
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
    const std::vector<StoryLine>& stories_;
    Random& random_;
    DuplicateIndex duplicates_;
    IncidentDesk incidents_;
    std::vector<std::string> moderators_;
    std::multimap<Instant, Deed> deeds_;
};

constexpr std::array<const char*, 4> kArabicCalls = {
    "يشرب قهوته الصبح قبل الدوام، ويحب يجرب المحاصيل الجديدة.", "سأل عن مواعيد رمضان، وقال إن الفرع صار أهدى.",
    "مشغول هذه الأيام، نعاود الاتصال الشهر القادم.", "راضٍ عن التطبيق، ويتمنى طاولات أكثر للعمل."};
constexpr std::array<const char*, 4> kEnglishCalls = {
    "Drinks a flat white before work; curious about the new Ethiopian beans.",
    "Asked about Ramadan opening hours and likes the quieter corner.", "Busy these weeks; we call again next month.",
    "Happy with the app, would love more tables to work at."};

/// One customer's year until now: most of what was planned is done on its day, between the lines of his story.
class YearOfCustomer {
public:
    YearOfCustomer(Store& store, const Customer& customer, const std::vector<StoryLine>& stories,
                   const ReactRules& rules, Random& random, Instant now)
        : store_(store), customer_(customer), rules_(rules), random_(random), now_(now) {
        for (const auto& line : stories)
            if (line.customer == customer.name) story_.push_back(&line);
    }

    void live() {
        auto next = story_.begin();
        for (;;) {
            const auto plan = plan_of(store_, customer_.id, now_);
            const auto* touch = earliest(*plan);
            if (next != story_.end() && (!touch || (*next)->at <= day_of(*touch))) {
                tell(store_, **next++, customer_, rules_, random_);
            } else if (touch) {
                tried_.insert(touch->id);
                if (uniform(random_) >= 0.12) finish(*plan, *touch);
            } else {
                return;
            }
        }
    }

private:
    static Instant day_of(const PlannedTouch& touch) {
        return Instant(std::chrono::sys_days(touch.due_on)) + std::chrono::hours(9);
    }

    const PlannedTouch* earliest(const PlanState& plan) const {
        const PlannedTouch* first = nullptr;
        for (const auto& touch : plan.touches) {
            if (day_of(touch) >= Instant(std::chrono::sys_days(utc_date(now_))) || tried_.contains(touch.id) ||
                !is_owed(touch, plan.touches))
                continue;
            if (!first || std::chrono::sys_days(touch.due_on) < std::chrono::sys_days(first->due_on)) first = &touch;
        }
        return first;
    }

    void finish(const PlanState& plan, const PlannedTouch& touch) {
        TouchAction action{.action = "done"};
        if (touch.kind == "call") {
            const auto& calls = customer_.language == "en" ? kEnglishCalls : kArabicCalls;
            action.text = calls[static_cast<std::size_t>(uniform(random_) * static_cast<double>(calls.size()))];
        }
        const auto change = act_on_touch(plan, touch.id, action, rules_.working_days, random_, day_of(touch));
        if (change) store_.apply_plan(*change);
    }

    Store& store_;
    const Customer& customer_;
    const ReactRules& rules_;
    Random& random_;
    Instant now_;
    std::vector<const StoryLine*> story_;
    std::set<std::string> tried_;
};

}  // namespace

void rehearse_day(Store& store, const Decisions& decisions, const std::vector<Mention>& mentions,
                  const std::string& source, const std::vector<StoryLine>& stories, Random& random, Instant now) {
    store.transact([&] {
        store.take(usual_weeks(decisions.incidents.routes, random, now));
        Rehearsal rehearsal(store, decisions, stories, random);
        for (const auto& mention : mentions) {
            if (mention.created_at > now) break;
            rehearsal.run_until(std::min(mention.created_at, now - kLeftOver));
            rehearsal.mention(mention, source);
        }
        rehearsal.run_until(now - kLeftOver);
    });
}

void rehearse_year(Store& store, const std::vector<StoryLine>& stories, Random& random, Instant now) {
    const auto rules = react_rules_of(store.setup());
    store.transact([&] {
        for (const auto& customer : store.customers("", {}, "", 1000))
            YearOfCustomer(store, customer, stories, rules, random, now).live();
    });
}

}  // namespace rasid
