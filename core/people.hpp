#pragma once

#include "core/setup.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// A person without brands sees every brand.
bool sees_brand(const Person& person, std::string_view brand);

/// Null: nobody has this id.
const Person* find_person(const std::vector<Person>& people, std::string_view id);

/// Empty: nobody has this id.
std::string name_of(const std::vector<Person>& people, std::string_view id);

/// The id itself where nobody has it, as of somebody who left.
std::string name_or_id(const std::vector<Person>& people, std::string_view id);

}  // namespace rasid
