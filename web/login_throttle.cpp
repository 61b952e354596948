#include "web/login_throttle.hpp"

#include <algorithm>

namespace rasid {
namespace {

using namespace std::chrono_literals;

constexpr int kFreeFailures = 5;
constexpr Duration kLongestWait = 60s;
constexpr Duration kAccountMemory = 1h;
constexpr std::size_t kPerAddress = 20;
constexpr Duration kAddressWindow = 60s;
constexpr std::size_t kInAll = 10;
constexpr Duration kAllWindow = 1s;

/// Drops what left the window, or lies in the future because the clock went back.
void slide(std::deque<Instant>& attempts, Duration window, Instant now) {
    std::erase_if(attempts, [&](Instant at) { return at <= now - window || at > now; });
}

Duration wait_of(int failures) {
    if (failures < kFreeFailures) return 0s;
    const int doublings = std::min(failures - kFreeFailures, 6);
    return std::min<Duration>(kLongestWait, std::chrono::seconds(1LL << doublings));
}

}  // namespace

Duration LoginThrottle::attempt(std::string_view account, std::string_view address, Instant now) {
    forget_old(now);
    if (const auto known = accounts_.find(account); known != accounts_.end() && known->second.blocked_until > now) {
        return std::min(known->second.blocked_until - now, kLongestWait);
    }
    auto& of_address = addresses_[std::string(address)];
    slide(of_address, kAddressWindow, now);
    if (of_address.size() >= kPerAddress) return of_address.front() + kAddressWindow - now;
    slide(all_, kAllWindow, now);
    if (all_.size() >= kInAll) return kAllWindow;
    of_address.push_back(now);
    all_.push_back(now);
    return Duration(0);
}

void LoginThrottle::failed(std::string_view account, Instant now) {
    auto& entry = accounts_[std::string(account)];
    ++entry.failures;
    entry.last = now;
    entry.blocked_until = now + wait_of(entry.failures);
}

void LoginThrottle::succeeded(std::string_view account) {
    if (const auto known = accounts_.find(account); known != accounts_.end()) accounts_.erase(known);
}

void LoginThrottle::forget_old(Instant now) {
    if (addresses_.size() >= kEntries) {
        for (auto& [address, attempts] : addresses_) slide(attempts, kAddressWindow, now);
        std::erase_if(addresses_, [](const auto& entry) { return entry.second.empty(); });
        if (addresses_.size() >= kEntries) addresses_.erase(addresses_.begin());
    }
    if (accounts_.size() >= kEntries) {
        std::erase_if(accounts_, [&](const auto& entry) { return entry.second.last + kAccountMemory < now; });
        if (accounts_.size() >= kEntries) accounts_.erase(accounts_.begin());
    }
}

}  // namespace rasid
