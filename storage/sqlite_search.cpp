#include "storage/sqlite_search.hpp"

namespace rasid {
namespace {

/// Of an FTS5 index, merged in one turn: some milliseconds.
constexpr int kMergedPages = 256;

/// A string of FTS5's query language: whatever stands inside is text.
std::string fts_string(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        if (c != '\0') out += c;
    }
    return out + '"';
}

std::string phrase(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
    return fts_string(text);
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
    std::string text;
    for (const auto& word : words) text.append(text.empty() ? "" : between).append(fts_string(word));
    return text;
}

std::string match_of(const IndexCondition::Term& term) {
    return std::string(term.exact ? "words : " : "{words readings} : ") + phrase(term.words) +
           (term.prefix ? " *" : "");
}

/// A word that every text has: FTS5 cannot ask for nothing but what is not there.
constexpr const char* kEvery = "everytext0";

/// The words of fields are like no words of texts; looking for them in all columns is quicker than in one.
std::string match_of(const IndexCondition& condition) {
    std::vector<std::string> wanted;
    for (const auto& term : condition.terms) {
        if (!term.excluded) wanted.push_back(match_of(term));
    }
    for (const auto& word : condition.author) wanted.push_back("author : " + fts_string(word));
    for (const auto& field : condition.fields) wanted.push_back(fts_string(field));
    if (!condition.one_field.empty()) wanted.push_back("(" + joined(condition.one_field, " OR ") + ")");
    if (wanted.empty()) wanted.emplace_back(kEvery);
    std::string match;
    for (const auto& part : wanted) match += (match.empty() ? "" : " AND ") + part;
    for (const auto& term : condition.terms) {
        if (term.excluded) match = "(" + match + ") NOT " + match_of(term);
    }
    return match;
}

}  // namespace

void SqliteSearchIndex::create() {
    // The texts are folded already: every letter, number and symbol of theirs counts, and nothing is to be folded more.
    // Beginnings of three letters have places of their own: merging the words of one takes too long.
    engine_.run(R"sql(
        CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5 (
            words, readings, author, fields, prefix = '3',
            tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co So'"))sql");
}

void SqliteSearchIndex::put(const IndexedText& text) {
    engine_.run("INSERT INTO search_index (rowid, words, readings, author, fields) VALUES ($1, $2, $3, $4, $5)",
                text.place, text.words, text.readings, text.author, text.fields + " " + kEvery);
}

void SqliteSearchIndex::remove(std::int64_t place) { engine_.run("DELETE FROM search_index WHERE rowid = $1", place); }

std::vector<std::int64_t> SqliteSearchIndex::find(const IndexCondition& condition, int limit) {
    const auto answer = engine_.ask(R"sql(
        SELECT rowid FROM search_index WHERE search_index MATCH $1 AND rowid >= $2 AND rowid < $3
        ORDER BY rowid DESC LIMIT $4)sql",
                                    match_of(condition), condition.from, condition.before, limit);
    std::vector<std::int64_t> places;
    while (answer->next()) places.push_back(answer->integer(0));
    return places;
}

void SqliteSearchIndex::merge(int pages) {
    engine_.run("INSERT INTO search_index (search_index, rank) VALUES ('merge', $1)", pages);
}

/// A negative number takes everything into the merge; positive ones go on with it and leave alone what comes later.
void SqliteSearchIndex::begin_tidying() { merge(-kMergedPages); }

bool SqliteSearchIndex::go_on_tidying() {
    const auto changes = [this] {
        const auto answer = engine_.ask("SELECT total_changes()");
        return answer->next() ? answer->integer(0) : 0;
    };
    const auto before = changes();
    merge(kMergedPages);
    return changes() - before >= 2;  // as FTS5 tells that there was nothing to merge
}

void SqliteSearchIndex::tidy_whole() { engine_.run("INSERT INTO search_index (search_index) VALUES ('optimize')"); }

}  // namespace rasid
