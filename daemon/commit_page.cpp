#include "daemon/commit_page.hpp"

namespace rasid {

Task<CommittedPage> commit_page(Database& database, std::shared_ptr<const Decisions> decisions, SourceFacts source,
                                std::shared_ptr<const Page> page, std::vector<Verdict> verdicts,
                                DuplicateIndex& duplicates, Random& random, Instant now) {
    auto committed = co_await database.write([&](Store& store) {
        auto intake = decide(store, *decisions, source, *page, verdicts, random, now, &duplicates);
        CommittedPage result;
        for (const auto& stored : intake.mentions) result.new_mentions += stored.stored_at == now ? 1 : 0;
        result.tickets = take(store, intake);
        remember(duplicates, intake);
        result.mentions = std::move(intake.mentions);
        return result;
    });
    co_return committed;
}

}  // namespace rasid
