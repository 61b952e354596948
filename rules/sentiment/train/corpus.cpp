#include "rules/sentiment/train/corpus.hpp"

#include "core/text/tokens.hpp"
#include "rules/emoticons.hpp"

#include <array>
#include <charconv>

namespace rasid::training {
namespace {

Failure malformed(std::string_view name, std::size_t line, std::string_view what) {
    return {Failure::Kind::malformed, std::string(name) + ":" + std::to_string(line) + ": " + std::string(what)};
}

}  // namespace

Result<std::vector<Sample>> read_samples(std::istream& in, std::string_view name) {
    std::vector<Sample> samples;
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        std::string_view rest = line;
        if (rest.ends_with('\r')) rest.remove_suffix(1);
        std::array<std::string_view, 3> columns;
        for (auto& column : columns) {
            const auto tab = rest.find('\t');
            if (tab == std::string_view::npos)
                return malformed(name, number, "a line is label, lang, source and text with tabs between");
            column = rest.substr(0, tab);
            rest.remove_prefix(tab + 1);
        }
        if (columns[0] != "-1" && columns[0] != "0" && columns[0] != "1")
            return malformed(name, number, "a label is -1, 0 or 1");
        const int label = columns[0] == "-1" ? -1 : columns[0] == "0" ? 0 : 1;
        samples.push_back({label, std::string(columns[2]), std::string(rest)});
    }
    return samples;
}

Result<std::vector<Valence>> read_valences(std::istream& in, std::string_view name) {
    std::vector<Valence> out;
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (line.starts_with("# ") || line.empty()) continue;
        const auto tab = line.find('\t');
        if (tab == std::string::npos) return malformed(name, number, "a line is a word, a tab and its valence");
        Valence valence{line.substr(0, tab)};
        const auto [end, error] = std::from_chars(line.data() + tab + 1, line.data() + line.size(), valence.value);
        if (error != std::errc() || end != line.data() + line.size() || !(valence.value >= -4 && valence.value <= 4))
            return malformed(name, number, "a valence is a number from -4 to 4");
        out.push_back(std::move(valence));
    }
    return out;
}

std::string without_faces(std::string_view text) {
    std::string out;
    std::size_t kept = 0;
    const auto drop = [&](std::size_t start, std::size_t end) {
        if (start < kept) return;
        out += text.substr(kept, start - kept);
        out += ' ';
        kept = end;
    };
    const auto words = tokenize(text);
    auto faces = find_emoticons(text);
    auto face = faces.begin();
    for (const auto& token : words.tokens()) {
        for (; face != faces.end() && face->start < token.start; ++face) drop(face->start, face->end);
        if (token.kind == TokenKind::symbol) drop(token.start, token.end);
    }
    for (; face != faces.end(); ++face) drop(face->start, face->end);
    out += text.substr(kept);
    return out;
}

}  // namespace rasid::training
