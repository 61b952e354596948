#include "tests/storage/samples.hpp"
#include "tests/storage/store_contract.hpp"

namespace rasid {
namespace {

using samples::minute;

class CorrectionsContract : public StoreContract {
protected:
    static Correction correction(const std::string& id, int at, CorrectionKind what = CorrectionKind::sentiment) {
        Correction made;
        made.id = id;
        made.mention = "id-of-1";
        made.brand = "nasma";
        made.language = "ar";
        made.text = "القهوة باردة\tمرة\nأخرى";
        made.what = what;
        made.rule = what == CorrectionKind::rule ? "complaints" : "";
        made.right = what == CorrectionKind::rule ? "miss" : "neutral";
        made.was = what == CorrectionKind::rule ? "hit" : "negative";
        made.person = "p1";
        made.at = minute(at);
        return made;
    }
    void take(const StoredMention& mention) {
        Intake intake;
        intake.mentions = {mention};
        store->take(intake);
    }
    std::vector<std::string> standing(CorrectionKind what = CorrectionKind::sentiment, int limit = 10) {
        std::vector<std::string> ids;
        for (const auto& one : store->corrections(what, limit)) ids.push_back(one.id);
        return ids;
    }
    using Ids = std::vector<std::string>;
};
RASID_OVER_ENGINES(CorrectionsContract);

TEST_P(CorrectionsContract, gives_back_every_field_of_a_correction) {
    auto undone = correction("a", 1, CorrectionKind::rule);
    undone.undone_at = minute(2);
    store->put_correction(undone);
    reopen();
    EXPECT_EQ(store->correction("a"), undone);
    EXPECT_EQ(store->corrections_of("id-of-1"), std::vector<Correction>{undone});
    EXPECT_FALSE(store->correction("b"));
    EXPECT_TRUE(store->corrections_of("").empty());
}

TEST_P(CorrectionsContract, counts_the_newest_of_one_mention_and_what_it_is_about) {
    auto elsewhere = correction("other mention", 4);
    elsewhere.mention = "id-of-2";
    auto other_rule = correction("other rule", 6, CorrectionKind::rule);
    other_rule.rule = "praise";
    for (const auto& one : {correction("first", 1), correction("second", 3), correction("same time", 3), elsewhere,
                            correction("rule", 5, CorrectionKind::rule), other_rule})
        store->put_correction(one);
    EXPECT_EQ(standing(), (Ids{"other mention", "second"})) << "of the same moment the later id counts";
    EXPECT_EQ(standing(CorrectionKind::rule), (Ids{"other rule", "rule"}));
    EXPECT_TRUE(standing(CorrectionKind::language).empty());
    EXPECT_EQ(standing(CorrectionKind::sentiment, 1), Ids{"other mention"});
    EXPECT_EQ(store->corrections_of("id-of-1").size(), 5u);
}

TEST_P(CorrectionsContract, counts_the_one_before_once_the_newest_was_undone) {
    auto newest = correction("second", 2);
    store->put_correction(correction("first", 1));
    store->put_correction(newest);
    newest.undone_at = minute(3);
    store->put_correction(newest);
    EXPECT_EQ(standing(), Ids{"first"});
    EXPECT_EQ(store->correction("second")->undone_at, minute(3));
}

TEST_P(CorrectionsContract, lose_their_text_when_the_author_deletes_the_mention) {
    take(samples::mention("1"));
    store->put_correction(correction("a", 1));
    auto gone = samples::mention("1");
    gone.mention.deleted = true;
    take(gone);
    EXPECT_EQ(store->correction("a")->text, "");
    EXPECT_TRUE(standing().empty()) << "nothing can be learnt from no text";
}

TEST_P(CorrectionsContract, lose_their_text_when_the_mention_is_forgotten_and_keep_what_was_decided) {
    take(samples::mention("1"));
    auto kept = correction("kept", 1);
    kept.mention = "id-of-2";
    store->put_correction(correction("a", 1));
    store->put_correction(kept);
    EXPECT_EQ(store->forget_before(minute(100), 10), 1);
    auto left = correction("a", 1);
    left.text.clear();
    EXPECT_EQ(store->correction("a"), left);
    EXPECT_EQ(standing(), Ids{"kept"});
}

TEST_P(CorrectionsContract, do_not_follow_an_edit_of_the_mention) {
    take(samples::mention("1"));
    store->put_correction(correction("a", 1));
    auto edited = samples::mention("1");
    edited.mention.revision = "r2";
    edited.mention.text = "quite another text";
    take(edited);
    EXPECT_EQ(store->correction("a")->text, correction("a", 1).text) << "it is about what was said then";
}

}  // namespace
}  // namespace rasid
