#include "engagement/link_suggestion.hpp"

#include "core/text/fold.hpp"
#include "engagement/customer_cells.hpp"
#include "engagement/proposals.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <unordered_map>

namespace rasid {
namespace {

constexpr std::size_t kTellingHandle = 6;
constexpr std::size_t kProfileBytes = 4096;

std::string without_host(std::string_view handle) {
    const auto folded = fold_handle(handle);
    return folded.substr(0, folded.find('@'));
}

bool belongs_to_address(char byte) {
    return std::isalnum(static_cast<unsigned char>(byte)) != 0 ||
           std::string_view("._%+-").find(byte) != std::string::npos;
}

/// The e-mail addresses in a text, folded.
std::set<std::string> emails_in(std::string_view text) {
    text = text.substr(0, kProfileBytes);
    std::set<std::string> found;
    for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        auto start = at;
        auto end = at + 1;
        while (start > 0 && belongs_to_address(text[start - 1])) --start;
        while (end < text.size() && belongs_to_address(text[end])) ++end;
        auto address = text.substr(start, end - start);
        while (address.ends_with('.')) address.remove_suffix(1);
        if (start < at && is_email(address) && address.find('.', at - start) != std::string_view::npos)
            found.insert(fold_text(address));
    }
    return found;
}

/// Who has a fact; null once it is true of two.
class Owners {
public:
    void add(const std::string& fact, const Customer* customer) {
        const auto [known, is_new] = owners_.emplace(fact, customer);
        if (!is_new && known->second != customer) known->second = nullptr;
    }
    const Customer* of(const std::string& fact) const {
        const auto found = owners_.find(fact);
        return found == owners_.end() ? nullptr : found->second;
    }

private:
    std::unordered_map<std::string, const Customer*> owners_;
};

}  // namespace

std::vector<Proposal> suggest_links(std::span<const Customer> customers, std::span<const UnlinkedAccount> accounts,
                                    Instant now) {
    Owners by_email;
    Owners by_handle;
    std::set<std::string> linked;
    std::map<std::pair<const Customer*, std::string>, std::string> platform_of;
    for (const auto& customer : customers) {
        for (const auto& email : customer.emails) by_email.add(fold_text(email), &customer);
        for (const auto& identity : customer.identities) {
            linked.insert(identity.platform + ":" + fold_handle(identity.handle));
            const auto name = without_host(identity.handle);
            by_handle.add(name, &customer);
            platform_of.emplace(std::pair(&customer, name), identity.platform);
        }
    }
    std::vector<Proposal> made;
    for (const auto& account : accounts) {
        const auto subject = account.platform + ":" + account.author.handle;
        if (account.author.handle.empty() ||
            linked.contains(account.platform + ":" + fold_handle(account.author.handle)))
            continue;
        const Customer* owner = nullptr;
        std::string reason;
        bool contradicts = false;
        for (const auto& email : emails_in(account.profile + " " + account.author.name)) {
            const auto* customer = by_email.of(email);
            if (!customer) continue;
            contradicts |= owner && owner != customer;
            owner = customer;
            reason = "the profile names " + email;
        }
        const auto name = without_host(account.author.handle);
        if (const auto* customer = name.size() >= kTellingHandle ? by_handle.of(name) : nullptr) {
            contradicts |= owner && owner != customer;
            owner = customer;
            const auto& platform = platform_of.at({customer, name});
            reason += (reason.empty() ? "" : "; ") + ("the same handle on " + platform);
        }
        if (owner && !contradicts)
            made.push_back(proposal(*owner, ProposalKind::link_account, subject, std::move(reason), now));
    }
    return made;
}

std::vector<Proposal> suggest_merges(std::span<const Customer> customers, Instant now) {
    std::unordered_map<std::string, const Customer*> first;
    std::set<std::pair<std::string, std::string>> proposed;
    std::vector<Proposal> made;
    for (const auto& customer : customers) {
        for (const auto& key : identifying_keys(customer)) {
            const auto [known, is_new] = first.emplace(key, &customer);
            if (is_new || known->second->id == customer.id) continue;
            const auto* older = known->second;
            const auto* newer = &customer;
            if (newer->id < older->id) std::swap(older, newer);
            if (proposed.emplace(older->id, newer->id).second)
                made.push_back(proposal(*older, ProposalKind::merge, newer->id, "the same " + key, now));
        }
    }
    return made;
}

}  // namespace rasid
