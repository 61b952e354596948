#include "rules/query.hpp"

#include "core/limits.hpp"
#include "core/text/bidi.hpp"
#include "core/text/fold.hpp"
#include "core/texts.hpp"
#include "rules/query_fields.hpp"
#include "rules/query_lexer.hpp"
#include "rules/query_terms.hpp"

#include <optional>

namespace rasid {
namespace {

class Parser {
public:
    Parser(std::string_view query, std::vector<QueryLexeme> lexemes) : query_(query), lexemes_(std::move(lexemes)) {}

    std::variant<QueryNode, QueryError> run() {
        auto node = parse_any();
        if (!error_ && peek().kind == QueryLexeme::Kind::close) fail(peek().offset, {"query.close_unopened"});
        if (error_) return *error_;
        return node;
    }

private:
    const QueryLexeme& peek() const { return lexemes_[at_]; }

    bool accept(QueryLexeme::Kind kind) {
        if (peek().kind != kind) return false;
        ++at_;
        return true;
    }

    QueryNode parse_any() {
        auto first = parse_all();
        return parse_chain(
            std::move(first), QueryNode::Kind::any, [&] { return accept(QueryLexeme::Kind::disjunction); },
            [&] { return parse_all(); });
    }

    QueryNode parse_all() {
        auto first = parse_near();
        const auto more = [&] {
            if (accept(QueryLexeme::Kind::conjunction)) return true;
            const auto kind = peek().kind;
            return kind == QueryLexeme::Kind::leaf || kind == QueryLexeme::Kind::open ||
                   kind == QueryLexeme::Kind::negation;
        };
        return parse_chain(std::move(first), QueryNode::Kind::all, more, [&] { return parse_near(); });
    }

    template <typename More, typename Next>
    QueryNode parse_chain(QueryNode first, QueryNode::Kind kind, More more, Next next) {
        if (error_ || !more()) return first;
        QueryNode node{.kind = kind};
        node.offset = first.offset;
        node.children.push_back(std::move(first));
        do {
            node.children.push_back(next());
        } while (!error_ && more());
        return node;
    }

    QueryNode parse_near() {
        auto left = parse_unary();
        if (error_ || peek().kind != QueryLexeme::Kind::near) return left;
        QueryNode node{.kind = QueryNode::Kind::near};
        node.offset = left.offset;
        node.distance = peek().distance;
        const auto where = peek().offset;
        ++at_;
        auto right = parse_unary();
        if (error_) return node;
        if (!can_be_near(left) || !can_be_near(right)) fail(where, {"query.near.operands"});
        if (peek().kind == QueryLexeme::Kind::near) fail(peek().offset, {"query.near.chain"});
        node.children.push_back(std::move(left));
        node.children.push_back(std::move(right));
        return node;
    }

    static bool can_be_near(const QueryNode& node) {
        if (node.kind == QueryNode::Kind::term) return node.term.distance < 0;
        if (node.kind != QueryNode::Kind::any) return false;
        for (const auto& child : node.children)
            if (!can_be_near(child)) return false;
        return true;
    }

    QueryNode parse_unary() {
        const auto start = peek().offset;
        if (++depth_ > query_limits::kDepth) {
            fail(start, {"query.too_deep", {{"most", std::to_string(query_limits::kDepth)}}});
        }
        if (++nodes_ > query_limits::kNodes)
            fail(start, {"query.too_many", {{"most", std::to_string(query_limits::kNodes)}}});
        QueryNode node;
        if (error_) {
        } else if (accept(QueryLexeme::Kind::negation)) {
            node.kind = QueryNode::Kind::negation;
            node.offset = start;
            node.children.push_back(parse_unary());
        } else if (accept(QueryLexeme::Kind::open)) {
            node = parse_any();
            if (!error_ && !accept(QueryLexeme::Kind::close)) fail(start, {"query.open_unclosed"});
        } else if (peek().kind == QueryLexeme::Kind::leaf) {
            node = std::move(lexemes_[at_++].leaf);
        } else {
            fail(start, {missing_operand()});
        }
        --depth_;
        return node;
    }

    std::string_view missing_operand() const {
        const auto kind = peek().kind;
        if (kind == QueryLexeme::Kind::end) return at_ == 0 ? "query.empty" : "query.ends_early";
        if (kind == QueryLexeme::Kind::close) return "query.missing_before_close";
        return "query.missing_before_operator";
    }

    void fail(std::size_t offset, QueryProblem problem) {
        if (!error_) error_ = query_error_at(query_, offset, std::move(problem));
    }

    std::string_view query_;
    std::vector<QueryLexeme> lexemes_;
    std::size_t at_ = 0;
    int depth_ = 0;
    std::size_t nodes_ = 0;
    std::optional<QueryError> error_;
};

std::string print_term(const QueryTerm& term) {
    std::string out = term.exact ? "=" : "";
    out += sign_of(term.form);
    if (term.form == QueryTerm::Form::phrase) {
        out += '"';
        for (const char c : term.text) {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
        out += '"';
    } else {
        out += term.text;
    }
    if (term.wildcard) out += '*';
    if (term.plural) out += "~s";
    if (term.distance >= 0) out += '~' + std::to_string(term.distance);
    return out;
}

int binding(QueryNode::Kind kind) {
    switch (kind) {
    case QueryNode::Kind::any:
        return 0;
    case QueryNode::Kind::all:
        return 1;
    case QueryNode::Kind::near:
        return 2;
    default:
        return 3;
    }
}

void print(const QueryNode& node, std::string& out) {
    const auto child = [&](const QueryNode& inner, int at_least) {
        const bool wrapped = binding(inner.kind) < at_least;
        if (wrapped) out += '(';
        print(inner, out);
        if (wrapped) out += ')';
    };
    switch (node.kind) {
    case QueryNode::Kind::term:
        out += print_term(node.term);
        break;
    case QueryNode::Kind::field:
        out += print_field(node.field);
        break;
    case QueryNode::Kind::regex:
        out += '/' + node.pattern + '/';
        break;
    case QueryNode::Kind::negation:
        out += "NOT ";
        child(node.children[0], 3);
        break;
    case QueryNode::Kind::near:
        child(node.children[0], 3);
        out += " NEAR/" + std::to_string(node.distance) + ' ';
        child(node.children[1], 3);
        break;
    case QueryNode::Kind::all:
    case QueryNode::Kind::any:
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            if (i > 0) out += node.kind == QueryNode::Kind::all ? " AND " : " OR ";
            child(node.children[i], binding(node.kind) + 1);
        }
        break;
    }
}

void print_tree(const QueryNode& node, std::size_t depth, std::string& out) {
    out.append(depth * 2, ' ');
    switch (node.kind) {
    case QueryNode::Kind::all:
        out += "AND";
        break;
    case QueryNode::Kind::any:
        out += "OR";
        break;
    case QueryNode::Kind::negation:
        out += "NOT";
        break;
    case QueryNode::Kind::near:
        out += "NEAR/" + std::to_string(node.distance);
        break;
    default:
        print(node, out);
        break;
    }
    out += '\n';
    for (const auto& child : node.children) print_tree(child, depth + 1, out);
}

}  // namespace

std::string describe(const QueryProblem& problem, std::string_view language) {
    std::vector<std::pair<std::string_view, Texts::Value>> arguments;
    // What the query's writer wrote must not turn the direction of a sentence around it.
    for (const auto& [name, value] : problem.arguments)
        arguments.emplace_back(name, language == "ar" ? isolate(value) : value);
    return Texts(language)(problem.key, arguments);
}

QueryError query_error_at(std::string_view query, std::size_t offset, QueryProblem problem) {
    QueryError error{1, 1, std::move(problem)};
    for (std::size_t at = 0; at < offset && at < query.size();) {
        const bool line_end = query[at] == '\n';
        next_character(query, at);
        error.line += line_end;
        error.column = line_end ? 1 : error.column + 1;
    }
    return error;
}

std::variant<QueryNode, QueryError> parse_query(std::string_view query) {
    if (query.size() > limits::kQueryLength)
        return query_error_at(query, limits::kQueryLength,
                              {"query.too_long", {{"most", std::to_string(limits::kQueryLength)}}});
    auto lexemes = lex_query(query);
    if (auto* error = std::get_if<QueryError>(&lexemes)) return *error;
    return Parser(query, std::get<std::vector<QueryLexeme>>(std::move(lexemes))).run();
}

std::string print_query(const QueryNode& node) {
    std::string out;
    print(node, out);
    return out;
}

std::string print_query_tree(const QueryNode& node) {
    std::string out;
    print_tree(node, 0, out);
    return out;
}

}  // namespace rasid
