#include "engagement/column_mapping.hpp"

#include "core/text/fold.hpp"
#include "engagement/csv.hpp"
#include "engagement/customer_cells.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace rasid {
namespace {

struct Meaning {
    std::string_view column;
    std::vector<std::string_view> headers;
};

const std::vector<Meaning>& meanings() {
    static const std::vector<Meaning> all = {
        {"name",
         {"full name", "customer", "customer name", "client", "contact", "arabic name", "الاسم", "اسم", "الاسم الكامل",
          "اسم العميل", "العميل", "الاسم بالعربي", "اسم الزبون"}},
        {"name_latin",
         {"english name", "latin name", "name en", "name english", "الاسم بالانجليزي", "الاسم اللاتيني",
          "الاسم بالإنجليزية"}},
        {"emails",
         {"email", "e mail", "mail", "email address", "البريد", "الإيميل", "ايميل", "البريد الإلكتروني", "بريد"}},
        {"phones",
         {"phone", "mobile", "phone number", "mobile number", "telephone", "tel", "cell", "whatsapp", "الجوال", "جوال",
          "الهاتف", "هاتف", "رقم الجوال", "رقم الهاتف", "الموبايل", "موبايل", "المحمول", "واتساب"}},
        {"handles",
         {"handle", "accounts", "social", "social accounts", "الحسابات", "الحساب", "حسابات التواصل", "المعرف"}},
        {"language", {"lang", "preferred language", "اللغة", "لغة"}},
        {"birthday", {"birth date", "date of birth", "dob", "birthdate", "تاريخ الميلاد", "الميلاد", "يوم الميلاد"}},
        {"address", {"postal address", "street", "city", "location", "العنوان", "عنوان", "المدينة", "السكن"}},
        {"tier", {"level", "class", "category", "الفئة", "المستوى", "الدرجة"}},
        {"brand", {"company", "العلامة", "العلامة التجارية"}},
        {"purchases", {"orders", "sales", "transactions", "المشتريات", "الطلبات", "المبيعات"}},
        {"anniversaries", {"anniversary", "المناسبات الخاصة", "الذكرى"}},
        {"interests", {"interest", "hobbies", "الاهتمامات", "اهتمامات", "الهوايات"}},
        {"preferred_channel",
         {"preferred contact", "contact by", "channel", "قناة التواصل", "طريقة التواصل", "القناة المفضلة"}},
        {"consents", {"consent", "opt in", "permission", "الموافقة", "الموافقات"}},
        {"occasions", {"occasion", "holidays", "celebrates", "المناسبات", "الأعياد"}},
        {"quiet", {"do not contact", "quiet days", "عدم الإزعاج"}},
        {"known_as", {"relationship", "how we know them", "العلاقة", "كيف نعرفه"}},
        {"referred_by", {"referrer", "referral", "المرشح", "أحاله", "عن طريق"}},
        {"notes", {"note", "comment", "comments", "remarks", "ملاحظات", "ملاحظة", "تعليق"}},
        {"owner", {"account manager", "responsible", "assigned to", "المسؤول", "مدير الحساب", "الموظف"}},
        {"plan", {"contact plan", "الخطة", "خطة التواصل"}},
    };
    return all;
}

/// Folded, with blanks for whatever parts words.
std::string comparable(std::string_view header) {
    std::string text = fold_text(trimmed(header));
    std::ranges::replace_if(
        text, [](char byte) { return std::string_view("_-./:*").find(byte) != std::string_view::npos; }, ' ');
    std::string out;
    for (const char byte : text) {
        if (byte != ' ' || (!out.empty() && out.back() != ' ')) out += byte;
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

/// How sure a header is of a column: 0 not at all, 1 looks alike, 2 means the same, 3 has its name.
int certainty(const std::string& header, const Meaning& meaning) {
    if (header.empty()) return 0;
    const auto name = comparable(meaning.column);
    if (header == name) return 3;
    int found = 0;
    for (const auto alias : meaning.headers) {
        const auto known = comparable(alias);
        if (header == known) return 2;
        const bool inside = (" " + header + " ").find(" " + known + " ") != std::string::npos;
        if (inside) found = 1;
    }
    return found;
}

}  // namespace

std::vector<ColumnSuggestion> suggest_mapping(const std::vector<std::string>& header) {
    static constexpr std::array<std::string_view, 4> kWhy = {"", "looks alike", "means the same", "same name"};
    std::vector<ColumnSuggestion> suggestions;
    for (const auto& name : header) suggestions.push_back({.header = name, .column = std::string(kColumnLeftOut)});
    std::set<std::string_view> taken;
    for (int wanted = 3; wanted > 0; --wanted) {
        for (auto& suggestion : suggestions) {
            if (suggestion.column != kColumnLeftOut) continue;
            const auto text = comparable(suggestion.header);
            for (const auto& meaning : meanings()) {
                if (taken.contains(meaning.column) || certainty(text, meaning) != wanted) continue;
                suggestion.column = meaning.column;
                suggestion.why = kWhy[static_cast<std::size_t>(wanted)];
                taken.insert(meaning.column);
                break;
            }
        }
    }
    return suggestions;
}

std::vector<std::string> header_of(std::string_view csv) {
    std::vector<std::string> header;
    const auto parsed = parse_csv(csv, "");
    if (parsed.rows.empty()) return header;
    for (const auto& cell : parsed.rows.front()) header.emplace_back(trimmed(cell.text));
    return header;
}

}  // namespace rasid
