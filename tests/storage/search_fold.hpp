#pragma once

#include "core/search.hpp"
#include "core/text/tokens.hpp"

#include <string>
#include <string_view>

namespace rasid::samples {

/// Folds as the rules do; of attached particles it knows the article alone, which is enough to tell readings from
/// words.
inline SearchText fold_search(std::string_view text) {
    SearchText out;
    const auto tokens = tokenize(text);
    for (const auto& token : tokens.tokens()) {
        const std::string word(tokens.text_of(token));
        out.words += word + " ";
        for (const std::string article : {"ال", "وال"}) {
            if (word.starts_with(article)) out.readings += word.substr(article.size()) + " ";
        }
    }
    return out;
}

}  // namespace rasid::samples
