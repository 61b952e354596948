#include "daemon/files_adapter.hpp"

#include "tests/support/temp_folder.hpp"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace rasid {
namespace {

class FilesAdapterTest : public testing::Test {
protected:
    std::string write(const std::string& name, const std::string& content, mode_t mode = 0600) {
        const auto path = folder.file(name);
        std::ofstream(path, std::ios::binary) << content;
        ::chmod(path.c_str(), mode);
        return path;
    }

    TempFolder folder;
    MachineFiles files;
};

TEST_F(FilesAdapterTest, reads_a_file_up_to_its_bound) {
    const std::string content("a\0b\r\n", 5);
    const auto path = write("f", content);
    const auto whole = files.read(path, 5);
    ASSERT_TRUE(whole) << whole.error().what;
    EXPECT_EQ(*whole, content);
    const auto over = files.read(path, 4);
    ASSERT_FALSE(over);
    EXPECT_EQ(over.error().kind, Failure::Kind::blocked);
}

TEST_F(FilesAdapterTest, tells_a_missing_file_from_one_that_cannot_be_read) {
    const auto missing = files.read(folder.file("none"), 10);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().kind, Failure::Kind::not_found);
    const auto directory = files.read(folder.path().string(), 10);
    ASSERT_FALSE(directory);
    EXPECT_EQ(directory.error().kind, Failure::Kind::refused);
}

TEST_F(FilesAdapterTest, does_not_wait_for_a_pipe_nor_read_a_device_without_end) {
    const auto pipe = folder.file("pipe");
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_FALSE(files.read(pipe, 10));
    EXPECT_FALSE(files.read("/dev/zero", 1u << 20));
}

TEST_F(FilesAdapterTest, a_file_of_the_kernel_without_a_size_is_bounded_too) {
    EXPECT_TRUE(files.read("/proc/self/status", 1u << 20));
    EXPECT_FALSE(files.read("/proc/self/status", 10));
}

TEST_F(FilesAdapterTest, reads_what_the_program_carries) {
    const EmbeddedFile carried[] = {{"mentions.ndjson", "{}\n"}};
    MachineFiles with(carried);
    const auto found = with.read("demo:mentions.ndjson", 10);
    ASSERT_TRUE(found) << found.error().what;
    EXPECT_EQ(*found, "{}\n");
    EXPECT_EQ(with.read("demo:mentions.ndjson", 2).error().kind, Failure::Kind::blocked);
    EXPECT_EQ(with.read("demo:other", 10).error().kind, Failure::Kind::not_found);
    EXPECT_EQ(files.read("demo:mentions.ndjson", 10).error().kind, Failure::Kind::not_found);
}

TEST_F(FilesAdapterTest, a_secret_loses_the_line_break_at_its_end_and_nothing_else) {
    const auto secret = read_secret(write("s", " pass word \r\n"));
    ASSERT_TRUE(secret) << secret.error().what;
    EXPECT_EQ(*secret, " pass word ");
}

TEST_F(FilesAdapterTest, a_secret_that_everybody_can_read_is_refused_with_the_remedy) {
    for (const mode_t mode : {0604, 0644, 0602, 0666}) {
        const auto path = write("open", "secret", mode);
        const auto secret = read_secret(path);
        ASSERT_FALSE(secret) << std::oct << mode;
        EXPECT_EQ(secret.error().kind, Failure::Kind::refused);
        EXPECT_NE(secret.error().what.find("chmod 600 " + path), std::string::npos) << secret.error().what;
        EXPECT_EQ(secret.error().what.find("secret;"), std::string::npos);
    }
    EXPECT_TRUE(read_secret(write("group", "secret", 0640)));
}

TEST_F(FilesAdapterTest, empty_and_missing_secrets_say_what_to_do) {
    const auto empty = read_secret(write("e", "\n"));
    ASSERT_FALSE(empty);
    EXPECT_NE(empty.error().what.find("is empty"), std::string::npos);
    const auto missing = read_secret(folder.file("none"));
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().kind, Failure::Kind::not_found);
    EXPECT_NE(missing.error().what.find("LoadCredential="), std::string::npos);
    EXPECT_FALSE(read_secret(write("large", std::string(70'000, 'x'))));
}

TEST_F(FilesAdapterTest, a_bare_name_is_a_credential_of_the_unit) {
    write("smtp-password", "from systemd\n", 0444);
    ::setenv("CREDENTIALS_DIRECTORY", folder.path().c_str(), 1);
    const auto named = read_secret("smtp-password");
    const auto by_path = read_secret(folder.file("smtp-password"));
    const auto escaping = read_secret("../" + folder.path().filename().string() + "/smtp-password");
    ::unsetenv("CREDENTIALS_DIRECTORY");
    ASSERT_TRUE(named) << named.error().what;
    EXPECT_EQ(*named, "from systemd");
    EXPECT_TRUE(by_path);
    EXPECT_FALSE(escaping);
    EXPECT_FALSE(read_secret(folder.file("smtp-password"))) << "outside the unit it is a file that everybody can read";
}

}  // namespace
}  // namespace rasid
