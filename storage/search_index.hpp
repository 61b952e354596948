#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// One text of the index, folded; `fields` and `author` are words as well.
struct IndexedText {
    std::int64_t place = 0;
    std::string words = {};
    std::string readings = {};
    std::string author = {};
    std::string fields = {};
};

/// All of it must hold.
struct IndexCondition {
    struct Term {
        std::vector<std::string> words = {};
        bool exact = false;  ///< in `words` only, not in `readings`
        bool prefix = false;
        bool excluded = false;
    };
    std::vector<Term> terms = {};
    std::vector<std::string> author = {};     ///< words of it
    std::vector<std::string> fields = {};     ///< each of these
    std::vector<std::string> one_field = {};  ///< and, unless empty, one of these
    std::int64_t from = 0;                    ///< places in [from, before)
    std::int64_t before = 0;
};

/// Full text, as an engine does it: FTS5, tsvector. Called inside transactions; throws StoreError. Nothing in a
/// condition is an expression of the engine's: words are only ever words.
class SearchIndex {
public:
    virtual ~SearchIndex() = default;

    virtual void create() = 0;  ///< where it is not there yet
    virtual void put(const IndexedText& text) = 0;
    virtual void remove(std::int64_t place) = 0;
    /// Places, the highest first.
    virtual std::vector<std::int64_t> find(const IndexCondition& condition, int limit) = 0;

    // Removed texts may leave traces until the index is tidied: in turns, or all of it at once.
    virtual void begin_tidying() = 0;
    virtual bool go_on_tidying() = 0;  ///< some milliseconds of it; false: nothing was left to do
    virtual void tidy_whole() = 0;
};

}  // namespace rasid
