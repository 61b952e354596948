#include "core/proportion.hpp"
#include "web/handlers/handlers.hpp"

#include <algorithm>

namespace rasid::handlers {
namespace {

/// What people said of one sort of verdict, say "negative" in Arabic.
struct Judged {
    CorrectionKind what = CorrectionKind::sentiment;
    std::string was = {};
    std::int64_t looked_at = 0;
    std::int64_t confirmed = 0;
};

struct JudgedLanguage {
    std::string language = {};
    std::int64_t looked_at = 0;
    std::vector<Judged> verdicts = {};
};

/// Counts come sorted by kind, language and what the machine had said.
std::vector<JudgedLanguage> by_language(const std::vector<CorrectionCount>& counts) {
    std::vector<JudgedLanguage> languages;
    for (const auto& counted : counts) {
        auto language = std::ranges::find(languages, counted.language, &JudgedLanguage::language);
        if (language == languages.end()) language = languages.insert(language, {.language = counted.language});
        language->looked_at += counted.count;
        auto& verdicts = language->verdicts;
        if (verdicts.empty() || verdicts.back().what != counted.what || verdicts.back().was != counted.was)
            verdicts.push_back({.what = counted.what, .was = counted.was});
        verdicts.back().looked_at += counted.count;
        if (counted.right == counted.was) verdicts.back().confirmed += counted.count;
    }
    std::ranges::stable_sort(languages, std::greater(), &JudgedLanguage::looked_at);
    return languages;
}

}  // namespace

Task<Response> get_precision_report(Site& site, const Request& request) {
    const auto days = days_of(request);
    if (!days) co_return problem(400, "bad_request", "`days` is 1 to 366");
    const auto since = site.clock.now() - std::chrono::days(*days);
    const auto brands = request.person().brands;
    const auto counts =
        co_await site.database.read([&](Reader& reader) { return reader.correction_counts(since, brands); });
    JsonWriter out;
    out.object([&] {
        out.member("since", since);
        out.objects("languages", by_language(counts), [&](const JudgedLanguage& language) {
            out.member("language", language.language);
            out.member("looked_at", language.looked_at);
            out.objects("verdicts", language.verdicts, [&](const Judged& judged) {
                const auto right = proportion_of(judged.confirmed, judged.looked_at);
                out.member("what", to_string(judged.what));
                out.member("was", judged.was);
                out.member("looked_at", judged.looked_at);
                out.member("confirmed", judged.confirmed);
                out.member("corrected", judged.looked_at - judged.confirmed);
                out.member("precision", right.share);
                out.member("low", right.low);
                out.member("high", right.high);
            });
        });
    });
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
