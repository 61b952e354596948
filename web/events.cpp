#include "web/events.hpp"

#include "core/json.hpp"
#include "core/limits.hpp"
#include "core/people.hpp"
#include "core/random.hpp"
#include "web/incident_views.hpp"
#include "web/request.hpp"

#include <charconv>

namespace rasid {
namespace {

/// Mails that wait for their brand to be looked up; beyond, the page learns of them when it reads its list again.
constexpr std::size_t kPendingMails = 1000;
constexpr std::size_t kPendingTickets = 20000;

std::string now_json(Instant now) {
    JsonWriter out;
    out.object([&] { out.member("now", now); });
    return std::move(out).take();
}

}  // namespace

Task<std::string> EventStream::next(std::chrono::milliseconds longest) {
    if (pending_.empty() && !ended_) co_await wake_.wait(longest);
    std::string batch;
    for (const auto& frame : pending_) batch += *frame;
    pending_.clear();
    pending_bytes_ = 0;
    co_return batch;
}

void EventStream::push(std::shared_ptr<const std::string> frame) {
    if (ended_) return;
    pending_bytes_ += frame->size();
    if (pending_bytes_ > limits::kEventBuffer) {
        pending_.clear();
        return end();
    }
    pending_.push_back(std::move(frame));
    wake_.notify();
}

void EventStream::end() {
    ended_ = true;
    wake_.notify();
}

bool EventStream::hears(const Audience& audience) const {
    if (audience.readers_of_mail && !reads_mail_) return false;
    if (!audience.language.empty() && audience.language != person_.language) return false;
    return audience.any_brand || sees_brand(person_, audience.brand);
}

EventHub::EventHub(boost::asio::any_io_executor executor, Clock& clock, Random& random)
    : executor_(executor), clock_(clock), random_(random), epoch_(new_id(random, clock.now())), changed_(executor) {}

std::string EventHub::id_text(std::uint64_t id) const { return epoch_ + "-" + std::to_string(id); }

std::string EventHub::frame_of(std::string_view event, std::string_view json, std::uint64_t id) const {
    std::string frame = "id: " + id_text(id) + "\nevent: ";
    frame += event;
    frame += "\ndata: ";
    frame += json;  // one line: the JSON writer escapes every control character
    frame += "\n\n";
    return frame;
}

void EventHub::ticket(const std::string& id, std::string_view cause) {
    if (pending_.tickets.size() < kPendingTickets) pending_.tickets[id] = cause;
    changed_.notify();
}

void EventHub::mail(const OutboxItem& item) {
    if (pending_.mails.size() < kPendingMails) pending_.mails.push_back(item);
    changed_.notify();
}

void EventHub::source(std::string_view name, std::string_view state) {
    JsonWriter out;
    out.object([&] {
        out.member("name", name);
        out.member("state", state);
    });
    publish("source", out.text(), {.any_brand = true});
}

void EventHub::incident(const IncidentRise& rise) {
    for (const auto* const language : {"ar", "en"}) {
        JsonWriter out;
        out.object([&] {
            out.member("ticket", rise.ticket);
            write_rise(out, rise, Texts(language));
        });
        publish("incident", out.text(), {.brand = rise.series.brand, .language = language});
    }
}

EventHub::Pending EventHub::take_pending() { return std::exchange(pending_, {}); }

void EventHub::publish(std::string_view event, std::string_view json, const Audience& audience) {
    const auto frame = std::make_shared<const std::string>(frame_of(event, json, ++last_));
    remembered_.push_back({last_, audience, frame});
    remembered_bytes_ += frame->size();
    while (remembered_.size() > kRemembered || remembered_bytes_ > kRememberedBytes) {
        remembered_bytes_ -= remembered_.front().frame->size();
        remembered_.pop_front();
    }
    for (const auto& stream : streams_) {
        if (stream->hears(audience)) stream->push(frame);
    }
}

void EventHub::mention(std::string_view event, std::string_view json, const Audience& audience) {
    const auto frame = std::make_shared<const std::string>(frame_of(event, json, last_));
    for (const auto& stream : streams_) {
        if (stream->hears(audience)) stream->push(frame);
    }
}

void EventHub::send(EventStream& stream, std::string_view event, std::string_view json) {
    stream.push(std::make_shared<const std::string>(frame_of(event, json, last_)));
}

std::shared_ptr<EventStream> EventHub::open(Person person, bool reads_mail, std::string session,
                                            std::string_view last_id) {
    auto stream = std::make_shared<EventStream>(executor_, std::move(person), reads_mail, std::move(session));
    std::uint64_t position = last_;
    bool known = true;
    if (!last_id.empty()) {
        const auto prefix = epoch_ + "-";
        const char* end = last_id.data() + last_id.size();
        known =
            last_id.starts_with(prefix) && std::from_chars(last_id.data() + prefix.size(), end, position).ptr == end;
        const std::uint64_t oldest = last_ - remembered_.size();
        known = known && position >= oldest && position <= last_;
        if (!known) position = last_;
    }
    // Everybody who was cut off at once should not come back at once.
    const auto retry = 1000 + static_cast<int>(uniform(random_) * 4000);
    auto hello = "retry: " + std::to_string(retry) + "\n" + frame_of("hello", now_json(clock_.now()), position);
    stream->push(std::make_shared<const std::string>(std::move(hello)));
    std::size_t missed = 0;
    for (const auto& event : remembered_) {
        if (event.id > position && stream->hears(event.audience)) missed += event.frame->size();
    }
    if (!known || missed > limits::kEventBuffer / 2) {
        send(*stream, "reset", now_json(clock_.now()));
    } else {
        for (const auto& event : remembered_) {
            if (event.id > position && stream->hears(event.audience)) stream->push(event.frame);
        }
    }
    streams_.insert(stream);
    changed_.notify();
    return stream;
}

void EventHub::close(const std::shared_ptr<EventStream>& stream) {
    stream->end();
    streams_.erase(stream);
}

void EventHub::close_session(std::string_view session) {
    for (const auto& stream : streams_) {
        if (stream->session_ == session) stream->end();
    }
}

void EventHub::close_strangers(const std::vector<Person>& people) {
    for (const auto& stream : streams_) {
        const auto* same = find_person(people, stream->person_.id);
        // What a stream may carry was decided from the person as he was: a change of role or brands starts a new one.
        if (!same || same->role != stream->person_.role || same->brands != stream->person_.brands)
            stream->end();
        else
            stream->person_.language = same->language;
    }
}

void EventHub::say_goodbye() {
    for (const auto& stream : streams_) {
        send(*stream, "bye", now_json(clock_.now()));
        stream->end();
    }
}

std::string EventHub::heartbeat() const { return frame_of("heartbeat", now_json(clock_.now()), last_); }

}  // namespace rasid
