#include "web/record_view.hpp"

#include "web/engagement_views.hpp"
#include "web/ticket_views.hpp"

namespace rasid {
namespace {

template <typename List, typename Write>
void write_list(JsonWriter& out, std::string_view name, const List& list, Write write) {
    out.key(name);
    out.array([&] {
        for (const auto& item : list) out.object([&] { write(item); });
    });
}

void write_lists(JsonWriter& out, const Customer& customer) {
    write_list(out, "identities", customer.identities, [&](const Identity& identity) {
        out.member("platform", identity.platform);
        out.member("handle", identity.handle);
        out.member("linked_by", identity.linked_by);
        out.member("linked_at", to_rfc3339(identity.linked_at));
    });
    write_list(out, "purchases", customer.purchases, [&](const Purchase& purchase) {
        out.member("date", to_string(purchase.date));
        out.member("amount", static_cast<double>(purchase.amount_minor) / 100.0);
        out.member("currency", purchase.currency);
    });
    write_list(out, "anniversaries", customer.anniversaries, [&](const Anniversary& anniversary) {
        out.member("name", anniversary.name);
        out.member("date", to_string(anniversary.date));
    });
    write_list(out, "consents", customer.consents, [&](const ChannelConsent& consent) {
        out.member("channel", consent.channel);
        out.member("granted", consent.granted);
        out.member("source", consent.source);
        out.member("at", to_rfc3339(consent.at));
    });
    write_list(out, "quiet", customer.quiet, [&](const QuietPeriod& quiet) {
        out.member("from", to_string(quiet.from));
        out.member("to", to_string(quiet.to));
        out.member("reason", quiet.reason);
    });
    write_list(out, "sources", customer.sources, [&](const FieldSource& source) {
        out.member("field", source.field);
        out.member("source", source.source);
        out.member("confirmed_at", to_rfc3339(source.confirmed_at));
    });
}

}  // namespace

void write_record(JsonWriter& out, const Customer& customer, const Workspace& workspace) {
    out.member("id", customer.id);
    out.member("name", customer.name);
    out.member("name_latin", customer.name_latin);
    out.member("tier", customer.tier);
    out.strings("emails", customer.emails);
    out.strings("phones", customer.phones);
    out.member("language", customer.language);
    write_text_or_null(out, "birthday", customer.birthday ? to_string(*customer.birthday) : std::string());
    out.member("address", customer.address);
    out.member("brand", customer.brand);
    out.strings("interests", customer.interests);
    out.member("preferred_channel", customer.preferred_channel);
    out.strings("occasions", customer.occasions);
    out.member("known_as", customer.known_as);
    out.member("referred_by", customer.referred_by);
    out.member("notes", customer.notes);
    out.key("owner");
    write_who(out, customer.owner, workspace);
    write_lists(out, customer);
}

}  // namespace rasid
