// What a post's sentiment costs, on invented posts of about 150 bytes.
#include "core/text/tokens.hpp"
#include "rules/sentiment.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <string>
#include <vector>

namespace {

struct Post {
    std::string text;
    rasid::TokenizedText words;
};

std::vector<Post> posts_of(const std::vector<std::string_view>& vocabulary) {
    std::vector<Post> posts;
    std::uint64_t state = 1;
    for (int i = 0; i < 2000; ++i) {
        std::string text;
        while (text.size() < 150) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            text += vocabulary[(state >> 33) % vocabulary.size()];
            text += (state >> 60) == 0 ? ". " : " ";
        }
        auto words = rasid::tokenize(text);
        posts.push_back({std::move(text), std::move(words)});
    }
    return posts;
}

const std::vector<Post>& english() {
    static const auto posts = posts_of(
        {"the",  "coffee", "was",     "cold",  "again",  "and", "nobody",  "answered", "my",     "order",    "great",
         "love", "this",   "branch",  "place", "staff",  "not", "very",    "good",     "slow",   "delivery", "app",
         "you",  "guys",   "thanks!", "😡",     "worst",  "I",   "never",   "waiting",  "since",  "morning",  "@nasma",
         "for",  "an",     "hour",    "but",   "coupon", "is",  "working", "today",    "please", "help",     "soooo"});
    return posts;
}

const std::vector<Post>& arabic() {
    static const auto posts =
        posts_of({"القهوة", "باردة",  "والله", "ما",    "حد",    "رد",     "علي", "الطلب",   "تأخر",
                  "كثير",   "الخدمة", "رائعة", "شكرا",  "لكم",   "المكان", "حلو", "بس",      "مره",
                  "غالي",   "زفت",    "اليوم", "من",    "الفرع", "الجديد", "وين", "التوصيل", "😍",
                  "انتظر",  "ساعتين", "احسن",  "تطبيق", "مو",    "شغال",   "يا",  "جماعة",   "راااائع"});
    return posts;
}

void classify(benchmark::State& state, const std::vector<Post>& posts, std::string_view language, bool tokens_too) {
    std::size_t at = 0;
    std::size_t bytes = 0;
    for (auto _ : state) {
        const auto& post = posts[at++ % posts.size()];
        bytes += post.text.size();
        if (tokens_too) {
            const auto words = rasid::tokenize(post.text);
            benchmark::DoNotOptimize(
                rasid::classify_sentiment({.text = post.text, .words = words, .language = language}, {}));
        } else {
            benchmark::DoNotOptimize(
                rasid::classify_sentiment({.text = post.text, .words = post.words, .language = language}, {}));
        }
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

void sentiment_english(benchmark::State& state) { classify(state, english(), "en", false); }
void sentiment_arabic(benchmark::State& state) { classify(state, arabic(), "ar", false); }
void tokens_and_sentiment_english(benchmark::State& state) { classify(state, english(), "en", true); }
void tokens_and_sentiment_arabic(benchmark::State& state) { classify(state, arabic(), "ar", true); }

BENCHMARK(sentiment_english);
BENCHMARK(sentiment_arabic);
BENCHMARK(tokens_and_sentiment_english);
BENCHMARK(tokens_and_sentiment_arabic);

}  // namespace
