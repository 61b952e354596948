#include "rules/duplicates.hpp"

#include "core/text/word_hash.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>

namespace rasid {
namespace {

constexpr std::size_t kFewestWords = 4;
constexpr std::size_t kFewestLetters = 16;  // bytes of folded words; “ok ok ok ok” is no text
constexpr std::size_t kFewestForNear = 8;   // words; below, one word more or less makes another text
constexpr std::size_t kMostPairs = 512;     // of long texts the beginning is compared
constexpr std::size_t kFirstCapacity = 1024;

/// The words that two copies have in common.
std::vector<std::uint64_t> telling_words(const TokenizedText& words, std::size_t& bytes) {
    const auto& tokens = words.tokens();
    std::vector<std::uint64_t> out;
    out.reserve(std::min(tokens.size(), kMostPairs + 1));
    std::uint32_t counted_to = 0;
    for (std::size_t i = 0; i < tokens.size() && out.size() <= kMostPairs; ++i) {
        const auto& token = tokens[i];
        // The parts of a camel-case word repeat it; a tag's parts are its words.
        if (token.kind != TokenKind::word || token.start < counted_to) continue;
        counted_to = token.end;
        const auto text = words.text_of(token);
        const bool before_handle = i + 1 < tokens.size() && tokens[i + 1].kind == TokenKind::handle;
        if (before_handle && (text == "rt" || text == "via")) continue;
        if (text == "rt" && out.empty()) continue;
        out.push_back(token.hash);
        bytes += text.size();
    }
    return out;
}

double lanes_in_common(const TextSketch& a, const TextSketch& b) {
    int equal = 0;
    for (std::size_t i = 0; i < TextSketch::kLanes; ++i) equal += a.lanes[i] == b.lanes[i];
    return static_cast<double>(equal) / TextSketch::kLanes;
}

std::uint32_t seconds_of(Instant at) {
    const auto seconds = to_micros(at) / 1'000'000;
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(seconds, 0, 0xFFFFFFFF));
}

constexpr std::uint32_t kIndexBits = 20;
constexpr std::uint32_t kIndexMask = (1U << kIndexBits) - 1;

}  // namespace

TextSketch sketch_of(const TokenizedText& words) {
    std::size_t bytes = 0;
    const auto hashes = telling_words(words, bytes);
    TextSketch sketch;
    if (hashes.size() < kFewestWords || bytes < kFewestLetters) return sketch;

    std::vector<std::uint64_t> pairs;
    pairs.reserve(hashes.size());
    for (std::size_t i = 1; i < hashes.size(); ++i)
        pairs.push_back(mixed_hash(hashes[i - 1] * 3 + std::rotl(hashes[i], 17)));
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    sketch.pairs = static_cast<std::uint16_t>(pairs.size());

    if (hashes.size() < kFewestForNear) {
        sketch.whole_only = true;
        auto state = static_cast<std::uint64_t>(hashes.size());
        for (const auto hash : hashes) state = mixed_hash(std::rotl(state, 23) ^ hash);
        for (auto& lane : sketch.lanes)
            lane = static_cast<std::uint16_t>((state = mixed_hash(state + 0x9e3779b97f4a7c15)) >> 48);
        return sketch;
    }
    static constexpr auto kFactors = [] {
        std::array<std::uint64_t, TextSketch::kLanes> factors{};
        std::uint64_t state = 0x243f6a8885a308d3;
        for (auto& factor : factors) factor = (state = state * 6364136223846793005 + 1442695040888963407) | 1;
        return factors;
    }();
    std::array<std::uint64_t, TextSketch::kLanes> least{};
    least.fill(~std::uint64_t{0});
    for (const auto pair : pairs)
        for (std::size_t i = 0; i < least.size(); ++i) {
            const auto value = pair * kFactors[i];
            least[i] = std::min(least[i], value);
        }
    // The high bits of a minimum are nearly all zero, the low ones are those of the pair that has it.
    for (std::size_t i = 0; i < least.size(); ++i)
        sketch.lanes[i] = static_cast<std::uint16_t>(mixed_hash(least[i]) >> 16);
    return sketch;
}

double resemblance(const TextSketch& a, const TextSketch& b) {
    if (a.empty() || b.empty()) return 0;
    return lanes_in_common(a, b);
}

bool is_copy(const TextSketch& a, const TextSketch& b) {
    if (a.empty() || b.empty()) return false;
    if (a.whole_only || b.whole_only) return a == b;
    const auto common = lanes_in_common(a, b);
    if (common >= 0.5) return true;
    // The share of the shorter text that the longer one contains, from the share of their union.
    constexpr double kEnough = 0.8;
    constexpr double kLeast = 6.0 / TextSketch::kLanes;  // less is chance
    const auto inside = common / (1 + common) * (a.pairs + b.pairs) / std::min(a.pairs, b.pairs);
    return common >= kLeast && inside >= kEnough;
}

DuplicateIndex::DuplicateIndex(Duration window, std::size_t most)
    : window_(window), most_(std::min<std::size_t>(most, kMost)), capacity_(std::min(most_, kFirstCapacity)) {
    assert(most_ > 0);
    clear_buckets();
}

void DuplicateIndex::clear_buckets() {
    constexpr std::size_t kEntriesOfBucket = 8;
    buckets_.assign(kBands * std::bit_ceil(std::max<std::size_t>(1, capacity_ / kEntriesOfBucket)), {});
}

DuplicateIndex::Place DuplicateIndex::place_of(const TextSketch& sketch, std::size_t band) const {
    const auto key = mixed_hash(std::uint64_t{sketch.lanes[2 * band]} << 16 | sketch.lanes[2 * band + 1] |
                                static_cast<std::uint64_t>(band + 1) << 32);
    const auto buckets = buckets_.size() / kBands;
    const auto tag = static_cast<std::uint32_t>(key >> 52);
    return {band * buckets + (key & (buckets - 1)), tag == 0 ? 1 : tag};
}

std::size_t DuplicateIndex::best_of(const TextSketch& sketch, Instant now) const {
    std::array<Place, kBands> places;
    for (std::size_t band = 0; band < kBands; ++band) {
        places[band] = place_of(sketch, band);
        __builtin_prefetch(&buckets_[places[band].bucket]);
    }
    std::array<std::uint32_t, kBands * kSlots> candidates;
    std::size_t count = 0;
    for (const auto& place : places) {
        for (const auto content : buckets_[place.bucket].slots) {
            if (content >> kIndexBits != place.tag) continue;
            const auto index = content & kIndexMask;
            __builtin_prefetch(&entries_[index]);
            candidates[count++] = index;
        }
    }
    auto best = entries_.size();
    double best_common = -1;
    const auto oldest = seconds_of(now - window_);
    for (std::size_t i = 0; i < count; ++i) {
        const auto& entry = entries_[candidates[i]];
        if (entry.at < oldest || !is_copy(entry.sketch, sketch)) continue;
        const auto common = lanes_in_common(entry.sketch, sketch);
        if (common > best_common || (common == best_common && entry.at < entries_[best].at)) {
            best = candidates[i];
            best_common = common;
        }
    }
    return best;
}

std::optional<std::string_view> DuplicateIndex::find(const TextSketch& sketch, Instant now) const {
    if (sketch.empty()) return std::nullopt;
    const auto best = best_of(sketch, now);
    if (best == entries_.size()) return std::nullopt;
    return groups_[best];
}

void DuplicateIndex::add(const TextSketch& sketch, std::string_view group, Instant at) {
    if (sketch.empty()) return;
    if (const auto known = best_of(sketch, at);
        known != entries_.size() && entries_[known].sketch == sketch && groups_[known] == group) {
        // The group lives as long as copies of it come.
        entries_[known].at = std::max(entries_[known].at, seconds_of(at));
        return;
    }
    if (entries_.size() == capacity_ && capacity_ < most_) grow();
    auto index = entries_.size();
    if (index < capacity_) {
        entries_.emplace_back();
        groups_.emplace_back();
    } else {
        index = next_;
        next_ = (next_ + 1) % capacity_;
    }
    entries_[index] = {sketch, seconds_of(at)};
    groups_[index] = group;
    insert(index);
}

/// Slots of entries that the ring has given to others since are found by nobody but those: `is_copy` looks at the
/// entry.
void DuplicateIndex::insert(std::size_t index) {
    for (std::size_t band = 0; band < kBands; ++band) {
        const auto place = place_of(entries_[index].sketch, band);
        auto& slots = buckets_[place.bucket].slots;
        const auto age = [&](std::uint32_t slot) { return slot == 0 ? 0 : entries_[slot & kIndexMask].at; };
        auto* chosen = &slots.front();
        for (auto& slot : slots)
            if (age(slot) < age(*chosen)) chosen = &slot;
        *chosen = place.tag << kIndexBits | static_cast<std::uint32_t>(index);
    }
}

void DuplicateIndex::grow() {
    capacity_ = std::min(most_, capacity_ * 2);
    clear_buckets();
    entries_.reserve(capacity_);
    groups_.reserve(capacity_);
    for (std::size_t i = 0; i < entries_.size(); ++i) insert(i);
}

}  // namespace rasid
