#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace rasid {

/// One reading of a word.
struct Stem {
    std::string_view text = {};
    bool bare = true;          ///< nothing was taken off
    bool preposition = false;  ///< a bare ب ك ل ه ع was taken off: only for stems of more than three letters
};
inline constexpr std::size_t kShortStemBytes = 6;  ///< three Arabic letters

/// The readings of one folded word: itself, and for Arabic what remains without the particles that are written attached
/// to it, {و ف}? {ب ل ك ال بال لل كال ه هال عال}?. Words of three letters or fewer are read only behind و, ف and forms
/// of ال: a bare ب ك ل ه ع before so few letters is usually a letter of another word.
class Stems {
public:
    explicit Stems(std::string_view word);

    /// The readings, the word itself first. Valid as long as the word and this.
    const Stem* begin() const { return stems_.data(); }
    const Stem* end() const { return stems_.data() + count_; }
    std::size_t size() const { return count_; }

    Stems(const Stems&) = delete;
    Stems& operator=(const Stems&) = delete;

private:
    void read(std::string_view base);
    void add(std::string_view stem);
    void add_after_preposition(std::string_view stem);

    std::array<Stem, 6> stems_;            ///< the word; behind و or ف the rest; ال-form, preposition, two of لل
    std::array<std::string, 2> restored_;  ///< readings of لل whose alif is not written
    std::size_t count_ = 0;
};

/// Whether a folded word can have another reading than itself; cheap, and false for most words.
bool may_carry_particle(std::string_view word);

/// Whether a folded word is Arabic script.
bool is_arabic_word(std::string_view word);

}  // namespace rasid
