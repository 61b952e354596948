#pragma once

#include "core/setup_toml.hpp"
#include "escalation/route.hpp"
#include "storage/store.hpp"
#include "tests/support/fake_random.hpp"
#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace rasid {

/// A store in a folder of its own with a setup and tickets, whose time a test moves by hand.
class StoreHouse {
public:
    StoreHouse() { reopen(); }
    explicit StoreHouse(const std::string& setup) : StoreHouse() { put_setup(setup); }

    /// As after a crash: nothing but the file is left.
    void reopen() {
        store.reset();
        store = open_store({"sqlite:" + folder.file("rasid.db"), false});
    }

    void put_setup(const std::string& toml) {
        const auto parsed = parse_setup(toml, "setup.toml");
        EXPECT_TRUE(parsed.errors.empty()) << (parsed.errors.empty() ? "" : to_string(parsed.errors.front()));
        store->put_setup(parsed.setup);
    }

    Policies policies() { return policies_of(store->setup()); }
    std::string id_of(std::string_view name) { return find_named(store->setup().people, name)->id; }

    /// What somebody new wrote just now, for a queue.
    StoredMention heard(const std::string& queue) {
        const auto number = std::to_string(++heard_);
        StoredMention stored;
        stored.id = new_id(random, now);
        stored.mention.key = {"mastodon", "post-" + number};
        stored.mention.source = "fedi";
        stored.mention.author = {.handle = "writer" + number, .name = "Writer " + number};
        stored.mention.text = "the latte was cold";
        stored.mention.created_at = stored.stored_at = now;
        stored.verdict.queue = queue;
        return stored;
    }

    /// The ticket that a mention opens.
    TicketChange opened_by(const StoredMention& stored) {
        TicketContext context;
        context.mention_id = stored.id;
        context.since = now - std::chrono::hours(24);
        return route(policies(), stored.mention, stored.verdict, context, random, now).value();
    }

    /// Stores both; returns the ticket's id.
    std::string keep(StoredMention stored, const TicketChange& opened) {
        stored.ticket = opened.after.id;
        store->take({.source = "fedi", .mentions = {std::move(stored)}, .tickets = {opened}});
        return opened.after.id;
    }

    TempFolder folder;
    FakeRandom random;
    std::unique_ptr<Store> store;
    Instant now = parse_rfc3339("2026-03-01T08:00:00Z").value();

private:
    int heard_ = 0;
};

}  // namespace rasid
