#pragma once

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace rasid {

/// A recorded page of tests/connectors/data.
inline std::string data_file(const std::string& name) {
    std::ifstream in(std::string(RASID_SOURCE_DIR) + "/tests/connectors/data/" + name, std::ios::binary);
    if (!in) throw std::runtime_error("no recorded page " + name);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace rasid
