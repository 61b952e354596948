#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rasid {

enum class Level { debug, info, warning, error };

struct LogField {
    std::string_view key;  ///< lower-case letters and underscores: source, ticket, mail…
    std::string_view value;
};

/// Writes one event: into the journal with fields when stderr is connected to it, else as a logfmt line on stderr.
///
/// `event` is a stable word that people and alerts search for. Text of strangers and addresses belong at debug level
/// only; control characters are shown escaped in any case. Safe from every thread.
void log_event(Level level, std::string_view event, std::string_view message,
               std::initializer_list<LogField> fields = {});

/// Events below `least` are dropped; info unless told otherwise.
void set_log_level(Level least);

/// An event as it is written; public for the tests.
struct LogRecord {
    Level level = Level::info;
    std::string event = {};
    std::string message = {};
    std::vector<std::pair<std::string, std::string>> fields = {};
};

/// `level=info event=source_failing source=nasma msg="…"`.
std::string print_logfmt(const LogRecord& record);
/// MESSAGE, PRIORITY, SYSLOG_IDENTIFIER, RASID_EVENT and RASID_<KEY> of each field, as "NAME=value".
std::vector<std::string> journal_fields(const LogRecord& record);
/// Whether `journal_stream` ("device:inode", the value of $JOURNAL_STREAM) names what `fd` is connected to.
bool is_journal(const char* journal_stream, int fd);

}  // namespace rasid
