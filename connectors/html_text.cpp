#include "connectors/html_text.hpp"

#include "connectors/plain_text.hpp"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <vector>

namespace rasid {
namespace {

constexpr std::size_t kInput = 512u << 10;
/// Gumbo frees its tree by recursion and rebuilds formatting elements in quadratic number; both are bounded by this.
constexpr std::size_t kElements = 1200;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

/// Collects words and breaks; breaks at either end and more than one empty line vanish.
class Lines {
public:
    explicit Lines(std::size_t max) : max_(max) {}

    void text(std::string_view piece, bool keep_lines) {
        for (char c : piece) {
            if (keep_lines && c == '\n')
                line_break(1, true);
            else if (is_space(c))
                space_ = true;
            else
                put(c);
        }
    }
    void line_break(int lines, bool add = false) {
        breaks_ = std::min(2, add ? breaks_ + lines : std::max(breaks_, lines));
        space_ = false;
    }
    bool full() const { return out_.size() > max_; }
    std::string take() && { return std::move(out_); }

private:
    void put(char c) {
        if (!out_.empty()) {
            if (breaks_ > 0)
                out_.append(static_cast<std::size_t>(breaks_), '\n');
            else if (space_)
                out_ += ' ';
        }
        breaks_ = 0;
        space_ = false;
        out_ += c;
    }

    std::string out_;
    std::size_t max_;
    int breaks_ = 0;
    bool space_ = false;
};

/// Lines that separate an element from its neighbours: 2 a paragraph, 1 a line, 0 none.
int breaks_around(GumboTag tag) {
    switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_TABLE:
        return 2;
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_FORM:
        return 1;
    default:
        return 0;
    }
}

bool never_shown(GumboTag tag) {
    constexpr std::array kTags = {GUMBO_TAG_SCRIPT,   GUMBO_TAG_STYLE,   GUMBO_TAG_HEAD,   GUMBO_TAG_TITLE,
                                  GUMBO_TAG_TEMPLATE, GUMBO_TAG_IFRAME,  GUMBO_TAG_OBJECT, GUMBO_TAG_VIDEO,
                                  GUMBO_TAG_AUDIO,    GUMBO_TAG_SVG,     GUMBO_TAG_SELECT, GUMBO_TAG_BUTTON,
                                  GUMBO_TAG_INPUT,    GUMBO_TAG_NOFRAMES};
    return std::find(kTags.begin(), kTags.end(), tag) != kTags.end();
}

std::string_view attribute(const GumboElement& element, const char* name) {
    const auto* found = gumbo_get_attribute(&element.attributes, name);
    return found ? std::string_view(found->value) : std::string_view();
}

bool has_class(const GumboElement& element, std::string_view wanted) {
    auto classes = attribute(element, "class");
    while (!classes.empty()) {
        auto end = std::min(classes.find(' '), classes.size());
        if (classes.substr(0, end) == wanted) return true;
        classes.remove_prefix(std::min(end + 1, classes.size()));
    }
    return false;
}

bool hidden(const GumboElement& element, bool in_link) {
    if (never_shown(element.tag)) return true;
    if (gumbo_get_attribute(&element.attributes, "hidden")) return true;
    std::string style(attribute(element, "style"));
    style.erase(std::remove_if(style.begin(), style.end(), is_space), style.end());
    if (style.find("display:none") != std::string::npos) return true;
    // Within a link these spans are the ends of the address that the page shortens.
    return !in_link && has_class(element, "invisible");
}

void walk(const GumboNode* root, Lines& lines) {
    struct Frame {
        const GumboNode* node;
        unsigned int child;
        bool in_link;
        bool in_pre;
    };
    std::vector<Frame> stack = {{root, 0, false, false}};
    while (!stack.empty() && !lines.full()) {
        auto& frame = stack.back();
        const auto& element = frame.node->v.element;
        if (frame.child == element.children.length) {
            if (auto breaks = breaks_around(element.tag))
                lines.line_break(breaks);
            else if (element.tag == GUMBO_TAG_TD || element.tag == GUMBO_TAG_TH)
                lines.text(" ", false);
            stack.pop_back();
            continue;
        }
        const auto* child = static_cast<const GumboNode*>(element.children.data[frame.child++]);
        switch (child->type) {
        case GUMBO_NODE_TEXT:
        case GUMBO_NODE_CDATA:
        case GUMBO_NODE_WHITESPACE:
            lines.text(child->v.text.text, frame.in_pre);
            break;
        case GUMBO_NODE_ELEMENT: {
            const auto& inner = child->v.element;
            if (hidden(inner, frame.in_link)) break;
            if (inner.tag == GUMBO_TAG_BR) {
                lines.line_break(1, true);
                break;
            }
            if (auto breaks = breaks_around(inner.tag)) lines.line_break(breaks);
            const bool in_link = frame.in_link || inner.tag == GUMBO_TAG_A;
            const bool in_pre = frame.in_pre || inner.tag == GUMBO_TAG_PRE;
            stack.push_back({child, 0, in_link, in_pre});
            break;
        }
        default:
            break;
        }
    }
}

std::string_view leading_word(std::string_view tag) {
    std::size_t end = 0;
    while (end < tag.size() && std::isalnum(static_cast<unsigned char>(tag[end]))) ++end;
    return tag.substr(0, end);
}

std::size_t count_elements(std::string_view html) {
    std::size_t count = 0;
    for (std::size_t at = 0; at + 1 < html.size(); ++at)
        if (html[at] == '<' && std::isalpha(static_cast<unsigned char>(html[at + 1]))) ++count;
    return count;
}

/// The fragment without nesting: where a block begins or ends stands an empty one, all other tags go.
std::string flatten(std::string_view html) {
    std::string out;
    while (!html.empty()) {
        auto start = html.find('<');
        out += html.substr(0, start);
        if (start == std::string_view::npos) break;
        html.remove_prefix(start + 1);
        if (html.starts_with("!--")) {
            auto end = html.find("-->");
            html.remove_prefix(end == std::string_view::npos ? html.size() : end + 3);
            continue;
        }
        const bool closing = html.starts_with('/');
        const std::string name(leading_word(html.substr(closing ? 1 : 0)));
        if (name.empty() && !html.starts_with('!')) {
            out += "&lt;";
            continue;
        }
        const auto tag = gumbo_tag_enum(name.c_str());
        auto end = html.find('>');
        html.remove_prefix(end == std::string_view::npos ? html.size() : end + 1);
        if (!closing && (tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE)) {
            auto close = html.find("</" + name);
            html.remove_prefix(close == std::string_view::npos ? html.size() : close);
        } else if (tag == GUMBO_TAG_BR) {
            out += "<br>";
        } else if (const auto breaks = breaks_around(tag); breaks > 0) {
            out += breaks == 1 ? "<div></div>" : "<hr>";
        }
    }
    return out;
}

}  // namespace

std::string html_to_text(std::string_view html, std::size_t max) {
    auto input = clean_text(html, kInput);
    if (input.find_first_of("<&") == std::string::npos) {
        Lines lines(max);
        lines.text(input, false);
        return clean_text(std::move(lines).take(), max);
    }
    if (count_elements(input) > kElements) input = flatten(input);

    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    auto destroy = [&options](GumboOutput* output) { gumbo_destroy_output(&options, output); };
    std::unique_ptr<GumboOutput, decltype(destroy)> output(
        gumbo_parse_with_options(&options, input.data(), input.size()), destroy);
    Lines lines(max);
    walk(output->root, lines);
    return clean_text(std::move(lines).take(), max);
}

}  // namespace rasid
