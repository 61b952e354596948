#include "connectors/html_text.hpp"
#include "connectors/plain_text.hpp"
#include "connectors/sources/feed_date.hpp"
#include "connectors/sources/feed_document.hpp"
#include "connectors/sources/feed_mend.hpp"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/uri.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <limits>
#include <memory>
#include <utility>

namespace rasid {
namespace {

struct XmlDeleter {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
    void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
    void operator()(xmlBuffer* buffer) const { xmlBufferFree(buffer); }
    void operator()(xmlChar* text) const { xmlFree(text); }
};
template <typename T>
using Xml = std::unique_ptr<T, XmlDeleter>;

std::string_view view(const xmlChar* text) {
    return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view();
}
const xmlChar* raw(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

/// "title", "dc:creator", "content:encoded": the name with the customary prefix of its namespace, none for that of the
/// format.
std::string name_of(const xmlNode* node) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kNamespaces = {{
        {"http://www.w3.org/2005/Atom", ""},
        {"http://purl.org/atom/ns#", ""},
        {"http://purl.org/rss/1.0/", ""},
        {"http://my.netscape.com/rdf/simple/0.9/", ""},
        {"http://backend.userland.com/rss2", ""},
        {"http://purl.org/dc/elements/1.1/", "dc:"},
        {"http://purl.org/rss/1.0/modules/content/", "content:"},
        {"http://purl.org/rss/1.0/modules/slash/", "slash:"},
        {"http://purl.org/syndication/thread/1.0", "thr:"},
        {"http://purl.org/atompub/tombstones/1.0", "at:"},
    }};
    const auto local = view(node->name);
    if (!node->ns) return std::string(local);
    for (const auto& [uri, prefix] : kNamespaces)
        if (view(node->ns->href) == uri) return std::string(prefix) + std::string(local);
    const auto prefix = view(node->ns->prefix);
    return prefix.empty() ? std::string(local) : std::string(prefix) + ":" + std::string(local);
}

std::string attribute(const xmlNode* node, const char* name) {
    Xml<xmlChar> value(xmlGetProp(node, raw(name)));
    return std::string(view(value.get()));
}

/// Text content; elements inside (XHTML, or HTML that somebody forgot to escape) as their markup.
std::string markup_of(xmlNode* node) {
    constexpr std::size_t kLongest = 2u << 20;
    std::string out;
    for (auto* child = node->children; child && out.size() < kLongest; child = child->next) {
        if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
            out += view(child->content);
        } else if (child->type == XML_ELEMENT_NODE) {
            Xml<xmlBuffer> buffer(xmlBufferCreate());
            xmlNodeDump(buffer.get(), node->doc, child, 0, 0);
            out += view(xmlBufferContent(buffer.get()));
        }
    }
    return out;
}

std::string plain_of(xmlNode* node) {
    Xml<xmlChar> content(xmlNodeGetContent(node));
    return std::string(view(content.get()));
}

/// An Atom text construct, or RSS text, which is HTML by custom.
std::string text_of(xmlNode* node, bool atom, std::size_t max = limits::kMentionText) {
    const auto type = attribute(node, "type");
    if (atom && (type.empty() || type == "text" || type == "text/plain")) return clean_text(plain_of(node), max);
    return html_to_text(markup_of(node), max);
}

std::string absolute(const xmlNode* node, const std::string& link) {
    if (link.empty()) return {};
    Xml<xmlChar> base(xmlNodeGetBase(node->doc, node));
    Xml<xmlChar> built(xmlBuildURI(raw(clean_line(link, 2048).c_str()), base.get()));
    return web_url(built ? view(built.get()) : std::string_view(link));
}

/// "huda@example.org (Huda)" and "Huda <huda@example.org>" are Huda; an address alone stays.
std::string person_of(std::string text) {
    text = clean_line(text, 256);
    if (auto open = text.find('('); open != std::string::npos && text.find('@') < open) {
        auto close = text.find(')', open);
        return clean_line(text.substr(open + 1, close == std::string::npos ? close : close - open - 1));
    }
    if (auto open = text.find(" <"); open != std::string::npos && text.find('@', open) != std::string::npos)
        return text.substr(0, open);
    return text;
}

std::optional<double> number_of(const std::string& text) {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    return end != text.c_str() && value >= 0 && value <= 5 ? std::optional(value) : std::nullopt;
}

std::int64_t count_of(const std::string& text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return std::clamp<std::int64_t>(value, 0, std::numeric_limits<std::int32_t>::max());
}

std::string child_text(xmlNode* node, std::string_view name) {
    for (auto* child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE && name_of(child) == name) return plain_of(child);
    return {};
}

bool is_entry(const std::string& name) { return name == "item" || name == "entry" || name == "at:deleted-entry"; }

/// Reads the elements of one entry; both formats in one place, for feeds mix them.
class EntryReader {
public:
    EntryReader(xmlNode* node, bool atom) : node_(node), atom_(atom) {}

    FeedEntry read() {
        if (name_of(node_) == "at:deleted-entry") return tombstone();
        entry_.language = clean_line(attribute(node_, "lang"), 35);
        for (auto* child = node_->children; child; child = child->next)
            if (child->type == XML_ELEMENT_NODE) take(child, name_of(child));
        if (entry_.id.empty()) entry_.id = attribute(node_, "about");
        if (entry_.url.empty() && permalink_) entry_.url = web_url(entry_.id);
        entry_.text = !content_.empty() ? std::move(content_) : std::move(summary_);
        return std::move(entry_);
    }

private:
    FeedEntry tombstone() {
        entry_.id = attribute(node_, "ref");
        entry_.updated = parse_feed_date(attribute(node_, "when"));
        entry_.deleted = true;
        return std::move(entry_);
    }

    void take(xmlNode* child, const std::string& name) {
        if (name == "title")
            entry_.title = clean_line(text_of(child, atom_, 1024));
        else if (name == "guid" || name == "id") {
            entry_.id = clean_line(plain_of(child), 4096);
            permalink_ = name == "guid" && attribute(child, "isPermaLink") != "false";
        } else if (name == "link")
            link(child);
        else if (name == "description" || name == "summary")
            summary_ = text_of(child, atom_ && name == "summary");
        else if (name == "content:encoded" || name == "content")
            content_ = text_of(child, atom_ && name == "content");
        else if (name == "author")
            author(child);
        else if (name == "dc:creator")
            entry_.author = person_of(plain_of(child));
        else if (name == "pubDate" || name == "published" || name == "issued")
            date(entry_.published, child);
        else if (name == "dc:date" && !entry_.published)
            date(entry_.published, child);
        else if (name == "updated" || name == "modified")
            date(entry_.updated, child);
        else if (name == "dc:language")
            entry_.language = clean_line(plain_of(child), 35);
        else if (name == "thr:in-reply-to")
            entry_.in_reply_to = clean_line(attribute(child, "ref"), 1024);
        else if (name == "slash:comments" || name == "thr:total")
            entry_.replies = count_of(plain_of(child));
        else if (name.ends_with(":rating"))
            entry_.stars = number_of(plain_of(child));
    }

    void link(xmlNode* child) {
        const auto href = attribute(child, "href");
        const auto rel = attribute(child, "rel");
        if (href.empty()) {
            if (auto url = absolute(child, plain_of(child)); !url.empty()) entry_.url = url;
        } else if (rel.empty() || rel == "alternate") {
            if (entry_.url.empty()) entry_.url = absolute(child, href);
        }
    }

    void author(xmlNode* child) {
        auto name = child_text(child, "name");
        if (name.empty()) name = child_text(child, "email");
        auto person = person_of(name.empty() ? plain_of(child) : name);
        if (!person.empty() && entry_.author.empty()) entry_.author = person;
    }

    static void date(std::optional<Instant>& slot, xmlNode* child) {
        if (auto at = parse_feed_date(plain_of(child))) slot = at;
    }

    xmlNode* node_;
    bool atom_;
    FeedEntry entry_;
    std::string content_;
    std::string summary_;
    bool permalink_ = false;
};

void read_head(xmlNode* child, const std::string& name, FeedDocument& document) {
    if (name == "title" && document.title.empty())
        document.title = clean_line(html_to_text(markup_of(child), 1024));
    else if (name == "language" || name == "dc:language")
        document.language = clean_line(plain_of(child), 35);
    else if (name == "author" && document.author.empty())
        document.author = person_of(child_text(child, "name"));
    else if (name == "ttl") {
        // More than a day is nobody's wish for a watched feed.
        constexpr std::int64_t kMostMinutes = 1440;
        if (auto minutes = std::min(count_of(plain_of(child)), kMostMinutes); minutes > 0)
            document.ttl = std::chrono::minutes(minutes);
    }
}

/// Walks the tree for entries wherever they stand: unclosed elements push later ones down.
void collect(xmlNode* root, bool atom, FeedDocument& document) {
    std::size_t empty = 0;
    auto* node = root;
    while (node) {
        bool descend = true;
        if (node->type == XML_ELEMENT_NODE && node != root) {
            const auto name = name_of(node);
            if (is_entry(name)) {
                auto entry = EntryReader(node, atom).read();
                if (settle_identity(entry))
                    document.entries.push_back(std::move(entry));
                else
                    ++empty;
            } else if (node->parent == root || name_of(node->parent) == "channel") {
                read_head(node, name, document);
            }
            // The image and the input box of a channel carry a title and a link of their own.
            descend = name != "image" && name != "textinput" && name != "textInput" && name != "author";
        }
        if (descend && node->type == XML_ELEMENT_NODE && node->children) {
            node = node->children;
            continue;
        }
        while (node && node != root && !node->next) node = node->parent;
        node = !node || node == root ? nullptr : node->next;
    }
    if (empty > 0) document.warnings.push_back(std::to_string(empty) + " entries had nothing in them and were skipped");
}

/// Whether the text ends within an entry, so that its last one must not be taken for what it says.
bool ends_within_entry(std::string_view text, bool atom) {
    const std::string_view close = atom ? "</entry" : "</item";
    const std::string_view open = atom ? "<entry" : "<item";
    const auto opened = text.rfind(open);
    const auto closed = text.rfind(close);
    return opened != std::string_view::npos && (closed == std::string_view::npos || closed < opened);
}

}  // namespace

Result<FeedDocument> parse_xml_feed(std::string_view utf8, std::string_view url) {
    auto mended = mend_xml(utf8);
    if (!mended) return mended.error();
    const bool atom = mended->root == "feed";
    if (!atom && mended->root != "rss" && mended->root != "RDF") {
        return Failure{Failure::Kind::malformed,
                       mended->root == "html" || mended->root == "HTML"
                           ? "the address answers with a web page, not with a feed"
                           : "the answer is no feed: its root element is <" + clean_line(mended->root, 64) + ">"};
    }
    Xml<xmlParserCtxt> context(xmlNewParserCtxt());
    constexpr int kOptions = XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                             XML_PARSE_NOCDATA | XML_PARSE_IGNORE_ENC;
    Xml<xmlDoc> tree(xmlCtxtReadMemory(context.get(), mended->text.data(), static_cast<int>(mended->text.size()),
                                       std::string(url).c_str(), "UTF-8", kOptions));
    auto* root = tree ? xmlDocGetRootElement(tree.get()) : nullptr;
    if (!root) return Failure{Failure::Kind::malformed, "the feed is too broken to be read"};

    FeedDocument document;
    document.language = clean_line(attribute(root, "lang"), 35);
    collect(root, atom, document);
    if (!context->wellFormed && ends_within_entry(mended->text, atom) && !document.entries.empty()) {
        document.entries.pop_back();
        document.warnings.push_back("the feed ends within an entry, which was left out");
    } else if (!context->wellFormed || mended->repaired) {
        document.warnings.push_back("the feed is broken XML and was read as far as possible");
    }
    return document;
}

}  // namespace rasid
