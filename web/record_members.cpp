#include "web/record_members.hpp"

#include "engagement/customer_cells.hpp"
#include "engagement/occasions.hpp"
#include "engagement/plan.hpp"
#include "engagement/reach.hpp"

#include <algorithm>
#include <cmath>

namespace rasid {
namespace {

constexpr std::size_t kName = 200;
constexpr std::size_t kWord = 100;
constexpr std::size_t kAddress = 1000;
constexpr std::size_t kNotes = 8000;
constexpr std::size_t kEmail = 254;
constexpr std::size_t kMostOfList = 50;
constexpr std::size_t kMostPurchases = 2000;
constexpr double kMostMoney = 1e12;

bool has_control(std::string_view text, std::string_view allowed = {}) {
    return std::ranges::any_of(text, [&](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 || byte == 0x7f) && allowed.find(c) == std::string_view::npos;
    });
}

/// A text of an object in a list; nullopt: absent, too long or of another type.
std::optional<std::string> text_in(JsonView object, std::string_view name, std::size_t longest) {
    const auto text = object[name].string();
    if (!text || text->size() > longest || has_control(*text)) return std::nullopt;
    return std::string(*text);
}

std::optional<Date> date_in(JsonView object, std::string_view name) {
    const auto text = object[name].string();
    return text ? parse_date(*text) : std::nullopt;
}

bool has_only(JsonView object, std::initializer_list<std::string_view> names) {
    return object.is_object() && std::ranges::all_of(object.members(), [&](const auto& member) {
               return std::ranges::find(names, member.first) != names.end();
           });
}

std::optional<Purchase> purchase_of(JsonView json) {
    const auto date = date_in(json, "date");
    const auto amount = json["amount"].number();
    const auto currency = text_in(json, "currency", 3);
    const bool three_capitals = currency && currency->size() == 3 &&
                                std::ranges::all_of(*currency, [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!has_only(json, {"date", "amount", "currency"}) || !date || !amount || !three_capitals) return std::nullopt;
    if (!std::isfinite(*amount) || *amount < 0 || *amount > kMostMoney) return std::nullopt;
    return Purchase{.date = *date, .amount_minor = std::llround(*amount * 100), .currency = *currency};
}

std::optional<Anniversary> anniversary_of(JsonView json) {
    const auto name = text_in(json, "name", kWord);
    const auto date = date_in(json, "date");
    if (!has_only(json, {"name", "date"}) || !name || name->empty() || !date) return std::nullopt;
    return Anniversary{.name = *name, .date = *date};
}

std::optional<QuietPeriod> quiet_of(JsonView json) {
    const auto from = date_in(json, "from");
    const auto to = date_in(json, "to");
    if (!has_only(json, {"from", "to", "reason"}) || !from || !to || *to < *from) return std::nullopt;
    if (!json["reason"].exists()) return QuietPeriod{.from = *from, .to = *to};
    const auto reason = text_in(json, "reason", kName);
    if (!reason) return std::nullopt;
    return QuietPeriod{.from = *from, .to = *to, .reason = *reason};
}

std::optional<ChannelConsent> consent_in(JsonView json) {
    const auto channel = text_in(json, "channel", kWord);
    const auto granted = json["granted"].boolean();
    if (!has_only(json, {"channel", "granted", "source", "at"}) || !channel || !granted) return std::nullopt;
    ChannelConsent consent{.channel = *channel, .granted = *granted};
    if (json["source"].exists()) {
        const auto source = text_in(json, "source", kName);
        if (!source) return std::nullopt;
        consent.source = *source;
    }
    return consent;
}

/// A list of objects; nullopt: no list, too long, or with something that is none.
template <typename Item>
std::optional<std::vector<Item>> list_of(JsonView json, std::optional<Item> (*read)(JsonView), std::size_t most) {
    const auto items = json.items();
    if (!json.is_array() || items.size() > most) return std::nullopt;
    std::vector<Item> list;
    for (const auto& item : items) {
        auto one = read(item);
        if (!one) return std::nullopt;
        list.push_back(std::move(*one));
    }
    return list;
}

bool is_occasion(std::string_view key) {
    return std::ranges::find(shipped_occasions(), key, &Occasion::key) != shipped_occasions().end();
}

}  // namespace

RecordChange::RecordChange(JsonMembers& in, const CustomerDesk& desk) {
    read_text(in, "name", &Customer::name, kName);
    read_text(in, "name_latin", &Customer::name_latin, kName);
    read_text(in, "language", &Customer::language, kWord, is_language);
    read_text(in, "address", &Customer::address, kAddress);
    read_text(in, "tier", &Customer::tier, kWord);
    read_text(in, "brand", &Customer::brand, kWord);
    read_text(in, "preferred_channel", &Customer::preferred_channel, kWord, is_channel);
    read_text(in, "known_as", &Customer::known_as, kWord, is_known_as);
    read_text(in, "referred_by", &Customer::referred_by, kName);
    read_text(in, "notes", &Customer::notes, kNotes);
    read_texts(in, "emails", &Customer::emails, kEmail, is_email);
    read_texts(in, "phones", &Customer::phones, kWord, is_phone);
    read_texts(in, "interests", &Customer::interests, kWord);
    read_texts(in, "occasions", &Customer::occasions, kWord, is_occasion);
    read_birthday(in);
    read_purchases(in);
    read_anniversaries(in);
    read_quiet(in);
    read_consents(in, desk);
    read_choices(in, desk);
}

void RecordChange::complain(std::string what) {
    if (problem_.empty()) problem_ = std::move(what);
}

void RecordChange::apply(Customer& customer) const {
    for (const auto& set : changes_) set(customer);
}

void RecordChange::read_text(JsonMembers& in, std::string_view name, std::string Customer::*member, std::size_t longest,
                             Check good) {
    const auto text = in.optional_text(name, longest);
    if (!text) return;
    const std::string value(trimmed(*text));
    const bool lines = name == "notes" || name == "address";
    if (has_control(value, lines ? "\n\r\t" : "")) complain("`" + std::string(name) + "` holds control characters");
    if (good && !value.empty() && !good(value)) complain("`" + std::string(name) + "` cannot be this");
    if (name == "name" && value.empty()) complain("a customer needs a name");
    changes_.emplace_back([member, value](Customer& customer) { customer.*member = value; });
}

void RecordChange::read_texts(JsonMembers& in, std::string_view name, std::vector<std::string> Customer::*member,
                              std::size_t longest, Check good) {
    const auto json = in.value(name);
    if (!json.exists()) return;
    std::vector<std::string> list;
    const auto items = json.items();
    bool fine = json.is_array() && items.size() <= kMostOfList;
    for (const auto& item : items) {
        const auto text = item.string();
        const auto value = trimmed(text.value_or(""));
        fine = fine && !value.empty() && value.size() <= longest && !has_control(value) && (!good || good(value));
        if (fine && std::ranges::find(list, value) == list.end()) list.emplace_back(value);
    }
    if (!fine) complain("`" + std::string(name) + "` is a list of at most 50 fitting texts");
    changes_.emplace_back([member, list](Customer& customer) { customer.*member = list; });
}

void RecordChange::read_birthday(JsonMembers& in) {
    const auto json = in.value("birthday");
    if (!json.exists()) return;
    const auto text = json.string();
    const auto date = text ? parse_date(*text) : std::nullopt;
    if (!json.is_null() && !date) complain("`birthday` is a date such as 1990-05-01, or null");
    changes_.emplace_back([date](Customer& customer) { customer.birthday = date; });
}

void RecordChange::read_purchases(JsonMembers& in) {
    const auto json = in.value("purchases");
    if (!json.exists()) return;
    auto list = list_of<Purchase>(json, purchase_of, kMostPurchases);
    if (!list) return complain("`purchases` is a list of at most 2000 {date, amount, currency}");
    changes_.emplace_back([list = std::move(*list)](Customer& customer) { customer.purchases = list; });
}

void RecordChange::read_anniversaries(JsonMembers& in) {
    const auto json = in.value("anniversaries");
    if (!json.exists()) return;
    auto list = list_of<Anniversary>(json, anniversary_of, kMostOfList);
    if (!list) return complain("`anniversaries` is a list of at most 50 {name, date}");
    changes_.emplace_back([list = std::move(*list)](Customer& customer) { customer.anniversaries = list; });
}

void RecordChange::read_quiet(JsonMembers& in) {
    const auto json = in.value("quiet");
    if (!json.exists()) return;
    auto list = list_of<QuietPeriod>(json, quiet_of, kMostOfList);
    if (!list) return complain("`quiet` is a list of at most 50 {from, to, reason} with from before to");
    changes_.emplace_back([list = std::move(*list)](Customer& customer) { customer.quiet = list; });
}

void RecordChange::read_consents(JsonMembers& in, const CustomerDesk& desk) {
    const auto json = in.value("consents");
    if (!json.exists()) return;
    auto list = list_of<ChannelConsent>(json, consent_in, 2 * kMostOfList);
    if (!list) return complain("`consents` is a list of {channel, granted, source}");
    std::erase_if(*list, [](const ChannelConsent& consent) { return consent.channel.starts_with("testimonial/"); });
    if (!std::ranges::all_of(*list, [](const ChannelConsent& consent) { return is_channel(consent.channel); }))
        complain("a channel is mail, phone, text or post");
    // Of a channel that is named twice, as in the record's own history, the last word counts.
    Customer said{.consents = std::move(*list)};
    changes_.emplace_back([said, now = desk.now, name = desk.person.name](Customer& customer) {
        for (const std::string channel : {"mail", "phone", "text", "post"}) {
            const auto word = consent_of(said, channel);
            if (!word || consent_of(customer, channel) == word) continue;
            std::string source;
            for (const auto& each : said.consents) {
                if (each.channel == channel) source = each.source;
            }
            if (source.empty()) source = "told " + name;
            customer.consents.push_back({.channel = channel, .granted = *word, .at = now, .source = source});
        }
    });
}

void RecordChange::read_choices(JsonMembers& in, const CustomerDesk& desk) {
    if (const auto plan = in.optional_text("plan", kWord)) {
        const auto known = plan_named(desk.setup().plans, *plan);
        if (!plan->empty() && known.name != *plan) complain("there is no such plan");
        changes_.emplace_back([name = *plan](Customer& customer) { customer.plan = name; });
    }
    const auto owner = in.value("owner");
    if (!owner.exists()) return;
    const std::string id(owner.string().value_or(""));
    if (!owner.is_null() && !owner.is_string()) return complain("`owner` is the id of a person, or null");
    if (!id.empty() && !desk.workspace->person(id)) complain("there is no such person");
    changes_.emplace_back([id](Customer& customer) { customer.owner = id; });
}

}  // namespace rasid
