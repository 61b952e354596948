#include "daemon/log.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <sys/stat.h>
#include <syslog.h>
#include <systemd/sd-journal.h>
#include <unistd.h>

namespace rasid {
namespace {

// spdlog carries one text per message. The parts of a record travel in it between unit separators, which escaped text
// never has.
constexpr char kSeparator = '\x1f';

std::string_view word_of(Level level) {
    constexpr std::array<std::string_view, 4> kWords = {"debug", "info", "warning", "error"};
    return kWords[static_cast<std::size_t>(level)];
}

spdlog::level::level_enum spdlog_level(Level level) {
    constexpr std::array kLevels = {spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err};
    return kLevels[static_cast<std::size_t>(level)];
}

Level level_of(spdlog::level::level_enum level) {
    if (level <= spdlog::level::debug) return Level::debug;
    if (level == spdlog::level::info) return Level::info;
    return level == spdlog::level::warn ? Level::warning : Level::error;
}

std::string escaped(std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        // The control characters of Latin-1 are two bytes in UTF-8, and terminals obey them.
        const bool wide_control =
            byte == 0xc2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xa0;
        if (byte == '\n')
            out += "\\n";
        else if (byte == '\t')
            out += "\\t";
        else if (byte < 0x20 || byte == 0x7f)
            out.append({'\\', 'x', kHex[byte >> 4], kHex[byte & 15]});
        else if (wide_control) {
            const auto next = static_cast<unsigned char>(text[++at]);
            out.append({'\\', 'x', kHex[next >> 4], kHex[next & 15]});
        } else
            out += text[at];
    }
    return out;
}

std::string pack(std::string_view event, std::string_view message, std::initializer_list<LogField> fields) {
    std::string packed = escaped(event) + kSeparator + escaped(message);
    for (const auto& field : fields) packed += kSeparator + escaped(field.key) + kSeparator + escaped(field.value);
    return packed;
}

LogRecord unpack(Level level, std::string_view packed) {
    std::vector<std::string> parts;
    for (std::size_t start = 0; start <= packed.size();) {
        const auto end = std::min(packed.find(kSeparator, start), packed.size());
        parts.emplace_back(packed.substr(start, end - start));
        start = end + 1;
    }
    if (parts.size() < 2)
        return {level, "library", std::string(packed), {}};  // a message that did not come through log_event
    LogRecord record{level, parts[0], parts[1], {}};
    for (std::size_t at = 2; at + 1 < parts.size(); at += 2) record.fields.emplace_back(parts[at], parts[at + 1]);
    return record;
}

std::string logfmt_value(std::string_view value) {
    const bool plain = !value.empty() && value.find_first_of(" =\"") == std::string_view::npos;
    if (plain) return std::string(value);
    std::string out = "\"";
    for (const char c : value) {
        if (c == '"') out += '\\';
        out += c;
    }
    return out + "\"";
}

/// Writes unpacked records to the journal, or as logfmt where that is not possible.
class RecordSink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    explicit RecordSink(bool journal) : journal_(journal) {}

private:
    void sink_it_(const spdlog::details::log_msg& message) override {
        const auto record = unpack(level_of(message.level), {message.payload.data(), message.payload.size()});
        if (journal_ && send(record)) return;
        spdlog::memory_buf_t time;
        formatter_->format(message, time);
        const std::string line = std::string(time.data(), time.size()) + print_logfmt(record) + "\n";
        std::fwrite(line.data(), 1, line.size(), stderr);
    }
    void flush_() override { std::fflush(stderr); }

    static bool send(const LogRecord& record) {
        auto fields = journal_fields(record);
        std::vector<iovec> parts;
        parts.reserve(fields.size());
        for (auto& field : fields) parts.push_back({field.data(), field.size()});
        return sd_journal_sendv(parts.data(), static_cast<int>(parts.size())) == 0;
    }

    bool journal_;
};

spdlog::logger& logger() {
    static const auto instance = [] {
        auto made = std::make_unique<spdlog::logger>(
            "rasid", std::make_shared<RecordSink>(is_journal(std::getenv("JOURNAL_STREAM"), STDERR_FILENO)));
        made->set_formatter(std::make_unique<spdlog::pattern_formatter>("ts=%Y-%m-%dT%H:%M:%S.%eZ ",
                                                                        spdlog::pattern_time_type::utc, ""));
        made->flush_on(spdlog::level::trace);
        return made;
    }();
    return *instance;
}

}  // namespace

void log_event(Level level, std::string_view event, std::string_view message, std::initializer_list<LogField> fields) {
    auto& log = logger();
    if (!log.should_log(spdlog_level(level))) return;
    const auto packed = pack(event, message, fields);
    log.log(spdlog_level(level), spdlog::string_view_t(packed.data(), packed.size()));
}

void set_log_level(Level least) { logger().set_level(spdlog_level(least)); }

std::string print_logfmt(const LogRecord& record) {
    std::string line = "level=" + std::string(word_of(record.level)) + " event=" + logfmt_value(escaped(record.event));
    for (const auto& [key, value] : record.fields) line += " " + escaped(key) + "=" + logfmt_value(escaped(value));
    return line + " msg=" + logfmt_value(escaped(record.message));
}

std::vector<std::string> journal_fields(const LogRecord& record) {
    constexpr std::array kPriorities = {LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERR};
    std::vector<std::string> fields = {
        "MESSAGE=" + escaped(record.message),
        "PRIORITY=" + std::to_string(kPriorities[static_cast<std::size_t>(record.level)]),
        "SYSLOG_IDENTIFIER=rasid",
        "RASID_EVENT=" + escaped(record.event),
    };
    for (const auto& [key, value] : record.fields) {
        std::string name = "RASID_";
        for (const char c : key)
            name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c >= '0' && c <= '9' ? c : '_';
        fields.push_back(name + "=" + escaped(value));
    }
    return fields;
}

bool is_journal(const char* journal_stream, int fd) {
    if (!journal_stream) return false;
    struct stat info {};
    if (::fstat(fd, &info) != 0) return false;
    return std::to_string(info.st_dev) + ":" + std::to_string(info.st_ino) == journal_stream;
}

}  // namespace rasid
