#pragma once

#include "tests/storage/samples.hpp"
#include "tests/storage/search_fold.hpp"
#include "tests/storage/store_contract.hpp"

namespace rasid {

inline StoredMention said(const std::string& native_id, const std::string& text, int at = 0) {
    auto made = samples::mention(native_id, at);
    made.mention.title.clear();
    made.mention.text = text;
    return made;
}

inline SearchTerm word(const std::string& folded) { return {.words = {folded}}; }

class SearchContract : public StoreContract {
protected:
    void take(const std::vector<StoredMention>& mentions, const std::vector<TicketChange>& tickets = {}) {
        store->take({.mentions = mentions, .tickets = tickets});
    }
    void index() {
        while (store->index_search(samples::fold_search, 3) > 0) {
        }
    }
    void tidy() {
        while (store->tidy_search()) {
        }
    }

    FoundPage search(SearchQuery query) { return store->search(query); }
    /// Ids of what is found, newest first.
    std::vector<std::string> answer(const SearchQuery& query) {
        std::vector<std::string> ids;
        for (const auto& one : store->search(query).found) ids.push_back(one.mention ? one.mention->id : one.event->id);
        return ids;
    }
    std::vector<std::string> saying(std::vector<SearchTerm> terms) { return answer({.terms = std::move(terms)}); }
    std::vector<std::string> found(const std::string& folded) { return saying({word(folded)}); }
    std::vector<std::string> with(const SearchFields& fields) { return answer({.fields = fields}); }
};

}  // namespace rasid
