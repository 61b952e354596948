#include "web/record_view.hpp"

#include "web/engagement_views.hpp"
#include "web/ticket_views.hpp"

namespace rasid {
namespace {

void write_lists(JsonWriter& out, const Customer& customer) {
    out.objects("identities", customer.identities, [&](const Identity& identity) {
        out.member("platform", identity.platform);
        out.member("handle", identity.handle);
        out.member("linked_by", identity.linked_by);
        out.member("linked_at", identity.linked_at);
    });
    out.objects("purchases", customer.purchases, [&](const Purchase& purchase) {
        out.member("date", to_string(purchase.date));
        out.member("amount", static_cast<double>(purchase.amount_minor) / 100.0);
        out.member("currency", purchase.currency);
    });
    out.objects("anniversaries", customer.anniversaries, [&](const Anniversary& anniversary) {
        out.member("name", anniversary.name);
        out.member("date", to_string(anniversary.date));
    });
    out.objects("consents", customer.consents, [&](const ChannelConsent& consent) {
        out.member("channel", consent.channel);
        out.member("granted", consent.granted);
        out.member("source", consent.source);
        out.member("at", consent.at);
    });
    out.objects("quiet", customer.quiet, [&](const QuietPeriod& quiet) {
        out.member("from", to_string(quiet.from));
        out.member("to", to_string(quiet.to));
        out.member("reason", quiet.reason);
    });
    out.objects("sources", customer.sources, [&](const FieldSource& source) {
        out.member("field", source.field);
        out.member("source", source.source);
        out.member("confirmed_at", source.confirmed_at);
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
    out.text_or_null("birthday", customer.birthday ? to_string(*customer.birthday) : std::string());
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
