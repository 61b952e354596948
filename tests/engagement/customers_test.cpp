#include "core/customer_json.hpp"
#include "engagement/column_mapping.hpp"
#include "engagement/import_preview.hpp"
#include "engagement/link_suggestion.hpp"
#include "engagement/merge.hpp"
#include "engagement/plan.hpp"
#include "engagement/proposals.hpp"
#include "tests/support/fake_random.hpp"
#include "tests/support/instant_at.hpp"
#include "tests/support/read_customers.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rasid {
namespace {

using namespace std::chrono_literals;

const Instant kInNovember = at("2026-11-22T08:00:00.123456Z");

/// Somebody of whom everything is known.
Customer whole() {
    return {.id = "c1",
            .name = "نوف",
            .name_latin = "Nouf",
            .emails = {"nouf@example.org"},
            .phones = {"+96655501"},
            .language = "ar",
            .birthday = 1993y / 2 / 11,
            .address = "الرياض",
            .tier = "gold",
            .brand = "nasma",
            .plan = "advocates",
            .purchases = {{2026y / 1 / 10, 12'050, "SAR"}},
            .identities = {{"x", "nouf_q", "import", kInNovember}},
            .anniversaries = {{"wedding", 2015y / 6 / 1}},
            .interests = {"بن", "pastry"},
            .preferred_channel = "text",
            .consents = {{"mail", true, kInNovember, "import"}, {"phone", false, kInNovember, "import"}},
            .occasions = {"eid_al_fitr"},
            .quiet = {{2026y / 3 / 1, 2026y / 3 / 10, "سفر"}},
            .known_as = "circle",
            .referred_by = "Huda",
            .notes = "تحب القهوة, بلا سكر",
            .owner = "sara",
            .sources = {{"tier", "by hand", kInNovember}}};
}

TEST(CustomerJson, a_record_comes_back_equal) {
    for (const auto& customer : {whole(), Customer{}}) {
        const auto json = customer_to_json(customer);
        const auto document = parse_json(json).value();
        EXPECT_EQ(customer_from_json(document.root()).value(), customer) << json;
    }
}

TEST(CustomerJson, what_is_no_record_is_refused_with_its_place) {
    for (const auto* text : {"[]", R"({"name":1})", R"({"emails":"a"})", R"({"birthday":"1990-02-30"})",
                             R"({"consents":[{"channel":"mail","granted":"yes","at":1}]})"}) {
        const auto document = parse_json(text).value();
        EXPECT_FALSE(customer_from_json(document.root())) << text;
    }
    const auto document = parse_json(R"({"quiet":[{"from":"2026-01-01","to":"soon"}]})").value();
    EXPECT_EQ(customer_from_json(document.root()).error().what, "quiet: `to` must be a date");
}

TEST(CustomersCsv, the_further_columns_are_written_where_somebody_fills_them_and_read_back) {
    auto customer = whole();
    customer.id.clear();
    customer.sources.clear();
    const auto printed = print_customers_csv({customer});
    const auto parsed = read_customers(printed, "f", {}, kInNovember);
    ASSERT_TRUE(parsed.errors.empty()) << to_string(parsed.errors[0]);
    EXPECT_EQ(parsed.customers.at(0), customer);
    EXPECT_EQ(print_customers_csv(parsed.customers), printed);
    EXPECT_EQ(print_customers_csv({{.name = "A"}}).substr(0, 87),
              "name,name_latin,emails,phones,handles,language,birthday,address,tier,brand,purchases\r\nA");
}

TEST(CustomersCsv, a_bad_line_spoils_no_other_and_a_column_can_be_left_out) {
    const auto rows =
        read_customer_rows("name,emails,x\nA,a@b,1\nB,nonsense,2\nC,,3\n", "f", {{"x", "-"}}, kInNovember);
    ASSERT_TRUE(rows.errors.empty());
    ASSERT_EQ(rows.rows.size(), 3U);
    EXPECT_TRUE(rows.rows[0].errors.empty());
    EXPECT_EQ(rows.rows[1].errors.size(), 1U);
    EXPECT_TRUE(rows.rows[2].errors.empty());
}

TEST(ColumnMapping, is_suggested_from_headers_in_both_languages) {
    const auto column = [](std::vector<std::string> header) {
        std::string all;
        for (const auto& each : suggest_mapping(header)) all += each.column + " ";
        return all;
    };
    EXPECT_EQ(column({"الاسم", "الجوال", "البريد الإلكتروني", "تاريخ الميلاد", "ملاحظات"}),
              "name phones emails birthday notes ");
    EXPECT_EQ(column({"Full Name", "E-mail", "Mobile_Number", "DOB", "Favourite colour"}),
              "name emails phones birthday - ");
    EXPECT_EQ(column({"Customer e-mail address", "emails", "name"}), "- emails name ") << "the surer header has it";
    EXPECT_EQ(suggest_mapping({"NAME"})[0].why, "same name");
    EXPECT_EQ(header_of("\xEF\xBB\xBF\"a\", b\n1,2"), (std::vector<std::string>{"a", "b"}));
    for (const auto& known : customer_columns()) EXPECT_EQ(column({known}), known + " ");
}

class ImportTest : public ::testing::Test {
protected:
    ImportPreview preview(std::string_view text) {
        rows = read_customer_rows(text, "f", {}, kInNovember);
        EXPECT_TRUE(rows.errors.empty());
        return preview_import(rows, known, kInNovember);
    }
    std::vector<Customer> known = {whole(), {.id = "c2", .name = "Omar", .emails = {"omar@example.org"}}};
    CustomerRows rows;
};

TEST_F(ImportTest, shows_what_each_line_would_do_before_anything_is_done) {
    const auto result = preview("name,emails,tier\nنوف,NOUF@example.org,silver\nOmar,omar@example.org,\nNew,n@e.org,\n"
                                "Bad,nonsense,\n");
    EXPECT_EQ(result.updated, 1);
    EXPECT_EQ(result.unchanged, 1);
    EXPECT_EQ(result.added, 1);
    EXPECT_EQ(result.refused, 1);
    EXPECT_FALSE(result.whole());
    const auto& update = result.lines[0];
    EXPECT_EQ(update.customer.id, "c1");
    EXPECT_EQ(update.customer.tier, "silver");
    EXPECT_EQ(update.customer.phones, known[0].phones) << "a column that the file has not stays";
    EXPECT_EQ(update.customer.identities, known[0].identities);
    EXPECT_NE(std::ranges::find(update.changes, FieldChange{"tier", "gold", "silver"}), update.changes.end());
    const auto source = std::ranges::find(update.customer.sources, "tier", &FieldSource::field);
    EXPECT_EQ(source->source, "import");
    EXPECT_EQ(source->confirmed_at, kInNovember);
}

TEST_F(ImportTest, refuses_a_line_that_fits_two_customers_or_one_that_another_line_fits) {
    const auto result = preview("name,emails,phones\nX,omar@example.org,+96655501\nY,omar@example.org2,\n");
    EXPECT_EQ(result.lines[0].action, ImportAction::refuse);
    EXPECT_EQ(result.lines[0].reasons.at(0), "fits two customers; merge them first");
    const auto again = preview("name,emails,phones\nX,nouf@example.org,\nY,,+96655501\n");
    EXPECT_EQ(again.lines[1].action, ImportAction::refuse);
}

TEST_F(ImportTest, an_old_file_is_no_new_consent) {
    const auto result = preview("name,emails,consents\nنوف,nouf@example.org,phone=yes;text=yes\n");
    const auto& consents = result.lines.at(0).customer.consents;
    ASSERT_EQ(consents.size(), 3U);
    EXPECT_FALSE(std::ranges::find(consents, "phone", &ChannelConsent::channel)->granted);
}

TEST_F(ImportTest, the_error_file_holds_the_refused_lines_and_can_be_mended_and_imported) {
    const auto result = preview("name,emails\nGood,g@e.org\n\"Bad, one\",nonsense\n");
    const auto file = refused_lines_csv(rows, result);
    EXPECT_EQ(file, "line,reason,name,emails\r\n3,`nonsense` is no e-mail address,\"Bad, one\",nonsense\r\n");
    const auto mended = read_customer_rows(file, "f", {{"line", "-"}, {"reason", "-"}}, kInNovember);
    EXPECT_TRUE(mended.errors.empty());
    EXPECT_EQ(mended.rows.at(0).customer.name, "Bad, one");
}

class MergeTest : public ::testing::Test {
protected:
    MergeTest() {
        dropped.customer = {.id = "c2",
                            .name = "Nouf Q",
                            .emails = {"NOUF@example.org", "work@example.org"},
                            .tier = "silver",
                            .purchases = {{2026y / 1 / 10, 12'050, "SAR"}, {2026y / 2 / 1, 900, "SAR"}},
                            .interests = {"tea"}};
        dropped.touches = lay_out_year(default_plan(), dropped.customer, 2026, 2026y / 1 / 1);
        dropped.touches[0].state = TouchState::done;
    }
    MergeChange merge(std::vector<std::string> from_dropped = {}) {
        const std::vector<LedgerEntry> ledger = {{.id = "l1"}, {.id = "l2"}};
        return merge_customers(kept, dropped, ledger, from_dropped, "sara", random, now).value();
    }
    Customer kept = whole();
    PlanState dropped;
    FakeRandom random;
    Instant now = parse_rfc3339("2026-06-01T08:00:00Z").value();
};

TEST_F(MergeTest, the_preview_names_every_difference_and_which_side_wins) {
    const auto preview = preview_merge(kept, dropped.customer);
    EXPECT_EQ(preview.differences, (std::vector<MergePreview::Difference>{{"name", "نوف", "Nouf Q", false},
                                                                          {"tier", "gold", "silver", false}}));
    EXPECT_EQ(preview.merged.emails, (std::vector<std::string>{"nouf@example.org", "work@example.org"}));
    EXPECT_EQ(preview.merged.purchases.size(), 2U) << "the purchase that both records tell of is one";
    EXPECT_EQ(preview.merged.interests.size(), 3U);
    const auto other = preview_merge(kept, dropped.customer, std::vector<std::string>{"tier"});
    EXPECT_EQ(other.merged.tier, "silver");
    EXPECT_EQ(other.merged.name, "نوف");
    EXPECT_EQ(preview_merge(dropped.customer, kept).merged.id, "c2") << "the direction decides who stays";
}

TEST_F(MergeTest, is_recorded_with_all_that_it_replaced_and_leaves_one_plan) {
    const auto change = merge();
    EXPECT_EQ(change.merge.kept, kept);
    EXPECT_EQ(change.merge.dropped, dropped.customer);
    EXPECT_EQ(change.merge.moved_ledger, (std::vector<std::string>{"l1", "l2"}));
    EXPECT_EQ(change.merge.skipped_touches.size(), 32U);
    EXPECT_EQ(change.plan_of_dropped.touches.size(), 32U);
    EXPECT_FALSE(merge_customers(kept, {.customer = kept}, {}, {}, "sara", random, now));
}

TEST_F(MergeTest, undo_gives_both_records_back_as_they_were) {
    const auto change = merge({"tier"});
    const auto undone =
        undo_merge(change.merge, change.merge.merged, change.plan_of_dropped.touches, "sara", now).value();
    EXPECT_EQ(undone.kept, kept);
    EXPECT_EQ(undone.dropped, dropped.customer);
    for (const auto& touch : undone.plan_of_dropped.touches) {
        EXPECT_EQ(touch.state, TouchState::planned);
        EXPECT_GE(touch.due_on, utc_date(now)) << "what has passed meanwhile is not owed";
    }
    EXPECT_FALSE(undo_merge(undone.merge, kept, {}, "sara", now)) << "once";
}

TEST_F(MergeTest, undo_keeps_what_somebody_changed_since) {
    const auto change = merge();
    auto today = change.merge.merged;
    today.tier = "platinum";
    today.interests.emplace_back("new one");
    const auto undone = undo_merge(change.merge, today, {}, "sara", now).value();
    EXPECT_EQ(undone.kept.tier, "platinum");
    EXPECT_EQ(undone.kept.interests, (std::vector<std::string>{"بن", "pastry", "new one"}));
    EXPECT_EQ(undone.kept.emails, kept.emails);
}

UnlinkedAccount account(std::string platform, std::string handle, std::string profile = {}) {
    return {.platform = std::move(platform), .author = {.handle = std::move(handle)}, .profile = std::move(profile)};
}

TEST(LinkSuggestion, the_same_handle_elsewhere_or_an_email_in_the_profile) {
    const std::vector<Customer> customers = {whole(), {.id = "c2", .emails = {"omar@example.org"}}};
    const std::vector<UnlinkedAccount> accounts = {
        account("mastodon", "Nouf_Q@social.example"), account("instagram", "someone", "write me: OMAR@example.org."),
        account("x", "@nouf_q"), account("bluesky", "nouf_qq"), account("x", "nobody", "mail me at a@b")};
    const auto made = suggest_links(customers, accounts, kInNovember);
    ASSERT_EQ(made.size(), 2U);
    EXPECT_EQ(made[0].customer, "c1");
    EXPECT_EQ(made[0].subject, "mastodon:Nouf_Q@social.example");
    EXPECT_EQ(made[0].reason, "the same handle on x");
    EXPECT_EQ(made[1].customer, "c2");
    EXPECT_EQ(made[1].reason, "the profile names omar@example.org");
}

TEST(LinkSuggestion, what_points_to_two_people_or_is_too_short_points_to_nobody) {
    Customer first{.id = "a",
                   .emails = {"shared@example.org"},
                   .identities = {{"x", "coffeelover", "", kInNovember}, {"x", "omar", "", kInNovember}}};
    Customer second{
        .id = "b", .emails = {"shared@example.org"}, .identities = {{"instagram", "coffeelover", "", kInNovember}}};
    const std::vector<Customer> customers = {first, second};
    const std::vector<UnlinkedAccount> accounts = {account("mastodon", "coffeelover"), account("mastodon", "omar"),
                                                   account("mastodon", "c", "shared@example.org")};
    EXPECT_TRUE(suggest_links(customers, accounts, kInNovember).empty());
    const auto merges = suggest_merges(customers, kInNovember);
    ASSERT_EQ(merges.size(), 1U);
    EXPECT_EQ(merges[0].customer, "a");
    EXPECT_EQ(merges[0].subject, "b");
    EXPECT_EQ(merges[0].reason, "the same e-mail shared@example.org");
}

TEST(Proposals, a_referral_or_nine_of_ten_makes_an_advocate_once_a_person_agrees) {
    Customer customer{.id = "c", .plan = std::string(kClientsForLife)};
    const std::vector<LedgerEntry> referral = {{.at = kInNovember, .kind = "referral"}};
    const auto nps = [&](int score, Instant at) {
        return Survey{.kind = SurveyKind::nps, .answered_at = at, .score = score};
    };
    EXPECT_EQ(propose_plan(customer, referral, {}, kInNovember)->reason, "referred somebody on 2026-11-22");
    EXPECT_EQ(propose_plan(customer, {}, std::vector{nps(9, kInNovember)}, kInNovember)->reason, "NPS 9 on 2026-11-22");
    EXPECT_FALSE(propose_plan(customer, {}, std::vector{nps(8, kInNovember)}, kInNovember));
    EXPECT_FALSE(propose_plan(customer, {}, std::vector{nps(10, kInNovember - 1h), nps(3, kInNovember)}, kInNovember))
        << "the newest counts";

    auto move = propose_plan(customer, referral, {}, kInNovember).value();
    EXPECT_EQ(with_proposal(customer, move).plan, kClientsForLife) << "nothing moves by itself";
    move = decided(move, true, "sara", kInNovember).value();
    customer = with_proposal(customer, move);
    EXPECT_EQ(customer.plan, kAdvocates);
    EXPECT_EQ(customer.sources.at(0).source, "referred somebody on 2026-11-22");
    EXPECT_FALSE(decided(move, false, "sara", kInNovember)) << "decided once";
    EXPECT_FALSE(propose_plan(customer, referral, {}, kInNovember));
    EXPECT_EQ(propose_plan({.id = "n", .known_as = "past_client"}, {}, {}, kInNovember)->subject, kClientsForLife);
}

TEST(Proposals, interests_come_from_two_own_mentions_that_do_not_complain) {
    const std::vector<InterestWords> vocabulary = {{"specialty coffee", {"قهوة مختصة", "v60", "#بن"}},
                                                   {"pastry", {"كرواسون", "croissant"}}};
    const std::vector<OwnMention> mentions = {
        {.id = "1", .text = "جربت V60 اليوم"},
        {.id = "2", .text = "beans!", .tags = {"v60"}},
        {.id = "3", .text = "الكرواسون محروق croissant", .polarity = Polarity::negative},
        {.id = "4", .text = "croissant please"}};
    Customer customer{.id = "c"};
    const auto made = propose_interests(customer, mentions, vocabulary, kInNovember);
    ASSERT_EQ(made.size(), 1U);
    EXPECT_EQ(made[0].subject, "specialty coffee");
    EXPECT_EQ(made[0].reason, "own mentions: 2 with v60");
    customer = with_proposal(customer, decided(made[0], true, "sara", kInNovember).value());
    EXPECT_EQ(customer.interests, std::vector<std::string>{"specialty coffee"});
    EXPECT_TRUE(propose_interests(customer, mentions, vocabulary, kInNovember).empty());
}

TEST(Proposals, praise_is_reshared_only_with_his_consent_which_is_kept) {
    Customer customer{.id = "c"};
    EXPECT_FALSE(may_reshare(customer, "m1"));
    customer = with_testimonial(customer, "m1", true, "asked by Sara", kInNovember);
    EXPECT_TRUE(may_reshare(customer, "m1"));
    EXPECT_FALSE(may_reshare(customer, "m2"));
    EXPECT_FALSE(may_reshare(with_testimonial(customer, "m1", false, "he wrote", kInNovember + 1s), "m1"))
        << "taken back";
    EXPECT_EQ(cell_of(customer, "consents"), "") << "no channel";
}

TEST(Proposals, a_confirmed_account_is_linked_by_hand_once) {
    Customer customer{.id = "c"};
    auto link = proposal(customer, ProposalKind::link_account, "x:nouf", "the same handle on mastodon", kInNovember);
    link = decided(link, true, "sara", kInNovember).value();
    customer = with_proposal(with_proposal(customer, link), link);
    ASSERT_EQ(customer.identities.size(), 1U);
    EXPECT_EQ(customer.identities[0], (Identity{"x", "nouf", "hand", kInNovember}));
}

}  // namespace
}  // namespace rasid
