#include "core/json.hpp"
#include "tests/connectors/fake_mastodon.hpp"
#include "tests/connectors/stage.hpp"

#include <algorithm>
#include <vector>

namespace rasid {
namespace {

/// An Atom feed that a site writes anew for every request.
class FeedStage final : public Stage {
public:
    FeedStage() {
        http.serve = [this](const HttpRequest&) -> Result<HttpResponse> {
            return HttpResponse{
                .status = 200, .headers = {{"Content-Type", "application/atom+xml"}}, .body = document()};
        };
    }
    void publish(std::string id, std::string text) override {
        entries_.insert(entries_.begin(), {std::move(id), std::move(text), clock.now(), clock.now(), false});
    }
    void edit(const std::string& id, std::string text) override {
        clock.advance(std::chrono::seconds(1));
        for (auto& entry : entries_)
            if (entry.id == id) entry.text = text, entry.updated = clock.now();
    }
    void remove(const std::string& id) override {
        for (auto& entry : entries_)
            if (entry.id == id) entry.deleted = true;
    }
    Options options() const override { return {.values = {{"url", "https://blog.example/feed"}}}; }
    bool speaks_http() const override { return true; }

private:
    struct Entry {
        std::string id;
        std::string text;
        Instant created;
        Instant updated;
        bool deleted;
    };

    std::string document() const {
        std::string out =
            R"(<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>Blog</title>)";
        for (const auto& entry : entries_) {
            if (entry.deleted) {
                out += "<at:deleted-entry ref=\"" + entry.id + "\" when=\"" + to_rfc3339(entry.updated) + "\"/>";
                continue;
            }
            out += "<entry><id>" + entry.id + "</id><content type=\"text\">" + entry.text + "</content><published>" +
                   to_rfc3339(entry.created) + "</published><updated>" + to_rfc3339(entry.updated) +
                   "</updated></entry>";
        }
        return out + "</feed>";
    }

    std::vector<Entry> entries_;
};

class MastodonStage final : public Stage {
public:
    MastodonStage() {
        http.serve = [this](const HttpRequest& request) { return server_.answer(request); };
    }
    void publish(std::string id, std::string text) override {
        clock.advance(std::chrono::seconds(1));
        server_.add(id, "<p>" + text + "</p>");
    }
    void edit(const std::string& id, std::string text) override {
        clock.advance(std::chrono::seconds(1));
        auto* post = server_.named(id);
        post->content = "<p>" + text + "</p>";
        post->edited_at = clock.now();
    }
    void remove(const std::string& id) override { server_.remove(id); }
    Options options() const override {
        return {.values = {{"url", "https://social.example"}, {"token_file", "secret"}},
                .lists = {{"watch", {"mentions", "public", "search:coffee"}}}};
    }
    bool speaks_http() const override { return true; }

private:
    FakeMastodon server_{clock};
};

/// A stream that keeps what happened and plays it to whoever connects with a cursor.
class JetstreamStage final : public Stage {
public:
    JetstreamStage() {
        sockets.open = [this](const std::string& url) -> Result<FakeWebSockets::Messages> {
            const std::string name = "&cursor=";
            const auto at = url.find(name);
            const std::int64_t from = at == std::string::npos ? 0 : std::stoll(url.substr(at + name.size()));
            FakeWebSockets::Messages messages;
            for (const auto& [time_us, message] : log_)
                if (time_us >= from) messages.push_back(message);
            return messages;
        };
    }
    void publish(std::string id, std::string text) override { say("create", id, text); }
    void edit(const std::string& id, std::string text) override { say("update", id, text); }
    void remove(const std::string& id) override { say("delete", id, ""); }
    Options options() const override { return {.lists = {{"words", {"coffee", "قهوة"}}}}; }

private:
    void say(std::string_view operation, const std::string& id, const std::string& text) {
        clock.advance(std::chrono::seconds(1));
        const auto time_us = to_micros(clock.now());
        JsonWriter json;
        json.object([&] {
            json.member("did", "did:plc:sara");
            json.member("time_us", static_cast<std::int64_t>(time_us));
            json.member("kind", "commit");
            json.key("commit");
            json.object([&] {
                json.member("rev", "3k");
                json.member("operation", operation);
                json.member("collection", "app.bsky.feed.post");
                json.member("rkey", id);
                if (operation == "delete") return;
                json.member("cid", "bafy" + std::to_string(++serial_));
                json.key("record");
                json.object([&] {
                    json.member("text", text);
                    json.member("createdAt", to_rfc3339(clock.now()));
                });
            });
        });
        log_.emplace_back(time_us, std::move(json).take());
        sockets.push(log_.back().second);
    }

    std::vector<std::pair<std::int64_t, std::string>> log_;
    int serial_ = 0;
};

class ReplayStage final : public Stage {
public:
    ReplayStage() { files.content["mentions.ndjson"]; }
    void publish(std::string id, std::string text) override { line(id, text, "created_at", false); }
    void edit(const std::string& id, std::string text) override {
        clock.advance(std::chrono::seconds(1));
        line(id, text, "edited_at", false);
    }
    void remove(const std::string& id) override {
        clock.advance(std::chrono::seconds(1));
        line(id, "", "created_at", true);
    }
    Options options() const override { return {.values = {{"path", "mentions.ndjson"}}}; }

private:
    void line(const std::string& id, const std::string& text, std::string_view time, bool deleted) {
        JsonWriter json;
        json.object([&] {
            json.member("id", id);
            json.member("text", text);
            json.member(time, to_rfc3339(clock.now()));
            json.member("deleted", deleted);
        });
        files.content["mentions.ndjson"] += std::move(json).take() + "\n";
    }
};

}  // namespace

std::unique_ptr<Stage> make_stage(std::string_view kind) {
    if (kind == "feed") return std::make_unique<FeedStage>();
    if (kind == "mastodon") return std::make_unique<MastodonStage>();
    if (kind == "jetstream") return std::make_unique<JetstreamStage>();
    if (kind == "replay") return std::make_unique<ReplayStage>();
    return nullptr;
}

}  // namespace rasid
