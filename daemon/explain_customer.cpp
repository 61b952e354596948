#include "daemon/explain_customer.hpp"

#include "daemon/story.hpp"
#include "engagement/clv.hpp"
#include "engagement/customer_scores.hpp"
#include "engagement/plan_progress.hpp"
#include "engagement/plan_rules.hpp"
#include "engagement/promises.hpp"
#include "engagement/trust.hpp"

#include <algorithm>

namespace rasid {
namespace {

constexpr int kTicketsTold = 1000;
constexpr int kLedgerTold = 1000;
constexpr int kTrustMonths = 12;

class CustomerStory {
public:
    CustomerStory(Reader& reader, const Customer& customer, Instant now)
        : reader_(reader), customer_(customer), now_(now), today_(utc_date(now)), setup_(reader.setup()),
          plan_(plan_of(reader, customer.id, now).value_or(PlanState{.customer = customer})),
          ledger_(reader.ledger(customer.id, kLedgerTold)) {}

    std::string tell() && {
        who();
        touches();
        cases();
        promises();
        surveys();
        scores();
        trust();
        ledger();
        return std::move(story_).take();
    }

private:
    std::string person(const std::string& id) const { return actor_name(setup_.people, id); }

    void who() {
        story_.line("customer " + customer_.name + (customer_.name_latin.empty() ? "" : " / " + customer_.name_latin) +
                    " (" + customer_.id + "), tier " + (customer_.tier.empty() ? "none" : customer_.tier));
        for (const auto& identity : customer_.identities)
            story_.step(identity.linked_at,
                        identity.platform + ":" + identity.handle + " linked by " + identity.linked_by);
        for (const auto& merge : reader_.merges(customer_.id))
            story_.step(merge.at, "merged with " + merge.dropped.name + " by " + person(merge.actor) +
                                      (merge.undone_at ? ", undone " + to_rfc3339(*merge.undone_at) : ""));
    }

    void touches() {
        const auto progress = progress_of(plan_.touches, today_);
        story_.line("plan " + std::to_string(static_cast<int>(today_.year())) + ": " + std::to_string(progress.done) +
                    " of " + std::to_string(progress.total) + " done, " + std::to_string(progress.late) + " late, " +
                    std::to_string(progress.held) + " held");
        for (const auto& kind : progress.kinds)
            if (kind.late > 0)
                story_.line("  " + std::to_string(kind.late) + " of " + std::to_string(kind.total) + " " + kind.kind +
                            " late");
        const auto events = reader_.touch_events(customer_.id, static_cast<int>(today_.year()));
        for (const auto& touch : plan_.touches) {
            story_.line("  " + to_string(touch.due_on) + "  " + touch.kind + " " + std::to_string(touch.ordinal) +
                        ": " + std::string(to_string(touch.state)) +
                        (touch.occasion.empty() ? "" : ", " + touch.occasion) +
                        (touch.channel.empty() ? "" : ", by " + touch.channel) +
                        (touch.reason.empty() ? "" : " (" + touch.reason + ")"));
            for (const auto& event : events) {
                if (event.touch != touch.id || event.kind == TouchEventKind::laid) continue;
                story_.step(event.at,
                            "  " + std::string(to_string(event.kind)) + " by " + person(event.actor) +
                                (event.kind == TouchEventKind::moved ? " to " + to_string(event.due_on) : "") +
                                (event.reason.empty() ? "" : ": " + event.reason));
            }
        }
        story_.line(plan_.guard.held() ? "guard: held, " + plan_.guard.reason : "guard: nothing is held");
    }

    void cases() {
        if (plan_.cases.empty()) return;
        story_.line("cases:");
        const auto events = reader_.case_events(customer_.id);
        for (const auto& one : plan_.cases) {
            story_.step(one.opened_at, "case " + one.id + ", " + std::to_string(one.posts) + " posts, " +
                                           (one.open() ? "open" : "resolved " + to_rfc3339(*one.resolved_at)));
            for (const auto& event : events)
                if (event.bad_experience == one.id)
                    story_.step(event.at, "  " + std::string(to_string(event.kind)) + " by " + person(event.actor));
        }
    }

    void promises() {
        promises_ = fold_promises(reader_.promise_events(customer_.id), now_);
        if (promises_.empty()) return;
        story_.line("promises:");
        for (const auto& promise : promises_)
            story_.step(promise.made_at, person(promise.made_by) + " until " + to_rfc3339(promise.due_at) + ", " +
                                             std::string(to_string(state_of(promise, now_))) + ": " + promise.text);
    }

    void surveys() {
        if (plan_.surveys.empty()) return;
        story_.line("surveys:");
        for (const auto& survey : plan_.surveys)
            story_.step(survey.laid_at, std::string(to_string(survey.kind)) +
                                            (survey.score     ? ", answered " + std::to_string(*survey.score)
                                             : survey.sent_at ? ", sent " + to_rfc3339(*survey.sent_at)
                                                              : ", to be sent " + to_rfc3339(survey.send_at)) +
                                            (survey.comment.empty() ? "" : ": " + survey.comment));
    }

    void scores() {
        ChurnCount lost(today_, setup_.engagement.lost_after_days);
        // Of his brand, as on his page: that is the segment that CLV is reckoned in.
        for (const auto& customer : all_customers(reader_))
            if (customer.brand == customer_.brand) lost.add(customer);
        const auto churned = lost.figure();
        story_.line("scores:");
        story_.inside(print(churned));
        story_.inside(print(scores_of(plan_, ledger_, churned.value, now_, score_rules_of(setup_))));
    }

    void trust() {
        TrustFacts facts{.promises = promises_, .cases = plan_.cases, .surveys = plan_.surveys};
        for (const auto& ticket : reader_.tickets_of_customer(customer_.id, kTicketsTold))
            facts.answers.insert(facts.answers.end(), ticket.clocks.begin(), ticket.clocks.end());
        const std::chrono::year_month last(today_.year(), today_.month());
        story_.line("trust line:");
        for (const auto& point : trust_line(facts, last - std::chrono::months(kTrustMonths - 1), last, now_))
            story_.line("  " + print(point));
    }

    void ledger() {
        story_.line("ledger, newest first:");
        for (const auto& entry : ledger_)
            story_.step(entry.at, std::string(to_string(entry.direction)) + " " + entry.kind + " by " + entry.channel +
                                      ", " + std::string(to_string(entry.polarity)) +
                                      (entry.touch.empty() ? "" : ", fulfils a planned touch") +
                                      (entry.text.empty() ? "" : ": " + entry.text));
    }

    Reader& reader_;
    const Customer& customer_;
    Instant now_;
    Date today_;
    rasid::Setup setup_;
    PlanState plan_;
    std::vector<LedgerEntry> ledger_;
    std::vector<Promise> promises_ = {};
    Story story_;
};

}  // namespace

std::string explain_customer(Reader& reader, const Customer& customer, Instant now) {
    return CustomerStory(reader, customer, now).tell();
}

}  // namespace rasid
