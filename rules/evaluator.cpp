#include "rules/evaluator.hpp"

#include "core/limits.hpp"
#include "core/text/fold.hpp"

#include <algorithm>
#include <iterator>

namespace rasid {
namespace {

/// Proximity looks at the first places of each term only, so that a text of one word repeated stays cheap.
constexpr std::ptrdiff_t kPlaces = 1000;

struct ByTerm {
    bool operator()(const TermHit& hit, std::uint32_t term) const { return hit.term < term; }
    bool operator()(std::uint32_t term, const TermHit& hit) const { return term < hit.term; }
};

auto of_term(const std::vector<TermHit>& hits, std::uint32_t term) {
    return std::equal_range(hits.begin(), hits.end(), term, ByTerm{});
}

/// A pattern may match single bytes; marks stand on whole characters.
HitRange on_characters(std::string_view text, std::size_t start, std::size_t end) {
    HitRange range{text.size(), text.size()};
    std::size_t at = start;
    for (int back = 0; at > 0 && back < 3 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; ++back) --at;
    range.start = at;
    while (at < end) next_character(text, at);
    range.end = std::max(at, range.start);
    return range;
}

}  // namespace

AssessedText::AssessedText(const Mention& of) : mention(of), words(tokenize(of.text)) {
    if (!of.title.empty()) title_words = tokenize(of.title);
}

Evaluator::Evaluator(const RuleSet::Compiled& rules, const AssessedText& text, const Context& context,
                     const Verdict& verdict)
    : rules_(rules), text_(text), context_(context), verdict_(verdict), hits_(rules.terms.find(text.words)),
      patterns_(rules.patterns.worth_trying(text.mention.text)) {
    if (text.mention.title.empty()) return;
    title_hits_ = rules.terms.find(text.title_words);
    const auto in_title = rules.patterns.worth_trying(text.mention.title);
    std::vector<std::uint32_t> both;
    std::set_union(patterns_.begin(), patterns_.end(), in_title.begin(), in_title.end(), std::back_inserter(both));
    patterns_ = std::move(both);
}

std::vector<std::uint32_t> Evaluator::holding() const {
    auto candidates = rules_.always;
    for (const auto* hits : {&hits_, &title_hits_}) {
        for (std::size_t i = 0; i < hits->size(); ++i) {
            const auto term = (*hits)[i].term;
            if (i > 0 && (*hits)[i - 1].term == term) continue;
            const auto& of = rules_.rules_of_term[term];
            candidates.insert(candidates.end(), of.begin(), of.end());
        }
    }
    for (const auto pattern : patterns_) {
        const auto& of = rules_.rules_of_pattern[pattern];
        candidates.insert(candidates.end(), of.begin(), of.end());
    }
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    std::erase_if(candidates, [&](std::uint32_t rule) { return !holds(rules_.rules[rule].tree); });
    return candidates;
}

std::vector<HitRange> Evaluator::hits(std::uint32_t rule) const {
    std::vector<HitRange> out;
    collect(rules_.rules[rule].tree, true, out);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    if (out.size() > limits::kHitsPerRule) out.resize(limits::kHitsPerRule);
    return out;
}

bool Evaluator::found(std::uint32_t term) const {
    const auto in = [&](const std::vector<TermHit>& hits) {
        const auto [first, last] = of_term(hits, term);
        return first != last;
    };
    return in(hits_) || in(title_hits_);
}

bool Evaluator::pattern_matches(std::uint32_t pattern) const {
    if (!std::binary_search(patterns_.begin(), patterns_.end(), pattern)) return false;
    const auto& expression = rules_.patterns[pattern];
    return RE2::PartialMatch(text_.mention.text, expression) ||
           (!text_.mention.title.empty() && RE2::PartialMatch(text_.mention.title, expression));
}

bool Evaluator::holds(const CompiledNode& node) const {
    const auto child_holds = [&](const CompiledNode& child) { return holds(child); };
    switch (node.kind) {
    case CompiledNode::Kind::nothing:
        return false;
    case CompiledNode::Kind::term:
        return found(node.index);
    case CompiledNode::Kind::near:
    case CompiledNode::Kind::together:
        return !groups(node, 1).empty();
    case CompiledNode::Kind::field:
        return field_holds(rules_.fields[node.index], text_.mention, context_, verdict_, text_.words);
    case CompiledNode::Kind::regex:
        return pattern_matches(node.index);
    case CompiledNode::Kind::negation:
        return !holds(node.children[0]);
    case CompiledNode::Kind::all:
        return std::all_of(node.children.begin(), node.children.end(), child_holds);
    case CompiledNode::Kind::any:
        return std::any_of(node.children.begin(), node.children.end(), child_holds);
    }
    return false;
}

void Evaluator::collect(const CompiledNode& node, bool wanted, std::vector<HitRange>& out) const {
    if (holds(node) != wanted) return;
    switch (node.kind) {
    case CompiledNode::Kind::negation:
        return collect(node.children[0], !wanted, out);
    case CompiledNode::Kind::all:
    case CompiledNode::Kind::any:
        for (const auto& child : node.children) collect(child, wanted, out);
        return;
    case CompiledNode::Kind::term:
        if (wanted) {
            const auto [first, last] = of_term(hits_, node.index);
            const auto count = std::min<std::ptrdiff_t>(last - first, limits::kHitsPerRule);
            for (auto hit = first; hit != first + count; ++hit) out.push_back({hit->start, hit->end});
        }
        return;
    case CompiledNode::Kind::near:
    case CompiledNode::Kind::together:
        if (!wanted) return;
        for (const auto& group : groups(node, limits::kHitsPerRule))
            for (const auto& place : group)
                if (!place.in_title) out.push_back(place.range);
        return;
    case CompiledNode::Kind::regex: {
        if (!wanted) return;
        const re2::StringPiece text(text_.mention.text);
        re2::StringPiece match;
        for (std::size_t at = 0, count = 0; at <= text.size() && count < limits::kHitsPerRule; ++count) {
            if (!rules_.patterns[node.index].Match(text, at, text.size(), RE2::UNANCHORED, &match, 1)) return;
            const auto start = static_cast<std::size_t>(match.data() - text.data());
            if (!match.empty()) out.push_back(on_characters(text_.mention.text, start, start + match.size()));
            at = start + std::max<std::size_t>(1, match.size());
        }
        return;
    }
    case CompiledNode::Kind::nothing:
    case CompiledNode::Kind::field:
        return;
    }
}

std::vector<TermPlace> Evaluator::places(const CompiledNode& node) const {
    std::vector<TermPlace> out;
    if (node.kind == CompiledNode::Kind::any) {
        for (const auto& child : node.children) {
            const auto of_child = places(child);
            out.insert(out.end(), of_child.begin(), of_child.end());
        }
    } else {
        // Positions in the title lie beyond those of every text.
        constexpr std::uint32_t kTitleAt = 1U << 30;
        const auto add = [&](const std::vector<TermHit>& hits, bool in_title) {
            const auto [first, last] = of_term(hits, node.index);
            const auto count = std::min(last - first, kPlaces);
            for (auto hit = first; hit != first + count; ++hit) {
                const auto shift = in_title ? kTitleAt : 0;
                out.push_back(
                    {hit->first_position + shift, hit->last_position + shift, {hit->start, hit->end}, in_title});
            }
        };
        add(hits_, false);
        add(title_hits_, true);
    }
    std::sort(out.begin(), out.end(),
              [](const TermPlace& a, const TermPlace& b) { return a.first_position < b.first_position; });
    return out;
}

std::vector<std::vector<TermPlace>> Evaluator::groups(const CompiledNode& node, std::size_t most) const {
    std::vector<std::vector<TermPlace>> of_child;
    of_child.reserve(node.children.size());
    for (const auto& child : node.children) {
        if (!holds(child)) return {};
    }
    for (const auto& child : node.children) of_child.push_back(places(child));
    return find_groups(of_child, node.distance, most);
}

}  // namespace rasid
