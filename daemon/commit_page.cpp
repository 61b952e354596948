#include "daemon/commit_page.hpp"

namespace rasid {
namespace {

class UnlessKept {
public:
    explicit UnlessKept(IncidentDesk& desk) : desk_(desk) {}
    ~UnlessKept() {
        if (!kept_) desk_.forget();
    }
    UnlessKept(const UnlessKept&) = delete;
    UnlessKept& operator=(const UnlessKept&) = delete;
    void keep() { kept_ = true; }

private:
    IncidentDesk& desk_;
    bool kept_ = false;
};

}  // namespace

Task<CommittedPage> commit_page(Database& database, std::shared_ptr<const Decisions> decisions, SourceFacts source,
                                std::shared_ptr<const Page> page, std::vector<Verdict> verdicts,
                                DuplicateIndex& duplicates, IncidentDesk& incidents, Random& random, Instant now) {
    auto committed = co_await database.write([&](Store& store) {
        // Until it is stored it counts as not heard: what throws leaves the desk to be read anew.
        UnlessKept heard(incidents);
        auto intake = decide(store, *decisions, source, *page, verdicts, random, now, &duplicates, &incidents);
        CommittedPage result;
        for (const auto& stored : intake.mentions) result.new_mentions += stored.stored_at == now ? 1 : 0;
        result.answers = !intake.outbox.empty();
        result.tickets = take(store, intake);
        remember(duplicates, intake);
        result.mentions = std::move(intake.mentions);
        result.rises = std::move(intake.rises);
        heard.keep();
        return result;
    });
    co_return committed;
}

}  // namespace rasid
