#pragma once

#include <chrono>
#include <cstddef>

/// Every bound of the program in one place; `rasid doctor` prints them.
namespace rasid::limits {

inline constexpr std::size_t kFetchBody = 8u << 20;  ///< bytes of a decoded answer
inline constexpr int kRedirects = 3;
inline constexpr std::chrono::seconds kFetchDeadline{30};
inline constexpr std::chrono::seconds kPollDeadline{120};  ///< one Source::poll, all its fetches together
inline constexpr std::size_t kPagesPerPoll = 50;           ///< pages walked within one poll
inline constexpr std::size_t kMentionsPerPage = 2000;
inline constexpr std::size_t kMentionText = 64u << 10;  ///< bytes; longer texts are cut at a character
inline constexpr int kJsonDepth = 64;
inline constexpr std::size_t kRequestHeader = 16u << 10;
inline constexpr std::size_t kRequestBody = 1u << 20;
inline constexpr std::size_t kImportBody = 8u << 20;  ///< bytes of a request that brings a file of customers
inline constexpr std::chrono::seconds kRequestHeaderDeadline{10};
inline constexpr std::chrono::seconds kRequestBodyDeadline{30};
inline constexpr std::size_t kConnections = 10000;
inline constexpr std::size_t kEventBuffer = 64u << 10;  ///< bytes waiting for one slow event-stream reader
inline constexpr std::size_t kReplyText = 5000;         ///< bytes
inline constexpr int kDraftsOfPerson = 200;
inline constexpr std::chrono::seconds kReplyHold{10};
inline constexpr std::chrono::days kLongestSnooze{366};
inline constexpr std::size_t kLabel = 80;        ///< bytes
inline constexpr std::size_t kLabels = 20;       ///< of one ticket
inline constexpr std::size_t kBulk = 500;        ///< tickets that one bulk action changes
inline constexpr std::size_t kBulkUnasked = 25;  ///< above, a bulk action is confirmed with its number
inline constexpr std::size_t kViews = 50;        ///< saved by one person, and shared ones
inline constexpr std::chrono::minutes kSessionIdle{30};
inline constexpr std::chrono::hours kSessionAbsolute{12};
/// A customer's message reopens the ticket of its conversation that was resolved no longer ago; later it opens another.
inline constexpr std::chrono::days kReopenWithin{14};
inline constexpr std::size_t kQueryLength = 4096;  ///< bytes of a rule's query
inline constexpr std::size_t kRules = 20000;
/// Versions of one item of the setup that are kept, and how long.
inline constexpr int kSetupVersions = 100;
inline constexpr std::chrono::days kSetupHistory{730};
inline constexpr std::size_t kHitsPerRule = 100;  ///< places marked for one rule in one mention

}  // namespace rasid::limits
