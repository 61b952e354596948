#include "daemon/mime.hpp"

#include "core/random.hpp"
#include "tests/support/parsed_mail.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::string_view_literals;

MailMessage usual() {
    MailMessage mail;
    mail.from = "rasid@nasma.example";
    mail.from_name = "راصد";
    mail.to = "sara@example.org";
    mail.to_name = "Sara Q. \"Care\" Ali";
    mail.subject = "[Rasid] #4821 شكوى سلامة، فرع العليا";
    mail.text = "Late by 12 min.\nNobody has it.\n\nقهوة باردة";
    mail.html = "<p dir=\"rtl\">قهوة باردة</p>";
    mail.language = "ar";
    mail.intent = "01HF7YAT00ABCDEFGHJKMNPQRS";
    mail.references = {"01HF7YAT00ABCDEFGHJKMNPQR0", "01HF7YAT00ABCDEFGHJKMNPQR1"};
    mail.list = "Nasma";
    mail.reason = "ladder care, step 50%";
    mail.priority = "high";
    mail.ticket = "4821";
    mail.date = *parse_rfc3339("2026-11-21T19:51:20Z");
    return mail;
}

TEST(MimeTest, a_reader_sees_the_headers_that_were_meant) {
    const auto mail = usual();
    const auto bytes = build_mail(mail);
    EXPECT_EQ(unintended_in(mail, bytes), "");
    const auto parsed = parse_mail(bytes);
    EXPECT_EQ(parsed.header("Subject"), mail.subject);
    EXPECT_EQ(parsed.from_name, mail.from_name);
    EXPECT_EQ(parsed.to_name, mail.to_name);
    EXPECT_EQ(parsed.header("Message-Id"), "<01HF7YAT00ABCDEFGHJKMNPQRS@nasma.example>");
    EXPECT_EQ(parsed.header("In-Reply-To"), "<01HF7YAT00ABCDEFGHJKMNPQR0@nasma.example>");
    EXPECT_EQ(parsed.header("References"),
              "<01HF7YAT00ABCDEFGHJKMNPQR0@nasma.example> <01HF7YAT00ABCDEFGHJKMNPQR1@nasma.example>");
    EXPECT_EQ(parsed.header("Date"), "Sat, 21 Nov 2026 19:51:20 +0000");
    EXPECT_EQ(parsed.header("Auto-Submitted"), "auto-generated");
    EXPECT_EQ(parsed.header("X-Auto-Response-Suppress"), "All");
    EXPECT_EQ(parsed.header("List-Id"), "<nasma.rasid.nasma.example>");
    EXPECT_EQ(parsed.header("X-Rasid-Reason"), mail.reason);
    EXPECT_EQ(parsed.header("X-Rasid-Priority"), "high");
    EXPECT_EQ(parsed.header("X-Rasid-Ticket"), "4821");
    EXPECT_EQ(parsed.header("Rasid-Intent"), mail.intent);
    EXPECT_EQ(parsed.header("MIME-Version"), "1.0");
    EXPECT_EQ(parsed.header("Precedence"), "");
}

TEST(MimeTest, writes_names_and_subject_in_utf8_whatever_legacy_charset_would_fit) {
    const auto bytes = build_mail(usual());
    EXPECT_EQ(bytes.find("iso-8859"), std::string::npos);
    EXPECT_EQ(bytes.find("windows-"), std::string::npos);
    EXPECT_NE(bytes.find("=?UTF-8?"), std::string::npos) << bytes;
}

TEST(MimeTest, carries_text_before_html_and_both_unharmed) {
    const auto mail = usual();
    const auto parsed = parse_mail(build_mail(mail));
    ASSERT_EQ(parsed.parts.size(), 2u);
    EXPECT_EQ(parsed.parts[0].text, "Late by 12 min.\r\nNobody has it.\r\n\r\nقهوة باردة");
    EXPECT_EQ(parsed.parts[1].text, mail.html);
}

TEST(MimeTest, the_same_mail_gives_the_same_bytes) { EXPECT_EQ(build_mail(usual()), build_mail(usual())); }

TEST(MimeTest, no_value_can_add_a_header_a_recipient_or_a_part) {
    const std::string_view attacks[] = {
        "x\r\nBcc: evil@example.org",
        "x\nBcc: evil@example.org",
        "x\rBcc: evil@example.org",
        "x\r\n\r\n<script>",
        "x\r\n Bcc: folded@example.org",
        "x\0y\r\nBcc: z"sv,
        "x\xe2\x80\xa8"
        "Bcc: evil@example.org",
        "x\xc2\x85"
        "Bcc: evil@example.org",
        "\", evil@example.org, \"",
        "Sara <evil@example.org>, x",
        "group: evil@example.org;",
        "(comment) evil@example.org",
        "=?utf-8?q?x=0D=0ABcc:_evil@example.org?=",
        "=?utf-8?b?DQpCY2M6IGV2aWw=?=",
        "\xff\xfe\xc3\x28",
        "--=_01HF7YAT00ABCDEFGHJKMNPQRS--",
        "\r\n--=_01HF7YAT00ABCDEFGHJKMNPQRS\r\nContent-Type: text/html\r\n\r\n<b>",
        "\\",
        "\\\"",
        "trailing backslash\\",
    };
    for (const auto attack : attacks) {
        const std::string value(attack);
        auto mail = usual();
        mail.to_name = mail.subject = mail.reason = mail.priority = mail.ticket = mail.list = mail.language =
            mail.from_name = value;
        mail.text = mail.html = value;
        EXPECT_EQ(unintended_in(mail, build_mail(mail)), "") << value;
        mail.intent = value;
        mail.references = {value};
        EXPECT_EQ(unintended_in(mail, build_mail(mail)), "") << value;
    }
}

TEST(MimeTest, long_values_are_folded_and_come_back_whole) {
    auto mail = usual();
    mail.subject.clear();
    for (int at = 0; at < 60; ++at) mail.subject += "قهوة ";
    mail.subject.pop_back();
    mail.reason = std::string(3000, 'r');
    mail.to_name = std::string(300, 'n');
    const auto bytes = build_mail(mail);
    EXPECT_EQ(unintended_in(mail, bytes), "");
}

TEST(MimeTest, brands_outside_ascii_have_list_ids_of_their_own) {
    auto mail = usual();
    mail.list = "نسمة";
    const auto one = parse_mail(build_mail(mail)).header("List-Id");
    mail.list = "ندى";
    const auto other = parse_mail(build_mail(mail)).header("List-Id");
    EXPECT_NE(one, other);
    mail.list.clear();
    EXPECT_EQ(parse_mail(build_mail(mail)).header("List-Id"), "<rasid.nasma.example>");
}

TEST(MimeTest, digests_say_that_they_are_bulk_and_extra_headers_are_encoded) {
    auto mail = usual();
    mail.bulk = true;
    mail.extra = {{"List-Unsubscribe", "<https://rasid.example/u/x>\r\nBcc: evil@example.org"}};
    const auto parsed = parse_mail(build_mail(mail));
    EXPECT_EQ(parsed.header("Precedence"), "bulk");
    EXPECT_EQ(parsed.header("List-Unsubscribe"), "<https://rasid.example/u/x> Bcc: evil@example.org");
    EXPECT_EQ(parsed.header("Bcc"), "");
}

}  // namespace
}  // namespace rasid
