#include "core/text/fold.hpp"
#include "core/text/tokens.hpp"
#include "engagement/local_time.hpp"
#include "engagement/promise_words.hpp"
#include "engagement/promises.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

namespace rasid {
namespace {

using std::chrono::sys_days;

constexpr int kMostCount = 90;  ///< of hours or days: what is further away is no promise of an answer

struct Word {
    std::string text = {};
    std::size_t start = 0;
    std::size_t end = 0;
    bool colon_follows = false;  ///< "10:30"
};

std::optional<int> number_of(std::string_view text) {
    int value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

/// "5pm" is two words here.
void add_word(std::vector<Word>& sentence, std::string_view folded_text, std::size_t start, std::size_t end) {
    const auto letters = folded_text.find_first_not_of("0123456789");
    if (letters != 0 && letters != std::string_view::npos) {
        sentence.push_back({std::string(folded_text.substr(0, letters)), start, end});
        folded_text.remove_prefix(letters);
    }
    sentence.push_back({std::string(folded_text), start, end});
}

/// The sentences as lists of words; a question is no promise and left out.
std::vector<std::vector<Word>> sentences_of(std::string_view text) {
    std::vector<std::vector<Word>> sentences(1);
    const auto tokens = tokenize(text);
    std::size_t last = 0;
    for (const auto& token : tokens.tokens()) {
        if (token.kind != TokenKind::word || token.start < last) continue;
        const auto gap = text.substr(last, token.start - last);
        if (gap.find('?') != std::string_view::npos || gap.find("؟") != std::string_view::npos)
            sentences.back().clear();
        else if (gap == ":" && !sentences.back().empty())
            sentences.back().back().colon_follows = true;
        else if (gap.find_first_of(".!\n;") != std::string_view::npos && !sentences.back().empty())
            sentences.emplace_back();
        add_word(sentences.back(), tokens.text_of(token), token.start, token.end);
        last = token.end;
    }
    const auto rest = text.substr(last);
    if (rest.find('?') != std::string_view::npos || rest.find("؟") != std::string_view::npos) sentences.back().clear();
    return sentences;
}

bool promises(const std::vector<Word>& sentence) {
    const auto& words = promise_words();
    bool promising = false;
    for (std::size_t i = 0; i < sentence.size(); ++i) {
        const auto& word = sentence[i].text;
        if (words.doubt.contains(word)) return false;
        if (words.contracted.contains(word) || words.promising.contains(word)) promising = true;
        if (word == "will" && i > 0 && words.subjects.contains(sentence[i - 1].text)) promising = true;
        if (std::ranges::any_of(words.verbs, [&](const std::string& verb) { return word.starts_with(verb); }))
            promising = true;
    }
    return promising;
}

/// What a sentence says of time, as far as it can be read in one way only.
class Reading {
public:
    Reading(const std::vector<Word>& sentence, Instant now, const std::string& zone)
        : words_(sentence), now_(now), zone_(zone), today_(local_date(now, zone)) {}

    std::optional<ToldTime> told() && {
        for (at_ = 0; at_ < words_.size() && !doubtful_; ++at_) read_word();
        if (doubtful_) return std::nullopt;
        std::optional<Instant> due;
        if (span_) {
            if (day_ || minutes_) return std::nullopt;
            due = now_ + std::chrono::minutes(*span_);
        } else if (day_) {
            due = local_instant(*day_, minutes_.value_or(kMinutesOfDay), zone_);
        } else if (minutes_) {
            due = local_instant(today_, *minutes_, zone_);
        }
        if (!due || *due <= now_) return std::nullopt;
        return ToldTime{.at = *due, .start = words_[first_].start, .end = words_[last_].end};
    }

private:
    const Word* next(std::size_t by = 1) const { return at_ + by < words_.size() ? &words_[at_ + by] : nullptr; }

    void mark(std::size_t by = 0) {
        if (!marked_) first_ = at_;
        marked_ = true;
        last_ = at_ + by;
    }
    template <typename Value>
    void set(std::optional<Value>& slot, Value value, std::size_t words_behind = 0) {
        if (slot && *slot != value) doubtful_ = true;
        slot = value;
        mark(words_behind);
        at_ += words_behind;
    }

    void read_word() {
        const auto& known = promise_words();
        const auto& word = words_[at_].text;
        if (known.span_words.contains(word)) return read_span();
        if (known.today.contains(word)) return set(day_, today_);
        if (known.tomorrow.contains(word)) return set(day_, Date(sys_days(today_) + std::chrono::days(1)));
        if (known.noon.contains(word)) return set(minutes_, 12 * 60);
        if (const auto weekday = known.weekdays.find(word); weekday != known.weekdays.end())
            return set(day_, next_weekday(weekday->second));
        if (number_of(word)) read_time_of_day();
    }

    Date next_weekday(unsigned wanted) const {
        const auto ahead = (std::chrono::weekday(wanted) - std::chrono::weekday(sys_days(today_))).count();
        return sys_days(today_) + std::chrono::days(ahead == 0 ? 7 : ahead);
    }

    void read_span() {
        const auto& known = promise_words();
        const auto* count = next();
        if (!count) return;
        if (const auto pair = known.pairs.find(count->text); pair != known.pairs.end())
            return set(span_, pair->second, 1);
        if (const auto unit = known.units.find(count->text); unit != known.units.end())
            return set(span_, unit->second, 1);
        auto number = number_of(count->text);
        if (const auto spelt = known.numbers.find(count->text); !number && spelt != known.numbers.end())
            number = spelt->second;
        const auto* unit = next(2);
        if (!number || !unit) return;
        const auto known_unit = known.units.find(unit->text);
        if (known_unit == known.units.end()) {
            doubtful_ = number_of(count->text).has_value();
            return;
        }
        if (*number < 1 || *number > kMostCount) {
            doubtful_ = true;
            return;
        }
        set(span_, *number * known_unit->second, 2);
    }

    /// "5 pm", "17:30", "10:30 صباحا". A bare number says nothing, an hour without its half of the day is doubtful.
    void read_time_of_day() {
        const auto& known = promise_words();
        const int hour = *number_of(words_[at_].text);
        int minute = 0;
        std::size_t behind = 0;
        const bool with_minutes = words_[at_].colon_follows && next() && number_of(next()->text);
        if (with_minutes) {
            minute = *number_of(next()->text);
            behind = 1;
        }
        const auto* half = next(behind + 1);
        const bool morning = half && known.morning.contains(half->text);
        const bool evening = half && known.evening.contains(half->text);
        if (morning || evening) {
            if (hour < 1 || hour > 12 || minute > 59) {
                doubtful_ = true;
                return;
            }
            return set(minutes_, (hour % 12 + (evening ? 12 : 0)) * 60 + minute, behind + 1);
        }
        if (!with_minutes) {
            // A number of something else, unless it was meant as an hour.
            const bool hour_like = at_ > 0 && (words_[at_ - 1].text == "at" || words_[at_ - 1].text == "by" ||
                                               words_[at_ - 1].text == fold_text("الساعة"));
            doubtful_ = doubtful_ || hour_like;
            return;
        }
        if (hour < 13 || hour > 23 || minute > 59)
            doubtful_ = true;
        else
            set(minutes_, hour * 60 + minute, behind);
    }

    const std::vector<Word>& words_;
    Instant now_;
    const std::string& zone_;
    Date today_;
    std::size_t at_ = 0;
    std::optional<int> span_;  ///< minutes from the moment of writing
    std::optional<Date> day_;
    std::optional<int> minutes_;  ///< of the day
    bool doubtful_ = false;
    bool marked_ = false;
    std::size_t first_ = 0;
    std::size_t last_ = 0;
};

}  // namespace

std::optional<ToldTime> promised_time(std::string_view text, Instant now, const std::string& time_zone) {
    std::optional<ToldTime> found;
    for (const auto& sentence : sentences_of(text)) {
        if (!promises(sentence)) continue;
        const auto told = Reading(sentence, now, time_zone).told();
        if (!told) continue;
        if (found) return std::nullopt;
        found = told;
    }
    return found;
}

}  // namespace rasid
