#include "daemon/source_options.hpp"

#include "daemon/files_adapter.hpp"

#include <boost/url/parse.hpp>

namespace rasid {
namespace {

std::vector<std::string> split_list(std::string_view text) {
    std::vector<std::string> list;
    while (!text.empty()) {
        const auto comma = text.find(',');
        list.emplace_back(text.substr(0, comma));
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    }
    return list;
}

}  // namespace

std::optional<std::string> problem_of_option(const OptionSpec& option, const std::string& value) {
    const auto name = std::string(option.name);
    if (option.type == OptionSpec::Type::url) {
        const auto url = boost::urls::parse_uri(value);
        if (!url || url->host().empty())
            return "`" + value + "` is no URL; " + name + " is written like https://example.org/path";
    }
    if (option.required && option.type != OptionSpec::Type::text_list && value.empty())
        return "`" + name + "` is empty";
    return std::nullopt;
}

bool signs_in_on_page(const SourceConfig& source, const SourceKind& kind) {
    return kind.sign_in && !source.options.contains(kind.token_option);
}

ReadOptions read_options(const SourceConfig& source, const SourceKind& kind, const std::string& granted) {
    ReadOptions result;
    auto& options = result.options;
    options.source = source.name;
    options.own_accounts = source.own_accounts;
    options.brand = source.brand;
    for (const auto& option : kind.options) {
        const std::string name(option.name);
        const auto written = source.options.find(name);
        if (option.type == OptionSpec::Type::text_list) {
            options.lists[name] = written == source.options.end() ? split_list(option.fallback) : written->second.list;
        } else if (option.type == OptionSpec::Type::secret_file) {
            if (written == source.options.end()) continue;
            auto secret = read_secret(written->second.text);
            if (secret)
                options.values[name] = std::move(*secret);
            else
                result.errors.push_back({written->second.origin, secret.error().what});
        } else {
            options.values[name] =
                written == source.options.end() ? std::string(option.fallback) : written->second.text;
        }
    }
    options.values["platform"] = platform_of(source, kind);
    if (!granted.empty() && signs_in_on_page(source, kind)) options.values[std::string(kind.token_option)] = granted;
    return result;
}

std::string platform_of(const SourceConfig& source, const SourceKind& kind) {
    return source.platform.empty() ? std::string(kind.platform) : source.platform;
}

}  // namespace rasid
