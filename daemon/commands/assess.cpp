#include "daemon/commands/loaded_config.hpp"

#include "daemon/setup_check.hpp"
#include "daemon/terminal.hpp"
#include "rules/assess_stream.hpp"
#include "rules/evaluation.hpp"

#include <iostream>

namespace rasid {
namespace {

constexpr std::size_t kBlock = 64u << 10;

int assess_lines(const RuleSet& rules) {
    std::string line;
    std::string block;
    bool all_good = true;
    for (std::size_t number = 1; std::getline(std::cin, line); ++number) {
        const auto answer = assess_line(rules, line, number);
        block += answer.json;
        block += '\n';
        all_good = all_good && answer.ok;
        if (block.size() >= kBlock) {
            std::cout << block << std::flush;
            block.clear();
        }
    }
    std::cout << block << std::flush;
    return all_good ? kOk : kFailed;
}

int evaluate_lines(const RuleSet& rules, bool json) {
    Evaluation evaluation;
    std::string line;
    for (std::size_t number = 1; std::getline(std::cin, line); ++number) {
        if (auto added = evaluation.add(rules, line); !added) {
            std::cerr << "stdin:" << number << ":1: " << added.error().what << "\n";
            return kFailed;
        }
    }
    std::cout << (json ? evaluation.report_json() : evaluation.report());
    return kOk;
}

}  // namespace

int assess_command(const Invocation& invocation) {
    const auto text = read_whole(invocation.setup_file);
    if (!text) return kBadConfiguration;
    auto parsed = parse_setup(*text, invocation.setup_file);
    auto errors = parsed.errors;
    // A rule alone is a valid setup here: what it names need not be there when nothing is routed.
    if (errors.empty() && !parsed.setup.queues.empty()) errors = check_references(parsed.setup);
    const auto compiled = compile(parsed.setup.rules);
    errors.insert(errors.end(), compiled.errors.begin(), compiled.errors.end());
    for (const auto& error : errors) std::cerr << to_string(error, terminal_language()) << "\n";
    if (!errors.empty()) return kBadConfiguration;
    std::ios::sync_with_stdio(false);
    return invocation.evaluate ? evaluate_lines(compiled.rules, invocation.json) : assess_lines(compiled.rules);
}

}  // namespace rasid
