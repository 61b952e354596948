#include "daemon/systemd.hpp"

#include "tests/support/temp_folder.hpp"

#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <regex>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

/// Stands in for the service manager: the socket that $NOTIFY_SOCKET names.
class SystemdTest : public testing::Test {
protected:
    SystemdTest() {
        socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const auto path = folder_.file("notify");
        std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
        ::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address);
        ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
    }
    ~SystemdTest() override {
        for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "LISTEN_FDS", "LISTEN_PID"})
            ::unsetenv(name);
        ::close(socket_);
    }
    std::string heard() {
        char text[4096];
        const auto size = ::recv(socket_, text, sizeof text, 0);
        return size < 0 ? std::string("nothing") : std::string(text, static_cast<std::size_t>(size));
    }

private:
    TempFolder folder_;
    int socket_ = -1;
};

TEST_F(SystemdTest, tells_the_manager_where_it_stands) {
    systemd_ready("watching 3 sources");
    EXPECT_EQ(heard(), "READY=1\nSTATUS=watching 3 sources");
    systemd_status("line\nREADY=0");
    EXPECT_EQ(heard(), "STATUS=line READY=0");
    systemd_watchdog();
    EXPECT_EQ(heard(), "WATCHDOG=1");
    systemd_extend_start(90s);
    EXPECT_EQ(heard(), "EXTEND_TIMEOUT_USEC=90000000");
    systemd_reloading();
    EXPECT_TRUE(std::regex_match(heard(), std::regex("RELOADING=1\nMONOTONIC_USEC=\\d+\nSTATUS=[^\n]+")));
    systemd_stopping();
    EXPECT_EQ(heard(), "STOPPING=1\nSTATUS=stopping");
}

TEST_F(SystemdTest, is_silent_outside_a_unit) {
    ::unsetenv("NOTIFY_SOCKET");
    systemd_ready("x");
    systemd_watchdog();
    EXPECT_EQ(heard(), "nothing");
    EXPECT_EQ(systemd_watchdog_interval(), std::nullopt);
    EXPECT_EQ(systemd_listen_fd(), -1);
    EXPECT_EQ(systemd_credentials_directory(), std::nullopt);
}

TEST_F(SystemdTest, knows_how_often_it_must_show_life) {
    ::setenv("WATCHDOG_USEC", "60000000", 1);
    EXPECT_EQ(systemd_watchdog_interval(), std::optional<std::chrono::microseconds>(60s));
    ::setenv("WATCHDOG_PID", "1", 1);
    EXPECT_EQ(systemd_watchdog_interval(), std::nullopt) << "meant for another process";
}

/// In a process of its own, since the passed descriptors are 3 and 4: a file and a listening socket.
int listen_fd_of_a_started_unit() {
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 || ::listen(listener, 1) != 0)
        return -2;
    const int at = ::fcntl(listener, F_DUPFD, 10);
    ::dup2(STDERR_FILENO, 3);
    ::dup2(at, 4);
    ::setenv("LISTEN_FDS", "2", 1);
    ::setenv("LISTEN_PID", std::to_string(::getpid()).c_str(), 1);
    const int found = systemd_listen_fd();
    return systemd_listen_fd() == -1 ? found : -3;
}

TEST_F(SystemdTest, takes_the_listening_socket_that_was_passed_once) {
    EXPECT_EXIT(std::_Exit(listen_fd_of_a_started_unit()), testing::ExitedWithCode(4), "");
}

}  // namespace
}  // namespace rasid
