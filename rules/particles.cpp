#include "rules/particles.hpp"

namespace rasid {
namespace {

// Every Arabic letter is two bytes of UTF-8.
constexpr std::size_t kLetter = 2;
constexpr std::size_t kLeastStem = 2 * kLetter;

}  // namespace

bool is_arabic_word(std::string_view word) {
    if (word.size() < kLetter) return false;
    const auto lead = static_cast<unsigned char>(word.front());
    return lead >= 0xD8 && lead <= 0xDB;
}

Stems::Stems(std::string_view word) {
    stems_[count_++] = {.text = word};
    if (!is_arabic_word(word) || word.size() < 3 * kLetter) return;
    read(word);
    if (word.starts_with("و") || word.starts_with("ف")) {
        const auto rest = word.substr(kLetter);
        add(rest);
        read(rest);
    }
}

void Stems::read(std::string_view base) {
    for (const std::string_view definite : {"ال", "بال", "كال", "هال", "عال", "لل"}) {
        if (base.starts_with(definite)) add(base.substr(definite.size()));
    }
    for (const std::string_view preposition : {"ب", "ل", "ك", "ه"}) {
        if (base.starts_with(preposition)) add_after_preposition(base.substr(kLetter));
    }
    if (base.starts_with("عال")) add_after_preposition(base.substr(kLetter));
    if (base.starts_with("لل")) {
        add_restored("ال", base.substr(2 * kLetter));  // للبنك: البنك
        add_restored("ا", base);                       // للبن: اللبن, لله: الله
    }
}

void Stems::add(std::string_view stem) {
    if (stem.size() >= kLeastStem && count_ < stems_.size()) stems_[count_++] = {.text = stem, .bare = false};
}

void Stems::add_after_preposition(std::string_view stem) {
    if (stem.size() <= kShortStemBytes || count_ >= stems_.size()) return;
    stems_[count_++] = {.text = stem, .bare = false, .preposition = true};
}

void Stems::add_restored(std::string_view alif, std::string_view rest) {
    if (restored_count_ >= restored_.size()) return;
    auto& restored = restored_[restored_count_++];
    restored = alif;
    restored += rest;
    add_after_preposition(restored);
}

}  // namespace rasid
