#include "rules/emoticons.hpp"

#include <array>
#include <utility>

namespace rasid {
namespace {

// Longer ones first where one begins another.
constexpr std::array<std::pair<std::string_view, double>, 34> kEmoticons = {{
    {":'-(", -3}, {":'(", -3},  {":-)", 2.4}, {":-D", 2.8}, {":-(", -2.6}, {":-/", -1.6}, {":-P", 1.6},
    {":-*", 2.4}, {";-)", 2},   {":))", 2.8}, {":((", -3},  {">:(", -3},   {"(:", 2.2},   {":)", 2.4},
    {":D", 2.8},  {":(", -2.6}, {":/", -1.6}, {":P", 1.6},  {":p", 1.6},   {":*", 2.4},   {";)", 2},
    {";D", 2},    {"=)", 2.4},  {"=D", 2.8},  {"=(", -2.6}, {"):", -2.4},  {"D:", -2.4},  {"<3", 3},
    {"^_^", 2.4}, {"^^", 2},    {"XD", 2},    {"xD", 2},    {"-_-", -1.8}, {"T_T", -2.6},
}};

/// What a face begins with, and what may come second.
constexpr auto table_of(std::size_t index) {
    std::array<bool, 256> table{};
    for (const auto& [face, weight] : kEmoticons) table[static_cast<unsigned char>(face[index])] = true;
    return table;
}
constexpr auto kFirst = table_of(0);
constexpr auto kSecond = table_of(1);

bool is_word_byte(unsigned char byte) {
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

}  // namespace

std::vector<Emoticon> find_emoticons(std::string_view text) {
    std::vector<Emoticon> found;
    for (std::size_t at = 0; at + 1 < text.size();) {
        const auto first = static_cast<unsigned char>(text[at]);
        if (!kFirst[first] || !kSecond[static_cast<unsigned char>(text[at + 1])]) {
            ++at;
            continue;
        }
        std::size_t length = 0;
        const bool joined_before =
            at > 0 && is_word_byte(first) && is_word_byte(static_cast<unsigned char>(text[at - 1]));
        if (!joined_before) {
            for (const auto& [face, weight] : kEmoticons) {
                if (face[0] != text[at] || face[1] != text[at + 1] || !text.substr(at).starts_with(face)) continue;
                const auto end = at + face.size();
                // In http:// and (a: b) the punctuation is no face.
                const bool joined_behind =
                    end < text.size() && (text[end] == '/' || (is_word_byte(static_cast<unsigned char>(face.back())) &&
                                                               is_word_byte(static_cast<unsigned char>(text[end]))));
                if (joined_behind) continue;
                found.push_back({at, end, weight});
                length = face.size();
                break;
            }
        }
        at += length > 0 ? length : 1;
    }
    return found;
}

}  // namespace rasid
