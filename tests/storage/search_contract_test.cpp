#include "tests/storage/search_contract.hpp"

#include <set>

namespace rasid {
namespace {

using samples::minute;
using Strings = std::vector<std::string>;

class Searching : public SearchContract {};
RASID_OVER_ENGINES(Searching);

TEST_P(Searching, finds_a_mention_by_its_words_once_it_is_indexed) {
    take({said("1", "القهوة باردة"), said("2", "Cold coffee", 1)});
    EXPECT_EQ(store->search_backlog(), 2);
    EXPECT_TRUE(found("coffee").empty());
    index();
    EXPECT_EQ(store->search_backlog(), 0);
    EXPECT_EQ(found("coffee"), (Strings{"id-of-2"}));
    EXPECT_EQ(found("القهوه"), (Strings{"id-of-1"}));
    EXPECT_EQ(found("قهوه"), (Strings{"id-of-1"})) << "behind the article";
    EXPECT_TRUE(found("tea").empty());
    EXPECT_EQ(*store->search({.terms = {word("coffee")}}).found[0].mention, *store->mention_by_id("id-of-2"));
}

TEST_P(Searching, reads_titles_too) {
    auto review = said("1", "fine");
    review.mention.title = "Terrible place";
    take({review});
    index();
    EXPECT_EQ(found("terrible"), (Strings{"id-of-1"}));
}

TEST_P(Searching, wants_all_terms_and_none_of_the_excluded_ones) {
    take({said("1", "late order again"), said("2", "order was late", 1), said("3", "order arrived", 2)});
    index();
    EXPECT_EQ(saying({word("order"), word("late")}), (Strings{"id-of-2", "id-of-1"}));
    EXPECT_EQ(saying({word("order"), {.words = {"late"}, .excluded = true}}), (Strings{"id-of-3"}));
    EXPECT_EQ(saying({{.words = {"late"}, .excluded = true}}), (Strings{"id-of-3"})) << "nothing but an exclusion";
    EXPECT_EQ(saying({{.words = {"late", "order"}, .exact = true}}), (Strings{"id-of-1"}));
    EXPECT_EQ(saying({{.words = {"arr"}, .prefix = true}}), (Strings{"id-of-3"}));
    EXPECT_EQ(saying({{.words = {"was", "la"}, .exact = true, .prefix = true}}), (Strings{"id-of-2"}));
}

TEST_P(Searching, takes_an_exact_term_as_it_is_written) {
    take({said("1", "والكتاب")});
    index();
    EXPECT_EQ(found("كتاب"), (Strings{"id-of-1"}));
    EXPECT_TRUE(saying({{.words = {"كتاب"}, .exact = true}}).empty());
    EXPECT_EQ(saying({{.words = {"والكتاب"}, .exact = true}}), (Strings{"id-of-1"}));
}

TEST_P(Searching, takes_words_for_words_whatever_the_engine_means_by_them) {
    take({said("1", "fine")});
    index();
    for (const std::string hostile :
         {"\"", "fine\" OR \"", "words:fine", "fine*", "NEAR(fine)", "^fine", "(", "'", "{words}:fine", "fine AND",
          "--", ";DROP TABLE mentions", "\\", "%", "_", "all", "p", "*"}) {
        EXPECT_NO_THROW(found(hostile)) << hostile;
        EXPECT_NO_THROW(saying({{.words = {hostile, "x"}, .exact = true, .prefix = true}})) << hostile;
        EXPECT_NO_THROW(saying({{.words = {hostile}, .excluded = true}})) << hostile;
        EXPECT_NO_THROW(with({.author = hostile})) << hostile;
        EXPECT_TRUE(with({.tag = hostile}).empty()) << hostile;
    }
    EXPECT_TRUE(found("all").empty()) << "a field is not a word";
    EXPECT_TRUE(saying({word("fine or x")}).empty());
    EXPECT_TRUE(search({.after = "nonsense"}).found.empty());
}

TEST_P(Searching, filters_by_every_field) {
    auto other = said("2", "fine", 1);
    other.mention.key.platform = "bluesky";
    other.mention.source = "sky";
    other.mention.author = {"ali.example.org", "Ali Hassan", "", {}, false};
    other.verdict.language = "en";
    other.verdict.sentiment.label = Polarity::positive;
    other.verdict.rules = {"praise"};
    other.verdict.tags = {"thanks", "وسم عربي"};
    other.verdict.brand = "other brand";
    auto romanised = said("3", "fine", 2);
    romanised.verdict.language = "ar-Latn";
    take({said("1", "fine"), other, romanised});
    index();
    const Strings second = {"id-of-2"};
    const Strings rest = {"id-of-3", "id-of-1"};
    EXPECT_EQ(with({.platform = "bluesky"}), second);
    EXPECT_EQ(with({.platform = "mastodon"}), rest);
    EXPECT_EQ(with({.source = "sky"}), second);
    EXPECT_EQ(with({.language = "en"}), second);
    EXPECT_EQ(with({.language = "ar"}), rest);
    EXPECT_EQ(with({.language = "ar-Latn"}), (Strings{"id-of-3"}));
    EXPECT_EQ(with({.brand = "other brand"}), second);
    EXPECT_EQ(with({.tag = "thanks"}), second);
    EXPECT_EQ(with({.tag = "وسم عربي"}), second);
    EXPECT_EQ(with({.rule = "praise"}), second);
    EXPECT_EQ(with({.rule = "safety words"}), rest);
    EXPECT_EQ(with({.sentiment = Polarity::positive}), second);
    EXPECT_EQ(with({.author = "hassan"}), second);
    EXPECT_EQ(with({.author = "ali example org"}), second);
    EXPECT_EQ(with({.author = "hind_z"}), rest);
    EXPECT_TRUE(with({.platform = "bluesky", .source = "fedi"}).empty());
    EXPECT_EQ(answer({.terms = {word("fine")}, .fields = {.tag = "thanks"}}), second);
    EXPECT_TRUE(found("thanks").empty()) << "words of fields are no words of texts";
}

TEST_P(Searching, filters_by_time) {
    take({said("1", "fine", 10), said("2", "fine", 20), said("3", "fine", 30)});
    index();
    const auto at = [](int n) { return minute(n) + Duration(123456); };
    EXPECT_EQ(answer({.since = at(20)}), (Strings{"id-of-3", "id-of-2"}));
    EXPECT_EQ(answer({.since = at(20) + Duration(1)}), (Strings{"id-of-3"}));
    EXPECT_EQ(answer({.until = at(20)}), (Strings{"id-of-1"}));
    EXPECT_EQ(answer({.until = at(20) + Duration(1)}), (Strings{"id-of-2", "id-of-1"}));
    EXPECT_EQ(answer({.since = at(11), .until = at(29)}), (Strings{"id-of-2"}));
}

TEST_P(Searching, shows_a_person_nothing_of_other_brands) {
    auto elsewhere = said("2", "fine", 1);
    elsewhere.verdict.brand = "rival";
    auto joined = said("3", "fine", 2);  // by its words of a brand, in a ticket of another one
    joined.ticket = "t1";
    auto of_rival = samples::opening("t1");
    of_rival.after.brand = "rival";
    take({said("1", "fine"), elsewhere, joined}, {of_rival});
    index();
    EXPECT_EQ(answer({.brands = {"nasma"}}), (Strings{"id-of-1"}));
    EXPECT_EQ(answer({.brands = {"rival"}}), (Strings{"id-of-3", "id-of-2"}));
    EXPECT_EQ(answer({.brands = {"nasma", "rival"}}).size(), 3u);
    EXPECT_TRUE(answer({.brands = {"nobody"}}).empty());
    EXPECT_TRUE(answer({.fields = {.brand = "rival"}, .brands = {"nasma"}}).empty());
}

TEST_P(Searching, pages_by_key_and_what_comes_between_disturbs_nobody) {
    std::vector<StoredMention> mentions;
    for (int i = 0; i < 25; ++i) mentions.push_back(said(std::to_string(i), "fine", i / 5));  // five of one moment each
    take(mentions);
    index();
    SearchQuery query{.terms = {word("fine")}, .limit = 4};
    std::set<std::string> seen;
    std::size_t pages = 0;
    for (Instant before = Instant::max();; ++pages) {
        const auto page = search(query);
        for (const auto& one : page.found) {
            EXPECT_TRUE(seen.insert(one.mention->id).second) << "twice: " << one.mention->id;
            EXPECT_LE(one.mention->mention.created_at, before);
            before = one.mention->mention.created_at;
        }
        EXPECT_LE(page.found.size(), 4u);
        if (page.next.empty()) break;
        query.after = page.next;
        take({said("new" + std::to_string(pages), "fine", 1000)});
        index();
    }
    EXPECT_EQ(seen.size(), 25u);
    EXPECT_EQ(pages, 6u);
}

TEST_P(Searching, finds_notes_and_replies_by_their_words_and_their_ticket) {
    auto change = samples::opening("t1");
    auto note = samples::event("t1", 2);
    note.text = "he called twice";
    auto reply = samples::event("t1", 3, TicketEventKind::replied);
    reply.text = "we are sorry";
    auto machine = samples::event("t1", 4, TicketEventKind::reply_failed);
    machine.text = "sorry: connection refused";
    change.events.insert(change.events.end(), {note, reply, machine});
    take({}, {change});
    index();
    EXPECT_EQ(found("called"), (Strings{"t1/2"}));
    EXPECT_EQ(found("sorry"), (Strings{"t1/3"})) << "what people wrote, not what went wrong";
    const auto page = search({.terms = {word("called")}});
    EXPECT_EQ(page.found[0].ticket->number, 1001);
    EXPECT_EQ(page.found[0].event->text, "he called twice");
    EXPECT_EQ(answer({.fields = {.platform = "mastodon", .rule = "complaints"}}).size(), 2u);
    EXPECT_TRUE(answer({.brands = {"rival"}}).empty());
    EXPECT_TRUE(with({.language = "ar"}).empty());
    EXPECT_TRUE(with({.author = "hind_z"}).empty());
}

}  // namespace
}  // namespace rasid
