#pragma once

#include "core/json.hpp"
#include "storage/reader.hpp"

#include <string>
#include <vector>

namespace rasid {

/// The other mentions that say the same as one.
struct Copies {
    struct Copy {
        StoredMention stored = {};
        std::int64_t ticket_number = 0;  ///< 0: in no ticket
    };
    std::vector<Copy> list = {};  ///< oldest first
    bool more = false;            ///< there are further ones
};

/// Those that a person limited to these brands may see; at most `limit`.
Copies copies_of(Reader& reader, const StoredMention& mention, const Person& person, int limit);

/// COPIES of docs/api.md.
void write_copies(JsonWriter& out, const Copies& copies);

/// {"name","handle"}: who has no name is called by his handle.
void write_author_name(JsonWriter& out, const Author& author);

/// A mention as it stands in a list: who said what, where and when, and its ticket. The members of an open object.
void write_mention_line(JsonWriter& out, const StoredMention& stored, std::int64_t ticket_number);

}  // namespace rasid
