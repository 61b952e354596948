#include "daemon/curl/loop.hpp"

#include <algorithm>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>
#include <stdexcept>

namespace rasid {

namespace asio = boost::asio;

CurlTransfer::CurlTransfer() : handle_(curl_easy_init()), error_(CURL_ERROR_SIZE, '\0') {
    if (!handle_) throw std::bad_alloc();
    set(CURLOPT_ERRORBUFFER, error_.data());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_PROXY, "");  // an http_proxy in the environment would hide the real address from the guard
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_CAPATH, nullptr);        // a CA directory is re-read on every connection
    set(CURLOPT_DNS_CACHE_TIMEOUT, 0L);  // pruning it grows with the number of hosts
    set(CURLOPT_CONNECTTIMEOUT, 15L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_QUICK_EXIT,
        1L);  // else giving up while a name is being looked up blocks the loop until the lookup ends
}

CurlTransfer::~CurlTransfer() {
    curl_easy_cleanup(handle_);
    curl_slist_free_all(headers_);
    curl_slist_free_all(recipients_);
}

std::string CurlTransfer::error_text(CURLcode code) const {
    return error_[0] != '\0' ? std::string(error_.data()) : std::string(curl_easy_strerror(code));
}

long CurlTransfer::response_code() const {
    long code = 0;
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &code);
    return code;
}

struct CurlLoop::State : std::enable_shared_from_this<State> {
    struct Socket {
        explicit Socket(const asio::any_io_executor& executor, int fd) : descriptor(executor, fd) {}
        /// Gives the descriptor back to libcurl. Pending waits own this object, so its destructor would come too late.
        void release() {
            if (descriptor.is_open()) descriptor.release();
        }
        ~Socket() { release(); }

        asio::posix::stream_descriptor descriptor;
        int wanted = 0;  // CURL_POLL_*
        bool reading = false;
        bool writing = false;
    };
    struct Running {
        explicit Running(const asio::any_io_executor& executor) : finished(executor) {
            finished.expires_at(asio::steady_timer::time_point::max());
        }
        asio::steady_timer finished;
        bool done = false;
        CURLcode code = CURLE_OK;
    };

    explicit State(asio::any_io_executor e) : executor(std::move(e)), timer(executor), multi(curl_multi_init()) {
        if (!multi) throw std::bad_alloc();
        curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &State::on_socket);
        curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
        curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &State::on_timer);
        curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
        curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, 64L);
    }
    ~State() { curl_multi_cleanup(multi); }

    static int on_socket(CURL*, curl_socket_t fd, int what, void* self, void*) {
        static_cast<State*>(self)->watch(fd, what);
        return 0;
    }

    static int on_timer(CURLM*, long milliseconds, void* self) {
        static_cast<State*>(self)->arm(milliseconds);
        return 0;
    }

    void watch(curl_socket_t fd, int what) {
        if (what == CURL_POLL_REMOVE) {
            const auto found = sockets.find(fd);
            if (found == sockets.end()) return;
            found->second->release();
            sockets.erase(found);
            return;
        }
        auto& socket = sockets[fd];
        if (!socket) socket = std::make_shared<Socket>(executor, fd);
        socket->wanted = what;
        wait(fd, socket);
    }

    void wait(curl_socket_t fd, const std::shared_ptr<Socket>& socket) {
        if ((socket->wanted & CURL_POLL_IN) && !socket->reading) {
            socket->reading = true;
            socket->descriptor.async_wait(asio::posix::stream_descriptor::wait_read,
                                          [self = shared_from_this(), fd, socket](boost::system::error_code error) {
                                              socket->reading = false;
                                              self->ready(fd, socket, CURL_CSELECT_IN, error);
                                          });
        }
        if ((socket->wanted & CURL_POLL_OUT) && !socket->writing) {
            socket->writing = true;
            socket->descriptor.async_wait(asio::posix::stream_descriptor::wait_write,
                                          [self = shared_from_this(), fd, socket](boost::system::error_code error) {
                                              socket->writing = false;
                                              self->ready(fd, socket, CURL_CSELECT_OUT, error);
                                          });
        }
    }

    void ready(curl_socket_t fd, const std::shared_ptr<Socket>& socket, int event, boost::system::error_code error) {
        const auto is_current = [&] {
            const auto found = sockets.find(fd);
            return found != sockets.end() && found->second == socket;
        };
        if (closed || error == asio::error::operation_aborted || !is_current()) return;
        // libcurl may have lost interest in this direction while the wait was pending.
        const int wanted = event == CURL_CSELECT_IN ? CURL_POLL_IN : CURL_POLL_OUT;
        if (socket->wanted & wanted) act(fd, error ? event | CURL_CSELECT_ERR : event);
        if (!closed && is_current()) wait(fd, socket);
    }

    void arm(long milliseconds) {
        if (milliseconds < 0) {
            timer.cancel();
            return;
        }
        timer.expires_after(std::chrono::milliseconds(milliseconds));
        timer.async_wait([self = shared_from_this()](boost::system::error_code error) {
            if (!error && !self->closed) self->act(CURL_SOCKET_TIMEOUT, 0);
        });
    }

    void act(curl_socket_t fd, int events) {
        int running_count = 0;
        curl_multi_socket_action(multi, fd, events, &running_count);
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
            if (message->msg != CURLMSG_DONE) continue;
            const auto found = running.find(message->easy_handle);
            if (found == running.end()) continue;
            found->second->done = true;
            found->second->code = message->data.result;
            found->second->finished.cancel();
        }
    }

    asio::any_io_executor executor;
    asio::steady_timer timer;
    CURLM* multi;
    std::map<curl_socket_t, std::shared_ptr<Socket>> sockets;
    std::map<CURL*, Running*> running;
    bool closed = false;
};

CurlLoop::CurlLoop(asio::any_io_executor executor) : state_(std::make_shared<State>(std::move(executor))) {}

CurlLoop::~CurlLoop() {
    state_->closed = true;
    state_->timer.cancel();
    for (auto& [fd, socket] : state_->sockets) socket->release();
    state_->sockets.clear();
    curl_multi_setopt(state_->multi, CURLMOPT_SOCKETFUNCTION, nullptr);
    curl_multi_setopt(state_->multi, CURLMOPT_TIMERFUNCTION, nullptr);
}

Task<CURLcode> CurlLoop::perform(CurlTransfer& transfer) {
    const auto state = state_;
    State::Running running(state->executor);
    CURL* const handle = transfer.handle();

    struct Registration {
        State& state;
        CURL* handle;
        const State::Running& running;
        ~Registration() {
            state.running.erase(handle);
            // Given up in the middle of a mail, libcurl would end it with its dot, and the server take a piece for the
            // whole.
            if (!running.done) curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, nullptr);
            curl_multi_remove_handle(state.multi, handle);
        }
    };
    state->running.emplace(handle, &running);
    const Registration registration{*state, handle, running};
    if (curl_multi_add_handle(state->multi, handle) != CURLM_OK) co_return CURLE_FAILED_INIT;

    boost::system::error_code ended;
    if (!running.done) co_await running.finished.async_wait(asio::redirect_error(asio::use_awaitable, ended));
    if (!running.done) throw boost::system::system_error(asio::error::operation_aborted);
    co_return running.code;
}

}  // namespace rasid
