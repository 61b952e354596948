#include "core/customer_json.hpp"

#include <utility>

namespace rasid {
namespace {

class RecordReader {
public:
    explicit RecordReader(JsonView object) : object_(object) {}

    std::string text(std::string_view name) const {
        const auto view = present(name);
        if (!view.exists()) return {};
        if (const auto text = view.string()) return std::string(*text);
        return wrong(name, "a string"), std::string();
    }
    std::int64_t number(std::string_view name) const {
        const auto number = object_[name].integer();
        if (!number) wrong(name, "a whole number");
        return number.value_or(0);
    }
    bool flag(std::string_view name) const {
        const auto flag = object_[name].boolean();
        if (!flag) wrong(name, "true or false");
        return flag.value_or(false);
    }
    Date date(std::string_view name) const {
        const auto date = parse_date(text(name));
        if (!date) wrong(name, "a date");
        return date.value_or(Date{});
    }
    std::optional<Date> maybe_date(std::string_view name) const {
        if (!present(name).exists()) return std::nullopt;
        return date(name);
    }
    /// Times keep their microseconds, which RFC 3339 as Rasid writes it does not.
    Instant moment(std::string_view name) const { return from_micros(number(name)); }

    std::vector<std::string> strings(std::string_view name) const {
        std::vector<std::string> list;
        for (const auto& item : items(name)) {
            if (const auto text = item.string())
                list.emplace_back(*text);
            else
                wrong(name, "a list of strings");
        }
        return list;
    }

    template <typename Item, typename Read>
    std::vector<Item> list(std::string_view name, Read read) const {
        std::vector<Item> list;
        for (const auto& item : items(name)) {
            const RecordReader reader(item);
            list.push_back(read(reader));
            if (!reader.wrong_.empty()) wrong_ = std::string(name) + ": " + reader.wrong_;
        }
        return list;
    }

    const std::string& what_is_wrong() const { return wrong_; }

private:
    JsonView present(std::string_view name) const {
        const auto view = object_[name];
        return view.is_null() ? JsonView() : view;
    }
    std::vector<JsonView> items(std::string_view name) const {
        const auto view = present(name);
        if (view.exists() && !view.is_array()) wrong(name, "a list");
        return view.items();
    }
    void wrong(std::string_view name, std::string_view wanted) const {
        if (wrong_.empty()) wrong_ = "`" + std::string(name) + "` must be " + std::string(wanted);
    }

    JsonView object_;
    mutable std::string wrong_;
};

template <typename Items, typename Write>
void write_list(JsonWriter& out, std::string_view name, const Items& items, Write write) {
    out.key(name);
    out.array([&] {
        for (const auto& item : items) out.object([&] { write(item); });
    });
}

}  // namespace

void write_customer_record(JsonWriter& out, const Customer& customer) {
    out.object([&] {
        out.member("id", customer.id);
        out.member("name", customer.name);
        out.member("name_latin", customer.name_latin);
        out.strings("emails", customer.emails);
        out.strings("phones", customer.phones);
        out.member("language", customer.language);
        out.key("birthday");
        if (customer.birthday)
            out.value(to_string(*customer.birthday));
        else
            out.null();
        out.member("address", customer.address);
        out.member("tier", customer.tier);
        out.member("brand", customer.brand);
        out.member("plan", customer.plan);
        write_list(out, "purchases", customer.purchases, [&](const Purchase& purchase) {
            out.member("date", to_string(purchase.date));
            out.member("amount_minor", purchase.amount_minor);
            out.member("currency", purchase.currency);
        });
        write_list(out, "identities", customer.identities, [&](const Identity& identity) {
            out.member("platform", identity.platform);
            out.member("handle", identity.handle);
            out.member("linked_by", identity.linked_by);
            out.member("linked_at", to_micros(identity.linked_at));
        });
        write_list(out, "anniversaries", customer.anniversaries, [&](const Anniversary& anniversary) {
            out.member("name", anniversary.name);
            out.member("date", to_string(anniversary.date));
        });
        out.strings("interests", customer.interests);
        out.member("preferred_channel", customer.preferred_channel);
        write_list(out, "consents", customer.consents, [&](const ChannelConsent& consent) {
            out.member("channel", consent.channel);
            out.member("granted", consent.granted);
            out.member("at", to_micros(consent.at));
            out.member("source", consent.source);
        });
        out.strings("occasions", customer.occasions);
        write_list(out, "quiet", customer.quiet, [&](const QuietPeriod& period) {
            out.member("from", to_string(period.from));
            out.member("to", to_string(period.to));
            out.member("reason", period.reason);
        });
        out.member("known_as", customer.known_as);
        out.member("referred_by", customer.referred_by);
        out.member("notes", customer.notes);
        out.member("owner", customer.owner);
        write_list(out, "sources", customer.sources, [&](const FieldSource& source) {
            out.member("field", source.field);
            out.member("source", source.source);
            out.member("confirmed_at", to_micros(source.confirmed_at));
        });
    });
}

std::string customer_to_json(const Customer& customer) {
    JsonWriter out;
    write_customer_record(out, customer);
    return std::move(out).take();
}

Result<Customer> customer_from_json(JsonView record) {
    if (!record.is_object()) return Failure{Failure::Kind::malformed, "a customer's record must be an object"};
    using Reader = RecordReader;
    const Reader in(record);
    Customer customer;
    customer.id = in.text("id");
    customer.name = in.text("name");
    customer.name_latin = in.text("name_latin");
    customer.emails = in.strings("emails");
    customer.phones = in.strings("phones");
    customer.language = in.text("language");
    customer.birthday = in.maybe_date("birthday");
    customer.address = in.text("address");
    customer.tier = in.text("tier");
    customer.brand = in.text("brand");
    customer.plan = in.text("plan");
    customer.purchases = in.list<Purchase>("purchases", [](const Reader& item) {
        return Purchase{item.date("date"), item.number("amount_minor"), item.text("currency")};
    });
    customer.identities = in.list<Identity>("identities", [](const Reader& item) {
        return Identity{item.text("platform"), item.text("handle"), item.text("linked_by"), item.moment("linked_at")};
    });
    customer.anniversaries = in.list<Anniversary>("anniversaries", [](const Reader& item) {
        return Anniversary{item.text("name"), item.date("date")};
    });
    customer.interests = in.strings("interests");
    customer.preferred_channel = in.text("preferred_channel");
    customer.consents = in.list<ChannelConsent>("consents", [](const Reader& item) {
        return ChannelConsent{item.text("channel"), item.flag("granted"), item.moment("at"), item.text("source")};
    });
    customer.occasions = in.strings("occasions");
    customer.quiet = in.list<QuietPeriod>("quiet", [](const Reader& item) {
        return QuietPeriod{item.date("from"), item.date("to"), item.text("reason")};
    });
    customer.known_as = in.text("known_as");
    customer.referred_by = in.text("referred_by");
    customer.notes = in.text("notes");
    customer.owner = in.text("owner");
    customer.sources = in.list<FieldSource>("sources", [](const Reader& item) {
        return FieldSource{item.text("field"), item.text("source"), item.moment("confirmed_at")};
    });
    if (!in.what_is_wrong().empty()) return Failure{Failure::Kind::malformed, in.what_is_wrong()};
    return customer;
}

}  // namespace rasid
