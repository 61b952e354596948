#include "storage/sql_store.hpp"

#include <algorithm>
#include <utility>

namespace rasid {

SqlStore::SqlStore(std::unique_ptr<Engine> engine, std::shared_ptr<void> guard)
    : guard_(std::move(guard)), engine_(std::move(engine)) {}

void SqlStore::at_one_state(const std::function<void()>& body) { on_one_state(body); }

void SqlStore::transact(const std::function<void()>& body) {
    if (depth_ == 0)
        outermost(body);
    else
        nested(body);
}

void SqlStore::outermost(const std::function<void()>& body) {
    engine_->begin(Engine::Access::write);
    depth_ = 1;
    try {
        body();
        engine_->commit();
    } catch (...) {
        depth_ = 0;
        scrub_wanted_ = rewrite_wanted_ = false;
        engine_->rollback();
        throw;
    }
    depth_ = 0;
    if (std::exchange(scrub_wanted_, false)) engine_->scrub();
    if (std::exchange(rewrite_wanted_, false)) rewrite_if_due();
}

void SqlStore::nested(const std::function<void()>& body) {
    const auto name = "level_" + std::to_string(depth_);
    engine_->run("SAVEPOINT " + name);
    ++depth_;
    try {
        body();
        --depth_;
    } catch (...) {
        --depth_;
        // When the database gave up the whole transaction, the outermost commit fails for everybody.
        if (engine_->in_transaction()) {
            engine_->run("ROLLBACK TO SAVEPOINT " + name);
            engine_->run("RELEASE SAVEPOINT " + name);
        }
        throw;
    }
    engine_->run("RELEASE SAVEPOINT " + name);
}

std::int64_t SqlStore::next_number(std::string_view counter) {
    const auto answer = engine_->ask("UPDATE counters SET value = value + 1 WHERE name = $1 RETURNING value", counter);
    if (!answer->next())
        throw StoreError("the database has lost its counter `" + std::string(counter) + "`: restore a backup");
    return answer->integer(0);
}

std::vector<Ticket> SqlStore::take(const Intake& intake) {
    std::vector<Ticket> tickets;
    transact([&] {
        tickets.clear();
        const auto added = std::count_if(intake.mentions.begin(), intake.mentions.end(),
                                         [&](const StoredMention& mention) { return store_mention(mention); });
        if (added > 0) engine_->run("UPDATE counters SET value = value + $1 WHERE name = 'mentions'", added);
        for (const auto& change : intake.tickets) tickets.push_back(store_change(change));
        for (const auto& hour : intake.hours) add_hour(hour);
        put_rises(intake.rises);
        for (const auto& plan : intake.plans) store_plan(plan);
        for (const auto& item : intake.outbox) store_outbox(item);
        if (!intake.source.empty()) put_cursor(intake.source, intake.cursor);
    });
    return tickets;
}

void SqlStore::backup(const std::string& path) { engine_->copy_to(path); }

}  // namespace rasid
