#pragma once

#include "core/instant.hpp"
#include "core/text/tokens.hpp"
#include "core/text_sketch.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// The sketch of a text. Links, handles, emoji, signs, a leading RT and a trailing “via @somebody” say nothing; neither
/// do tashkeel, spelling variants and case. Texts of fewer than four words (شكرا, good morning all) have an empty one:
/// that two people write them makes neither a copy.
TextSketch sketch_of(const TokenizedText& words);

/// The share of word pairs that two texts have in common, estimated, 0 … 1; 0 when either is empty.
double resemblance(const TextSketch& a, const TextSketch& b);

/// Whether one text is a copy of the other: half of their word pairs are common, or the shorter one is nearly all of it
/// a piece of the longer one. Texts of fewer than eight words must have the same words in the same order.
bool is_copy(const TextSketch& a, const TextSketch& b);

/// Finds the group of a text among those of the last days.
///
/// Sketches are kept in a ring of at most `most` entries; each stands in eight tables under two of its minima, in
/// buckets of sixteen, of which a full one forgets its oldest. Finding reads one bucket of each table, whatever is
/// stored. Memory follows use, about 170 bytes an entry. The same calls in the same order give the same answers.
class DuplicateIndex {
public:
    static constexpr Duration kWindow = std::chrono::days(7);
    static constexpr int kMost = 1 << 20;

    explicit DuplicateIndex(Duration window = kWindow, std::size_t most = kMost);

    /// The group of the text most like this one that is not older than the window; the earlier one of equals.
    std::optional<std::string_view> find(const TextSketch& sketch, Instant now) const;

    /// Remembers a text under its group. A text whose sketch the group has already costs nothing.
    void add(const TextSketch& sketch, std::string_view group, Instant at);

    std::size_t size() const { return entries_.size(); }

private:
    struct Entry {
        TextSketch sketch = {};
        std::uint32_t at = 0;  ///< seconds
    };
    static constexpr std::size_t kBands = 8;
    static constexpr std::size_t kSlots = 16;

    /// One line of the processor's cache. A slot is a tag and the number of an entry; 0: free.
    struct alignas(64) Bucket {
        std::array<std::uint32_t, kSlots> slots = {};
    };
    struct Place {
        std::size_t bucket;
        std::uint32_t tag;  ///< never 0
    };
    void clear_buckets();
    Place place_of(const TextSketch& sketch, std::size_t band) const;
    std::size_t best_of(const TextSketch& sketch, Instant now) const;
    void insert(std::size_t index);
    void grow();

    Duration window_;
    std::size_t most_;
    std::size_t capacity_;
    std::size_t next_ = 0;  ///< where the next entry goes once the ring is full
    std::vector<Entry> entries_ = {};
    std::vector<std::string> groups_ = {};  ///< of each entry
    std::vector<Bucket> buckets_ = {};      ///< those of the first table, of the second…
};

}  // namespace rasid
