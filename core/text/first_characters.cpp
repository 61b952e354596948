#include "core/text/first_characters.hpp"

namespace rasid {

std::string_view first_characters(std::string_view text, std::size_t count) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool starts = (static_cast<unsigned char>(text[i]) & 0xc0) != 0x80;
        if (starts && count-- == 0) return text.substr(0, i);
    }
    return text;
}

}  // namespace rasid
