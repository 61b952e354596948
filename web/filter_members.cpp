#include "web/filter_members.hpp"

namespace rasid {

Result<TicketFilter> filter_in(JsonView object) {
    if (!object.is_object()) return Failure{Failure::Kind::refused, "`filter` is an object"};
    FilterWords words;
    for (const auto& [name, word] : object.members()) {
        if (!is_filter_word(name) || !word.is_string())
            return Failure{Failure::Kind::refused, "a filter has no such part"};
        words.emplace(name, word.text_or(""));
    }
    return filter_of(words);
}

void write_filter(JsonWriter& out, const TicketFilter& filter) {
    out.object([&] {
        for (const auto& [name, word] : words_of(filter)) out.member(name, word);
    });
}

}  // namespace rasid
