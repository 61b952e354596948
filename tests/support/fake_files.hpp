#pragma once

#include "core/files.hpp"

#include <map>

namespace rasid {

/// Files that a test wrote into `content`.
class FakeFiles final : public Files {
public:
    std::map<std::string, std::string> content;

    Result<std::string> read(std::string path, std::size_t max) override {
        auto found = content.find(path);
        if (found == content.end()) return Failure{Failure::Kind::not_found, path + " does not exist"};
        if (found->second.size() > max) return Failure{Failure::Kind::blocked, path + " is too large"};
        return found->second;
    }
};

}  // namespace rasid
