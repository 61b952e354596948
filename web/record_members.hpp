#pragma once

#include "core/customer.hpp"
#include "web/customer_desk.hpp"
#include "web/json_members.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace rasid {

/// What a request wants to change of a customer's record. Only members that are there are changed; a list replaces the
/// list, but for consents: each says what the customer said of one channel, others stay.
class RecordChange {
public:
    /// Reads every writable member. `problem` tells the first one that cannot be used.
    RecordChange(JsonMembers& in, const CustomerDesk& desk);

    const std::string& problem() const { return problem_; }
    bool empty() const { return changes_.empty(); }
    void apply(Customer& customer) const;

private:
    using Set = std::function<void(Customer&)>;
    using Check = bool (*)(std::string_view);

    void complain(std::string what);
    void read_text(JsonMembers& in, std::string_view name, std::string Customer::*member, std::size_t longest,
                   Check good = nullptr);
    void read_texts(JsonMembers& in, std::string_view name, std::vector<std::string> Customer::*member,
                    std::size_t longest, Check good = nullptr);
    void read_birthday(JsonMembers& in);
    void read_purchases(JsonMembers& in);
    void read_anniversaries(JsonMembers& in);
    void read_quiet(JsonMembers& in);
    void read_consents(JsonMembers& in, const CustomerDesk& desk);
    void read_choices(JsonMembers& in, const CustomerDesk& desk);

    std::vector<Set> changes_;
    std::string problem_;
};

}  // namespace rasid
