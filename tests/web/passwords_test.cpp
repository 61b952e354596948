#include "web/passwords.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

TEST(Passwords, are_hashed_by_argon2id_with_64_mib_and_two_passes) {
    const auto hash = hash_password("correct horse battery");
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << hash;
    EXPECT_TRUE(password_matches(hash, "correct horse battery"));
    EXPECT_FALSE(password_matches(hash, "correct horse batterY"));
    EXPECT_FALSE(needs_rehash(hash));
    EXPECT_NE(hash, hash_password("correct horse battery"));
}

TEST(Passwords, with_weaker_parameters_are_to_be_hashed_again) {
    EXPECT_TRUE(needs_rehash(
        "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
}

TEST(Passwords, have_twelve_to_a_hundred_and_twenty_eight_characters_of_any_script) {
    EXPECT_FALSE(check_password("kTz93hd!fqp", {}));
    EXPECT_TRUE(check_password("kTz93hd!fqpa", {}));
    EXPECT_TRUE(check_password("قهوة الصباح لذيذة", {}));
    EXPECT_FALSE(check_password("قهوة الصباح", {})) << "eleven characters, however many bytes";
    std::string longest;
    for (int i = 0; i < 16; ++i) longest += "aB3dE6gH";
    EXPECT_TRUE(check_password(longest, {}));
    EXPECT_FALSE(check_password(longest + "x", {}));
}

TEST(Passwords, that_everybody_tries_first_are_refused) {
    for (const auto* usual :
         {"password1234", "PassWord1234", "123456789012", "qwertyuiop12", "aaaaaaaaaaaa", "abababababab"}) {
        EXPECT_FALSE(check_password(usual, {})) << usual;
    }
}

TEST(Passwords, made_of_the_persons_own_names_are_refused) {
    EXPECT_FALSE(check_password("sarasara2026!", {"Sara", "sara@example.org"}));
    EXPECT_FALSE(check_password("rasid-rasid-1", {}));
    EXPECT_TRUE(check_password("sara likes 9 walnuts", {"Sara", "sara@example.org"}));
}

TEST(Tokens, rest_as_sha_256) {
    EXPECT_EQ(token_hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Secrets, are_the_same_only_when_they_are_and_never_when_empty) {
    EXPECT_TRUE(same_secret("a", "a"));
    EXPECT_FALSE(same_secret("a", "b"));
    EXPECT_FALSE(same_secret("a", "ab"));
    EXPECT_FALSE(same_secret("", ""));
}

}  // namespace
}  // namespace rasid
