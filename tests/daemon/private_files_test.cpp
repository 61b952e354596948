#include "daemon/private_files_adapter.hpp"

#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace rasid {
namespace {

namespace fs = std::filesystem;

class PrivateFilesTest : public testing::Test {
protected:
    TempFolder folder;
    std::string place = folder.file("rasid.db.grants");
    FolderPrivateFiles files{place};
};

TEST_F(PrivateFilesTest, keeps_what_is_written_for_its_user_alone) {
    EXPECT_EQ(files.read("toots").error().kind, Failure::Kind::not_found);
    ASSERT_TRUE(files.write("toots", "one"));
    ASSERT_TRUE(files.write("toots", "two"));
    EXPECT_EQ(*files.read("toots"), "two");
    EXPECT_EQ(fs::status(place).permissions(), fs::perms::owner_all);
    int count = 0;
    for (const auto& entry : fs::directory_iterator(place)) {
        ++count;
        EXPECT_EQ(entry.status().permissions(), fs::perms::owner_read | fs::perms::owner_write);
    }
    EXPECT_EQ(count, 1) << "nothing half-written is left";
    ASSERT_TRUE(files.remove("toots"));
    EXPECT_TRUE(files.remove("toots"));
    EXPECT_EQ(files.read("toots").error().kind, Failure::Kind::not_found);
}

TEST_F(PrivateFilesTest, takes_any_name_for_a_name) {
    for (const auto* name : {"..", "../../etc/passwd", "a/b", "نسمة", " ", "%2e"}) {
        ASSERT_TRUE(files.write(name, name)) << name;
        EXPECT_EQ(*files.read(name), name);
    }
    for (const auto& entry : fs::directory_iterator(folder.path())) EXPECT_EQ(entry.path().string(), place);
}

TEST_F(PrivateFilesTest, does_not_believe_what_others_could_have_written) {
    ASSERT_TRUE(files.write("toots", "mine"));
    const auto file = fs::directory_iterator(place)->path();
    fs::permissions(file, fs::perms::group_write, fs::perm_options::add);
    EXPECT_EQ(files.read("toots").error().kind, Failure::Kind::refused);
    fs::remove(file);
    std::ofstream(folder.file("elsewhere")) << "theirs";
    fs::create_symlink(folder.file("elsewhere"), file);
    EXPECT_FALSE(files.read("toots"));
    ASSERT_TRUE(files.write("toots", "mine again"));
    EXPECT_FALSE(fs::is_symlink(file));
    EXPECT_EQ(grants_folder_beside("sqlite:/var/lib/rasid/rasid.db"), "/var/lib/rasid/rasid.db.grants");
}

}  // namespace
}  // namespace rasid
