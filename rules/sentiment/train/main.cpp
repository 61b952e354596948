// Makes the weights of one language from labelled texts. How to run it: docs/model-card.md.
#include "rules/sentiment/train/training.hpp"

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>

namespace {

using namespace rasid::training;

struct Arguments {
    std::string language;
    std::string out;
    std::vector<std::string> lexicons;
    std::vector<std::string> distant;
    std::vector<std::string> samples;
};

std::optional<Arguments> parse(int count, char** values) {
    Arguments arguments;
    for (int i = 1; i < count; ++i) {
        const std::string_view word = values[i];
        if (!word.starts_with("--")) {
            arguments.samples.emplace_back(word);
            continue;
        }
        if (++i == count) return std::nullopt;
        if (word == "--language")
            arguments.language = values[i];
        else if (word == "--out")
            arguments.out = values[i];
        else if (word == "--lexicon")
            arguments.lexicons.emplace_back(values[i]);
        else if (word == "--distant")
            arguments.distant.emplace_back(values[i]);
        else
            return std::nullopt;
    }
    const bool known = arguments.language == "ar" || arguments.language == "en";
    if (!known || arguments.out.empty() || arguments.samples.empty()) return std::nullopt;
    return arguments;
}

template <typename Row, typename Read>
bool append(std::vector<Row>& rows, const std::vector<std::string>& files, Read read) {
    for (const auto& name : files) {
        std::ifstream in(name);
        if (!in) return std::cerr << name << ": cannot be opened\n", false;
        auto some = read(in, name);
        if (!some) return std::cerr << some.error().what << "\n", false;
        rows.insert(rows.end(), std::move_iterator(some->begin()), std::move_iterator(some->end()));
    }
    return true;
}

void print(const Trained& trained) {
    std::printf("each source left out:          texts  macro-F1    recall  precision of score < -0.7 (n)\n");
    double f1 = 0;
    double recall = 0;
    for (const auto& row : trained.left_out) {
        std::printf("%-28s %7zu  %8.4f  %8.4f  %.3f (%zu)\n", row.source.c_str(), row.texts, row.macro_f1, row.recall,
                    row.negative_precision, row.sure_negative);
        f1 += row.macro_f1;
        recall += row.recall;
    }
    const auto sources = static_cast<double>(trained.left_out.size());
    std::printf("%-28s %7s  %8.4f  %8.4f\n", "mean", "", f1 / sources, recall / sources);
    std::printf("neutral constant %.2f, temperature %.2f, weights other than 0: %zu, bytes: %zu\n", trained.neutral,
                trained.temperature, trained.used_weights, trained.bytes.size());
}

}  // namespace

int main(int count, char** values) {
    const auto arguments = parse(count, values);
    if (!arguments) {
        std::cerr << "usage: sentiment_train --language ar|en --out FILE [--lexicon TSV]… [--distant TSV]… TSV…\n";
        return 2;
    }
    Corpus corpus;
    if (!append(corpus.samples, arguments->samples, read_samples) ||
        !append(corpus.distant, arguments->distant, read_samples) ||
        !append(corpus.valences, arguments->lexicons, read_valences))
        return 1;
    if (corpus.samples.size() < 2) return std::cerr << "sentiment_train: too few samples\n", 1;
    const auto trained = make_weights(corpus, settings_for(arguments->language));
    std::ofstream out(arguments->out, std::ios::binary);
    if (!out.write(trained.bytes.data(), static_cast<std::streamsize>(trained.bytes.size())).flush())
        return std::cerr << arguments->out << ": cannot be written\n", 1;
    print(trained);
    return 0;
}
