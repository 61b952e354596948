#pragma once

#include "core/private_files.hpp"

#include <string>
#include <string_view>

namespace rasid {

/// A folder of mode 0700 with a file of mode 0600 for each name, written by rename. The folder is made at the first
/// write.
class FolderPrivateFiles final : public PrivateFiles {
public:
    explicit FolderPrivateFiles(std::string folder) : folder_(std::move(folder)) {}

    Result<std::string> read(const std::string& name) override;
    Result<void> write(const std::string& name, const std::string& content) override;
    Result<void> remove(const std::string& name) override;

private:
    std::string path_of(const std::string& name) const;

    std::string folder_;
};

/// The folder beside the database in which grants of platforms are kept: "/var/lib/rasid/rasid.db.grants".
std::string grants_folder_beside(std::string_view storage_url);

}  // namespace rasid
