#include "core/engagement_settings.hpp"

#include "core/toml.hpp"
#include "core/toml_print.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace rasid {
namespace {

constexpr std::array<std::string_view, 9> kContacts = {"newsletter",     "greeting_card", "call",
                                                       "follow_up_note", "personal_card", "gift",
                                                       "mention",        "reply",         "recovery_call"};

void read_scale(TomlReader& in, std::string_view key, std::vector<double>& into) {
    const auto given = in.numbers(key);
    if (!given) return;
    into = *given;
    if (into.empty() || std::ranges::adjacent_find(into, std::greater_equal<>()) != into.end())
        in.error_at(key, "a scale is at least one number, each greater than the one before");
}

void read_length(TomlReader& in, std::string_view key, std::optional<Duration>& into) {
    const auto given = in.duration(key);
    if (!given) return;
    into = given;
    if (*given <= Duration::zero()) in.error_at(key, "`" + std::string(key) + "` must be longer than zero");
}

void read_length(TomlReader& in, std::string_view key, Duration& into) {
    std::optional<Duration> given;
    read_length(in, key, given);
    into = given.value_or(into);
}

void read_days(TomlReader& in, std::string_view key, int& into) {
    const auto given = in.integer(key);
    if (!given) return;
    if (*given < 1 || *given > 3660)
        in.error_at(key, "`" + std::string(key) + "` is a number of days from 1 to 3660");
    else
        into = static_cast<int>(*given);
}

void read_weights(TomlReader& in, std::vector<double>& into) {
    const auto given = in.numbers("rfm_weights");
    if (!given) return;
    into = *given;
    double sum = 0;
    for (const auto weight : into) sum += weight;
    const bool negative = std::ranges::any_of(into, [](double weight) { return weight < 0; });
    if (into.size() != 3 || negative || std::abs(sum - 1) > 1e-9)
        in.error_at("rfm_weights", "three weights (recency, frequency, money) that sum to 1 are wanted, these sum to " +
                                       toml_number(sum));
}

void read_quiet(TomlReader& in, std::vector<QuietPeriod>& into) {
    for (const auto& text : in.strings("quiet")) {
        if (const auto period = parse_quiet(text))
            into.push_back(*period);
        else
            in.error_at("quiet", "`" + text + "` is no silence; write \"2026-03-01/2026-03-10=reason\"");
    }
}

void read_familiarity(TomlReader& in, std::map<std::string, double>& into) {
    for (const auto& [kind, k] : in.number_table("familiarity")) {
        if (std::ranges::find(kContacts, kind) == kContacts.end())
            in.error_at("familiarity", "`" + kind + "` is no kind of contact" +
                                           suggestion(kind, {kContacts.begin(), kContacts.end()}));
        else if (k < 0 || k > 1)
            in.error_at("familiarity", "what `" + kind + "` adds is from 0 to 1");
        into[kind] = k;
    }
}

}  // namespace

EngagementSettings read_engagement(TomlReader& in) {
    EngagementSettings settings;
    settings.calendar = in.string("calendar").value_or("");
    read_quiet(in, settings.quiet);
    settings.newsletters_by_consent_only = in.boolean("newsletters_by_consent_only").value_or(false);
    settings.cases_without_ticket = in.boolean("cases_without_ticket").value_or(settings.cases_without_ticket);
    read_length(in, "same_thing_within", settings.same_thing_within);
    read_length(in, "survey_period", settings.survey_period);
    read_length(in, "survey_valid_for", settings.survey_valid_for);
    read_length(in, "nps_every", settings.nps_every);
    read_length(in, "ces_every", settings.ces_every);
    read_weights(in, settings.rfm_weights);
    read_scale(in, "recency_days", settings.recency_days);
    read_scale(in, "frequency", settings.frequency);
    read_scale(in, "money", settings.money);
    settings.currency = in.string("currency").value_or("");
    read_days(in, "window_days", settings.window_days);
    read_days(in, "lost_after_days", settings.lost_after_days);
    read_familiarity(in, settings.familiarity);
    return settings;
}

std::string print_engagement(const EngagementSettings& settings) {
    const EngagementSettings shipped;
    TomlLines out;
    out.unusual("calendar", settings.calendar, shipped.calendar);
    std::vector<std::string> quiet;
    for (const auto& period : settings.quiet) quiet.push_back(print_quiet(period));
    out.unusual("quiet", quiet, {});
    out.unusual("newsletters_by_consent_only", settings.newsletters_by_consent_only,
                shipped.newsletters_by_consent_only);
    out.unusual("cases_without_ticket", settings.cases_without_ticket, shipped.cases_without_ticket);
    out.unusual("same_thing_within", settings.same_thing_within, shipped.same_thing_within);
    out.unusual("survey_period", settings.survey_period, shipped.survey_period);
    out.unusual("survey_valid_for", settings.survey_valid_for, shipped.survey_valid_for);
    if (settings.nps_every) out.line("nps_every", toml_value(*settings.nps_every));
    if (settings.ces_every) out.line("ces_every", toml_value(*settings.ces_every));
    out.unusual("rfm_weights", settings.rfm_weights, shipped.rfm_weights);
    out.unusual("recency_days", settings.recency_days, shipped.recency_days);
    out.unusual("frequency", settings.frequency, shipped.frequency);
    out.unusual("money", settings.money, shipped.money);
    out.unusual("currency", settings.currency, shipped.currency);
    out.unusual("window_days", settings.window_days, shipped.window_days);
    out.unusual("lost_after_days", settings.lost_after_days, shipped.lost_after_days);
    if (!settings.familiarity.empty()) {
        std::string table;
        for (const auto& [kind, k] : settings.familiarity)
            table += (table.empty() ? "" : ", ") + kind + " = " + toml_number(k);
        out.line("familiarity", "{ " + table + " }");
    }
    return std::move(out).take();
}

}  // namespace rasid
