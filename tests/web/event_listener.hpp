#pragma once

#include "tests/web/browser.hpp"

#include <string>
#include <vector>

namespace rasid {

/// What an event stream told.
struct Event {
    std::string id;
    std::string name;
    std::string data;
};

/// An open event stream.
class EventListener {
public:
    EventListener(const Browser& browser, const std::string& last_id = "") : wire_(browser.port()) {
        std::vector<HttpHeader> headers;
        if (!last_id.empty()) headers.push_back({"Last-Event-ID", last_id});
        wire_.send(browser.text("GET", "/api/v1/events", "", headers));
        head = wire_.read_until("\r\n\r\n");
    }

    Event next() {
        Event event;
        auto frame = wire_.read_until("\n\n");
        while (!frame.empty()) {
            const auto line = frame.substr(0, frame.find('\n'));
            frame.erase(0, line.size() + 1);
            if (line.starts_with("id: ")) event.id = line.substr(4);
            if (line.starts_with("event: ")) event.name = line.substr(7);
            if (line.starts_with("data: ")) event.data = line.substr(6);
        }
        return event;
    }
    /// The next event of that name; skips others.
    Event next(const std::string& name) {
        for (int i = 0; i < 50; ++i) {
            auto event = next();
            if (event.name == name || event.name.empty()) return event;
        }
        return {};
    }
    bool ended() { return wire_.ended(); }

    std::string head;

private:
    Wire wire_;
};

}  // namespace rasid
