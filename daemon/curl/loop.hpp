#pragma once

#include "core/task.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <curl/curl.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace rasid {

/// One libcurl easy handle with the settings that every transfer of ours shares and the memory its options point to.
class CurlTransfer {
public:
    CurlTransfer();
    ~CurlTransfer();
    CurlTransfer(const CurlTransfer&) = delete;
    CurlTransfer& operator=(const CurlTransfer&) = delete;

    CURL* handle() const { return handle_; }
    template <typename Value>
    void set(CURLoption option, Value value) {
        curl_easy_setopt(handle_, option, value);
    }
    curl_slist*& headers() { return headers_; }
    curl_slist*& recipients() { return recipients_; }
    /// libcurl's own words about a failed transfer.
    std::string error_text(CURLcode code) const;
    long response_code() const;

private:
    CURL* handle_;
    curl_slist* headers_ = nullptr;
    curl_slist* recipients_ = nullptr;
    std::vector<char> error_;
};

/// Drives libcurl's multi interface on the loop thread.
class CurlLoop {
public:
    explicit CurlLoop(boost::asio::any_io_executor executor);
    ~CurlLoop();

    /// Runs one prepared transfer to its end. Cancelling removes it at once.
    Task<CURLcode> perform(CurlTransfer& transfer);

private:
    struct State;
    std::shared_ptr<State> state_;  // socket and timer handlers may still be queued when the loop is destroyed
};

}  // namespace rasid
