#include "bench/invented_posts.hpp"
#include "core/text/fold.hpp"
#include "core/text/tokens.hpp"
#include "rules/rule_set.hpp"

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

namespace {

using namespace rasid;

constexpr std::size_t kPosts = 2000;

const std::vector<std::string>& posts() {
    static const auto texts = InventedPosts(7).posts(kPosts);
    return texts;
}

/// Rules as people write them: alternatives, a phrase, an exception; one in ten with a field, one in ten with a
/// pattern.
std::vector<Rule> invented_rules(std::size_t count) {
    const auto terms = InventedPosts(42).terms(count * 3);
    std::vector<Rule> rules;
    for (std::size_t i = 0; i < count; ++i) {
        Rule rule;
        rule.name = "r" + std::to_string(i);
        rule.query = "(\"" + terms[i * 3] + "\" OR \"" + terms[i * 3 + 1] + "\") -\"" + terms[i * 3 + 2] + '"';
        if (i % 10 == 0) rule.query += " sentiment:negative";
        if (i % 10 == 1) rule.query += " OR /order " + std::to_string(i) + "\\d+/";
        rule.queue = "care";
        rules.push_back(std::move(rule));
    }
    return rules;
}

void assess_post(benchmark::State& state) {
    const auto compiled = compile(invented_rules(static_cast<std::size_t>(state.range(0))));
    std::vector<Mention> mentions(kPosts);
    for (std::size_t i = 0; i < kPosts; ++i) mentions[i].text = posts()[i];
    std::size_t i = 0;
    for (auto _ : state) benchmark::DoNotOptimize(assess(compiled.rules, mentions[i++ % kPosts], {}));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(assess_post)->Arg(10)->Arg(1000)->Arg(10000);

void compile_rules(benchmark::State& state) {
    const auto rules = invented_rules(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) benchmark::DoNotOptimize(compile(rules));
}
BENCHMARK(compile_rules)->Arg(1000)->Arg(10000)->Unit(benchmark::kMillisecond);

void fold_post(benchmark::State& state) {
    std::size_t i = 0;
    for (auto _ : state) benchmark::DoNotOptimize(fold_characters(posts()[i++ % kPosts]));
}
BENCHMARK(fold_post);

void tokenize_post(benchmark::State& state) {
    std::size_t i = 0;
    for (auto _ : state) benchmark::DoNotOptimize(tokenize(posts()[i++ % kPosts]));
}
BENCHMARK(tokenize_post);

}  // namespace

BENCHMARK_MAIN();
