#include "rules/search_text.hpp"
#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

std::string encoded(std::string_view text) {
    std::string out;
    for (const unsigned char c : text) {
        constexpr std::string_view kHex = "0123456789ABCDEF";
        out += '%';
        out += kHex[c >> 4];
        out += kHex[c & 15];
    }
    return out;
}

class SearchTest : public testing::Test {
protected:
    std::string hear(const std::string& text, const std::string& brand = "nasma",
                     const std::string& handle = "hind_z") {
        const auto ticket = house.hear(text, brand, handle);
        house.clock.advance(1s);
        index();
        return ticket;
    }
    void index() {
        house.write([](Store& store) {
            while (store.index_search(search_text, 100) > 0) {
            }
        });
    }
    JsonDocument search(const std::string& query) {
        const auto answer = sara.get("/api/v1/search?" + query);
        EXPECT_EQ(answer.status, 200) << query << " " << answer.body;
        return answer.json();
    }
    std::vector<std::string> texts(const std::string& query) {
        std::vector<std::string> list;
        const auto json = search(query);
        for (const auto result : json.root()["results"].items()) list.push_back(result["text"].text_or(""));
        return list;
    }

    WebHouse house;
    Browser sara = house.sign_in("Sara");
};

using Strings = std::vector<std::string>;

TEST_F(SearchTest, finds_arabic_as_people_type_it) {
    hear("قال أحمد إن المدرسة بعيدة");
    hear("قرأت وَالكِتابَ كله");
    for (const auto* typed : {"احمد", "أحمد", "مدرسه", "المدرسة", "مدرسة"})
        EXPECT_EQ(texts("q=" + encoded(typed)), (Strings{"قال أحمد إن المدرسة بعيدة"})) << typed;
    for (const auto* typed : {"كتاب", "الكتاب", "كِتَاب", "كـتـاب", "كتا*"})
        EXPECT_EQ(texts("q=" + encoded(typed)), (Strings{"قرأت وَالكِتابَ كله"})) << typed;
    EXPECT_TRUE(texts("q=" + encoded("كتابة")).empty());
}

TEST_F(SearchTest, marks_the_words_in_a_bounded_part_of_the_text) {
    const std::string before(300, 'x');
    hear(before + " coffee is cold. " + std::string(2000, 'y'));
    const auto json = search("q=cold");
    const auto result = json.root()["results"].at(0);
    const auto text = result["text"].text_or("");
    EXPECT_LE(text.size(), 280u);
    const auto hit = result["hits"].at(0);
    EXPECT_EQ(text.substr(static_cast<std::size_t>(*hit["start"].integer()),
                          static_cast<std::size_t>(*hit["end"].integer() - *hit["start"].integer())),
              "cold");
    EXPECT_EQ(result["cut"]["before"].boolean(), true);
    EXPECT_EQ(result["cut"]["after"].boolean(), true);
}

TEST_F(SearchTest, tells_who_said_it_where_and_in_which_ticket) {
    const auto ticket = hear("cold coffee");
    const auto json = search("q=coffee");
    const auto result = json.root()["results"].at(0);
    EXPECT_EQ(result["kind"].text_or(""), "mention");
    EXPECT_EQ(result["direction"].text_or(""), "in");
    EXPECT_EQ(result["author"]["handle"].text_or(""), "hind_z");
    EXPECT_EQ(result["sentiment"].text_or(""), "negative");
    EXPECT_EQ(result["ticket"]["id"].text_or(""), ticket);
    EXPECT_EQ(result["ticket"]["state"].text_or(""), "open");
    EXPECT_TRUE(json.root()["next"].is_null());
    EXPECT_EQ(json.root()["waiting"].integer(), 0);
}

TEST_F(SearchTest, filters_and_pages) {
    for (int i = 0; i < 5; ++i) hear("coffee " + std::to_string(i), "nasma", "author" + std::to_string(i));
    EXPECT_EQ(texts("author=author3"), (Strings{"coffee 3"}));
    EXPECT_EQ(texts("q=coffee&state=resolved"), Strings{});
    EXPECT_EQ(texts("sentiment=negative&platform=mastodon&state=open").size(), 5u);
    EXPECT_EQ(texts("platform=x"), Strings{});
    EXPECT_EQ(texts("q=coffee&since=2026-03-02"), Strings{});
    EXPECT_EQ(texts("q=coffee&until=2026-03-01").size(), 5u) << "a day is meant as a whole";
    EXPECT_EQ(texts("q=coffee&until=2026-03-01T12:00:02Z"), (Strings{"coffee 1", "coffee 0"}));
    const auto first = search("q=coffee&limit=3");
    EXPECT_EQ(first.root()["results"].at(0)["text"].text_or(""), "coffee 4");
    const auto next = first.root()["next"].text_or("");
    EXPECT_EQ(texts("q=coffee&limit=3&after=" + next), (Strings{"coffee 1", "coffee 0"}));
}

TEST_F(SearchTest, a_number_is_a_ticket) {
    const auto ticket = hear("cold coffee");
    for (const auto* typed : {"1001", "#1001", " #\u0661\u0660\u0660\u0661 "}) {
        const auto json = search("q=" + encoded(typed));
        EXPECT_EQ(json.root()["ticket"]["id"].text_or(""), ticket) << typed;
        EXPECT_EQ(json.root()["ticket"]["text"].text_or(""), "cold coffee");
    }
    EXPECT_TRUE(search("q=9999").root()["ticket"].is_null());
    EXPECT_TRUE(search("q=1001x").root()["ticket"].is_null());
    auto omar = house.sign_in("Omar");
    EXPECT_TRUE(omar.get("/api/v1/search?q=1001").json().root()["ticket"].is_null()) << "of another brand";
}

TEST_F(SearchTest, finds_notes_by_their_words_with_the_name_of_who_wrote_them) {
    const auto ticket = hear("cold coffee");
    const auto version = house.write([ticket](Store& store) { return store.ticket(ticket)->version; });
    const auto answer =
        sara.change("POST", "/api/v1/tickets/" + ticket + "/actions", R"({"action":"note","text":"she called twice"})",
                    {{"If-Match", std::to_string(version)}, {"Idempotency-Key", "k1"}});
    ASSERT_EQ(answer.status, 200) << answer.body;
    index();
    const auto json = search("q=called");
    const auto result = json.root()["results"].at(0);
    EXPECT_EQ(result["kind"].text_or(""), "note");
    EXPECT_EQ(result["author"]["name"].text_or(""), "Sara");
    EXPECT_EQ(result["text"].text_or(""), "she called twice");
    EXPECT_EQ(result["ticket"]["id"].text_or(""), ticket);
}

TEST_F(SearchTest, shows_nobody_what_belongs_to_brands_that_he_does_not_see) {
    hear("cold coffee", "nasma");
    hear("warm coffee", "saba", "other");
    EXPECT_EQ(texts("q=coffee").size(), 2u);
    auto omar = house.sign_in("Omar");
    const auto list = omar.get("/api/v1/search?q=coffee").json();
    ASSERT_EQ(list.root()["results"].items().size(), 1u);
    EXPECT_EQ(list.root()["results"].at(0)["text"].text_or(""), "warm coffee");
    EXPECT_TRUE(omar.get("/api/v1/search?brand=nasma").json().root()["results"].items().empty());
}

TEST_F(SearchTest, says_how_many_texts_it_does_not_know_yet) {
    house.hear("cold coffee");
    EXPECT_EQ(search("q=coffee").root()["waiting"].integer(), 1);
}

TEST_F(SearchTest, refuses_what_is_malformed_and_nothing_that_is_only_strange) {
    EXPECT_EQ(sara.get("/api/v1/search?q=" + std::string(401, 'x')).status, 400);
    EXPECT_EQ(sara.get("/api/v1/search?tag=" + std::string(257, 'x')).status, 400);
    for (const auto* wrong :
         {"limit=0", "limit=101", "sentiment=angry", "state=late", "since=soon", "until=2026-13-01"})
        EXPECT_EQ(sara.get("/api/v1/search?" + std::string(wrong)).status, 400) << wrong;
    for (const auto* strange :
         {"\"", "a\" OR \"b", "words:x", "* *", "-", "NOT", "(((", "'; --", "\xEF\xBF\xBD", "-x", "after"})
        EXPECT_EQ(sara.get("/api/v1/search?q=" + encoded(strange)).status, 200) << strange;
    EXPECT_EQ(sara.get("/api/v1/search?after=nonsense").status, 200);
    EXPECT_EQ(house.stranger().get("/api/v1/search?q=x").status, 401);
}

}  // namespace
}  // namespace rasid
