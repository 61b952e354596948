#include "engagement/customer_change.hpp"

#include "engagement/proposals.hpp"

#include <algorithm>
#include <array>

namespace rasid {
namespace {

struct Field {
    std::string_view name;
    bool lays;  ///< plans are laid by it
    bool (*same)(const Customer&, const Customer&);
};

template <auto Member>
bool same(const Customer& before, const Customer& after) {
    return before.*Member == after.*Member;
}

constexpr std::array<Field, 21> kFields = {{{"name", false, same<&Customer::name>},
                                            {"name_latin", false, same<&Customer::name_latin>},
                                            {"emails", true, same<&Customer::emails>},
                                            {"phones", true, same<&Customer::phones>},
                                            {"language", false, same<&Customer::language>},
                                            {"birthday", true, same<&Customer::birthday>},
                                            {"address", true, same<&Customer::address>},
                                            {"tier", false, same<&Customer::tier>},
                                            {"brand", false, same<&Customer::brand>},
                                            {"plan", true, same<&Customer::plan>},
                                            {"purchases", true, same<&Customer::purchases>},
                                            {"anniversaries", true, same<&Customer::anniversaries>},
                                            {"interests", false, same<&Customer::interests>},
                                            {"preferred_channel", true, same<&Customer::preferred_channel>},
                                            {"consents", true, same<&Customer::consents>},
                                            {"occasions", true, same<&Customer::occasions>},
                                            {"quiet", true, same<&Customer::quiet>},
                                            {"known_as", false, same<&Customer::known_as>},
                                            {"referred_by", false, same<&Customer::referred_by>},
                                            {"notes", false, same<&Customer::notes>},
                                            {"owner", true, same<&Customer::owner>}}};

}  // namespace

std::vector<std::string> changed_fields(const Customer& before, const Customer& after) {
    std::vector<std::string> names;
    for (const auto& field : kFields) {
        if (!field.same(before, after)) names.emplace_back(field.name);
    }
    return names;
}

std::string cause_of_laying_anew(const Customer& before, const Customer& after) {
    std::vector<std::string> names;
    for (const auto& field : kFields) {
        if (!field.lays || field.same(before, after)) continue;
        names.emplace_back(field.name);
        std::ranges::replace(names.back(), '_', ' ');
    }
    std::string list;
    for (const auto& name : names) list += (list.empty() ? "changed: " : ", ") + name;
    return list;
}

void confirm_changes(const Customer& before, Customer& after, std::string_view source, Instant now) {
    for (const auto& field : changed_fields(before, after)) confirm_field(after, field, source, now);
}

}  // namespace rasid
