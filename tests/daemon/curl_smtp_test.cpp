#include "daemon/curl/smtp.hpp"

#include "tests/daemon/loop.hpp"
#include "tests/daemon/test_certificate.hpp"
#include "tests/support/scripted_peer.hpp"
#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <functional>

namespace rasid {
namespace {

using Conversation = ScriptedPeer::Conversation;

/// How a mail server behaves; every text is a whole answer with its line ends.
struct Manners {
    std::string greeting = "220 mail.test ESMTP\r\n";
    bool offers_tls = true;
    std::string to_recipient = "250 2.1.5 ok\r\n";
    std::string after_dot = "250 2.0.0 queued\r\n";  ///< empty: hangs up instead
    bool hangs = false;                              ///< says nothing after the dot, and stays
    std::function<void()> on_silence = {};           ///< called when it begins to
};

class CurlSmtpTest : public testing::Test {
protected:
    CurlSmtpTest() { certificate.write_authority(folder.file("ca.pem")); }

    std::unique_ptr<ScriptedPeer> server(Manners manners) {
        return std::make_unique<ScriptedPeer>([this, manners](Conversation& with) { serve(with, manners); });
    }

    void serve(Conversation& with, const Manners& manners) {
        with.write(manners.greeting);
        bool secure = false;
        for (std::string line = with.read_line(); !line.empty(); line = with.read_line()) {
            if (line.starts_with("EHLO") || line.starts_with("HELO")) {
                with.write(manners.offers_tls && !secure ? "250-mail.test\r\n250 STARTTLS\r\n" : "250 mail.test\r\n");
            } else if (line.starts_with("STARTTLS")) {
                with.write("220 go ahead\r\n");
                if (!with.start_tls(certificate.server())) return;
                secure = true;
            } else if (line.starts_with("RCPT")) {
                with.write(manners.to_recipient);
            } else if (line.starts_with("DATA")) {
                with.write("354 end with a dot\r\n");
                with.read_until("\r\n.\r\n");
                if (manners.on_silence) manners.on_silence();
                if (manners.hangs) {
                    with.client_gone();
                    return;
                }
                if (manners.after_dot.empty()) return;
                with.write(manners.after_dot);
            } else if (line.starts_with("QUIT")) {
                with.write("221 bye\r\n");
                return;
            } else {
                with.write("250 ok\r\n");
            }
        }
    }

    SmtpConfig config_of(const ScriptedPeer& peer) const {
        SmtpConfig config;
        config.url = "smtp://localhost:" + std::to_string(peer.port());
        config.ca_file = folder.file("ca.pem");
        config.patience = patience;
        return config;
    }

    MailOutcome send(const ScriptedPeer& peer, std::string to = "sara@example.org",
                     std::string from = "rasid@example.org") {
        CurlSmtpSender sender(config_of(peer));
        return run_on(loop, sender.send(std::move(from), std::move(to), kMessage));
    }

    static constexpr const char* kMessage = "Subject: hello\r\n\r\nfirst\r\n.a line that begins with a dot\r\n";

    std::chrono::seconds patience{20};
    TestCertificate certificate{"DNS:localhost"};
    TempFolder folder;
    boost::asio::io_context loop{1};
};

TEST_F(CurlSmtpTest, hands_the_mail_over_under_tls) {
    const auto peer = server({});
    const auto outcome = send(*peer);
    EXPECT_EQ(outcome.kind, MailOutcome::Kind::delivered) << outcome.text;
    const auto heard = peer->heard();
    EXPECT_LT(heard.find("STARTTLS"), heard.find("MAIL FROM:<rasid@example.org>"));
    EXPECT_NE(heard.find("RCPT TO:<sara@example.org>\r\n"), std::string::npos);
    EXPECT_NE(heard.find("\r\n\r\nfirst\r\n..a line that begins with a dot\r\n.\r\n"), std::string::npos) << heard;
}

TEST_F(CurlSmtpTest, sends_nothing_to_a_server_without_tls) {
    Manners manners;
    manners.offers_tls = false;
    const auto peer = server(manners);
    EXPECT_EQ(send(*peer).kind, MailOutcome::Kind::try_later);
    EXPECT_EQ(peer->heard().find("MAIL FROM"), std::string::npos);
    EXPECT_EQ(peer->heard().find("sara@"), std::string::npos);
}

TEST_F(CurlSmtpTest, sends_nothing_to_a_server_with_a_wrong_certificate) {
    const auto peer = server({});
    TestCertificate other("DNS:localhost");
    other.write_authority(folder.file("ca.pem"));
    EXPECT_EQ(send(*peer).kind, MailOutcome::Kind::try_later);
    EXPECT_EQ(peer->heard().find("MAIL FROM"), std::string::npos);
}

TEST_F(CurlSmtpTest, tells_a_passing_refusal_of_the_recipient_from_a_final_one) {
    Manners manners;
    manners.to_recipient = "450 4.2.1 greylisted\r\n";
    const auto passing = server(manners);
    const auto later = send(*passing);
    EXPECT_EQ(later.kind, MailOutcome::Kind::postponed) << later.text;
    EXPECT_TRUE(later.text.starts_with("450 ")) << later.text;
    manners.to_recipient = "550 5.1.1 no such user\r\n";
    const auto final = server(manners);
    const auto never = send(*final);
    EXPECT_EQ(never.kind, MailOutcome::Kind::refused) << never.text;
    EXPECT_TRUE(never.text.starts_with("550 ")) << never.text;
}

TEST_F(CurlSmtpTest, tells_a_passing_refusal_of_the_message_from_a_final_one) {
    Manners manners;
    manners.after_dot = "451 4.3.0 disk full\r\n";
    EXPECT_EQ(send(*server(manners)).kind, MailOutcome::Kind::postponed);
    manners.after_dot = "554 5.7.1 looks like spam\r\n";
    EXPECT_EQ(send(*server(manners)).kind, MailOutcome::Kind::refused);
}

TEST_F(CurlSmtpTest, tries_again_when_nobody_knows_whether_the_mail_arrived) {
    Manners manners;
    manners.after_dot = "";
    const auto peer = server(manners);
    EXPECT_EQ(send(*peer).kind, MailOutcome::Kind::try_later);
    EXPECT_NE(peer->heard().find("\r\n.\r\n"), std::string::npos) << "the whole mail had been sent";
}

TEST_F(CurlSmtpTest, waits_for_an_answer_after_the_dot_only_so_long) {
    Manners manners;
    manners.hangs = true;
    patience = std::chrono::seconds(1);
    const auto peer = server(manners);
    EXPECT_EQ(send(*peer).kind, MailOutcome::Kind::try_later);
    EXPECT_NE(peer->heard().find("\r\n.\r\n"), std::string::npos) << "the whole mail had been sent";
}

TEST_F(CurlSmtpTest, a_server_that_ends_the_conversation_has_not_judged_the_recipient) {
    Manners manners;
    manners.to_recipient = "421 4.3.2 going down\r\n";
    EXPECT_EQ(send(*server(manners)).kind, MailOutcome::Kind::try_later);
    manners.to_recipient = "250 ok\r\n";
    manners.after_dot = "421 4.3.2 going down\r\n";
    EXPECT_EQ(send(*server(manners)).kind, MailOutcome::Kind::try_later);
    manners.greeting = "421 4.3.2 too many connections\r\n";
    EXPECT_EQ(send(*server(manners)).kind, MailOutcome::Kind::try_later);
}

TEST_F(CurlSmtpTest, a_server_that_declines_everybody_does_not_condemn_the_mail) {
    Manners manners;
    manners.greeting = "554 no service here\r\n";
    EXPECT_EQ(send(*server(manners)).kind, MailOutcome::Kind::try_later);
}

TEST_F(CurlSmtpTest, silence_behind_the_dot_holds_up_nobody_and_can_be_given_up) {
    Manners manners;
    manners.hangs = true;
    boost::asio::cancellation_signal give_up;
    manners.on_silence = [&] {
        boost::asio::post(loop, [&] { give_up.emit(boost::asio::cancellation_type::terminal); });
    };
    const auto peer = server(manners);
    CurlSmtpSender sender(config_of(*peer));
    std::exception_ptr failure;
    boost::asio::co_spawn(loop, sender.send("a@example.org", "b@example.org", kMessage),
                          boost::asio::bind_cancellation_slot(
                              give_up.slot(), [&](std::exception_ptr ended, const MailOutcome&) { failure = ended; }));
    loop.run();
    EXPECT_TRUE(failure) << "it ended by itself: nothing else ran before";
}

TEST_F(CurlSmtpTest, nobody_listening_is_tried_later) {
    std::uint16_t port = 0;
    {
        port = ScriptedPeer([](Conversation&) {}).port();
    }
    SmtpConfig config;
    config.url = "smtp://127.0.0.1:" + std::to_string(port);
    CurlSmtpSender sender(config);
    const auto outcome = run_on(loop, sender.send("a@example.org", "b@example.org", kMessage));
    EXPECT_EQ(outcome.kind, MailOutcome::Kind::try_later);
}

TEST_F(CurlSmtpTest, addresses_that_could_carry_a_command_never_reach_the_server) {
    const auto peer = server({});
    const std::string evil = "sara@example.org>\r\nRCPT TO:<evil@example.org";
    EXPECT_EQ(send(*peer, evil).kind, MailOutcome::Kind::refused);
    EXPECT_EQ(send(*peer, "sara@example.org", evil).kind, MailOutcome::Kind::refused);
    EXPECT_EQ(peer->connections(), 0);
    for (const char* address :
         {"", "sara", "@example.org", "sara@", "a b@example.org", "a@b@example.org", "a\n@example.org",
          "<a@example.org>", "\"a\"@example.org", "a@exa\tmple.org", "a,b@example.org", "a@example.org;"}) {
        EXPECT_FALSE(is_mail_address(address)) << address;
    }
    for (const char* address :
         {"sara@example.org", "sara+tag@mail.example.org", "o'neil@example.org", "سارة@example.org"}) {
        EXPECT_TRUE(is_mail_address(address)) << address;
    }
    EXPECT_FALSE(is_mail_address(std::string(250, 'a') + "@b.org"));
}

}  // namespace
}  // namespace rasid
