#pragma once

#include <string>
#include <string_view>

namespace rasid {

struct DecodedFeed {
    std::string text = {};     ///< valid UTF-8 without a byte order mark or control characters
    std::string warning = {};  ///< empty: every byte meant something in the encoding that was declared
};

/// The bytes of a feed as UTF-8. What decides, in this order: a byte order mark, the charset of the Content-Type
/// header, the XML declaration, and for bytes that declare nothing and are not UTF-8 the likeliest encoding of their
/// text.
DecodedFeed decode_feed(std::string_view bytes, std::string_view content_type);

}  // namespace rasid
