#include "rules/explain.hpp"

#include "rules/pattern_example.hpp"
#include "rules/query.hpp"
#include "rules/query_terms.hpp"
#include "rules/rule_set.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace rasid {
namespace {

/// Builds a mention that makes a tree hold (or not hold): the first choice of every OR, plain words, fields set as
/// asked.
class ExampleMaker {
public:
    /// `choice` picks among the alternatives of every OR, so that another call may find what the first did not.
    explicit ExampleMaker(std::size_t choice) : choice_(choice) {}

    ExampleMention make(const QueryNode& node) {
        satisfy(node);
        if (!language_.empty() && language_ != "ar" && language_ != "en") example_.mention.language = language_;
        // Where words of another language are asked for as well, more of the wanted one.
        for (std::size_t i = 0; i <= choice_ / 2; ++i) {
            if (language_ == "ar") append("هذا ما قالوه عن");
            if (language_ == "en") append("this is what they said about");
        }
        if (sentiment_ == "negative") append(language_ == "ar" ? "سيء جدا، خدمة فاشلة" : "terrible, awful, I hate it");
        if (sentiment_ == "positive") append(language_ == "ar" ? "رائع جدا، ممتاز" : "great, excellent, I love it");
        // A review's stars say it where the words around say something else.
        if (choice_ >= 4 && !example_.mention.stars && !sentiment_.empty())
            example_.mention.stars = sentiment_ == "negative" ? 1 : sentiment_ == "positive" ? 5 : 3;
        return std::move(example_);
    }

private:
    void satisfy(const QueryNode& node) {
        switch (node.kind) {
        case QueryNode::Kind::term:
            return satisfy_term(node.term);
        case QueryNode::Kind::field:
            return satisfy_field(node.field);
        case QueryNode::Kind::regex:
            return satisfy_regex(node.pattern);
        case QueryNode::Kind::any:
            return satisfy(node.children[choice_ % node.children.size()]);
        case QueryNode::Kind::near:
        case QueryNode::Kind::all:
            for (const auto& child : node.children) satisfy(child);
            return;
        case QueryNode::Kind::negation:
            return contradict(node.children[0]);
        }
    }

    /// Most of what a rule forbids is absent anyway; only fields need another value.
    void contradict(const QueryNode& node) {
        if (node.kind == QueryNode::Kind::negation) return satisfy(node.children[0]);
        if (node.kind == QueryNode::Kind::any || node.kind == QueryNode::Kind::all) {
            for (const auto& child : node.children) contradict(child);
        }
        if (node.kind != QueryNode::Kind::field) return;
        const auto& field = node.field;
        if (field.name == QueryField::Name::sentiment) {
            for (const std::string_view other : {"neutral", "positive", "negative"})
                if (std::find(field.values.begin(), field.values.end(), other) == field.values.end())
                    return void(sentiment_ = other);
        }
        if (field.name == QueryField::Name::language) language_ = primary_tag(field.values[0]) == "en" ? "ar" : "en";
        if (field.name == QueryField::Name::customer) {
            if (wants_no_customer(field.values[0]))
                known_customer();
            else
                example_.context.customer.reset();
        }
    }

    void satisfy_term(const QueryTerm& term) { append(signed_text(term)); }

    void satisfy_regex(const std::string& pattern) { append(pattern_example(pattern, choice_)); }

    static std::string primary_tag(const std::string& tag) { return tag.substr(0, tag.find('-')); }

    void satisfy_field(const QueryField& field) {
        auto& mention = example_.mention;
        const auto value = field.values.empty() ? std::string() : field.values[choice_ % field.values.size()];
        switch (field.name) {
        case QueryField::Name::author:
            mention.author.handle = value.starts_with('@') ? value.substr(1) : value;
            break;
        case QueryField::Name::name:
            mention.author.name = value;
            break;
        case QueryField::Name::platform:
            mention.key.platform = value;
            break;
        case QueryField::Name::source:
            mention.source = value;
            break;
        case QueryField::Name::language:
            language_ = primary_tag(value);
            break;
        case QueryField::Name::sentiment:
            sentiment_ = value;
            break;
        case QueryField::Name::followers:
            mention.author.followers = static_cast<std::int64_t>(std::llround(number_for(field, 1)));
            break;
        case QueryField::Name::stars:
            mention.stars = number_for(field, 0.5);
            break;
        case QueryField::Name::is:
            if (value == "reply")
                mention.in_reply_to = "1";
            else
                mention.author.verified = true;
            break;
        case QueryField::Name::has:
            append(value == "link" ? "https://example.org/" : value == "hashtag" ? "#hashtag" : "@somebody");
            break;
        case QueryField::Name::url:
            mention.url = value.find("://") == std::string::npos ? "https://example.org/" + value : value;
            break;
        case QueryField::Name::domain:
            (value.find("://") == std::string::npos ? mention.domain : mention.url) = value;
            break;
        case QueryField::Name::conversation:
            mention.conversation = value;
            break;
        case QueryField::Name::customer:
            if (wants_no_customer(value))
                example_.context.customer.reset();
            else
                known_customer().id = value;
            break;
        case QueryField::Name::tier:
            known_customer().tier = value;
            break;
        case QueryField::Name::plan:
            known_customer().plan = value;
            break;
        }
    }

    static bool wants_no_customer(const std::string& value) {
        return value == "none" || value == "no" || value == "false" || value == "unknown";
    }

    Context::KnownCustomer& known_customer() {
        if (!example_.context.customer) example_.context.customer = Context::KnownCustomer{};
        return *example_.context.customer;
    }

    static double number_for(const QueryField& field, double step) {
        switch (field.comparison) {
        case QueryField::Comparison::greater:
            return std::floor(field.number / step + 1) * step;
        case QueryField::Comparison::less:
            return std::max(0.0, std::ceil(field.number / step - 1) * step);
        default:
            return field.number;
        }
    }

    void append(std::string_view words) {
        auto& text = example_.mention.text;
        if (!text.empty()) text += ' ';
        text += words;
    }

    std::size_t choice_;
    std::string language_;
    std::string sentiment_;
    ExampleMention example_;
};

std::string describe(const ExampleMention& example) {
    const auto& mention = example.mention;
    std::string out = "  text: " + (mention.text.empty() ? "(anything)" : mention.text) + '\n';
    const auto line = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) out.append("  ").append(name).append(": ").append(value).append("\n");
    };
    line("platform", mention.key.platform);
    line("source", mention.source);
    line("lang", mention.language);
    line("author", mention.author.handle);
    line("name", mention.author.name);
    if (mention.author.followers) line("followers", std::to_string(*mention.author.followers));
    if (mention.author.verified) line("verified", "yes");
    line("in reply to", mention.in_reply_to);
    line("url", mention.url);
    line("domain", mention.domain);
    line("conversation", mention.conversation);
    if (mention.stars) line("stars", std::to_string(*mention.stars).substr(0, 3));
    if (example.context.customer) {
        line("customer", example.context.customer->id.empty() ? "known" : example.context.customer->id);
        line("tier", example.context.customer->tier);
        line("plan", example.context.customer->plan);
    }
    return out;
}

std::string describe_actions(const Rule& rule) {
    std::string out = "rule " + rule.name + (rule.enabled ? "" : " (not enabled)") + "\n";
    if (rule.ignore)
        out += "does: ignore, whatever other rules say\n";
    else if (rule.queue.empty())
        out += "does: no queue; what it matches is stored and tagged\n";
    else
        out += "does: queue " + rule.queue + ", priority " + std::string(to_string(rule.priority)) + '\n';
    if (!rule.tags.empty()) {
        out += "tags:";
        for (const auto& tag : rule.tags) out += ' ' + tag;
        out += '\n';
    }
    return out;
}

}  // namespace

std::optional<ExampleMention> example_for(const Rule& rule) {
    const auto parsed = parse_query(rule.query);
    const auto* tree = std::get_if<QueryNode>(&parsed);
    if (!tree) return std::nullopt;
    auto enabled = rule;
    enabled.enabled = true;
    const auto compiled = compile({enabled});
    if (!compiled.errors.empty()) return std::nullopt;
    constexpr std::size_t kTries = 8;
    for (std::size_t choice = 0; choice < kTries; ++choice) {
        auto example = ExampleMaker(choice).make(*tree);
        if (!assess(compiled.rules, example.mention, example.context).rules.empty()) return example;
    }
    return std::nullopt;
}

std::string explain_rule(const Rule& rule) {
    auto out = describe_actions(rule);
    const auto parsed = parse_query(rule.query);
    if (const auto* error = std::get_if<QueryError>(&parsed))
        return out + "query, line " + std::to_string(error->line) + ", column " + std::to_string(error->column) + ": " +
               describe(error->problem, "en") + '\n';
    const auto& tree = std::get<QueryNode>(parsed);
    out += "query: " + print_query(tree) + "\ntree:\n";
    const auto lines = print_query_tree(tree);
    for (std::size_t at = 0; at < lines.size();) {
        const auto end = lines.find('\n', at);
        out += "  " + lines.substr(at, end - at) + '\n';
        at = end + 1;
    }
    const auto example = example_for(rule);
    if (!example)
        return out + "example: none was found; the query may contradict itself, or a pattern is too free to guess\n";
    return out + "example that matches:\n" + describe(*example);
}

}  // namespace rasid
