#include "daemon/decision_desk.hpp"

#include "core/on_thread.hpp"
#include "daemon/setup_check.hpp"
#include "rules/correction_lines.hpp"

#include <cstdint>
#include <utility>

namespace rasid {
namespace {

constexpr int kMostCorrections = 20000;  // the newest; older ones have faded

}  // namespace

Task<void> DecisionDesk::load_setup() {
    const auto turn = ++setup_turn_;
    const auto setup = co_await database_.read([](Reader& reader) { return reader.setup(); });
    const auto compile_setup = [&setup] { return decisions_of(setup); };
    const auto compiled = co_await on_thread(worker_, compile_setup);
    // Of two that overlap the one that read later counts.
    if (turn != setup_turn_) co_return;
    auto next = *compiled;
    next.churn = decisions_->churn;
    decisions_ = taught(next, layers_);
}

Task<void> DecisionDesk::learn() {
    const auto turn = ++learning_turn_;
    const auto said = co_await database_.read(
        [](Reader& reader) { return reader.corrections(CorrectionKind::sentiment, kMostCorrections); });
    if (turn != learning_turn_) co_return;
    const auto now = clock_.now();
    const auto learn_from_said = [&said, now] {
        const auto corrections = sentiment_corrections(said);
        return learn_layers(corrections, now);
    };
    auto learnt = co_await on_thread(worker_, learn_from_said);
    if (turn != learning_turn_) co_return;
    layers_ = std::move(learnt);
    decisions_ = taught(*decisions_, layers_);
    const auto all = layers_.find("");
    const auto words = all == layers_.end() ? 0 : static_cast<std::int64_t>(all->second->words().size());
    metrics_.corrections_learnt(static_cast<std::int64_t>(said.size()), words);
}

void DecisionDesk::remember_churn(const ChurnRates& rates) {
    auto next = std::make_shared<Decisions>(*decisions_);
    next->churn.clear();
    for (const auto& [brand, rate] : rates) {
        if (rate.value) next->churn.emplace(brand, *rate.value);
    }
    decisions_ = std::move(next);
}

}  // namespace rasid
