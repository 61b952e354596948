#include "rules/patterns.hpp"

namespace rasid {
namespace {

// What one rule may hold. Two thirds are for the program, the rest for the states of its automaton.
constexpr std::int64_t kMemory = 256 << 10;
// Where the states do not fit, a character of the text costs a step for each instruction at worst: with so many, the
// longest text of a mention costs seconds and a usual one milliseconds.
constexpr int kInstructions = 3000;

RE2::Options options() {
    RE2::Options options;
    options.set_max_mem(kMemory);
    options.set_log_errors(false);
    options.set_never_capture(true);
    options.set_case_sensitive(false);
    return options;
}

std::string_view key_of(RE2::ErrorCode code) {
    switch (code) {
    case RE2::ErrorBadEscape:
    case RE2::ErrorTrailingBackslash:
        return "query.pattern.escape";
    case RE2::ErrorBadCharClass:
    case RE2::ErrorBadCharRange:
    case RE2::ErrorMissingBracket:
        return "query.pattern.class";
    case RE2::ErrorMissingParen:
    case RE2::ErrorUnexpectedParen:
        return "query.pattern.parenthesis";
    case RE2::ErrorRepeatArgument:
    case RE2::ErrorRepeatOp:
        return "query.pattern.repeat";
    case RE2::ErrorRepeatSize:
        return "query.pattern.repeat_size";
    case RE2::ErrorBadPerlOp:
    case RE2::ErrorBadNamedCapture:
        return "query.pattern.group";
    case RE2::ErrorPatternTooLarge:
        return "query.pattern.too_large";
    case RE2::ErrorBadUTF8:
        return "query.pattern.utf8";
    default:
        return "query.pattern.other";
    }
}

}  // namespace

std::variant<std::uint32_t, Patterns::Refusal> Patterns::add(const std::string& pattern) {
    if (const auto known = numbers_.find(pattern); known != numbers_.end()) return known->second;
    const RE2 tried(pattern, options());
    if (!tried.ok()) {
        const auto& part = tried.error_arg();
        // A pattern that is too large or not UTF-8 is named whole.
        const auto offset = part.empty() || part.size() == pattern.size() ? 0 : pattern.find(part);
        return Refusal{{key_of(tried.error_code()), {{"part", part}}}, offset == std::string::npos ? 0 : offset};
    }
    if (tried.ProgramSize() > kInstructions) return Refusal{{key_of(RE2::ErrorPatternTooLarge)}};
    int number = 0;
    patterns_.Add(pattern, options(), &number);
    numbers_.emplace(pattern, static_cast<std::uint32_t>(number));
    return static_cast<std::uint32_t>(number);
}

void Patterns::prepare() {
    if (numbers_.empty()) return;
    std::vector<std::string> literals;
    patterns_.Compile(&literals);
    literals_ = LiteralSearch(literals);
}

std::vector<std::uint32_t> Patterns::worth_trying(std::string_view text) const {
    if (numbers_.empty()) return {};
    std::vector<int> potentials;
    patterns_.AllPotentials(literals_.find(text), &potentials);
    return {potentials.begin(), potentials.end()};
}

}  // namespace rasid
