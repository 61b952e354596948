#pragma once

#include "core/private_files.hpp"

#include <map>

namespace rasid {

/// Secrets that a test reads in `content`. A full disk writes nothing.
class FakePrivateFiles final : public PrivateFiles {
public:
    std::map<std::string, std::string> content;
    bool full = false;

    Result<std::string> read(const std::string& name) override {
        const auto found = content.find(name);
        if (found == content.end()) return Failure{Failure::Kind::not_found, name + " does not exist"};
        return found->second;
    }
    Result<void> write(const std::string& name, const std::string& text) override {
        if (full) return Failure{Failure::Kind::refused, "no space left on device"};
        content[name] = text;
        return {};
    }
    Result<void> remove(const std::string& name) override {
        content.erase(name);
        return {};
    }
};

}  // namespace rasid
