#include "daemon/commit_page.hpp"

// A negative control for the kill test: the cursor is durable before what it stands for, so a crash in between loses a
// page. Linked before the daemon's archive, this definition is taken and the true one is left out.

namespace rasid {

Task<CommittedPage> commit_page(Database& database, std::shared_ptr<const Decisions> decisions, SourceFacts source,
                                std::shared_ptr<const Page> page, std::vector<Verdict> verdicts,
                                DuplicateIndex& duplicates, IncidentDesk& incidents, Random& random, Instant now) {
    co_await database.write([&](Store& store) { store.put_cursor(source.name, page->next.token); });
    auto committed = co_await database.write([&](Store& store) {
        auto intake = decide(store, *decisions, source, *page, verdicts, random, now, &duplicates, &incidents);
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
