#include "connectors/html_text.hpp"
#include "connectors/plain_text.hpp"
#include "connectors/sources/feed_date.hpp"
#include "connectors/sources/feed_document.hpp"
#include "core/json.hpp"

namespace rasid {
namespace {

std::string author_of(JsonView item) {
    auto author = item["authors"].at(0);
    if (!author.exists()) author = item["author"];  // version 1
    return clean_line(author["name"].text_or(""), 256);
}

std::optional<Instant> date_of(JsonView item, std::string_view name) { return parse_feed_date(item[name].text_or("")); }

FeedEntry read_item(JsonView item) {
    FeedEntry entry;
    entry.id = item["id"].text_or("");
    entry.url = web_url(item["url"].text_or(""));
    if (entry.url.empty()) entry.url = web_url(item["external_url"].text_or(""));
    entry.title = html_to_text(item["title"].text_or(""), 1024);
    if (auto html = item["content_html"].string()) entry.text = html_to_text(*html);
    if (entry.text.empty()) entry.text = clean_text(item["content_text"].text_or(""));
    if (entry.text.empty()) entry.text = clean_text(item["summary"].text_or(""));
    entry.author = author_of(item);
    entry.language = clean_line(item["language"].text_or(""), 35);
    entry.published = date_of(item, "date_published");
    entry.updated = date_of(item, "date_modified");
    return entry;
}

}  // namespace

Result<FeedDocument> parse_json_feed(std::string_view utf8, std::string_view) {
    auto json = parse_json(utf8);
    if (!json) return Failure{Failure::Kind::malformed, "the feed is no JSON: " + json.error().what};
    auto root = json->root();
    if (!root["items"].is_array())
        return Failure{Failure::Kind::malformed, "the JSON answer has no `items` and is no JSON Feed"};

    FeedDocument document;
    document.title = clean_line(root["title"].text_or(""));
    document.language = clean_line(root["language"].text_or(""), 35);
    document.author = author_of(root);
    std::size_t skipped = 0;
    for (auto item : root["items"].items()) {
        auto entry = read_item(item);
        if (item.is_object() && settle_identity(entry))
            document.entries.push_back(std::move(entry));
        else
            ++skipped;
    }
    if (skipped > 0)
        document.warnings.push_back(std::to_string(skipped) + " entries had nothing in them and were skipped");
    return document;
}

}  // namespace rasid
