#include "rules/sentiment/weights.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>

namespace rasid {
namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::string_view kMagic = "RSW1";
constexpr double kValenceSteps = 30;
constexpr int kMostBits = 20;
constexpr std::uint32_t kMostValences = 1u << 16;

template <typename T>
T take(std::string_view& bytes) {
    T value{};
    std::memcpy(&value, bytes.data(), sizeof value);
    bytes.remove_prefix(sizeof value);
    return value;
}

template <typename T>
void put(std::string& out, T value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

SentimentPull take_pull(std::string_view& bytes) {
    const double lean = take<float>(bytes);
    return {lean, take<float>(bytes)};
}

void put(std::string& out, SentimentPull pull) {
    put(out, static_cast<float>(pull.lean));
    put(out, static_cast<float>(pull.neutral));
}

std::uint32_t load(const char* hashes, std::uint32_t index) {
    std::uint32_t value = 0;
    std::memcpy(&value, hashes + std::size_t{4} * index, sizeof value);
    return value;
}

}  // namespace

std::optional<SentimentWeights> SentimentWeights::read(std::string_view bytes) {
    constexpr std::size_t kHead = 4 + 4 + 4 + 4 + 4 + 4 + 4 + 8 + 8 * kSentimentSignals;
    if (bytes.size() < kHead || !bytes.starts_with(kMagic)) return std::nullopt;
    bytes.remove_prefix(kMagic.size());
    const auto bits = take<std::uint32_t>(bytes);
    const auto valences = take<std::uint32_t>(bytes);
    if (bits < 1 || bits > kMostBits || valences > kMostValences || !std::has_single_bit(valences)) return std::nullopt;
    SentimentWeights out;
    out.shift_ = 32 - static_cast<int>(bits);
    out.kinds_.pairs = take<std::uint32_t>(bytes) != 0;
    out.kinds_.characters = take<float>(bytes);
    out.kinds_.least_letters = take<std::uint32_t>(bytes);
    out.scale_ = take<float>(bytes);
    out.constant_ = take_pull(bytes);
    for (auto& signal : out.signals_) signal = take_pull(bytes);
    if (bytes.size() != std::size_t{5} * valences + (std::size_t{2} << bits)) return std::nullopt;
    out.valence_mask_ = valences - 1;
    out.valence_hashes_ = bytes.data();
    out.valences_ = reinterpret_cast<const std::int8_t*>(bytes.data() + std::size_t{4} * valences);
    out.buckets_ = out.valences_ + valences;
    return out;
}

double SentimentWeights::valence(std::uint64_t word) const {
    const auto hash = std::max(1u, sentiment_hash(word));
    for (auto slot = hash & valence_mask_;; slot = (slot + 1) & valence_mask_) {
        const auto found = load(valence_hashes_, slot);
        if (found == hash) return valences_[slot] / kValenceSteps;
        if (found == 0) return 0;
    }
}

void SentimentWeights::set_valences(Parts& parts, const std::vector<std::pair<std::uint32_t, double>>& words) {
    const auto size = std::bit_ceil(words.size() * 2 + 2);
    assert(size <= kMostValences);
    parts.valence_hashes.assign(size, 0);
    parts.valences.assign(size, 0);
    for (const auto& [hash, valence] : words) {
        const auto wanted = std::max(1u, hash);
        auto slot = wanted & (size - 1);
        while (parts.valence_hashes[slot] != 0 && parts.valence_hashes[slot] != wanted) slot = (slot + 1) & (size - 1);
        parts.valence_hashes[slot] = wanted;
        parts.valences[slot] = static_cast<std::int8_t>(std::lround(std::clamp(valence, -4.0, 4.0) * kValenceSteps));
    }
}

std::string SentimentWeights::write(const Parts& parts) {
    assert(parts.valences.size() == parts.valence_hashes.size() && std::has_single_bit(parts.valences.size()));
    assert(parts.buckets.size() == std::size_t{2} << parts.bits);
    std::string out(kMagic);
    put(out, static_cast<std::uint32_t>(parts.bits));
    put(out, static_cast<std::uint32_t>(parts.valences.size()));
    put(out, std::uint32_t{parts.kinds.pairs});
    put(out, static_cast<float>(parts.kinds.characters));
    put(out, parts.kinds.least_letters);
    put(out, static_cast<float>(parts.scale));
    put(out, parts.constant);
    for (const auto& signal : parts.signals) put(out, signal);
    for (const auto hash : parts.valence_hashes) put(out, hash);
    for (const auto valence : parts.valences) put(out, valence);
    for (const auto bucket : parts.buckets) put(out, bucket);
    return out;
}

}  // namespace rasid
