#include "tests/rules/rule_scene.hpp"

#include <fstream>
#include <sstream>

namespace rasid {
namespace {

/// A fenced block of docs/rules.md.
struct Block {
    std::string kind;  ///< query, wrong, toml
    std::vector<std::string> lines;
    int line = 0;
};

std::vector<Block> blocks_of_page() {
    std::ifstream file(RASID_SOURCE_DIR "/docs/rules.md");
    std::vector<Block> blocks;
    bool inside = false;
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        if (line.starts_with("```")) {
            inside = !inside;
            if (inside) blocks.push_back({line.substr(3), {}, number});
        } else if (inside) {
            blocks.back().lines.push_back(line);
        }
    }
    return blocks;
}

struct Example {
    Mention mention;
    Context context;
};

/// "[stars=1 reply] text": a mention with what stands in the brackets, _ for a space.
Example example_of(std::string_view written) {
    Example example{mention_of(""), {}};
    auto& mention = example.mention;
    if (written.starts_with('[')) {
        const auto end = written.find(']');
        std::istringstream words{std::string(written.substr(1, end - 1))};
        written.remove_prefix(end + 2);
        for (std::string word; words >> word;) {
            const auto sign = std::min(word.find('='), word.size());
            const auto name = word.substr(0, sign);
            auto value = word.substr(std::min(sign + 1, word.size()));
            for (auto& c : value)
                if (c == '_') c = ' ';
            const auto customer = [&]() -> Context::KnownCustomer& {
                if (!example.context.customer) example.context.customer = Context::KnownCustomer{};
                return *example.context.customer;
            };
            if (name == "platform") mention.key.platform = value;
            if (name == "author") mention.author.handle = value;
            if (name == "followers") mention.author.followers = std::stol(value);
            if (name == "stars") mention.stars = std::stod(value);
            if (name == "reply") mention.in_reply_to = "1";
            if (name == "domain") mention.domain = value;
            if (name == "customer") customer().id = value;
            if (name == "tier") customer().tier = value;
            if (name == "plan") customer().plan = value;
        }
    }
    mention.text = written;
    return example;
}

TEST(RulesPage, has_only_examples_that_are_true) {
    constexpr std::string_view kMatches = "✓ ";
    constexpr std::string_view kMatchesNot = "✗ ";
    int checked = 0;
    for (const auto& block : blocks_of_page()) {
        if (block.kind != "query") continue;
        ASSERT_GE(block.lines.size(), 2u) << "line " << block.line;
        const auto& query = block.lines[0];
        for (std::size_t i = 1; i < block.lines.size(); ++i) {
            const std::string_view line = block.lines[i];
            const bool expected = line.starts_with(kMatches);
            ASSERT_TRUE(expected || line.starts_with(kMatchesNot)) << line;
            const auto example = example_of(line.substr(kMatches.size()));
            EXPECT_EQ(matches(query, example.mention, example.context), expected) << query << " | " << line;
            ++checked;
        }
    }
    EXPECT_GE(checked, 40);
}

TEST(RulesPage, shows_errors_as_they_are_told) {
    int checked = 0;
    for (const auto& block : blocks_of_page()) {
        if (block.kind != "wrong") continue;
        ASSERT_EQ(block.lines.size(), 2u) << "line " << block.line;
        Rule rule = rule_of("r", block.lines[0]);
        rule.query_origin = {"", 1, 0};
        const auto errors = compile({rule}).errors;
        ASSERT_EQ(errors.size(), 1u) << block.lines[0];
        const auto& error = errors[0];
        const auto what = error.what.substr(error.what.find(": ") + 2);
        EXPECT_EQ(std::to_string(error.origin.line) + ":" + std::to_string(error.origin.column) + " " + what,
                  block.lines[1]);
        ++checked;
    }
    EXPECT_GE(checked, 3);
}

TEST(RulesPage, begins_with_a_rule_that_can_be_imported) {
    const auto blocks = blocks_of_page();
    ASSERT_FALSE(blocks.empty());
    ASSERT_EQ(blocks[0].kind, "toml");
    std::string toml;
    for (const auto& line : blocks[0].lines) toml += line + "\n";
    const auto parsed = parse_setup(toml, "rules.md");
    ASSERT_TRUE(parsed.errors.empty());
    EXPECT_TRUE(compile(parsed.setup.rules).errors.empty());
}

}  // namespace
}  // namespace rasid
