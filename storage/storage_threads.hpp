#pragma once

#include "storage/database.hpp"

#include <cstdint>
#include <memory>

namespace rasid {

/// The Database: one storage thread that writes and one reading thread.
///
/// Everything that waits for the storage thread is committed together; each job has a savepoint of its own, so that one
/// that throws is undone alone. When the common commit fails, every job of the group has failed and its caller gets
/// that StoreError. The destructor runs what waits, then stops; the loop must still exist then, and nobody may call any
/// more.
class StorageThreads final : public Database {
public:
    /// Opens store and reader here, on the calling thread; throws StoreError. Callers are resumed on `loop`.
    StorageThreads(boost::asio::any_io_executor loop, const StoreOptions& options);

    /// With a store and a reader that are open already; both are used by the threads only from here on.
    StorageThreads(boost::asio::any_io_executor loop, std::unique_ptr<Store> store, std::unique_ptr<Reader> reader);
    ~StorageThreads() override;

    std::uint64_t writes() const;   ///< jobs done
    std::uint64_t commits() const;  ///< transactions they took

private:
    Task<void> run_write(std::function<void(Store&)> job) override;
    Task<void> run_read(std::function<void(Reader&)> job) override;

    struct Threads;
    std::unique_ptr<Threads> threads_;
};

}  // namespace rasid
