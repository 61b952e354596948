#include "rules/particles.hpp"

#include <cassert>

namespace rasid {
namespace {

// Every Arabic letter is two bytes of UTF-8.
constexpr std::size_t kLetter = 2;
constexpr std::size_t kLeastStem = 2 * kLetter;

/// A letter as its two bytes, to be compared at once.
constexpr unsigned letter(std::string_view text, std::size_t index = 0) {
    return static_cast<unsigned>(static_cast<unsigned char>(text[index * kLetter])) << 8 |
           static_cast<unsigned char>(text[index * kLetter + 1]);
}

constexpr auto kWaw = letter("و"), kFa = letter("ف"), kBa = letter("ب"), kKaf = letter("ك"), kLam = letter("ل"),
               kHa = letter("ه"), kAyn = letter("ع"), kAlif = letter("ا");

}  // namespace

bool is_arabic_word(std::string_view word) {
    if (word.size() < kLetter) return false;
    const auto lead = static_cast<unsigned char>(word.front());
    return lead >= 0xD8 && lead <= 0xDB;
}

bool may_carry_particle(std::string_view word) {
    if (word.size() < 3 * kLetter) return false;
    const auto first = letter(word);
    if (first == kWaw || first == kFa || first == kBa || first == kKaf || first == kLam || first == kHa) return true;
    if (first == kAlif) return letter(word, 1) == kLam;
    return first == kAyn && word.starts_with("عال");
}

Stems::Stems(std::string_view word) {
    stems_[count_++] = {.text = word};
    if (!may_carry_particle(word)) return;
    read(word);
    const auto first = letter(word);
    if (first != kWaw && first != kFa) return;
    const auto rest = word.substr(kLetter);
    add(rest);
    if (may_carry_particle(rest)) read(rest);
}

void Stems::read(std::string_view base) {
    const auto first = letter(base);
    const auto rest = base.substr(kLetter);
    const bool definite = rest.starts_with("ال");
    switch (first) {
    case kAlif:
        if (letter(base, 1) == kLam) add(base.substr(2 * kLetter));
        return;
    case kAyn:
        if (!definite) return;
        [[fallthrough]];
    case kBa:
    case kKaf:
    case kHa:
        if (definite) add(rest.substr(2 * kLetter));
        return add_after_preposition(rest);
    case kLam:
        add_after_preposition(rest);
        if (letter(rest) != kLam) return;
        add(rest.substr(kLetter));
        // للبنك: البنك; للبن: اللبن, لله: الله.
        add_after_preposition((restored_[0] = "ا").append(rest));
        return add_after_preposition((restored_[1] = "ا").append(base));
    default:
        return;
    }
}

void Stems::add(std::string_view stem) {
    assert(count_ < stems_.size());
    if (stem.size() >= kLeastStem) stems_[count_++] = {.text = stem, .bare = false};
}

void Stems::add_after_preposition(std::string_view stem) {
    assert(count_ < stems_.size());
    if (stem.size() > kShortStemBytes) stems_[count_++] = {.text = stem, .bare = false, .preposition = true};
}

}  // namespace rasid
