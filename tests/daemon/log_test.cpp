#include "daemon/log.hpp"

#include "tests/support/temp_folder.hpp"

#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <gtest/gtest.h>
#include <regex>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace rasid {
namespace {

TEST(LogTest, prints_logfmt_with_quotes_only_where_they_are_needed) {
    const LogRecord record{Level::warning,
                           "source_failing",
                           "no answer from \"feed\"",
                           {{"source", "nasma"}, {"url", "a=b"}, {"empty", ""}}};
    EXPECT_EQ(
        print_logfmt(record),
        "level=warning event=source_failing source=nasma url=\"a=b\" empty=\"\" msg=\"no answer from \\\"feed\\\"\"");
}

TEST(LogTest, a_stranger_cannot_forge_a_line_or_steer_a_terminal) {
    const LogRecord record{
        Level::info, "x", "a\nlevel=error event=forged\r\x1b[2J\x7f\x1f\xc2\x9bq", {{"source", "s\n1"}}};
    EXPECT_EQ(print_logfmt(record),
              "level=info event=x source=s\\n1 msg=\"a\\nlevel=error event=forged\\x0d\\x1b[2J\\x7f\\x1f\\x9bq\"");
    for (const auto& field : journal_fields(record)) EXPECT_EQ(field.find('\n'), std::string::npos) << field;
}

TEST(LogTest, leaves_arabic_as_it_is) {
    EXPECT_NE(print_logfmt({Level::info, "x", "قهوة", {}}).find("msg=قهوة"), std::string::npos);
}

TEST(LogTest, gives_the_journal_fields_of_their_own) {
    const LogRecord record{
        Level::error, "mail_dead", "given up", {{"source", "nasma"}, {"ticket", "4821"}, {"odd-key", "v"}}};
    const std::vector<std::string> expected = {"MESSAGE=given up",      "PRIORITY=3",         "SYSLOG_IDENTIFIER=rasid",
                                               "RASID_EVENT=mail_dead", "RASID_SOURCE=nasma", "RASID_TICKET=4821",
                                               "RASID_ODD_KEY=v"};
    EXPECT_EQ(journal_fields(record), expected);
}

TEST(LogTest, knows_the_journal_by_device_and_inode) {
    struct stat info {};
    ASSERT_EQ(::fstat(STDERR_FILENO, &info), 0);
    const auto right = std::to_string(info.st_dev) + ":" + std::to_string(info.st_ino);
    EXPECT_TRUE(is_journal(right.c_str(), STDERR_FILENO));
    EXPECT_FALSE(is_journal((right + "0").c_str(), STDERR_FILENO));
    EXPECT_FALSE(is_journal("", STDERR_FILENO));
    EXPECT_FALSE(is_journal(nullptr, STDERR_FILENO));
    EXPECT_FALSE(is_journal(right.c_str(), -1));
}

/// What `write` makes appear on stderr.
template <typename Write>
std::string stderr_of(const Write& write) {
    TempFolder folder;
    std::fflush(stderr);
    const int kept = ::dup(STDERR_FILENO);
    const int file = ::open(folder.file("log").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    ::dup2(file, STDERR_FILENO);
    write();
    std::fflush(stderr);
    ::dup2(kept, STDERR_FILENO);
    ::close(kept);
    ::close(file);
    std::ifstream in(folder.file("log"));
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

TEST(LogTest, writes_one_line_per_event_with_its_time_and_drops_what_is_below_the_level) {
    const auto text = stderr_of([] {
        log_event(Level::info, "ready", "watching 3 sources", {{"source", "a b"}});
        log_event(Level::debug, "hidden", "not shown");
        set_log_level(Level::debug);
        log_event(Level::debug, "shown", "now\x1fshown");
        set_log_level(Level::info);
    });
    EXPECT_TRUE(std::regex_match(text, std::regex("ts=\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z level=info "
                                                  "event=ready source=\"a b\" msg=\"watching 3 sources\"\n"
                                                  "ts=\\S+Z level=debug event=shown msg=now\\\\x1fshown\n")))
        << text;
}

}  // namespace
}  // namespace rasid
