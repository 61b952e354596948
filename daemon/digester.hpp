#pragma once

#include "core/clock.hpp"
#include "core/random.hpp"
#include "daemon/intake.hpp"
#include "escalation/digest.hpp"
#include "storage/database.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

struct DigestLinks {
    std::function<std::string(std::string_view person)> unsubscribe_url = {};  ///< called on the storage thread
    std::string page_url = {};
    std::string settings_url = {};
};

/// The newest moment up to `now` for which digests of a kind are due; nullopt: none since `last`. What was missed
/// longer ago is not sent any more.
std::optional<Instant> due_digest(DigestKind kind, const Policies& policies, const std::string& time_zone, Instant last,
                                  Instant now);

/// The mails of one kind and moment: to every manager who wants them, one for each brand that he sees.
std::vector<OutboxItem> digest_mails(DigestKind kind, const Policies& policies, const DigestPeriod& period,
                                     const std::map<std::string, BrandDigest>& brands, const DigestLinks& links,
                                     const std::string& time_zone, Random& random, Instant moment, Instant now);

struct DigesterEnv {
    Database& database;
    Clock& clock;
    Random& random;
    std::function<std::shared_ptr<const Decisions>()> decisions;
    DigestLinks links;
    std::function<void()> outbox_changed;
    std::string time_zone;
};

/// Sends daily digests and weekly reports, each once, also across restarts.
class Digester {
public:
    explicit Digester(DigesterEnv env) : env_(std::move(env)) {}

    /// Runs until cancelled; looks once a minute.
    Task<void> run();

    /// Sends what is due; returns how many mails were written.
    Task<int> tick();

private:
    Task<int> send(DigestKind kind);
    Task<std::map<std::string, BrandDigest>> count(DigestPeriod period);

    DigesterEnv env_;
};

}  // namespace rasid
