#include "connectors/sources/feed_document.hpp"

#include "connectors/plain_text.hpp"
#include "connectors/sources/feed_charset.hpp"

namespace rasid {

bool settle_identity(FeedEntry& entry) {
    constexpr std::size_t kLongestId = 1024;
    if (entry.id.empty()) entry.id = entry.url;
    if (entry.id.empty()) {
        if (entry.title.empty() && entry.text.empty()) return false;
        auto date = entry.published ? std::to_string(to_micros(*entry.published)) : std::string();
        entry.id = "hash:" + short_hash({entry.title, entry.text, date});
    }
    if (entry.id.size() > kLongestId) entry.id = "hash:" + short_hash({entry.id});
    return true;
}

Result<FeedDocument> parse_feed(std::string_view bytes, std::string_view content_type, std::string_view url) {
    auto decoded = decode_feed(bytes, content_type);
    const auto first = decoded.text.find_first_not_of(" \t\n");
    if (first == std::string::npos) return Failure{Failure::Kind::malformed, "the answer is empty"};
    auto document = decoded.text[first] == '{' ? parse_json_feed(decoded.text, url) : parse_xml_feed(decoded.text, url);
    if (document && !decoded.warning.empty()) document->warnings.push_back(decoded.warning);
    return document;
}

}  // namespace rasid
