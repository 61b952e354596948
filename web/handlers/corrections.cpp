#include "core/correction.hpp"
#include "rules/corrected_verdict.hpp"
#include "rules/correction_lines.hpp"
#include "web/handlers/handlers.hpp"
#include "web/json_members.hpp"
#include "web/names.hpp"
#include "web/seeded_random.hpp"
#include "web/ticket_views.hpp"

#include <algorithm>

namespace rasid::handlers {
namespace {

constexpr int kMostExported = 20000;         // of each kind
constexpr std::size_t kMostOfMention = 100;  // undone ones too
constexpr std::size_t kLongestTag = 35;      // BCP 47

/// What a correction led to; `refused` instead where it was not taken.
struct CorrectionOutcome {
    std::optional<Response> refused = {};
    Correction correction = {};
    std::string ticket = {};
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// "ar", "ar-Latn", "zh-Hant-TW": two or three letters, then parts of letters and digits.
bool is_language_tag(std::string_view tag) {
    const auto first = tag.substr(0, tag.find('-'));
    if (first.size() < 2 || first.size() > 3 || !std::all_of(first.begin(), first.end(), is_letter)) return false;
    for (auto rest = tag.substr(first.size()); !rest.empty();) {
        rest.remove_prefix(1);
        const auto part = rest.substr(0, rest.find('-'));
        rest.remove_prefix(part.size());
        if (part.empty() || part.size() > 8 ||
            !std::all_of(part.begin(), part.end(), [](char c) { return is_letter(c) || (c >= '0' && c <= '9'); }))
            return false;
    }
    return true;
}

void write(JsonWriter& out, const Correction& correction, const Workspace& workspace) {
    out.object([&] {
        out.member("id", correction.id);
        out.member("mention", correction.mention);
        out.member("what", to_string(correction.what));
        out.text_or_null("rule", correction.rule);
        out.member("right", correction.right);
        out.member("was", correction.was);
        out.member("brand", correction.brand);
        out.member("language", correction.language);
        out.member("text", correction.text);
        out.key("by");
        write_who(out, correction.person, workspace);
        out.member("at", correction.at);
        out.member("undone_at", correction.undone_at);
    });
}

Response correction_response(const Correction& correction, const Workspace& workspace) {
    JsonWriter out;
    out.object([&] {
        out.key("correction");
        write(out, correction, workspace);
    });
    return json_response(std::move(out).take());
}

/// The body as a correction; a response when it is none.
std::optional<Response> read_correction(const Request& request, const Workspace& workspace, Correction& correction) {
    JsonMembers in(request);
    const auto what = parse_correction_kind(in.text("what", 32));
    correction.right = in.text("right", kLongestTag);
    if (what == CorrectionKind::rule) correction.rule = in.text("rule", kLongestSetupName);
    if (auto refused = in.refuse()) return refused;
    if (!what) return problem(400, "bad_request", "`what` is sentiment, language or rule");
    correction.what = *what;
    switch (*what) {
    case CorrectionKind::sentiment:
        if (!parse_polarity(correction.right))
            return problem(400, "bad_request", "`right` is negative, neutral or positive");
        break;
    case CorrectionKind::language:
        if (!is_language_tag(correction.right))
            return problem(400, "bad_request", "`right` is a language tag such as ar or en-GB");
        break;
    case CorrectionKind::rule:
        if (correction.right != "hit" && correction.right != "miss")
            return problem(400, "bad_request", "`right` is hit or miss");
        const auto& rules = workspace.setup.rules;
        if (correction.right == "hit" &&
            std::none_of(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.name == correction.rule; }))
            return problem(400, "bad_request", "there is no such rule");
        break;
    }
    return std::nullopt;
}

/// Lets what was said about a mention show in its stored verdict.
void store_corrected(Store& store, StoredMention stored, const Workspace& workspace) {
    const auto name_of = [&](std::string_view id) {
        const auto* person = workspace.person(id);
        return person ? person->name : std::string();
    };
    const auto before = stored.verdict;
    apply_corrections(stored.verdict, stored.mention.text, store.corrections_of(stored.id), name_of);
    if (stored.verdict == before) return;
    Intake again;
    again.mentions.push_back(std::move(stored));
    store.take(again);
}

CorrectionOutcome correct(Store& store, Correction correction, const Person& person, const Workspace& workspace) {
    const auto stored = store.mention_by_id(correction.mention);
    if (!stored || !sees_brand(person, stored->verdict.brand)) return {not_found()};
    if (stored->mention.deleted || stored->mention.own)
        return {problem(409, "not_possible", "only what others wrote, and did not delete, is understood")};
    const auto earlier = store.corrections_of(stored->id);
    if (earlier.size() >= kMostOfMention)
        return {problem(409, "not_possible", "this mention was corrected 100 times already")};
    const auto& verdict = stored->verdict;
    const auto& text = stored->mention.text;
    correction.was = machine_word(verdict, text, earlier, correction.what, correction.rule);
    if (correction.what == CorrectionKind::rule && correction.right == "miss" && correction.was != "hit")
        return {problem(409, "not_possible", "this rule did not hit this mention")};
    correction.language = machine_word(verdict, text, earlier, CorrectionKind::language, {});
    correction.brand = verdict.brand;
    correction.text = text;
    store.put_correction(correction);
    store_corrected(store, *stored, workspace);
    return {std::nullopt, std::move(correction), stored->ticket};
}

CorrectionOutcome take_back(Store& store, const std::string& id, const Person& person, const Workspace& workspace,
                            Instant now) {
    auto correction = store.correction(id);
    if (!correction || !sees_brand(person, correction->brand)) return {not_found()};
    const auto stored = store.mention_by_id(correction->mention);
    if (!correction->undone_at) {
        correction->undone_at = now;
        store.put_correction(*correction);
        if (stored && !stored->mention.deleted) store_corrected(store, *stored, workspace);
    }
    return {std::nullopt, std::move(*correction), stored ? stored->ticket : std::string()};
}

Response answer(Site& site, const Request& request, CorrectionOutcome outcome, std::string_view action) {
    if (outcome.refused) return std::move(*outcome.refused);
    const auto& correction = outcome.correction;
    site.audit(request, std::string(action) + std::string(to_string(correction.what)), correction.mention, "ok");
    if (!outcome.ticket.empty()) site.events.ticket(outcome.ticket, "corrected");
    if (site.hooks.corrections_changed) site.hooks.corrections_changed();
    return correction_response(correction, *site.workspace);
}

}  // namespace

Task<Response> post_correction(Site& site, const Request& request) {
    const auto workspace = site.workspace;
    Correction correction;
    if (auto refused = read_correction(request, *workspace, correction)) co_return std::move(*refused);
    correction.id = new_id(site.random, site.clock.now());
    correction.mention = request.args[0];
    correction.person = request.person().id;
    correction.at = site.clock.now();
    const auto person = request.person();
    auto outcome =
        co_await site.database.write([&](Store& store) { return correct(store, correction, person, *workspace); });
    co_return answer(site, request, std::move(outcome), "correct_");
}

Task<Response> delete_correction(Site& site, const Request& request) {
    const auto workspace = site.workspace;
    const auto id = request.args[0];
    const auto person = request.person();
    const auto now = site.clock.now();
    auto outcome =
        co_await site.database.write([&](Store& store) { return take_back(store, id, person, *workspace, now); });
    co_return answer(site, request, std::move(outcome), "take_back_");
}

Task<Response> get_corrections(Site& site, const Request& request) {
    const auto limit = limit_of(request);
    if (!limit) co_return problem(400, "bad_request", "`limit` is 1 to 200");
    std::vector<CorrectionKind> kinds = {CorrectionKind::sentiment, CorrectionKind::language, CorrectionKind::rule};
    if (const auto word = request.parameter("what"); !word.empty()) {
        const auto kind = parse_correction_kind(word);
        if (!kind) co_return problem(400, "bad_request", "`what` is sentiment, language or rule");
        kinds = {*kind};
    }
    const auto wanted = *limit;
    const auto person = request.person();
    const auto found = co_await site.database.read([&](Reader& reader) {
        std::vector<Correction> all;
        for (const auto kind : kinds)
            for (auto& one : reader.corrections(kind, wanted))
                if (sees_brand(person, one.brand)) all.push_back(std::move(one));
        std::sort(all.begin(), all.end(),
                  [](const Correction& a, const Correction& b) { return a.at != b.at ? a.at > b.at : a.id > b.id; });
        if (all.size() > static_cast<std::size_t>(wanted)) all.resize(static_cast<std::size_t>(wanted));
        return all;
    });
    JsonWriter out;
    out.object(
        [&] { out.list("corrections", found, [&](const Correction& one) { write(out, one, *site.workspace); }); });
    co_return json_response(std::move(out).take());
}

Task<Response> export_corrections(Site& site, const Request& request) {
    const auto person = request.person();
    Response response;
    response.type = "application/x-ndjson; charset=utf-8";
    response.headers.push_back({"Content-Disposition", "attachment; filename=\"corrections.ndjson\""});
    response.body = co_await site.database.read([&](Reader& reader) {
        std::string lines;
        for (const auto& one : all_corrections(reader, kMostExported))
            if (sees_brand(person, one.brand)) lines += correction_line(one) + '\n';
        return lines;
    });
    site.audit(request, "corrections_exported", "", "ok");
    co_return response;
}

}  // namespace rasid::handlers
