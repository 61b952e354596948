#include "escalation/report/heard.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace rasid {
namespace {

constexpr std::string_view kCompetitor = "competitor";
// Of a year there may be millions; who has so few followers that thousands have more is in no list.
constexpr std::size_t kAuthorsKept = 10'000;
constexpr std::size_t kAuthorsAtMost = 20'000;

bool reaches_further(const AuthorCount::Author& a, const AuthorCount::Author& b) {
    return std::tie(b.followers, b.count.mentions, a.platform, a.handle) <
           std::tie(a.followers, a.count.mentions, b.platform, b.handle);
}

}  // namespace

void PolarityCount::add(Polarity polarity) {
    ++mentions;
    negative += polarity == Polarity::negative;
    positive += polarity == Polarity::positive;
}

void VolumeCount::add(const CountedMention& mention) {
    if (!period_.holds(mention.stored_at)) return;
    total.add(mention.polarity);
    days[period_.day_of(mention.stored_at)].add(mention.polarity);
    hours[static_cast<std::size_t>(period_.hour_of(mention.stored_at))].add(mention.polarity);
    sources[{mention.platform, mention.source}].add(mention.polarity);
}

void TagCount::add(const CountedMention& mention) {
    for (const auto& tag : mention.tags) tags_[tag].add(mention.polarity);
}

std::vector<std::pair<std::string, PolarityCount>> TagCount::most(std::size_t count) const {
    std::vector<std::pair<std::string, PolarityCount>> list(tags_.begin(), tags_.end());
    std::ranges::stable_sort(list, [](const auto& a, const auto& b) {
        return std::tie(b.second.negative, b.second.mentions) < std::tie(a.second.negative, a.second.mentions);
    });
    if (list.size() > count) list.resize(count);
    return list;
}

VoiceCount::VoiceCount(const Setup& setup, const std::vector<std::string>& brands) {
    std::map<std::string, bool> competitor;  // by brand, as long as none of its rules says otherwise
    for (const auto& rule : setup.rules) {
        if (rule.brand.empty()) continue;
        const bool tagged = std::ranges::find(rule.tags, kCompetitor) != rule.tags.end();
        const auto known = competitor.emplace(rule.brand, tagged).first;
        known->second = known->second && tagged;
    }
    std::map<std::string, std::size_t> places;
    for (const auto& [name, other] : competitor) {
        if (!other && !brands.empty() && std::ranges::find(brands, name) == brands.end()) continue;
        places[name] = brands_.size();
        brands_.push_back({.name = name, .competitor = other});
    }
    for (const auto& rule : setup.rules) {
        const auto place = places.find(rule.brand);
        if (place != places.end()) brand_of_rule_[rule.name] = place->second;
    }
}

void VoiceCount::add(const CountedMention& mention) {
    std::set<std::size_t> named;
    for (const auto& rule : mention.rules) {
        const auto brand = brand_of_rule_.find(rule);
        if (brand != brand_of_rule_.end()) named.insert(brand->second);
    }
    for (const auto place : named) brands_[place].count.add(mention.polarity);
}

std::vector<VoiceCount::Brand> VoiceCount::brands() const {
    std::int64_t all = 0;
    for (const auto& brand : brands_) all += brand.count.mentions;
    auto list = brands_;
    for (auto& brand : list)
        brand.share = all == 0 ? 0 : static_cast<double>(brand.count.mentions) / static_cast<double>(all);
    std::ranges::stable_sort(list, std::ranges::greater{}, [](const Brand& brand) { return brand.count.mentions; });
    return list;
}

void AuthorCount::add(const CountedMention& mention) {
    const auto& author = mention.author;
    if (!author.followers || author.handle.empty()) return;
    auto& known = authors_[{mention.platform, author.handle}];
    known.count.add(mention.polarity);
    known.followers = std::max(known.followers, *author.followers);
    if (known.handle.empty() || mention.stored_at >= known.last_at) {
        known.platform = mention.platform;
        known.handle = author.handle;
        known.name = author.name;
        known.last_at = mention.stored_at;
    }
    if (authors_.size() >= kAuthorsAtMost) prune();
}

void AuthorCount::prune() {
    std::vector<std::int64_t> followers;
    followers.reserve(authors_.size());
    for (const auto& [key, author] : authors_) followers.push_back(author.followers);
    const auto last = followers.begin() + static_cast<std::ptrdiff_t>(kAuthorsKept);
    std::ranges::nth_element(followers, last, std::ranges::greater{});
    const auto least = *last;
    auto equals = static_cast<std::ptrdiff_t>(kAuthorsKept) -
                  std::ranges::count_if(followers, [&](std::int64_t each) { return each > least; });
    std::erase_if(authors_, [&](const auto& each) {
        return each.second.followers < least || (each.second.followers == least && equals-- <= 0);
    });
}

std::vector<AuthorCount::Author> AuthorCount::most(std::size_t count) const {
    std::vector<Author> list;
    for (const auto& [key, author] : authors_) list.push_back(author);
    std::ranges::sort(list, reaches_further);
    if (list.size() > count) list.resize(count);
    return list;
}

}  // namespace rasid
