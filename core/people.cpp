#include "core/people.hpp"

#include <algorithm>

namespace rasid {

bool sees_brand(const Person& person, std::string_view brand) {
    return person.brands.empty() || std::ranges::find(person.brands, brand) != person.brands.end();
}

const Person* find_person(const std::vector<Person>& people, std::string_view id) {
    const auto found = std::ranges::find(people, id, &Person::id);
    return found == people.end() ? nullptr : &*found;
}

std::string name_of(const std::vector<Person>& people, std::string_view id) {
    const auto* person = find_person(people, id);
    return person ? person->name : std::string();
}

std::string name_or_id(const std::vector<Person>& people, std::string_view id) {
    const auto* person = find_person(people, id);
    return person ? person->name : std::string(id);
}

}  // namespace rasid
