#include "core/text/tokens.hpp"
#include "rules/rule_set.hpp"
#include "rules/sentiment.hpp"

#include <benchmark/benchmark.h>

#include <random>
#include <string>
#include <vector>

namespace {

using namespace rasid;

const std::vector<std::string>& posts() {
    static const std::vector<std::string> texts = {
        "الطلب تأخر ساعتين ووصل ناقص، خدمة العملاء ما ترد على أحد 😡 #قهوة_نسمة",
        "Best cold brew in town, the staff at @nasma are always kind ☕ https://example.org/p/1",
        "راااائع اليوم! كولد برو بالتمر، أول مرة أجرب وطلعت مدمنة",
        "I waited forty minutes for a latte and nobody even said sorry. Never again.",
        "متى يفتح فرعكم الجديد في حي الملقا؟ وهل فيه جلسات خارجية",
        "meeting خلص بدري, sitting في نسمة الآن مع flat white",
        "The app crashes every time I open my points, version 2.0.1 on android",
        "والله القهوة زينة بس الأسعار صارت غالية مرة، الله يعين",
    };
    return texts;
}

/// Invented words of both scripts, so that the rules' vocabulary is as large as their number.
std::string invented_word(std::mt19937& random) {
    static const std::vector<std::string> latin = {"ba", "co", "di", "fe", "ga", "lo",
                                                   "mi", "nu", "ra", "so", "ti", "ve"};
    static const std::vector<std::string> arabic = {"با", "سو", "دي", "فر", "قم", "لو",
                                                    "مي", "نو", "را", "شو", "تي", "وع"};
    const auto& syllables = random() % 2 == 0 ? latin : arabic;
    std::string word;
    for (auto count = 2 + random() % 3; count > 0; --count) word += syllables[random() % syllables.size()];
    return word;
}

std::vector<Rule> invented_rules(std::size_t count) {
    std::mt19937 random(42);
    std::vector<Rule> rules;
    for (std::size_t i = 0; i < count; ++i) {
        Rule rule;
        rule.name = "r" + std::to_string(i);
        rule.query = "(" + invented_word(random) + " OR \"" + invented_word(random) + " " + invented_word(random) +
                     "\") -" + invented_word(random);
        rule.queue = "care";
        rules.push_back(std::move(rule));
    }
    rules.front().query = "(قهوة OR nasma*) sentiment:negative";
    return rules;
}

void assess_post(benchmark::State& state) {
    const auto compiled = compile(invented_rules(static_cast<std::size_t>(state.range(0))));
    std::vector<Mention> mentions;
    for (const auto& text : posts()) mentions.push_back({.text = text});
    std::size_t i = 0;
    for (auto _ : state) benchmark::DoNotOptimize(assess(compiled.rules, mentions[i++ % mentions.size()], {}));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(assess_post)->Arg(10)->Arg(1000)->Arg(10000);

void compile_rules(benchmark::State& state) {
    const auto rules = invented_rules(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) benchmark::DoNotOptimize(compile(rules));
}
BENCHMARK(compile_rules)->Arg(1000)->Arg(10000)->Unit(benchmark::kMillisecond);

void tokenize_post(benchmark::State& state) {
    std::size_t i = 0;
    for (auto _ : state) benchmark::DoNotOptimize(tokenize(posts()[i++ % posts().size()]));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(tokenize_post);

void sentiment_of_post(benchmark::State& state) {
    std::vector<TokenizedText> words;
    for (const auto& text : posts()) words.push_back(tokenize(text));
    std::size_t i = 0;
    for (auto _ : state) {
        const auto at = i++ % posts().size();
        benchmark::DoNotOptimize(classify_by_lexicon({.text = posts()[at], .words = words[at]}));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(sentiment_of_post);

}  // namespace

BENCHMARK_MAIN();
