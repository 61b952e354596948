#include "rules/sentiment_lexicon.hpp"

#include "core/embedded.hpp"

#include <array>
#include <cassert>
#include <charconv>
#include <utility>

namespace rasid::embedded {
std::span<const EmbeddedFile> sentiment_lexicon();
}

namespace rasid {
namespace {

constexpr std::array<std::pair<std::string_view, SentimentLexicon::Effect>, 4> kEffects = {
    {{"negate", SentimentLexicon::Effect::negate},
     {"strong", SentimentLexicon::Effect::strong},
     {"weak", SentimentLexicon::Effect::weak},
     {"turn", SentimentLexicon::Effect::turn}}};

SentimentLexicon::Entry parse_entry(std::string_view value) {
    for (const auto& [word, effect] : kEffects)
        if (value == word) return {effect, 0};
    SentimentLexicon::Entry entry;
    [[maybe_unused]] const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), entry.weight);
    assert(error == std::errc() && end == value.data() + value.size() && entry.weight >= -4 && entry.weight <= 4);
    return entry;
}

}  // namespace

void SentimentLexicon::add(std::string_view term, Entry entry) {
    const bool wildcard = term.ends_with('*');
    if (wildcard) term.remove_suffix(1);
    const auto steps = term_steps(term, wildcard);
    assert(!steps.empty());
    // Spellings that fold to one keep the first weight.
    if (trie_.add(steps, false) == entries_.size()) entries_.push_back(entry);
}

const SentimentLexicon& SentimentLexicon::built_in() {
    static const SentimentLexicon lexicon = [] {
        SentimentLexicon built;
        for (const auto& file : embedded::sentiment_lexicon()) {
            auto rest = file.content;
            while (!rest.empty()) {
                const auto line = rest.substr(0, rest.find('\n'));
                rest.remove_prefix(std::min(rest.size(), line.size() + 1));
                const auto tab = line.find('\t');
                if (line.starts_with('#') || tab == std::string_view::npos) continue;
                built.add(line.substr(0, tab), parse_entry(line.substr(tab + 1)));
            }
        }
        return built;
    }();
    return lexicon;
}

}  // namespace rasid
