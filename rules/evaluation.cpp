#include "rules/evaluation.hpp"

#include "core/json.hpp"
#include "rules/correction_lines.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace rasid {
namespace {

std::size_t index_of(Polarity polarity) {
    return polarity == Polarity::negative ? 0 : polarity == Polarity::neutral ? 1 : 2;
}

constexpr double kSure = 0.7;
constexpr std::array<std::string_view, 3> kLabels = {"negative", "neutral", "positive"};

std::string row(std::string_view source, const Evaluation::Scores& scores) {
    std::array<char, 160> numbers{};
    std::snprintf(numbers.data(), numbers.size(), "%8zu  %8.4f  %8.4f  %9.4f  %8.4f %8.4f %8.4f  %9.4f %7zu\n",
                  scores.texts, scores.macro_f1, scores.recall, scores.precision, scores.f1[0], scores.f1[1],
                  scores.f1[2], scores.sure_negative_precision, scores.sure_negative);
    std::string out(source);
    out.resize(std::max<std::size_t>(24, out.size() + 1), ' ');
    return out += numbers.data();
}

void write(JsonWriter& json, const Evaluation::Scores& scores) {
    json.object([&] {
        json.member("texts", scores.texts);
        json.member("macro_f1", scores.macro_f1);
        json.member("recall", scores.recall);
        json.member("precision", scores.precision);
        json.key("f1");
        json.object([&] {
            json.member("negative", scores.f1[0]);
            json.member("neutral", scores.f1[1]);
            json.member("positive", scores.f1[2]);
        });
        json.member("sure_negative", scores.sure_negative);
        json.member("sure_negative_precision", scores.sure_negative_precision);
    });
}

std::string row(std::string_view language, std::string_view label, const Evaluation::Trust& trust) {
    std::array<char, 120> numbers{};
    std::snprintf(numbers.data(), numbers.size(), "%9.4f %7zu  %9.4f %7zu\n", trust.precision(), trust.found,
                  trust.sure_precision(), trust.sure_found);
    std::string out(language);
    out.resize(std::max<std::size_t>(10, out.size() + 1), ' ');
    out += label;
    out.resize(std::max<std::size_t>(24, out.size() + 1), ' ');
    return out += numbers.data();
}

void write(JsonWriter& json, const std::array<Evaluation::Trust, 3>& trust) {
    json.object([&] {
        for (std::size_t i = 0; i < trust.size(); ++i) {
            json.key(kLabels[i]);
            json.object([&] {
                json.member("found", trust[i].found);
                json.member("precision", trust[i].precision());
                json.member("sure_found", trust[i].sure_found);
                json.member("sure_precision", trust[i].sure_precision());
            });
        }
    });
}

}  // namespace

Result<void> Evaluation::add(const RuleSet& rules, std::string_view line) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with('{')) return add_correction(rules, line);
    std::array<std::string_view, 3> columns;
    for (auto& column : columns) {
        const auto tab = line.find('\t');
        if (tab == std::string_view::npos)
            return Failure{Failure::Kind::malformed, "a line is label, lang, source and text with tabs between"};
        column = line.substr(0, tab);
        line.remove_prefix(tab + 1);
    }
    const auto label = columns[0] == "-1" ? -1 : columns[0] == "0" ? 0 : columns[0] == "1" ? 1 : 2;
    if (label == 2) return Failure{Failure::Kind::malformed, "a label is -1, 0 or 1"};
    Mention mention;
    mention.text = std::string(line);
    mention.language = std::string(columns[1]);
    count(columns[2], columns[1], static_cast<Polarity>(label), assess(rules, mention, {}).sentiment);
    return {};
}

Result<void> Evaluation::add_correction(const RuleSet& rules, std::string_view line) {
    const auto correction = parse_correction_line(line);
    if (!correction) return correction.error();
    if (correction->what != CorrectionKind::sentiment) return {};
    Mention mention;
    mention.text = correction->text;
    mention.language = correction->language;
    const auto& source = correction->brand.empty() ? std::string("corrections") : correction->brand;
    count(source, correction->language, *parse_polarity(correction->right), assess(rules, mention, {}).sentiment);
    return {};
}

void Evaluation::add(Counts& counts, Polarity right, const Sentiment& found) {
    ++counts.confusion[index_of(right)][index_of(found.label)];
    if (found.score >= -kSure) return;
    ++counts.sure_negative;
    counts.sure_negative_right += right == Polarity::negative;
}

void Evaluation::count(std::string_view source, std::string_view language, Polarity right, const Sentiment& found) {
    add(by_source_.try_emplace(std::string(source)).first->second, right, found);
    add(all_, right, found);
    auto& trust = by_language_.try_emplace(std::string(language)).first->second[index_of(found.label)];
    const bool hit = found.label == right;
    ++trust.found;
    trust.right += hit;
    if (std::abs(found.score) <= kSure) return;
    ++trust.sure_found;
    trust.sure_right += hit;
}

std::array<Evaluation::Trust, 3> Evaluation::trust(std::string_view language) const {
    const auto known = by_language_.find(language);
    return known == by_language_.end() ? std::array<Trust, 3>{} : known->second;
}

Evaluation::Scores Evaluation::scores(std::string_view source) const {
    const auto known = by_source_.find(source);
    const auto& of_source = source.empty() || known == by_source_.end() ? all_ : known->second;
    const auto& counts = of_source.confusion;
    Scores scores;
    scores.sure_negative = of_source.sure_negative;
    if (of_source.sure_negative > 0)
        scores.sure_negative_precision =
            static_cast<double>(of_source.sure_negative_right) / static_cast<double>(of_source.sure_negative);
    double recalls = 0;
    double precisions = 0;
    double classes = 0;
    for (std::size_t label = 0; label < 3; ++label) {
        std::size_t right = 0;
        std::size_t found = 0;
        for (std::size_t other = 0; other < 3; ++other) {
            right += counts[label][other];
            found += counts[other][label];
        }
        scores.texts += right;
        if (right + found == 0) continue;
        const auto hits = static_cast<double>(counts[label][label]);
        scores.f1[label] = 2 * hits / static_cast<double>(right + found);
        scores.macro_f1 += scores.f1[label];
        classes += 1;
        if (found > 0) precisions += hits / static_cast<double>(found);
        if (right > 0) {
            scores.recall += hits / static_cast<double>(right);
            recalls += 1;
        }
    }
    if (classes > 0) scores.macro_f1 /= classes;
    if (classes > 0) scores.precision = precisions / classes;
    if (recalls > 0) scores.recall /= recalls;
    return scores;
}

std::string Evaluation::report() const {
    std::string out = "source                     texts  macro-F1    recall  precision   F1 neg   F1 neu   F1 pos  "
                      "P(<-0.7)       n\n";
    for (const auto& [source, counts] : by_source_) out += row(source, scores(source));
    if (by_source_.size() != 1) out += row("all", scores({}));
    out += "\nlanguage  label         precision       n  |score|>0.7       n\n";
    for (const auto& [language, trust] : by_language_)
        for (std::size_t i = 0; i < trust.size(); ++i) out += row(language, kLabels[i], trust[i]);
    return out;
}

std::string Evaluation::report_json() const {
    JsonWriter json;
    json.object([&] {
        json.key("sources");
        json.object([&] {
            for (const auto& [source, counts] : by_source_) {
                json.key(source);
                write(json, scores(source));
            }
        });
        json.key("all");
        write(json, scores({}));
        json.key("languages");
        json.object([&] {
            for (const auto& [language, trust] : by_language_) {
                json.key(language);
                write(json, trust);
            }
        });
    });
    return std::move(json).take();
}

}  // namespace rasid
