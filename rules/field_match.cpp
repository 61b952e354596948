#include "rules/compiled_rules.hpp"

#include "core/customer.hpp"
#include "core/text/fold.hpp"
#include "core/url_host.hpp"
#include "rules/language.hpp"

#include <algorithm>

namespace rasid {
namespace {

using Name = QueryField::Name;
using Comparison = QueryField::Comparison;

std::string lower_ascii(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

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

std::string fold_value(Name name, const std::string& value) {
    switch (name) {
    case Name::author:
        return fold_handle(value);
    case Name::name:
        return spaced_words(value);
    case Name::language:
        return primary_language(value).empty() ? lower_ascii(value) : primary_language(value);
    case Name::url:
        return lower_ascii(value);
    case Name::domain:
        return std::string(host_of(lower_ascii(value)));
    case Name::sentiment:
    case Name::is:
    case Name::has:
    case Name::conversation:
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

bool compares(Comparison comparison, double left, double right) {
    switch (comparison) {
    case Comparison::any_of:
    case Comparison::equal:
        return left == right;
    case Comparison::greater:
        return left > right;
    case Comparison::at_least:
        return left >= right;
    case Comparison::less:
        return left < right;
    case Comparison::at_most:
        return left <= right;
    }
    return false;
}

bool value_holds(Name name, const std::string& value, const Mention& mention, const Context& context,
                 const Verdict& verdict, const TokenizedText& words) {
    switch (name) {
    case Name::author:
        return fold_handle(mention.author.handle) == value;
    case Name::name:
        return spaced_words(mention.author.name).find(value) != std::string::npos;
    case Name::platform:
        return fold_text(mention.key.platform) == value;
    case Name::source:
        return fold_text(mention.source) == value;
    case Name::language:
        return primary_language(verdict.language).empty() ? verdict.language == value
                                                          : primary_language(verdict.language) == value;
    case Name::sentiment:
        return to_string(verdict.sentiment.label) == value;
    case Name::is:
        return value == "reply" ? !mention.in_reply_to.empty() : mention.author.verified;
    case Name::has:
        if (value == "link") return has_token(words, TokenKind::url);
        return has_token(words, value == "hashtag" ? TokenKind::hashtag : TokenKind::handle);
    case Name::url:
        return link_contains(mention, words, value);
    case Name::domain:
        return is_within_domain(lower_ascii(mention.domain.empty() ? host_of(mention.url) : mention.domain), value);
    case Name::conversation:
        return mention.conversation == value;
    case Name::customer:
        return is_customer(context, value);
    case Name::tier:
        return context.customer && fold_text(context.customer->tier) == value;
    case Name::plan:
        return context.customer && fold_text(context.customer->plan) == value;
    case Name::followers:
    case Name::stars:
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
    if (field.name == Name::followers)
        return mention.author.followers &&
               compares(field.comparison, static_cast<double>(*mention.author.followers), field.number);
    if (field.name == Name::stars) return mention.stars && compares(field.comparison, *mention.stars, field.number);
    return std::any_of(field.values.begin(), field.values.end(), [&](const std::string& value) {
        return value_holds(field.name, value, mention, context, verdict, words);
    });
}

}  // namespace rasid
