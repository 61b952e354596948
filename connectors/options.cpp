#include "connectors/source_kind.hpp"

#include <charconv>

namespace rasid {

std::string_view to_string(OptionSpec::Type type) {
    switch (type) {
    case OptionSpec::Type::text:
        return "text";
    case OptionSpec::Type::url:
        return "url";
    case OptionSpec::Type::integer:
        return "integer";
    case OptionSpec::Type::boolean:
        return "boolean";
    case OptionSpec::Type::duration:
        return "duration";
    case OptionSpec::Type::text_list:
        return "list of texts";
    case OptionSpec::Type::secret_file:
        return "secret file";
    }
    return "text";
}

std::string_view Options::text(std::string_view name) const {
    auto found = values.find(name);
    return found == values.end() ? std::string_view() : std::string_view(found->second);
}

const std::vector<std::string>& Options::list(std::string_view name) const {
    static const std::vector<std::string> kNone;
    auto found = lists.find(name);
    return found == lists.end() ? kNone : found->second;
}

std::int64_t Options::integer(std::string_view name) const {
    auto digits = text(name);
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc() && end == digits.data() + digits.size() ? number : 0;
}

bool Options::flag(std::string_view name) const { return text(name) == "true"; }

Duration Options::duration(std::string_view name) const {
    return parse_duration(text(name)).value_or(Duration::zero());
}

std::string Options::platform_or(std::string_view of_kind) const {
    auto platform = text("platform");
    return std::string(platform.empty() ? of_kind : platform);
}

}  // namespace rasid
