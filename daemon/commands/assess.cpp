#include "daemon/commands/loaded_config.hpp"

#include "core/json.hpp"
#include "daemon/setup_check.hpp"
#include "daemon/terminal.hpp"
#include "rules/assess_stream.hpp"
#include "rules/correction_lines.hpp"
#include "rules/evaluation.hpp"
#include "rules/sentiment_layers.hpp"

#include <algorithm>
#include <iostream>
#include <sstream>

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

/// Line ends and other control characters as blanks.
std::string one_line(std::string text) {
    for (auto& c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    return text;
}

/// What a file of corrections taught.
struct Lesson {
    std::vector<SentimentCorrection> corrections = {};
    std::shared_ptr<const SentimentLayer> layer = std::make_shared<const SentimentLayer>();
};

/// As the daemon learns at the time of the newest correction; nullopt after telling on stderr what is wrong.
std::optional<Lesson> read_lesson(const std::string& file) {
    const auto text = read_whole(file);
    if (!text) return std::nullopt;
    std::istringstream lines(*text);
    std::vector<Correction> corrections;
    std::string line;
    for (std::size_t number = 1; std::getline(lines, line); ++number) {
        auto parsed = parse_correction_line(line);
        if (!parsed) {
            std::cerr << file << ":" << number << ":1: " << parsed.error().what << "\n";
            return std::nullopt;
        }
        corrections.push_back(std::move(*parsed));
    }
    Lesson lesson{.corrections = sentiment_corrections(corrections)};
    Instant newest = {};
    for (const auto& one : lesson.corrections) newest = std::max(newest, one.at);
    const auto layers = learn_layers(lesson.corrections, newest);
    if (const auto all = layers.find(""); all != layers.end()) lesson.layer = all->second;
    return lesson;
}

void print_regression(const Lesson& lesson) {
    const auto found = check_corrections(lesson.corrections, *lesson.layer);
    std::cout << "\ncorrections     " << lesson.corrections.size() << ", words moved " << lesson.layer->words().size()
              << "\nright without   " << found.right_before << "\nright with      " << found.right_after << "\n";
    for (const auto index : found.failing) {
        const auto& one = lesson.corrections[index];
        const bool broken = std::find(found.broken.begin(), found.broken.end(), index) != found.broken.end();
        std::cout << (broken ? "broken          " : "still wrong     ") << to_string(one.right) << "  "
                  << one_line(one.text) << "\n";
    }
}

void print_regression(JsonWriter& json, const Lesson& lesson) {
    const auto found = check_corrections(lesson.corrections, *lesson.layer);
    json.object([&] {
        json.member("corrections", lesson.corrections.size());
        json.member("words", lesson.layer->words().size());
        json.member("right_without", found.right_before);
        json.member("right_with", found.right_after);
        json.member("broken", found.broken.size());
    });
}

/// Measures the built-in model and, where there is a lesson, beside it what the lesson makes of it.
int evaluate_lines(const RuleSet& rules, const std::optional<Lesson>& lesson, bool json) {
    Evaluation built_in;
    Evaluation taught;
    const auto with = lesson ? rules.with({.layer = lesson->layer}) : rules;
    std::string line;
    for (std::size_t number = 1; std::getline(std::cin, line); ++number) {
        if (auto added = built_in.add(rules, line); !added) {
            std::cerr << "stdin:" << number << ":1: " << added.error().what << "\n";
            return kFailed;
        }
        if (lesson) static_cast<void>(taught.add(with, line));  // what the one takes the other does
    }
    if (!lesson) {
        std::cout << (json ? built_in.report_json() : built_in.report());
    } else if (json) {
        JsonWriter out;
        out.object([&] {
            out.key("built_in");
            out.raw(built_in.report_json());
            out.key("taught");
            out.raw(taught.report_json());
            out.key("regression");
            print_regression(out, *lesson);
        });
        std::cout << out.text();
    } else {
        std::cout << built_in.report() << "\nwith what the corrections taught\n" << taught.report();
        print_regression(*lesson);
    }
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
    std::optional<Lesson> lesson;
    if (!invocation.corrections_file.empty()) {
        lesson = read_lesson(invocation.corrections_file);
        if (!lesson) return kBadConfiguration;
    }
    if (invocation.evaluate) return evaluate_lines(compiled.rules, lesson, invocation.json);
    return assess_lines(lesson ? compiled.rules.with({.layer = lesson->layer}) : compiled.rules);
}

}  // namespace rasid
