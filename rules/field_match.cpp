#include "rules/compiled_rules.hpp"

#include "core/customer.hpp"
#include "core/text/fold.hpp"
#include "core/text/lower_ascii.hpp"
#include "core/url_host.hpp"
#include "rules/language.hpp"

#include <algorithm>

namespace rasid {
namespace {

/// Host of a link, without "www.".
std::string_view host_of(std::string_view url) {
    auto host = url_host(url);
    if (host.starts_with("www.")) host.remove_prefix(4);
    return host;
}

bool is_within_domain(std::string_view host, std::string_view domain) {
    if (domain.empty() || !host.ends_with(domain)) return false;
    return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

/// Folded words joined by single spaces, with one at each end, so that whole words can be found in it.
std::string spaced_words(std::string_view text) {
    std::string out = " ";
    const auto words = tokenize(text);
    for (const auto& token : words.tokens()) {
        if (token.in_tag) continue;
        out += words.text_of(token);
        out += ' ';
    }
    return out;
}

std::string fold_value(QueryField::Name name, const std::string& value) {
    switch (name) {
    case QueryField::Name::author:
        return fold_handle(value);
    case QueryField::Name::name:
        return spaced_words(value);
    case QueryField::Name::language:
        return primary_language(value).empty() ? lower_ascii(value) : primary_language(value);
    case QueryField::Name::url:
        return lower_ascii(value);
    case QueryField::Name::domain:
        return std::string(host_of(lower_ascii(value)));
    case QueryField::Name::sentiment:
    case QueryField::Name::is:
    case QueryField::Name::has:
    case QueryField::Name::conversation:
        return value;
    default:
        return fold_text(value);
    }
}

bool has_token(const TokenizedText& words, TokenKind kind) {
    return std::any_of(words.tokens().begin(), words.tokens().end(),
                       [&](const Token& token) { return token.kind == kind; });
}

bool link_contains(const Mention& mention, const TokenizedText& words, std::string_view value) {
    if (lower_ascii(mention.url).find(value) != std::string::npos) return true;
    return std::any_of(words.tokens().begin(), words.tokens().end(), [&](const Token& token) {
        return token.kind == TokenKind::url && words.text_of(token).find(value) != std::string_view::npos;
    });
}

bool is_customer(const Context& context, const std::string& value) {
    for (const std::string_view known : {"any", "yes", "true", "known"})
        if (value == known) return context.customer.has_value();
    for (const std::string_view unknown : {"none", "no", "false", "unknown"})
        if (value == unknown) return !context.customer;
    return context.customer && fold_text(context.customer->id) == value;
}

bool compares(QueryField::Comparison comparison, double left, double right) {
    switch (comparison) {
    case QueryField::Comparison::any_of:
    case QueryField::Comparison::equal:
        return left == right;
    case QueryField::Comparison::greater:
        return left > right;
    case QueryField::Comparison::at_least:
        return left >= right;
    case QueryField::Comparison::less:
        return left < right;
    case QueryField::Comparison::at_most:
        return left <= right;
    }
    return false;
}

bool value_holds(QueryField::Name name, const std::string& value, const Mention& mention, const Context& context,
                 const Verdict& verdict, const TokenizedText& words) {
    switch (name) {
    case QueryField::Name::author:
        return fold_handle(mention.author.handle) == value;
    case QueryField::Name::name:
        return spaced_words(mention.author.name).find(value) != std::string::npos;
    case QueryField::Name::platform:
        return fold_text(mention.key.platform) == value;
    case QueryField::Name::source:
        return fold_text(mention.source) == value;
    case QueryField::Name::language:
        return primary_language(verdict.language).empty() ? verdict.language == value
                                                          : primary_language(verdict.language) == value;
    case QueryField::Name::sentiment:
        return to_string(verdict.sentiment.label) == value;
    case QueryField::Name::is:
        return value == "reply" ? !mention.in_reply_to.empty() : mention.author.verified;
    case QueryField::Name::has:
        if (value == "link") return has_token(words, TokenKind::url);
        return has_token(words, value == "hashtag" ? TokenKind::hashtag : TokenKind::handle);
    case QueryField::Name::url:
        return link_contains(mention, words, value);
    case QueryField::Name::domain:
        return is_within_domain(lower_ascii(mention.domain.empty() ? host_of(mention.url) : mention.domain), value);
    case QueryField::Name::conversation:
        return mention.conversation == value;
    case QueryField::Name::customer:
        return is_customer(context, value);
    case QueryField::Name::tier:
        return context.customer && fold_text(context.customer->tier) == value;
    case QueryField::Name::plan:
        return context.customer && fold_text(context.customer->plan) == value;
    case QueryField::Name::followers:
    case QueryField::Name::stars:
        return false;
    }
    return false;
}

}  // namespace

CompiledField compile_field(const QueryField& field) {
    CompiledField compiled{.name = field.name, .comparison = field.comparison, .number = field.number};
    for (const auto& value : field.values) compiled.values.push_back(fold_value(field.name, value));
    return compiled;
}

bool field_holds(const CompiledField& field, const Mention& mention, const Context& context, const Verdict& verdict,
                 const TokenizedText& words) {
    // A number that the platform does not tell satisfies no comparison.
    if (field.name == QueryField::Name::followers)
        return mention.author.followers &&
               compares(field.comparison, static_cast<double>(*mention.author.followers), field.number);
    if (field.name == QueryField::Name::stars)
        return mention.stars && compares(field.comparison, *mention.stars, field.number);
    return std::any_of(field.values.begin(), field.values.end(), [&](const std::string& value) {
        return value_holds(field.name, value, mention, context, verdict, words);
    });
}

}  // namespace rasid
