#include "rules/language_cld2.hpp"

// The header below uses FILE without saying where it comes from.
#include <cstdio>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <array>

namespace rasid {
namespace {

constexpr std::size_t kMostBytes = 4096;

std::string tag_of(CLD2::Language language) {
    if (language == CLD2::UNKNOWN_LANGUAGE || language >= CLD2::NUM_LANGUAGES) return {};
    const std::string_view code = CLD2::LanguageCode(language);
    if (code == "iw") return "he";
    if (code == "jw") return "jv";
    if (code == "in") return "id";
    if (code.starts_with("xx")) return {};
    return std::string(code.substr(0, code.find('-')));
}

struct Joined {
    std::string text = {};
    std::vector<std::size_t> starts = {};  ///< of each token
};

/// The words alone, with blanks between: no links, handles, digits or signs to mislead.
Joined join(std::string_view text, const TokenizedText& words, const std::vector<std::uint32_t>& tokens) {
    Joined out;
    out.text.reserve(std::min(text.size() + 2, kMostBytes + 64));
    for (const auto index : tokens) {
        const auto& token = words.tokens()[index];
        const auto piece = text.substr(token.start, token.end - token.start);
        if (out.text.size() + piece.size() > kMostBytes) break;
        out.starts.push_back(out.text.size());
        out.text += piece;
        out.text += ' ';
    }
    return out;
}

struct Detected {
    CLD2::Language language = CLD2::UNKNOWN_LANGUAGE;
    std::array<CLD2::Language, 3> top = {};
    std::array<int, 3> percent = {};
    bool reliable = false;
};

Detected detect(const std::string& text, CLD2::ResultChunkVector* chunks) {
    Detected found;
    const CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
    std::array<double, 3> scores = {};
    int letters = 0;
    int valid = 0;
    found.language = CLD2::ExtDetectLanguageSummaryCheckUTF8(
        text.data(), static_cast<int>(text.size()), true, &hints, CLD2::kCLDFlagBestEffort, found.top.data(),
        found.percent.data(), scores.data(), chunks, &letters, &found.reliable, &valid);
    if (valid != static_cast<int>(text.size())) found = {};
    return found;
}

}  // namespace

SequenceGuess guess_by_sequences(std::string_view text, const TokenizedText& words,
                                 const std::vector<std::uint32_t>& tokens) {
    const auto joined = join(text, words, tokens);
    if (joined.text.empty()) return {};
    const auto found = detect(joined.text, nullptr);
    SequenceGuess guess;
    guess.tag = tag_of(found.language);
    guess.reliable = found.reliable;
    for (std::size_t i = 0; i < found.top.size(); ++i) {
        auto tag = tag_of(found.top[i]);
        if (tag.empty() || tag == guess.tag || found.percent[i] <= guess.second_percent) continue;
        guess.second = std::move(tag);
        guess.second_percent = found.percent[i];
    }
    return guess;
}

std::vector<SequenceStretch> stretches_by_sequences(std::string_view text, const TokenizedText& words,
                                                    const std::vector<std::uint32_t>& tokens) {
    const auto joined = join(text, words, tokens);
    if (joined.text.empty()) return {};
    CLD2::ResultChunkVector chunks;
    detect(joined.text, &chunks);
    std::vector<SequenceStretch> out;
    for (std::size_t i = 0; i < joined.starts.size(); ++i) {
        const auto at = static_cast<int>(joined.starts[i]);
        const auto chunk = std::find_if(chunks.begin(), chunks.end(), [&](const CLD2::ResultChunk& one) {
            return one.offset <= at && at < one.offset + one.bytes;
        });
        auto tag = chunk == chunks.end() ? std::string() : tag_of(static_cast<CLD2::Language>(chunk->lang1));
        // A piece too short to tell goes with what stands before it.
        if (tag.empty() && !out.empty()) tag = out.back().tag;
        if (out.empty() || out.back().tag != tag)
            out.push_back({i, i, std::move(tag)});
        else
            out.back().last = i;
    }
    if (out.size() > 1 && out.front().tag.empty()) {
        out[1].first = 0;
        out.erase(out.begin());
    }
    return out;
}

}  // namespace rasid
