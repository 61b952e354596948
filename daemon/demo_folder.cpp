#include "daemon/demo_folder.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace rasid {
namespace embedded {
std::span<const EmbeddedFile> demo_files();
}

DemoFolder::DemoFolder() {
    auto name = (std::filesystem::temp_directory_path() / "rasid-demo-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("cannot make a temporary folder like " + name);
    path_ = name;
}

DemoFolder::~DemoFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

FolderMailSender::FolderMailSender(std::filesystem::path folder) : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
}

Task<MailOutcome> FolderMailSender::send(std::string, std::string, std::string message) {
    std::array<char, 32> name{};
    std::snprintf(name.data(), name.size(), "%05d.eml", ++written_);
    std::ofstream out(folder_ / name.data(), std::ios::binary);
    out << message;
    if (!out) co_return MailOutcome{MailOutcome::Kind::try_later, "cannot write into " + folder_.string()};
    co_return MailOutcome{MailOutcome::Kind::delivered, {}};
}

std::span<const EmbeddedFile> demo_files() { return embedded::demo_files(); }

std::string_view demo_file(std::string_view name) {
    for (const auto& file : demo_files()) {
        if (file.name == name) return file.content;
    }
    return {};
}

}  // namespace rasid
