#include "web/topic_days.hpp"

#include <algorithm>

namespace rasid {

std::vector<StoredMention> sample_mentions(Reader& reader, const std::vector<std::string>& brands, Instant from,
                                           Instant to, int most) {
    constexpr int kHours = 24;
    const auto hour = (to - from) / kHours;
    std::vector<StoredMention> found;
    for (int i = kHours; i > 0; --i) {
        const auto end = i == kHours ? to : from + hour * i;
        for (auto& stored : reader.mentions_stored(from + hour * (i - 1), end, std::max(1, most / kHours))) {
            const bool seen =
                brands.empty() || std::find(brands.begin(), brands.end(), stored.verdict.brand) != brands.end();
            if (seen) found.push_back(std::move(stored));
        }
    }
    return found;
}

std::vector<TopicMention> topic_mentions(const std::vector<StoredMention>& mentions) {
    std::vector<TopicMention> out;
    out.reserve(mentions.size());
    for (const auto& stored : mentions) {
        const auto& author = stored.mention.author.handle;
        out.push_back({stored.verdict.language, author.empty() ? stored.id : author, stored.mention.text});
    }
    return out;
}

DayOfTopics count_day(const std::vector<StoredMention>& mentions) {
    DayOfTopics day;
    day.mentions = static_cast<std::int64_t>(mentions.size());
    day.words = count_words(topic_mentions(mentions));
    for (const auto& stored : mentions)
        for (const auto& tag : stored.verdict.tags) ++day.tags[tag];
    return day;
}

std::shared_ptr<const DayOfTopics> FinishedDays::find(const Key& key) const {
    const auto found = days_.find(key);
    return found == days_.end() ? nullptr : found->second;
}

void FinishedDays::keep(const Key& key, std::shared_ptr<const DayOfTopics> day) {
    if (days_.size() >= kMost) days_.erase(days_.begin());
    days_[key] = std::move(day);
}

}  // namespace rasid
