#pragma once

#include "core/task.hpp"
#include "storage/database.hpp"
#include "web/wake.hpp"

#include <boost/asio/any_io_executor.hpp>

namespace rasid {

/// Brings what was stored into the search index behind intake, which must not wait for it: some texts a turn, so that
/// whoever else writes gets in between. What is left to do stands in the database, so that a crash loses none of it.
class SearchIndexer {
public:
    SearchIndexer(boost::asio::any_io_executor executor, Database& database)
        : database_(database), wake_(std::move(executor)) {}

    /// Runs until cancelled.
    Task<void> run();
    /// Something was stored: look again without waiting.
    void wake() { wake_.notify(); }

    // One turn of each; false: nothing was left to do.
    Task<bool> index_some();
    Task<bool> tidy_some();

private:
    Database& database_;
    Wake wake_;
};

}  // namespace rasid
