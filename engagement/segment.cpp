#include "engagement/segment.hpp"

#include "core/text/fold.hpp"
#include "engagement/purchases.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace rasid {
namespace {

using std::chrono::sys_days;
using Kind = SegmentField::Kind;

constexpr double kMinor = 100;

std::optional<std::string> text_of(const std::string& field, const SegmentFacts& facts) {
    const auto& customer = *facts.customer;
    if (field == "language") return customer.language;
    if (field == "tier") return customer.tier;
    if (field == "brand") return customer.brand;
    if (field == "plan") return customer.plan;
    if (field == "known_as") return customer.known_as;
    if (field == "address") return customer.address;
    if (field == "preferred_channel") return customer.preferred_channel;
    if (field == "owner") return customer.owner;
    if (field == "rfm_segment") return facts.rfm_segment;
    return std::nullopt;
}

std::vector<std::string> list_of(const std::string& field, const Customer& customer) {
    if (field == "interests") return customer.interests;
    if (field == "occasions") return customer.occasions;
    std::vector<std::string> platforms;
    for (const auto& identity : customer.identities) platforms.push_back(identity.platform);
    return platforms;
}

std::optional<double> age_of(const Customer& customer, Date today) {
    if (!customer.birthday) return std::nullopt;
    const auto& born = *customer.birthday;
    int years = static_cast<int>(today.year()) - static_cast<int>(born.year());
    if (std::pair(today.month(), today.day()) < std::pair(born.month(), born.day())) --years;
    return years;
}

std::optional<double> of_purchases(const std::string& field, const SegmentFacts& facts) {
    const Date year_ago = sys_days(facts.today) - std::chrono::days(364);
    const bool in_year = field.ends_with("_in_year");
    const auto bought =
        purchases_of(*facts.customer, facts.today, {}, in_year ? std::optional(year_ago) : std::nullopt);
    if (field.starts_with("purchases")) return bought.count;
    if (field.starts_with("spent")) return static_cast<double>(bought.total_minor) / kMinor;
    const auto day = field == "days_since_purchase" ? bought.last : bought.first;
    if (!day) return std::nullopt;
    return static_cast<double>((sys_days(facts.today) - sys_days(*day)).count());
}

std::optional<double> number_of(const std::string& field, const SegmentFacts& facts) {
    const auto major = [](std::optional<double> minor) { return minor ? std::optional(*minor / kMinor) : minor; };
    if (field == "age") return age_of(*facts.customer, facts.today);
    if (field == "rfm") return facts.rfm;
    if (field == "familiarity") return facts.familiarity;
    if (field == "risk") return facts.risk;
    if (field == "clv") return major(facts.clv_minor);
    if (field == "expected_loss") return major(facts.expected_loss_minor);
    return of_purchases(field, facts);
}

bool holds(const Predicate& condition, const SegmentFacts& facts) {
    const auto& op = condition.op;
    const auto wanted = fold_text(condition.text);
    if (const auto text = text_of(condition.field, facts)) {
        const auto value = fold_text(*text);
        if (op == "known") return !value.empty();
        if (op == "unknown") return value.empty();
        if (op == "contains") return value.find(wanted) != std::string::npos;
        return (value == wanted) == (op == "is");
    }
    const auto field = std::ranges::find(segment_fields(), std::string_view(condition.field), &SegmentField::name);
    if (field == segment_fields().end()) return false;
    if (field->kind == Kind::list) {
        const auto list = list_of(condition.field, *facts.customer);
        if (op == "known") return !list.empty();
        if (op == "unknown") return list.empty();
        const bool has = std::ranges::any_of(list, [&](const auto& each) { return fold_text(each) == wanted; });
        return has == (op == "has");
    }
    const auto number = number_of(condition.field, facts);
    if (op == "unknown") return !number;
    if (!number) return false;
    if (op == "at_least") return *number >= condition.number;
    if (op == "at_most") return *number <= condition.number;
    return op == "known" || *number == condition.number;
}

}  // namespace

std::span<const SegmentField> segment_fields() {
    static constexpr std::array<SegmentField, 24> fields = {{{"language", Kind::text},
                                                             {"tier", Kind::text},
                                                             {"brand", Kind::text},
                                                             {"plan", Kind::text},
                                                             {"known_as", Kind::text},
                                                             {"address", Kind::text},
                                                             {"preferred_channel", Kind::text},
                                                             {"owner", Kind::text},
                                                             {"rfm_segment", Kind::text},
                                                             {"interests", Kind::list},
                                                             {"occasions", Kind::list},
                                                             {"platforms", Kind::list},
                                                             {"age", Kind::number},
                                                             {"purchases", Kind::number},
                                                             {"purchases_in_year", Kind::number},
                                                             {"spent", Kind::number},
                                                             {"spent_in_year", Kind::number},
                                                             {"days_since_purchase", Kind::number},
                                                             {"days_as_customer", Kind::number},
                                                             {"rfm", Kind::number},
                                                             {"familiarity", Kind::number},
                                                             {"risk", Kind::number},
                                                             {"clv", Kind::number},
                                                             {"expected_loss", Kind::number}}};
    return fields;
}

bool matches(const Predicate& predicate, const SegmentFacts& facts) {
    const auto part = [&](const Predicate& each) { return matches(each, facts); };
    switch (predicate.join) {
    case Predicate::Join::all:
        return std::ranges::all_of(predicate.parts, part);
    case Predicate::Join::any:
        return std::ranges::any_of(predicate.parts, part);
    case Predicate::Join::none:
        return std::ranges::none_of(predicate.parts, part);
    case Predicate::Join::condition:
        break;
    }
    return holds(predicate, facts);
}

}  // namespace rasid
