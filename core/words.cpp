#include "core/customer.hpp"
#include "core/incident.hpp"
#include "core/outbox.hpp"
#include "core/promise.hpp"
#include "core/setup.hpp"
#include "core/ticket.hpp"
#include "core/ticket_filter.hpp"
#include "core/touch.hpp"
#include "core/verdict.hpp"

#include <array>
#include <cassert>
#include <utility>

// The written form of every enumeration of the domain: one table each, read in both directions.

namespace rasid {
namespace {

template <typename Enum, std::size_t N>
using Words = std::array<std::pair<Enum, std::string_view>, N>;

template <typename Enum, std::size_t N>
std::string_view word_of(const Words<Enum, N>& words, Enum value) {
    for (const auto& [known, word] : words) {
        if (known == value) return word;
    }
    assert(!"every enumerator has a word");
    return {};
}

template <typename Enum, std::size_t N>
std::optional<Enum> value_of(const Words<Enum, N>& words, std::string_view text) {
    for (const auto& [value, word] : words) {
        if (word == text) return value;
    }
    return std::nullopt;
}

constexpr Words<Polarity, 3> kPolarities = {
    {{Polarity::negative, "negative"}, {Polarity::neutral, "neutral"}, {Polarity::positive, "positive"}}};
constexpr Words<Priority, 4> kPriorities = {
    {{Priority::low, "low"}, {Priority::normal, "normal"}, {Priority::high, "high"}, {Priority::critical, "critical"}}};
constexpr Words<Role, 3> kRoles = {
    {{Role::moderator, "moderator"}, {Role::manager, "manager"}, {Role::admin, "admin"}}};
constexpr Words<AssignmentWay, 2> kAssignmentWays = {
    {{AssignmentWay::round_robin, "round_robin"}, {AssignmentWay::least_loaded, "least_loaded"}}};
constexpr Words<Target, 6> kTargets = {{{Target::first_response, "first_response"},
                                        {Target::resolution, "resolution"},
                                        {Target::next_response, "next_response"},
                                        {Target::periodic_update, "periodic_update"},
                                        {Target::call, "call"},
                                        {Target::check_back, "check_back"}}};
constexpr Words<ClockState, 4> kClockStates = {{{ClockState::running, "running"},
                                                {ClockState::paused, "paused"},
                                                {ClockState::met, "met"},
                                                {ClockState::breached, "breached"}}};
constexpr Words<TicketStatus, 3> kTicketStatuses = {{{TicketStatus::active, "active"},
                                                     {TicketStatus::waiting_for_customer, "waiting_for_customer"},
                                                     {TicketStatus::on_hold, "on_hold"}}};
constexpr Words<Series::Kind, 3> kSeriesKinds = {
    {{Series::Kind::rule, "rule"}, {Series::Kind::tag, "tag"}, {Series::Kind::source, "source"}}};
constexpr Words<Incident::Kind, 2> kIncidentKinds = {
    {{Incident::Kind::volume, "volume"}, {Incident::Kind::negativity, "negativity"}}};
constexpr Words<TicketView, 7> kTicketViews = {{{TicketView::waiting, "waiting"},
                                                {TicketView::late, "late"},
                                                {TicketView::mine, "mine"},
                                                {TicketView::unassigned, "unassigned"},
                                                {TicketView::snoozed, "snoozed"},
                                                {TicketView::resolved, "resolved"},
                                                {TicketView::all, "all"}}};
constexpr Words<TicketState, 2> kTicketStates = {{{TicketState::open, "open"}, {TicketState::resolved, "resolved"}}};
constexpr Words<TicketEventKind, 35> kTicketEventKinds = {{
    {TicketEventKind::opened, "opened"},
    {TicketEventKind::joined, "joined"},
    {TicketEventKind::assigned, "assigned"},
    {TicketEventKind::released, "released"},
    {TicketEventKind::acknowledged, "acknowledged"},
    {TicketEventKind::reply_queued, "reply_queued"},
    {TicketEventKind::replied, "replied"},
    {TicketEventKind::reply_failed, "reply_failed"},
    {TicketEventKind::answered_elsewhere, "answered_elsewhere"},
    {TicketEventKind::noted, "noted"},
    {TicketEventKind::priority_changed, "priority_changed"},
    {TicketEventKind::resolved, "resolved"},
    {TicketEventKind::reopened, "reopened"},
    {TicketEventKind::undone, "undone"},
    {TicketEventKind::notified, "notified"},
    {TicketEventKind::breached, "breached"},
    {TicketEventKind::acted, "acted"},
    {TicketEventKind::action_queued, "action_queued"},
    {TicketEventKind::status_changed, "status_changed"},
    {TicketEventKind::retargeted, "retargeted"},
    {TicketEventKind::call_planned, "call_planned"},
    {TicketEventKind::call_held, "call_held"},
    {TicketEventKind::disputed, "disputed"},
    {TicketEventKind::intervened, "intervened"},
    {TicketEventKind::departed, "departed"},
    {TicketEventKind::auto_acknowledged, "auto_acknowledged"},
    {TicketEventKind::grouped, "grouped"},
    {TicketEventKind::ungrouped, "ungrouped"},
    {TicketEventKind::incident_over, "incident_over"},
    {TicketEventKind::reply_proposed, "reply_proposed"},
    {TicketEventKind::reply_returned, "reply_returned"},
    {TicketEventKind::snoozed, "snoozed"},
    {TicketEventKind::woken, "woken"},
    {TicketEventKind::labelled, "labelled"},
    {TicketEventKind::unlabelled, "unlabelled"},
}};
constexpr Words<TouchState, 4> kTouchStates = {{{TouchState::planned, "planned"},
                                                {TouchState::held, "held"},
                                                {TouchState::done, "done"},
                                                {TouchState::skipped, "skipped"}}};
constexpr Words<Direction, 2> kDirections = {{{Direction::inbound, "inbound"}, {Direction::outbound, "outbound"}}};
constexpr Words<OutboxState, 5> kOutboxStates = {{{OutboxState::waiting, "waiting"},
                                                  {OutboxState::sending, "sending"},
                                                  {OutboxState::sent, "sent"},
                                                  {OutboxState::dead, "dead"},
                                                  {OutboxState::cancelled, "cancelled"}}};
constexpr Words<TouchEventKind, 8> kTouchEventKinds = {{{TouchEventKind::laid, "laid"},
                                                        {TouchEventKind::held, "held"},
                                                        {TouchEventKind::released, "released"},
                                                        {TouchEventKind::moved, "moved"},
                                                        {TouchEventKind::done, "done"},
                                                        {TouchEventKind::skipped, "skipped"},
                                                        {TouchEventKind::reopened, "reopened"},
                                                        {TouchEventKind::drafted, "drafted"}}};
constexpr Words<CaseEventKind, 4> kCaseEventKinds = {{{CaseEventKind::opened, "opened"},
                                                      {CaseEventKind::joined, "joined"},
                                                      {CaseEventKind::resolved, "resolved"},
                                                      {CaseEventKind::reopened, "reopened"}}};
constexpr Words<ProposalKind, 6> kProposalKinds = {{{ProposalKind::move_plan, "move_plan"},
                                                    {ProposalKind::link_account, "link_account"},
                                                    {ProposalKind::merge, "merge"},
                                                    {ProposalKind::add_interest, "add_interest"},
                                                    {ProposalKind::thank, "thank"},
                                                    {ProposalKind::reshare, "reshare"}}};
constexpr Words<ProposalState, 3> kProposalStates = {
    {{ProposalState::open, "open"}, {ProposalState::confirmed, "confirmed"}, {ProposalState::dismissed, "dismissed"}}};
constexpr Words<SurveyKind, 3> kSurveyKinds = {
    {{SurveyKind::csat, "csat"}, {SurveyKind::nps, "nps"}, {SurveyKind::ces, "ces"}}};
constexpr Words<PromiseEventKind, 4> kPromiseEventKinds = {{{PromiseEventKind::made, "made"},
                                                            {PromiseEventKind::moved, "moved"},
                                                            {PromiseEventKind::kept, "kept"},
                                                            {PromiseEventKind::withdrawn, "withdrawn"}}};
constexpr Words<PromiseState, 4> kPromiseStates = {{{PromiseState::running, "running"},
                                                    {PromiseState::kept, "kept"},
                                                    {PromiseState::broken, "broken"},
                                                    {PromiseState::withdrawn, "withdrawn"}}};

}  // namespace

std::string_view to_string(Polarity polarity) { return word_of(kPolarities, polarity); }
std::optional<Polarity> parse_polarity(std::string_view word) { return value_of(kPolarities, word); }
std::string_view to_string(Priority priority) { return word_of(kPriorities, priority); }
std::optional<Priority> parse_priority(std::string_view word) { return value_of(kPriorities, word); }
std::string_view to_string(Role role) { return word_of(kRoles, role); }
std::optional<Role> parse_role(std::string_view word) { return value_of(kRoles, word); }
std::string_view to_string(AssignmentWay way) { return word_of(kAssignmentWays, way); }
std::optional<AssignmentWay> parse_assignment_way(std::string_view word) { return value_of(kAssignmentWays, word); }
std::string_view to_string(Target target) { return word_of(kTargets, target); }
std::optional<Target> parse_target(std::string_view word) { return value_of(kTargets, word); }
std::string_view to_string(ClockState state) { return word_of(kClockStates, state); }
std::string_view to_string(TicketStatus status) { return word_of(kTicketStatuses, status); }
std::optional<TicketStatus> parse_ticket_status(std::string_view word) { return value_of(kTicketStatuses, word); }
std::string_view to_string(Series::Kind kind) { return word_of(kSeriesKinds, kind); }
std::optional<Series::Kind> parse_series_kind(std::string_view word) { return value_of(kSeriesKinds, word); }

std::string_view to_string(Incident::Kind kind) { return word_of(kIncidentKinds, kind); }
std::optional<Incident::Kind> parse_incident_kind(std::string_view word) { return value_of(kIncidentKinds, word); }

std::string_view to_string(TicketView view) { return word_of(kTicketViews, view); }
std::optional<TicketView> parse_ticket_view(std::string_view word) { return value_of(kTicketViews, word); }
std::string_view to_string(TicketState state) { return word_of(kTicketStates, state); }
std::string_view to_string(TicketEventKind kind) { return word_of(kTicketEventKinds, kind); }
std::optional<TicketEventKind> parse_ticket_event_kind(std::string_view word) {
    return value_of(kTicketEventKinds, word);
}
std::string_view to_string(TouchState state) { return word_of(kTouchStates, state); }
std::optional<TouchState> parse_touch_state(std::string_view word) { return value_of(kTouchStates, word); }
std::string_view to_string(Direction direction) { return word_of(kDirections, direction); }
std::string_view to_string(OutboxState state) { return word_of(kOutboxStates, state); }
std::optional<OutboxState> parse_outbox_state(std::string_view word) { return value_of(kOutboxStates, word); }
std::string_view to_string(TouchEventKind kind) { return word_of(kTouchEventKinds, kind); }
std::optional<TouchEventKind> parse_touch_event_kind(std::string_view word) { return value_of(kTouchEventKinds, word); }
std::string_view to_string(CaseEventKind kind) { return word_of(kCaseEventKinds, kind); }
std::optional<CaseEventKind> parse_case_event_kind(std::string_view word) { return value_of(kCaseEventKinds, word); }
std::string_view to_string(ProposalKind kind) { return word_of(kProposalKinds, kind); }
std::optional<ProposalKind> parse_proposal_kind(std::string_view word) { return value_of(kProposalKinds, word); }
std::string_view to_string(ProposalState state) { return word_of(kProposalStates, state); }
std::optional<ProposalState> parse_proposal_state(std::string_view word) { return value_of(kProposalStates, word); }
std::string_view to_string(SurveyKind kind) { return word_of(kSurveyKinds, kind); }
std::optional<SurveyKind> parse_survey_kind(std::string_view word) { return value_of(kSurveyKinds, word); }
std::string_view to_string(PromiseEventKind kind) { return word_of(kPromiseEventKinds, kind); }
std::optional<PromiseEventKind> parse_promise_event_kind(std::string_view word) {
    return value_of(kPromiseEventKinds, word);
}
std::string_view to_string(PromiseState state) { return word_of(kPromiseStates, state); }

}  // namespace rasid
