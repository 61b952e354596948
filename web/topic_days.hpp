#pragma once

#include "core/instant.hpp"
#include "rules/topics.hpp"
#include "storage/reader.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace rasid {

/// What was written about on one day, as far as topics need it.
struct DayOfTopics {
    WordsByLanguage words = {};
    std::map<std::string, std::int64_t> tags = {};  ///< mentions with each tag of a rule
    std::int64_t mentions = 0;
};

/// The mentions of a span that a person limited to these brands may see (none: every brand), newest first: at most
/// `most`, the same share of each hour, so that a busy evening does not hide the morning.
std::vector<StoredMention> sample_mentions(Reader& reader, const std::vector<std::string>& brands, Instant from,
                                           Instant to, int most);

DayOfTopics count_day(const std::vector<StoredMention>& mentions);

/// Mentions as rules/topics.hpp takes them; they must outlive the answer.
std::vector<TopicMention> topic_mentions(const std::vector<StoredMention>& mentions);

/// Days that are over, counted once. A day is known by its beginning.
class FinishedDays {
public:
    using Key = std::pair<Instant, std::vector<std::string>>;  ///< and the brands that were seen

    std::shared_ptr<const DayOfTopics> find(const Key& key) const;  // shared with requests while others forget it
    void keep(const Key& key, std::shared_ptr<const DayOfTopics> day);

private:
    static constexpr std::size_t kMost = 120;
    std::map<Key, std::shared_ptr<const DayOfTopics>> days_;
};

}  // namespace rasid
