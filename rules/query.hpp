#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace rasid {

/// A word or phrase that a text must contain. What it folds to decides, not how it is written.
struct QueryTerm {
    enum class Form { word, phrase, hashtag, handle, cashtag };
    Form form = Form::word;
    std::string text = {};  ///< as written, without quotes, signs and the wildcard
    bool exact = false;     ///< `=word`: no Arabic particles before it, no possessive 's behind it
    bool wildcard = false;  ///< `word*`
    bool plural = false;    ///< `word~s`: with or without a plural s
    int distance = -1;  ///< `"…"~n`: the words in any order with at most n others between; -1: side by side, in order
    bool operator==(const QueryTerm&) const = default;
};

/// A condition on what surrounds the text.
struct QueryField {
    enum class Name {
        author,
        name,
        platform,
        source,
        language,
        sentiment,
        followers,
        is,
        has,
        url,
        domain,
        conversation,
        customer,
        tier,
        plan,
        stars,
    };
    enum class Comparison { any_of, equal, greater, at_least, less, at_most };
    Name name = Name::author;
    Comparison comparison = Comparison::any_of;
    std::vector<std::string> values = {};  ///< of any_of: one must hold
    double number = 0;                     ///< of the other comparisons
    bool operator==(const QueryField&) const = default;
};
std::string_view to_string(QueryField::Name name);

/// A node of a rule's query.
struct QueryNode {
    enum class Kind { term, field, regex, near, all, any, negation };
    Kind kind = Kind::term;
    QueryTerm term = {};
    QueryField field = {};
    std::string pattern = {};              ///< of regex, as written between the slashes
    int distance = 0;                      ///< of near: at most this many other words between its two children
    std::vector<QueryNode> children = {};  ///< all, any: two or more; near: two, of terms and any; negation: one
    std::uint32_t offset = 0;              ///< byte of the query where it begins; no part of equality

    bool operator==(const QueryNode& other) const {
        return kind == other.kind && term == other.term && field == other.field && pattern == other.pattern &&
               distance == other.distance && children == other.children;
    }
};

/// What is wrong and the likely fix: a message of i18n and what stands in its gaps.
struct QueryProblem {
    std::string_view key = {};  ///< "query.…", a literal
    std::vector<std::pair<std::string_view, std::string>> arguments = {};
};

/// In that language, "en" or "ar".
std::string describe(const QueryProblem& problem, std::string_view language);

struct QueryError {
    int line = 1;
    int column = 1;  ///< in characters
    QueryProblem problem = {};
};

/// Parses a query: words, "phrases", word*, =exact, plural~s, #tag, @handle, $TAG, fields, /regex/, AND OR NOT (upper
/// case), -, NEAR/n, "…"~n and parentheses. NOT binds tightest, then NEAR, then AND (written or not), then OR.
std::variant<QueryNode, QueryError> parse_query(std::string_view query);

/// The query in its canonical writing; parse_query reads back an equal tree.
std::string print_query(const QueryNode& node);

/// The tree, one node a line, children indented.
std::string print_query_tree(const QueryNode& node);

/// The place of a byte of `query`, in lines and characters from 1.
QueryError query_error_at(std::string_view query, std::size_t offset, QueryProblem problem);

namespace query_limits {
inline constexpr int kDepth = 50;
inline constexpr int kDistance = 100;
inline constexpr std::size_t kPattern = 512;  ///< bytes
inline constexpr std::size_t kNodes = 1000;
inline constexpr std::size_t kWildcardStem = 63;  ///< bytes after folding
}  // namespace query_limits

}  // namespace rasid
