#pragma once

#include "connectors/source.hpp"
#include "core/reply_form.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

struct SignInWay;  // connectors/sign_in.hpp

/// One option of a kind, declared beside the code that reads it. An option that no kind declares is an error.
struct OptionSpec {
    enum class Type { text, url, integer, boolean, duration, text_list, secret_file };
    std::string_view name;
    Type type = Type::text;
    bool required = false;
    std::string_view fallback = {};  ///< shown and used when the option is absent
    std::string_view help = {};
};
std::string_view to_string(OptionSpec::Type type);

/// The checked values of a source's options: every one that its kind declares, defaults filled in.
class Options {
public:
    std::map<std::string, std::string, std::less<>> values =
        {};  ///< all but lists; a secret's value is the file's content
    std::map<std::string, std::vector<std::string>, std::less<>> lists = {};

    std::string_view text(std::string_view name) const;  ///< empty when absent
    const std::vector<std::string>& list(std::string_view name) const;
    std::int64_t integer(std::string_view name) const;
    bool flag(std::string_view name) const;
    Duration duration(std::string_view name) const;  ///< zero when absent

    /// The platform of its mentions: the `platform` option, else what the kind says.
    std::string platform_or(std::string_view of_kind) const;

    // What every source has, whatever its kind.
    std::string source = {};                     ///< its name
    std::vector<std::string> own_accounts = {};  ///< handles of ours on that platform
    std::string brand = {};
};

/// A kind of source: what it is called, hears, answers and needs.
struct SourceKind {
    std::string_view name;      ///< as written in the configuration
    std::string_view platform;  ///< of its mentions; a source may say otherwise by its `platform` option
    std::string_view summary;   ///< one line: what it hears
    std::string_view answers;   ///< "reply, reshare, like" or empty
    std::span<const OptionSpec> options;
    bool streams = false;  ///< poll() waits for news by itself; the poller calls it again at once
    /// Fails with refused when options contradict each other; the text says which and what to do.
    Result<std::unique_ptr<Source>> (*make)(const Options&, SourceEnv);
    /// Null for kinds that cannot answer.
    std::unique_ptr<Publisher> (*make_publisher)(const Options&, SourceEnv) = nullptr;
    std::span<const PublishAction> actions = {};
    /// What a reply there may look like; null: whatever is known of the mention's platform.
    ReplyForm (*reply_form)(const Options&) = nullptr;
    /// How one signs in to its platform; null: not by the page. nullopt: the options do not say where.
    std::optional<SignInWay> (*sign_in)(const Options&) = nullptr;
    std::string_view token_option = {};  ///< that takes the access token of a sign-in where it names no file
};

/// What a reply through this source to a mention of this platform may look like.
ReplyForm reply_form_of(const SourceKind& kind, const Options& options, std::string_view platform);

/// Every kind, in the order of sources.def.
std::span<const SourceKind* const> source_kinds();
const SourceKind* find_source_kind(std::string_view name);

}  // namespace rasid
