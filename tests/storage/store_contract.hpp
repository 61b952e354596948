#pragma once

#include "storage/store.hpp"
#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace rasid {

/// One way of keeping what is durable. The contract tests know a store only through this.
struct EngineCase {
    std::string name;
    StoreOptions (*options)(const TempFolder& folder);
};

inline std::vector<EngineCase> engines() {
    return {
        {"sqlite", [](const TempFolder& folder) { return StoreOptions{.url = "sqlite:" + folder.file("rasid.db")}; }}};
}

inline std::string engine_name(const testing::TestParamInfo<EngineCase>& info) { return info.param.name; }

/// What every engine must do. Derive one per room and instantiate it over engines().
class StoreContract : public testing::TestWithParam<EngineCase> {
protected:
    void SetUp() override { reopen(); }

    void reopen() {
        store.reset();
        store = open_store(GetParam().options(folder));
    }
    std::unique_ptr<Reader> another_reader() { return open_reader(GetParam().options(folder)); }

    TempFolder folder;
    std::unique_ptr<Store> store;
};

// NOLINTNEXTLINE: one instantiation a room, written once
#define RASID_OVER_ENGINES(Room) INSTANTIATE_TEST_SUITE_P(Engines, Room, testing::ValuesIn(engines()), engine_name)

}  // namespace rasid
