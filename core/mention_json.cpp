#include "core/mention_json.hpp"

#include <array>
#include <utility>

namespace rasid {
namespace {

constexpr std::array<std::pair<Visibility, std::string_view>, 4> kVisibilities = {{
    {Visibility::open, "open"},
    {Visibility::unlisted, "unlisted"},
    {Visibility::followers, "followers"},
    {Visibility::direct, "direct"},
}};

/// Members of one object; the first wrong one is remembered and decides.
class Members {
public:
    Members(JsonView object, std::string prefix) : object_(object), prefix_(std::move(prefix)) {}

    std::string text(std::string_view name) {
        auto view = present(name);
        if (!view.exists()) return {};
        auto text = view.string();
        if (!text) return wrong(name, "a string"), std::string();
        return std::string(*text);
    }

    std::string identifier(std::string_view name) {
        auto view = present(name);
        if (!view.exists()) return {};
        if (auto text = view.text_or(""); !text.empty() && (view.is_string() || view.integer())) return text;
        return wrong(name, "a string that is not empty, or a whole number"), std::string();
    }

    std::optional<std::int64_t> count(std::string_view name) {
        auto view = present(name);
        if (!view.exists()) return std::nullopt;
        auto number = view.integer();
        if (!number || *number < 0) return wrong(name, "a whole number from 0 up"), std::nullopt;
        return number;
    }

    std::optional<double> number(std::string_view name) {
        auto view = present(name);
        if (!view.exists()) return std::nullopt;
        auto number = view.number();
        if (!number) wrong(name, "a number");
        return number;
    }

    bool flag(std::string_view name) {
        auto view = present(name);
        if (!view.exists()) return false;
        auto flag = view.boolean();
        if (!flag) wrong(name, "true or false");
        return flag.value_or(false);
    }

    std::optional<Instant> moment(std::string_view name, std::optional<Instant> start) {
        auto view = present(name);
        if (!view.exists()) return std::nullopt;
        if (start) {
            // Ten years either way keep the sum far from the ends of the representable time.
            constexpr double kFurthest = 10 * 366 * 86400.0;
            if (auto seconds = view.number(); seconds && *seconds > -kFurthest && *seconds < kFurthest)
                return *start + Duration(static_cast<std::int64_t>(*seconds * 1e6));
        }
        auto text = view.string();
        auto moment = text ? parse_rfc3339(*text) : std::nullopt;
        if (!moment) wrong(name, "an RFC 3339 date such as \"2026-11-21T19:51:20Z\"");
        return moment;
    }

    Members object(std::string_view name) {
        auto view = present(name);
        if (view.exists() && !view.is_object()) wrong(name, "an object");
        return Members(view, prefix_ + std::string(name) + ".");
    }

    bool has(std::string_view name) { return present(name).exists(); }
    void wrong(std::string_view name, std::string_view wanted) {
        if (problem_.empty()) problem_ = "`" + prefix_ + std::string(name) + "` must be " + std::string(wanted);
    }
    void adopt(const Members& other) {
        if (problem_.empty()) problem_ = other.problem_;
    }
    const std::string& problem() const { return problem_; }

private:
    JsonView present(std::string_view name) const {
        auto view = object_[name];
        return view.is_null() ? JsonView() : view;
    }

    JsonView object_;
    std::string prefix_;
    std::string problem_;
};

std::string without_at(std::string handle) {
    if (handle.starts_with('@')) handle.erase(0, 1);
    return handle;
}

}  // namespace

std::string_view to_string(Visibility visibility) {
    for (const auto& [value, word] : kVisibilities)
        if (value == visibility) return word;
    return "direct";
}

std::optional<Visibility> parse_visibility(std::string_view word) {
    for (const auto& [value, name] : kVisibilities)
        if (name == word) return value;
    return std::nullopt;
}

Result<MentionLine> parse_mention_json(JsonView line, std::optional<Instant> start) {
    if (!line.is_object()) return Failure{Failure::Kind::malformed, "a mention must be a JSON object"};
    Members members(line, "");
    MentionLine out;
    auto& mention = out.mention;

    if (!members.has("id")) return Failure{Failure::Kind::malformed, "`id` is missing"};
    mention.key.native_id = members.identifier("id");
    mention.deleted = members.flag("deleted");
    if (!members.has("text") && !mention.deleted) return Failure{Failure::Kind::malformed, "`text` is missing"};
    mention.text = members.text("text");
    mention.key.platform = members.text("platform");
    mention.revision = members.text("revision");
    mention.source = members.text("source");
    mention.title = members.text("title");
    mention.language = members.text("lang");
    mention.url = members.text("url");
    mention.domain = members.text("domain");
    mention.conversation = members.text("conversation");
    mention.in_reply_to = members.text("in_reply_to");
    mention.reply_token = members.text("reply_token");
    mention.created_at = members.moment("created_at", start).value_or(Instant{});
    mention.edited_at = members.moment("edited_at", start);
    mention.own = members.flag("own");
    mention.stars = members.number("stars");
    mention.replies = members.count("replies").value_or(0);
    mention.reshares = members.count("reshares").value_or(0);
    mention.likes = members.count("likes").value_or(0);
    if (auto word = members.text("visibility"); !word.empty()) {
        auto visibility = parse_visibility(word);
        if (!visibility) members.wrong("visibility", "open, unlisted, followers or direct");
        mention.visibility = visibility.value_or(Visibility::direct);
    }

    auto author = members.object("author");
    mention.author.handle = without_at(author.text("handle"));
    mention.author.name = author.text("name");
    mention.author.native_id = author.text("native_id");
    mention.author.followers = author.count("followers");
    mention.author.verified = author.flag("verified");
    members.adopt(author);

    if (members.has("customer")) {
        auto customer = members.object("customer");
        out.context.customer = Context::KnownCustomer{
            .id = customer.text("id"), .tier = customer.text("tier"), .plan = customer.text("plan")};
        members.adopt(customer);
    }
    if (!members.problem().empty()) return Failure{Failure::Kind::malformed, members.problem()};
    return out;
}

std::string print_mention_json(const Mention& mention) {
    JsonWriter json;
    auto text = [&json](std::string_view name, const std::string& value) {
        if (!value.empty()) json.member(name, value);
    };
    auto count = [&json](std::string_view name, std::int64_t value) {
        if (value != 0) json.member(name, value);
    };
    auto yes = [&json](std::string_view name, bool value) {
        if (value) json.member(name, true);
    };
    const auto& author = mention.author;
    json.object([&] {
        json.member("id", mention.key.native_id);
        text("platform", mention.key.platform);
        text("source", mention.source);
        text("revision", mention.revision);
        text("title", mention.title);
        json.member("text", mention.text);
        text("lang", mention.language);
        if (author != Author{}) {
            json.key("author");
            json.object([&] {
                text("handle", author.handle);
                text("name", author.name);
                text("native_id", author.native_id);
                if (author.followers) json.member("followers", *author.followers);
                yes("verified", author.verified);
            });
        }
        text("url", mention.url);
        text("domain", mention.domain);
        text("conversation", mention.conversation);
        text("in_reply_to", mention.in_reply_to);
        text("reply_token", mention.reply_token);
        if (mention.visibility != Visibility::open) json.member("visibility", to_string(mention.visibility));
        if (mention.created_at != Instant{}) json.member("created_at", to_rfc3339(mention.created_at));
        if (mention.edited_at) json.member("edited_at", to_rfc3339(*mention.edited_at));
        yes("deleted", mention.deleted);
        yes("own", mention.own);
        if (mention.stars) json.member("stars", *mention.stars);
        count("replies", mention.replies);
        count("reshares", mention.reshares);
        count("likes", mention.likes);
    });
    return std::move(json).take();
}

}  // namespace rasid
