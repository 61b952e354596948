#pragma once

#include "core/clock.hpp"
#include "core/incident.hpp"
#include "core/outbox.hpp"
#include "core/random.hpp"
#include "core/setup.hpp"
#include "core/task.hpp"
#include "web/wake.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// Who may hear an event.
struct Audience {
    std::string brand = {};        ///< people limited to brands hear it only if this is one of theirs
    bool any_brand = false;        ///< about no brand at all: everybody
    bool readers_of_mail = false;  ///< only those who may see mails
    std::string language = {};     ///< "ar" or "en": only those who read it; empty: all
};

/// One open event stream. Made by the hub, read by the connection that carries it.
class EventStream {
public:
    EventStream(boost::asio::any_io_executor executor, Person person, bool reads_mail, std::string session)
        : person_(std::move(person)), reads_mail_(reads_mail), session_(std::move(session)),
          wake_(std::move(executor)) {}

    /// What waits to be written, after at most `longest`; empty: nothing came in that time.
    Task<std::string> next(std::chrono::milliseconds longest);

    /// Nothing more will come: the connection writes what is left and ends. False while the stream lives.
    bool ended() const { return ended_ && pending_.empty(); }

    const Person& person() const { return person_; }
    const std::string& session() const { return session_; }

private:
    friend class EventHub;

    void push(std::shared_ptr<const std::string> frame);
    void end();
    bool hears(const Audience& audience) const;

    Person person_;
    bool reads_mail_;
    std::string session_;
    std::deque<std::shared_ptr<const std::string>> pending_;  // one frame is shared by every stream that hears it
    std::size_t pending_bytes_ = 0;
    bool ended_ = false;
    Wake wake_;
};

/// Hands events to everybody who looks. Remembers the newest, so that a stream that broke resumes where it was.
///
/// Never waits for a reader: one that leaves more than kEventBuffer bytes unread is cut off and comes back by itself.
class EventHub {
public:
    static constexpr std::size_t kRemembered = 2000;
    static constexpr std::size_t kRememberedBytes = 4u << 20;

    EventHub(boost::asio::any_io_executor executor, Clock& clock, Random& random);

    // What happened. Rows and counts are read and sent a moment later, many together.
    void ticket(const std::string& id, std::string_view cause);
    void mail(const OutboxItem& item);
    void source(std::string_view name, std::string_view state);
    void incident(const IncidentRise& rise);

    void publish(std::string_view event, std::string_view json, const Audience& audience);
    /// To everybody who listens now, not remembered: what is out of date a moment later.
    void mention(std::string_view event, std::string_view json, const Audience& audience);
    /// To one stream only, not remembered.
    void send(EventStream& stream, std::string_view event, std::string_view json);

    /// Starts with `hello`, then what came after `last_id`, or `reset` when that is no longer known. Empty `last_id`: a
    /// first visit.
    std::shared_ptr<EventStream> open(Person person, bool reads_mail, std::string session, std::string_view last_id);
    void close(const std::shared_ptr<EventStream>& stream);

    /// Ends streams whose session or person is gone; the others go on in the language that their person reads now.
    void close_session(std::string_view session);
    void close_strangers(const std::vector<Person>& people);
    void say_goodbye();

    std::size_t size() const { return streams_.size(); }
    std::string heartbeat() const;
    const std::set<std::shared_ptr<EventStream>>& streams() const { return streams_; }

    // For the one coroutine that reads rows for the tickets named here.
    struct Pending {
        std::map<std::string, std::string> tickets;  ///< id → cause
        std::vector<OutboxItem> mails;
    };
    Pending take_pending();
    Wake& changed() { return changed_; }

private:
    struct Event {
        std::uint64_t id;
        Audience audience;
        std::shared_ptr<const std::string> frame;
    };

    std::string id_text(std::uint64_t id) const;
    std::string frame_of(std::string_view event, std::string_view json, std::uint64_t id) const;

    boost::asio::any_io_executor executor_;
    Clock& clock_;
    Random& random_;
    std::string epoch_;  // tells ids of this run from those before a restart
    std::uint64_t last_ = 0;
    std::deque<Event> remembered_;
    std::size_t remembered_bytes_ = 0;
    std::set<std::shared_ptr<EventStream>> streams_;  // shared with the connection that writes it
    Pending pending_;
    Wake changed_;
};

}  // namespace rasid
