#include "engagement/csv.hpp"
#include "tests/support/instant_at.hpp"
#include "tests/support/read_customers.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

namespace rasid {
namespace {

const Instant kReadAt = at("2026-03-01T08:00:00Z");

ReadCustomers parse(std::string_view text, const std::map<std::string, std::string>& mapping = {}) {
    return read_customers(text, "customers.csv", mapping, kReadAt);
}

/// "line:column what" of the only error.
std::string error_of(const std::vector<SetupError>& errors) {
    if (errors.size() != 1) return std::to_string(errors.size()) + " errors";
    return std::to_string(errors[0].origin.line) + ":" + std::to_string(errors[0].origin.column) + " " + errors[0].what;
}

std::string texts(const ParsedCsv& csv) {
    std::string all;
    for (const auto& row : csv.rows) {
        for (const auto& cell : row) all += "[" + cell.text + "]";
        all += "|";
    }
    return all;
}

TEST(Csv, reads_commas_quotes_and_line_ends_inside_quotes) {
    EXPECT_EQ(texts(parse_csv("a,\"b,\"\"c\"\"\nd\",\r\n\"\",e", "f")), "[a][b,\"c\"\nd][]|[][e]|");
    EXPECT_EQ(texts(parse_csv("\xEF\xBB\xBF"
                              "a\rb\n\n\r\nc\n",
                              "f")),
              "[a]|[b]|[c]|");
    EXPECT_EQ(texts(parse_csv("", "f")), "");
    EXPECT_EQ(texts(parse_csv("a,", "f")), "[a][]|");
}

TEST(Csv, knows_the_place_of_every_cell_in_characters) {
    const auto csv = parse_csv("نوف,\"a\nb\",c\nd,e", "f");
    ASSERT_TRUE(csv.errors.empty());
    EXPECT_EQ(csv.rows[0][1].line, 1);
    EXPECT_EQ(csv.rows[0][1].column, 5);
    EXPECT_EQ(csv.rows[0][2].line, 2);
    EXPECT_EQ(csv.rows[0][2].column, 4);
    EXPECT_EQ(csv.rows[1][1].line, 3);
    EXPECT_EQ(csv.rows[1][1].column, 3);
}

TEST(Csv, says_where_a_file_is_broken) {
    EXPECT_EQ(error_of(parse_csv("a,b\"c\n", "f").errors).substr(0, 4), "1:4 ");
    EXPECT_EQ(error_of(parse_csv("a\n\"b\"c\n", "f").errors).substr(0, 4), "2:4 ");
    EXPECT_EQ(error_of(parse_csv("a\nb,\"c\nd", "f").errors), "2:3 this quote is never closed");
    EXPECT_EQ(error_of(parse_csv("ab\xFF", "f").errors).substr(0, 4), "1:3 ");
    EXPECT_EQ(error_of(parse_csv(std::string_view("a\0b", 3), "f").errors).substr(0, 4), "1:2 ");
}

TEST(Csv, what_is_printed_is_read_back_whatever_the_cells_hold) {
    std::mt19937 dice(4180);
    const std::vector<std::string> pieces = {",", "\"", "\n", "\r", "\r\n",         "a",
                                             "ن", "'",  "=",  " ",  "\xEF\xBB\xBF", "\xEF\xBF\xBD"};
    const auto pick = [&](std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(dice); };
    for (int round = 0; round < 2000; ++round) {
        std::string printed;
        std::vector<CsvRow> rows(1 + pick(3));
        for (auto& row : rows) {
            std::vector<std::string> cells(1 + pick(4));
            for (auto& cell : cells) {
                for (auto length = pick(6); length > 0; --length) cell += pieces[pick(pieces.size())];
                row.push_back({.text = cell});
            }
            printed += print_csv_row(cells);
        }
        const auto csv = parse_csv(printed, "f");
        ASSERT_TRUE(csv.errors.empty()) << printed;
        ASSERT_EQ(csv.rows, rows) << printed;
    }
}

TEST(CustomersCsv, reads_every_column) {
    const auto parsed = parse("name,name_latin,emails,phones,handles,language,birthday,address,tier,brand,purchases\r\n"
                              "نوف,Nouf,a@example.org; b@example.org,+966 55 "
                              "501,x:@nouf;did:plc:abc,ar,1993-02-11,\"حطين, الرياض\",gold,nasma,"
                              "2026-01-10=120.5 SAR;2026-02-01=12.000 JOD\r\n");
    ASSERT_TRUE(parsed.errors.empty()) << to_string(parsed.errors[0]);
    ASSERT_EQ(parsed.customers.size(), 1U);
    const auto& nouf = parsed.customers[0];
    EXPECT_TRUE(nouf.id.empty());
    EXPECT_EQ(nouf.name, "نوف");
    EXPECT_EQ(nouf.name_latin, "Nouf");
    EXPECT_EQ(nouf.emails, (std::vector<std::string>{"a@example.org", "b@example.org"}));
    EXPECT_EQ(nouf.phones, std::vector<std::string>{"+966 55 501"});
    EXPECT_EQ(nouf.identities[0], (Identity{"x", "nouf", "import", kReadAt}));
    EXPECT_EQ(nouf.identities[1].handle, "plc:abc") << "only the first colon parts platform and name";
    EXPECT_EQ(to_string(*nouf.birthday), "1993-02-11");
    EXPECT_EQ(nouf.address, "حطين, الرياض");
    EXPECT_EQ(nouf.tier, "gold");
    EXPECT_EQ(nouf.brand, "nasma");
    EXPECT_EQ(nouf.purchases[0].amount_minor, 12'050);
    EXPECT_EQ(nouf.purchases[1].amount_minor, 1'200);
    EXPECT_EQ(nouf.purchases[1].currency, "JOD");
}

TEST(CustomersCsv, columns_come_in_any_order_and_others_by_mapping) {
    const auto parsed = parse("Language,Full name\nar,نوف\n", {{"Full name", "name"}, {"Language", "language"}});
    ASSERT_TRUE(parsed.errors.empty());
    EXPECT_EQ(parsed.customers.at(0).name, "نوف");
    EXPECT_EQ(parsed.customers.at(0).language, "ar");
}

TEST(CustomersCsv, names_the_cell_that_is_wrong_and_takes_nobody) {
    const auto fails = [](std::string_view column, std::string_view value, std::string_view expected) {
        const auto parsed = parse("name," + std::string(column) + "\nA,\nB," + std::string(value) + "\n");
        EXPECT_TRUE(parsed.customers.empty()) << column;
        EXPECT_NE(error_of(parsed.errors).find("3:3 `" + std::string(expected)), std::string::npos)
            << error_of(parsed.errors);
    };
    fails("birthday", "1990-02-30", "1990-02-30` is no date");
    fails("emails", "a@b;nonsense", "nonsense` is no e-mail");
    fails("phones", "call me", "call me` is no phone");
    fails("handles", "nouf", "nouf` is no handle");
    fails("language", "العربية", "العربية` is no language");
    fails("purchases", "2026-01-10=12", "2026-01-10=12` is no purchase");
    fails("purchases", "2026-01-10=12.345 SAR", "2026-01-10=12.345 SAR` is no purchase");
    fails("purchases", "2026-01-10=-5 SAR", "2026-01-10=-5 SAR` is no purchase");
}

TEST(CustomersCsv, an_unknown_column_is_refused_with_a_suggestion) {
    const auto text = error_of(parse("name,emials\nA,a@b\n").errors);
    EXPECT_NE(text.find("1:6 unknown column `emials`"), std::string::npos) << text;
    EXPECT_NE(text.find("`emails`"), std::string::npos) << text;
}

TEST(CustomersCsv, header_and_row_lengths_are_checked) {
    EXPECT_EQ(error_of(parse("").errors).substr(0, 4), "1:1 ");
    EXPECT_NE(error_of(parse("tier\ngold\n").errors).find("`name` is missing"), std::string::npos);
    EXPECT_NE(error_of(parse("name,tier,tier\n").errors).find("1:11 the column `tier` is there twice"),
              std::string::npos);
    EXPECT_EQ(error_of(parse("name,tier\nA,gold,extra\n").errors).substr(0, 4), "2:8 ");
    EXPECT_NE(error_of(parse("name,tier\nA\n").errors).find("has 1 cells"), std::string::npos);
    EXPECT_NE(error_of(parse("name,tier\n,gold\n").errors).find("needs a name"), std::string::npos);
}

TEST(CustomersCsv, one_person_in_two_lines_is_an_error) {
    const auto text = error_of(parse("name,emails\nA,Nouf@example.org\nB,b@example.org\nC,nouf@EXAMPLE.org\n").errors);
    EXPECT_NE(text.find("4:1 the same e-mail"), std::string::npos) << text;
    EXPECT_NE(text.find("line 2"), std::string::npos) << text;
}

TEST(CustomersCsv, the_same_person_shares_an_email_a_phone_or_a_handle) {
    const auto only = [](std::string_view column, std::string_view value) {
        return parse("name," + std::string(column) + "\nA,\"" + std::string(value) + "\"\n").customers.at(0);
    };
    EXPECT_TRUE(same_person(only("emails", "A@b"), only("emails", "x@y;a@B")));
    EXPECT_TRUE(same_person(only("phones", "+966 (55) 501"), only("phones", "0096655501")));
    EXPECT_TRUE(same_person(only("handles", "x:@Nouf"), only("handles", "X:nouf")));
    EXPECT_FALSE(same_person(only("handles", "x:nouf"), only("handles", "mastodon:nouf")));
    EXPECT_FALSE(same_person(only("emails", "a@b"), only("emails", "a@c")));
    EXPECT_FALSE(same_person(Customer{.name = "A"}, Customer{.name = "A"})) << "a name is no identity";
}

TEST(CustomersCsv, cells_that_a_spreadsheet_would_run_are_guarded_and_come_back_unchanged) {
    std::vector<Customer> customers;
    for (const auto* name : {"=HYPERLINK(1)", "+1", "-1", "@x", "'=1", "''@", "'quoted'", "it's"}) {
        customers.push_back({.name = name, .phones = {"+966555" + std::to_string(customers.size())}});
    }
    const auto printed = print_customers_csv(customers);
    EXPECT_NE(printed.find("'=HYPERLINK(1)"), std::string::npos);
    EXPECT_EQ(printed.find("\n="), std::string::npos);
    EXPECT_EQ(printed.find(",+"), std::string::npos);
    const auto parsed = parse(printed);
    ASSERT_TRUE(parsed.errors.empty());
    EXPECT_EQ(parsed.customers, customers);
}

TEST(CustomersCsv, the_demos_customers_are_read_and_printed_without_loss) {
    const std::filesystem::path path = RASID_SOURCE_DIR "/demo/customers.csv";
    std::ifstream file(path);
    ASSERT_TRUE(file) << path;
    std::stringstream text;
    text << file.rdbuf();
    const auto first = parse(text.str());
    ASSERT_TRUE(first.errors.empty()) << to_string(first.errors[0]);
    EXPECT_GE(first.customers.size(), 5U);
    const auto second = parse(print_customers_csv(first.customers));
    ASSERT_TRUE(second.errors.empty());
    EXPECT_EQ(second.customers, first.customers);
}

}  // namespace
}  // namespace rasid
