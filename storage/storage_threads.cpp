#include "storage/storage_threads.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>
#include <condition_variable>
#include <exception>
#include <iterator>
#include <mutex>
#include <thread>
#include <vector>

namespace rasid {
namespace {

namespace asio = boost::asio;

/// Jobs of one transaction at most: bounds how long the first of them waits for the last.
constexpr std::size_t kGroup = 256;

/// A suspended coroutine.
class Waiter {
public:
    virtual ~Waiter() = default;
    /// Resumes it on the loop, to throw `error` where there is one. Called once, on any thread.
    virtual void resume(std::exception_ptr error) = 0;
};

template <typename Handler>
class HandlerWaiter final : public Waiter {
public:
    HandlerWaiter(Handler handler, const asio::any_io_executor& loop)
        : executor_(
              asio::prefer(asio::get_associated_executor(handler, loop), asio::execution::outstanding_work.tracked)),
          handler_(std::move(handler)) {}

    void resume(std::exception_ptr error) override {
        asio::post(executor_, [handler = std::move(handler_), error]() mutable { std::move(handler)(error); });
    }

private:
    asio::any_io_executor executor_;  ///< keeps the loop running while the job waits
    Handler handler_;
};

template <typename Subject>
struct Job {
    const std::function<void(Subject&)>* run = nullptr;  ///< lives in the waiting coroutine's frame
    std::unique_ptr<Waiter> waiter = {};
    std::exception_ptr error = {};
};

/// Jobs on their way to one thread. Every job belongs to a suspended coroutine, so there are no more of them than of
/// those.
template <typename Subject>
class JobQueue {
public:
    void push(Job<Subject> job) {
        {
            const std::lock_guard lock(mutex_);
            jobs_.push_back(std::move(job));
        }
        wake_.notify_one();
    }

    void close() {
        {
            const std::lock_guard lock(mutex_);
            closed_ = true;
        }
        wake_.notify_one();
    }

    /// Waits for jobs and takes up to `count`; empty: closed and nothing is left.
    std::vector<Job<Subject>> take(std::size_t count) {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return closed_ || !jobs_.empty(); });
        const auto end = jobs_.begin() + static_cast<std::ptrdiff_t>(std::min(count, jobs_.size()));
        std::vector<Job<Subject>> taken(std::make_move_iterator(jobs_.begin()), std::make_move_iterator(end));
        jobs_.erase(jobs_.begin(), end);
        return taken;
    }

private:
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<Job<Subject>> jobs_;
    bool closed_ = false;
};

/// Gives the job to the thread and suspends until it is done. Cancellation waits for that: the thread uses the caller's
/// frame.
template <typename Subject>
Task<void> hand_over(JobQueue<Subject>& queue, asio::any_io_executor loop, const std::function<void(Subject&)>& run) {
    co_await asio::async_initiate<decltype(asio::use_awaitable), void(std::exception_ptr)>(
        [&queue, loop, &run](auto handler) {
            using Handler = std::decay_t<decltype(handler)>;
            queue.push({&run, std::make_unique<HandlerWaiter<Handler>>(std::move(handler), loop), nullptr});
        },
        asio::use_awaitable);
}

}  // namespace

struct StorageThreads::Threads {
    Threads(asio::any_io_executor executor, std::unique_ptr<Store> opened_store, std::unique_ptr<Reader> opened_reader)
        : loop(std::move(executor)), store(std::move(opened_store)), reader(std::move(opened_reader)),
          writing([this] { write_until_closed(); }), reading([this] { read_until_closed(); }) {}

    ~Threads() {
        writes.close();
        reads.close();
        writing.join();
        reading.join();
    }
    Threads(const Threads&) = delete;
    Threads& operator=(const Threads&) = delete;

    void write_until_closed() {
        for (;;) {
            auto group = writes.take(kGroup);
            if (group.empty()) return;
            commit_together(group);
            // Counted before anybody resumes, so that a caller finds his own job counted.
            jobs_done += group.size();
            ++transactions;
            for (auto& job : group) job.waiter->resume(std::move(job.error));
        }
    }

    void commit_together(std::vector<Job<Store>>& group) {
        try {
            store->transact([&] {
                for (auto& job : group) {
                    try {
                        store->transact([&] { (*job.run)(*store); });
                    } catch (...) {
                        job.error = std::current_exception();
                    }
                }
            });
        } catch (...) {
            for (auto& job : group) job.error = std::current_exception();
        }
    }

    void read_until_closed() {
        for (;;) {
            auto jobs = reads.take(1);
            if (jobs.empty()) return;
            auto& job = jobs.front();
            try {
                (*job.run)(*reader);
            } catch (...) {
                job.error = std::current_exception();
            }
            job.waiter->resume(std::move(job.error));
        }
    }

    asio::any_io_executor loop;
    std::unique_ptr<Store> store;
    std::unique_ptr<Reader> reader;
    JobQueue<Store> writes;
    JobQueue<Reader> reads;
    std::atomic<std::uint64_t> jobs_done = 0;
    std::atomic<std::uint64_t> transactions = 0;
    std::thread writing;  // the threads last: they use everything above
    std::thread reading;
};

StorageThreads::StorageThreads(asio::any_io_executor loop, const StoreOptions& options) : threads_(nullptr) {
    auto store = open_store(options);
    auto reader = open_reader(options);
    threads_ = std::make_unique<Threads>(std::move(loop), std::move(store), std::move(reader));
}

StorageThreads::StorageThreads(asio::any_io_executor loop, std::unique_ptr<Store> store, std::unique_ptr<Reader> reader)
    : threads_(std::make_unique<Threads>(std::move(loop), std::move(store), std::move(reader))) {}

StorageThreads::~StorageThreads() = default;

std::uint64_t StorageThreads::writes() const { return threads_->jobs_done; }
std::uint64_t StorageThreads::commits() const { return threads_->transactions; }

Task<void> StorageThreads::run_write(std::function<void(Store&)> job) {
    co_await hand_over<Store>(threads_->writes, threads_->loop, job);
}

Task<void> StorageThreads::run_read(std::function<void(Reader&)> job) {
    co_await hand_over<Reader>(threads_->reads, threads_->loop, job);
}

}  // namespace rasid
