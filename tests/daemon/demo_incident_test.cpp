#include "core/json.hpp"
#include "core/mention_json.hpp"
#include "core/setup_toml.hpp"
#include "daemon/demo_rehearsal.hpp"
#include "daemon/setup_check.hpp"
#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace rasid {
namespace {

std::string demo_text(const std::string& name) {
    std::ifstream file(std::string(RASID_SOURCE_DIR "/demo/") + name);
    EXPECT_TRUE(file) << name;
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<Mention> demo_mentions(Instant start) {
    std::vector<Mention> mentions;
    std::istringstream in(demo_text("mentions.ndjson"));
    for (std::string line; std::getline(in, line);) {
        const auto document = parse_json(line);
        auto parsed = parse_mention_json(document->root());
        EXPECT_TRUE(parsed) << line;
        auto& mention = parsed->mention;
        mention.created_at = start + std::chrono::seconds(*document->root()["at"].integer());
        mention.own = mention.author.handle == "nasma";
        mentions.push_back(std::move(mention));
    }
    return mentions;
}

/// Numbers as scattered as the daemon's, and the same in every run.
class SeededBytes final : public Random {
public:
    void fill(std::span<std::uint8_t> bytes) override {
        for (auto& byte : bytes) {
            state_ = state_ * 6364136223846793005u + 1442695040888963407u;
            byte = static_cast<std::uint8_t>(state_ >> 56);
        }
    }

private:
    std::uint64_t state_ = 7;
};

TEST(DemoIncident, the_demo_s_day_has_exactly_one_rise_with_members_below_it) {
    const auto now = parse_rfc3339("2026-11-22T08:20:00Z").value();
    TempFolder folder;
    SeededBytes random;
    const auto store = open_store({"sqlite:" + folder.file("demo.db"), false});
    store->put_setup(parse_setup(demo_text("setup.toml"), "setup.toml").setup);
    rehearse_day(*store, *decisions_of(store->setup()), demo_mentions(now), "nasma", {}, random, now);

    const auto incidents = store->incidents({}, false, "", 10);
    ASSERT_EQ(incidents.size(), 1u);
    const auto rises = store->rises_of(incidents[0]);
    ASSERT_EQ(rises.size(), 1u);
    EXPECT_EQ(to_string(rises[0].series), "rule:app trouble");
    EXPECT_FALSE(rises[0].incident.ended_at) << "it runs when the demo opens";
    EXPECT_GE(store->incident_size(incidents[0]), 12);
    EXPECT_EQ(store->ticket(incidents[0])->queue, "care");
}

}  // namespace
}  // namespace rasid
