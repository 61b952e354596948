#include "engagement/promise_words.hpp"

#include "core/text/fold.hpp"
#include "engagement/local_time.hpp"

#include <initializer_list>
#include <string_view>
#include <utility>

namespace rasid {
namespace {

PromiseWords::Set folded(std::initializer_list<std::string_view> words) {
    PromiseWords::Set result;
    for (const auto word : words) result.insert(fold_text(word));
    return result;
}

template <typename Value>
PromiseWords::Table<Value> table(std::initializer_list<std::pair<std::string_view, Value>> entries) {
    PromiseWords::Table<Value> result;
    for (const auto& [word, value] : entries) result.emplace(fold_text(word), value);
    return result;
}

}  // namespace

const PromiseWords& promise_words() {
    static const PromiseWords words = {
        .subjects = folded({"we", "i", "you", "they", "she", "he", "team", "colleague"}),
        .contracted = folded({"we'll", "i'll", "you'll", "they'll", "we’ll", "i’ll", "you’ll", "they’ll"}),
        .promising = folded({"سوف", "راح", "نعدك", "نعدكم", "أعدك", "أعدكم"}),
        .verbs = {fold_text("سنعود"),   fold_text("سنرد"),  fold_text("سنتواصل"), fold_text("سنوافي"),
                  fold_text("سنتصل"),   fold_text("سنرسل"), fold_text("سنحل"),    fold_text("سنعالج"),
                  fold_text("سيتواصل"), fold_text("سيتصل"), fold_text("سيصلك"),   fold_text("سيتم"),
                  fold_text("سأعود"),   fold_text("سأرد"),  fold_text("سأتواصل"), fold_text("سأتصل"),
                  fold_text("بنرد"),    fold_text("بنرجع"), fold_text("بنتواصل"), fold_text("حنرد")},
        .doubt = folded({"if",   "unless", "not",       "won't",  "won’t",  "never",    "maybe",   "might",  "try",
                         "hope", "should", "or",        "around", "next",   "business", "working", "لن",     "إذا",
                         "لو",   "ربما",   "قد",        "نحاول",  "سنحاول", "نأمل",     "حوالي",   "تقريبا", "أو",
                         "عمل",  "لم",     "yesterday", "last",   "أمس",    "الماضي"}),
        .span_words = folded({"within", "in", "خلال", "غضون"}),
        .units = table<int>({{"minute", 1},
                             {"minutes", 1},
                             {"hour", 60},
                             {"hours", 60},
                             {"day", kMinutesOfDay},
                             {"days", kMinutesOfDay},
                             {"دقيقة", 1},
                             {"دقائق", 1},
                             {"ساعة", 60},
                             {"ساعات", 60},
                             {"يوم", kMinutesOfDay},
                             {"أيام", kMinutesOfDay}}),
        .pairs = table<int>({{"ساعتين", 120},
                             {"ساعتان", 120},
                             {"يومين", 2 * kMinutesOfDay},
                             {"يومان", 2 * kMinutesOfDay},
                             {"دقيقتين", 2}}),
        .numbers = table<int>({{"an", 1},
                               {"a", 1},
                               {"one", 1},
                               {"two", 2},
                               {"three", 3},
                               {"four", 4},
                               {"five", 5},
                               {"six", 6},
                               {"ثلاث", 3},
                               {"ثلاثة", 3},
                               {"أربع", 4},
                               {"أربعة", 4},
                               {"خمس", 5},
                               {"خمسة", 5},
                               {"ست", 6},
                               {"ستة", 6}}),
        .weekdays = table<unsigned>({{"sunday", 0},
                                     {"monday", 1},
                                     {"tuesday", 2},
                                     {"wednesday", 3},
                                     {"thursday", 4},
                                     {"friday", 5},
                                     {"saturday", 6},
                                     {"الأحد", 0},
                                     {"الاثنين", 1},
                                     {"الإثنين", 1},
                                     {"الثلاثاء", 2},
                                     {"الأربعاء", 3},
                                     {"الخميس", 4},
                                     {"الجمعة", 5},
                                     {"السبت", 6}}),
        .today = folded({"today", "اليوم"}),
        .tomorrow = folded({"tomorrow", "غدا", "بكرة", "بكره"}),
        .noon = folded({"noon", "الظهر", "ظهر", "ظهرا"}),
        .morning = folded({"am", "صباحا", "الصباح"}),
        .evening = folded({"pm", "مساء", "عصرا", "المساء", "العصر"}),
    };
    return words;
}

}  // namespace rasid
