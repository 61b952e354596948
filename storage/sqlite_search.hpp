#pragma once

#include "storage/engine.hpp"
#include "storage/search_index.hpp"

namespace rasid {

/// The index as an FTS5 table whose rowids are places. FTS5 of SQLite 3.40 keeps the words of a removed row until the
/// segments that hold them are merged, which is what tidying does.
class SqliteSearchIndex final : public SearchIndex {
public:
    explicit SqliteSearchIndex(Engine& engine) : engine_(engine) {}

    void create() override;
    void put(const IndexedText& text) override;
    void remove(std::int64_t place) override;
    std::vector<std::int64_t> find(const IndexCondition& condition, int limit) override;
    void begin_tidying() override;
    bool go_on_tidying() override;
    void tidy_whole() override;

private:
    void merge(int pages);

    Engine& engine_;
};

}  // namespace rasid
