#include "web/json_members.hpp"

namespace rasid {

std::optional<std::string> double_member(JsonView value) {
    std::set<std::string_view> names;
    for (const auto& [name, member] : value.members()) {
        if (!names.insert(name).second) return std::string(name);
        if (auto deeper = double_member(member)) return deeper;
    }
    for (const auto& item : value.items()) {
        if (auto deeper = double_member(item)) return deeper;
    }
    return std::nullopt;
}

JsonMembers::JsonMembers(const Request& request) {
    const auto type = request.header("Content-Type");
    if (type.substr(0, type.find(';')) != "application/json") {
        status_ = 415;
        complain("the body must be application/json");
        return;
    }
    auto parsed = parse_json(request.body);
    if (!parsed) {
        complain(parsed.error().what);
        return;
    }
    document_.emplace(std::move(*parsed));
    if (!document_->root().is_object()) {
        complain("the body must be one JSON object");
        return;
    }
    members_ = document_->root().members().size();
    if (const auto name = double_member(document_->root())) complain("the member `" + *name + "` is there twice");
}

void JsonMembers::complain(std::string what) {
    if (problem_.empty()) problem_ = std::move(what);
}

JsonView JsonMembers::value(std::string_view name) {
    asked_.emplace(name);
    return document_ ? document_->root()[name] : JsonView();
}

std::optional<std::string> JsonMembers::optional_text(std::string_view name, std::size_t longest) {
    const auto member = value(name);
    if (!member.exists()) return std::nullopt;
    const auto text = member.string();
    if (!text) {
        complain("`" + std::string(name) + "` must be a string");
        return std::nullopt;
    }
    if (text->size() > longest) {
        complain("`" + std::string(name) + "` is longer than " + std::to_string(longest) + " bytes");
        return std::nullopt;
    }
    if (text->find('\0') != std::string_view::npos) {
        complain("`" + std::string(name) + "` holds a NUL character");
        return std::nullopt;
    }
    return std::string(*text);
}

std::string JsonMembers::text(std::string_view name, std::size_t longest) {
    auto found = optional_text(name, longest);
    if (!found || found->empty()) complain("`" + std::string(name) + "` is missing");
    return found.value_or(std::string());
}

std::optional<Response> JsonMembers::refuse() {
    if (document_ && problem_.empty()) {
        for (const auto& [name, member] : document_->root().members()) {
            if (!asked_.contains(name)) complain("the member `" + std::string(name) + "` is unknown here");
        }
    }
    if (problem_.empty()) return std::nullopt;
    return problem(status_, status_ == 415 ? "wrong_content_type" : "bad_request", problem_);
}

}  // namespace rasid
