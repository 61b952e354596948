#include "core/text/tokens.hpp"
#include "rules/language.hpp"

#include <benchmark/benchmark.h>

// The header below uses FILE without saying where it comes from.
#include <cstdio>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <fstream>
#include <malloc.h>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace rasid;

/// As the daemon does at its start; CLD2 is measured under the same conditions.
const bool kAllocatorSet = [] {
    mallopt(M_MMAP_THRESHOLD, 8 << 20);
    mallopt(M_TRIM_THRESHOLD, 32 << 20);
    return true;
}();

struct Post {
    std::string text;
    TokenizedText words;
};

std::vector<Post> posts_in(std::string_view language) {
    std::ifstream in(RASID_SOURCE_DIR "/tests/rules/data/languages.tsv");
    std::vector<Post> posts;
    for (std::string line; std::getline(in, line);) {
        const auto tab = line.find('\t');
        if (line.starts_with('#') || tab == std::string::npos || line.substr(0, tab) != language) continue;
        // As long as posts usually are.
        auto text = line.substr(tab + 1);
        while (text.size() < 120) text += " " + line.substr(tab + 1);
        posts.push_back({text, tokenize(text)});
    }
    return posts;
}

constexpr std::string_view kLanguages[] = {"ar", "ar-Latn", "en", "fr", "es", "tr", "fa", "ur", "ckb"};

void ours(benchmark::State& state) {
    const auto language = kLanguages[state.range(0)];
    const auto posts = posts_in(language);
    std::size_t i = 0;
    std::size_t right = 0;
    for (auto _ : state) {
        const auto& post = posts[i++ % posts.size()];
        right += detect_language(post.text, post.words, {}).tag == language;
    }
    state.SetLabel(std::string(language));
    state.counters["right_%"] = 100.0 * static_cast<double>(right) / static_cast<double>(state.iterations());
}
BENCHMARK(ours)->DenseRange(0, std::size(kLanguages) - 1);

void cld2_alone(benchmark::State& state) {
    const auto language = kLanguages[state.range(0)];
    const auto posts = posts_in(language);
    std::size_t i = 0;
    std::size_t right = 0;
    for (auto _ : state) {
        const auto& text = posts[i++ % posts.size()].text;
        const CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
        CLD2::Language top[3];
        int percent[3];
        double scores[3];
        int letters = 0;
        bool reliable = false;
        const auto found = CLD2::ExtDetectLanguageSummary(text.data(), static_cast<int>(text.size()), true, &hints,
                                                          CLD2::kCLDFlagBestEffort, top, percent, scores, nullptr,
                                                          &letters, &reliable);
        right += CLD2::LanguageCode(found) == language;
    }
    state.SetLabel(std::string(language));
    state.counters["right_%"] = 100.0 * static_cast<double>(right) / static_cast<double>(state.iterations());
}
BENCHMARK(cld2_alone)->DenseRange(0, std::size(kLanguages) - 1);

}  // namespace
