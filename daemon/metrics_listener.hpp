#pragma once

#include "core/failure.hpp"
#include "core/task.hpp"
#include "daemon/metrics.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace rasid {

/// Serves GET /metrics on an address of its own, one scrape at a time; a caller who does not ask or read within two
/// seconds is cut.
class MetricsListener {
public:
    /// `listen` is address:port, "[::1]:9464" for IPv6; port 0 takes a free one.
    MetricsListener(boost::asio::any_io_executor executor, std::string listen, const Metrics& metrics);
    ~MetricsListener();

    Result<void> open();
    /// Serves until cancelled. Precondition: open succeeded.
    Task<void> run();
    std::uint16_t port() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace rasid
