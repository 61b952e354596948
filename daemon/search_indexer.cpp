#include "daemon/search_indexer.hpp"

#include "rules/search_text.hpp"

namespace rasid {
namespace {

/// Some 40 ms of the storage thread.
constexpr int kTextsATurn = 256;

/// Notes and changed tickets wake nobody.
constexpr std::chrono::milliseconds kLongestIndexingNap{2000};

/// Tidying can wait longer than any writer.
constexpr std::chrono::milliseconds kBetweenTidying{50};

}  // namespace

Task<bool> SearchIndexer::index_some() {
    const auto index = [](Store& store) { return store.index_search(search_text, kTextsATurn); };
    const int done = co_await database_.write(index);
    co_return done > 0;
}

Task<bool> SearchIndexer::tidy_some() {
    const auto tidy = [](Store& store) { return store.tidy_search(); };
    const bool more = co_await database_.write(tidy);
    co_return more;
}

Task<void> SearchIndexer::run() {
    for (;;) {
        bool more = co_await index_some();
        if (more) continue;
        more = co_await tidy_some();
        const auto pause = more ? kBetweenTidying : kLongestIndexingNap;
        co_await wake_.wait(pause);
    }
}

}  // namespace rasid
