#pragma once

#include "core/embedded.hpp"
#include "daemon/mail_sender.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace rasid {

/// A temporary folder of this user's that is gone when the object is.
class DemoFolder {
public:
    DemoFolder();  ///< throws std::runtime_error
    ~DemoFolder();
    DemoFolder(const DemoFolder&) = delete;
    DemoFolder& operator=(const DemoFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// Writes mails as .eml into a folder instead of sending them.
class FolderMailSender final : public MailSender {
public:
    explicit FolderMailSender(std::filesystem::path folder);
    Task<MailOutcome> send(std::string from, std::string to, std::string message) override;

private:
    std::filesystem::path folder_;
    int written_ = 0;
};

/// The files that the binary carries for the demo.
std::span<const EmbeddedFile> demo_files();
/// One of them; empty when there is none of that name.
std::string_view demo_file(std::string_view name);

}  // namespace rasid
