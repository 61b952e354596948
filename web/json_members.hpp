#pragma once

#include "core/json.hpp"
#include "web/request.hpp"
#include "web/response.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

inline constexpr std::size_t kLongestId = 64;  ///< bytes of an id, or of a word of ours, in a member

/// Strict reading of a JSON object in a request: what is asked for is all that may be there.
///
///     JsonMembers in(request);
///     const auto email = in.text("email", 254);
///     if (auto refused = in.refuse()) co_return *refused;
class JsonMembers {
public:
    explicit JsonMembers(const Request& request);

    std::string text(std::string_view name, std::size_t longest);  ///< required, not empty
    std::optional<std::string> optional_text(std::string_view name, std::size_t longest);
    JsonView value(std::string_view name);  ///< whatever is there; absent when it is not

    bool empty() const { return members_ == 0; }

    /// 415 for another content type, 400 for what is not one JSON object, missing, too long, of the wrong type, unknown
    /// or double.
    std::optional<Response> refuse();

private:
    void complain(std::string what);

    std::optional<JsonDocument> document_;
    std::size_t members_ = 0;
    std::set<std::string, std::less<>> asked_;
    std::string problem_;
    int status_ = 400;
};

/// The first member name that an object in the value, however deep, has twice.
std::optional<std::string> double_member(JsonView value);

}  // namespace rasid
