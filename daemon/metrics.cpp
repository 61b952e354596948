#include "daemon/metrics.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <set>
#include <sys/resource.h>
#include <tuple>
#include <unistd.h>

namespace rasid {
namespace {

using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;
using Labels = std::map<std::string, std::string>;

double in_seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }
double in_seconds(Instant at) { return in_seconds(at.time_since_epoch()); }

const Histogram::BucketBoundaries kLag = {1, 5, 15, 30, 60, 120, 300, 900, 3600, 21600};
const Histogram::BucketBoundaries kResponse = {60, 300, 900, 1800, 3600, 7200, 14400, 28800, 86400};
const Histogram::BucketBoundaries kRequest = {0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 5};

struct ProcessState {
    double cpu_seconds = 0;
    double resident_bytes = 0;
    double open_descriptors = 0;
};

ProcessState process_state() {
    ProcessState state;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval& value) {
        return static_cast<double>(value.tv_sec) + static_cast<double>(value.tv_usec) / 1e6;
    };
    state.cpu_seconds = of(usage.ru_utime) + of(usage.ru_stime);
    std::ifstream memory("/proc/self/statm");
    double total = 0;
    double resident = 0;
    if (memory >> total >> resident) state.resident_bytes = resident * static_cast<double>(sysconf(_SC_PAGESIZE));
    std::error_code error;
    for (std::filesystem::directory_iterator at("/proc/self/fd", error), end; !error && at != end;
         at.increment(error)) {
        ++state.open_descriptors;
    }
    return state;
}

}  // namespace

struct Metrics::Families {
    prometheus::Registry registry;

    Family<Counter>& counter(const char* name, const char* help) {
        return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
    }
    Family<Gauge>& gauge(const char* name, const char* help) {
        return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
    }
    Family<Histogram>& histogram(const char* name, const char* help) {
        return prometheus::BuildHistogram().Name(name).Help(help).Register(registry);
    }

    Family<Gauge>& build_info = gauge("rasid_build_info", "The running version; always 1");
    Family<Counter>& source_fetches = counter("rasid_source_fetches_total", "Polls of a source, by how they ended");
    Family<Gauge>& source_last_success =
        gauge("rasid_source_last_success_timestamp_seconds", "When the source was last read");
    Family<Gauge>& source_healthy = gauge("rasid_source_healthy", "1 while the source is read without trouble");
    Family<Gauge>& source_silent =
        gauge("rasid_source_silent", "1 while the source brings nothing for far longer than usual");
    Family<Counter>& mentions_ingested = counter("rasid_mentions_ingested_total", "Mentions stored");
    Family<Histogram>& mention_lag = histogram("rasid_mention_lag_seconds", "From publication to storage");
    Family<Gauge>& tickets_open = gauge("rasid_tickets_open", "Tickets that wait, by priority and state");
    Family<Histogram>& first_response =
        histogram("rasid_ticket_first_response_seconds", "From opening to the first response");
    Family<Counter>& tickets_breached = counter("rasid_tickets_breached_total", "Targets that passed unmet");
    Family<Gauge>& mail_queue = gauge("rasid_mail_queue_length", "Mails that wait");
    Family<Gauge>& mail_oldest =
        gauge("rasid_mail_queue_oldest_seconds", "Age of the oldest mail, call or reply that has not gone out");
    Family<Counter>& mail_sends = counter("rasid_mail_sends_total", "Attempts to send a mail");
    Family<Counter>& replies = counter("rasid_replies_sent_total", "Attempts to publish a reply or another action");
    Family<Counter>& sentiment_asked =
        counter("rasid_sentiment_requests_total", "Batches sent to the external model, by how they ended");
    Family<Gauge>& corrections = gauge("rasid_sentiment_corrections", "Corrections of sentiment that were learnt from");
    Family<Gauge>& learnt_words = gauge("rasid_sentiment_learnt_words", "Words that corrections have moved");
    Family<Histogram>& http_requests =
        histogram("rasid_http_request_duration_seconds", "Requests of the page and the API");
    Family<Gauge>& event_streams = gauge("rasid_sse_clients", "Open event streams");
    Family<Counter>& database_busy = counter("rasid_db_busy_seconds_total", "Time the storage thread spent on writes");
    Family<Gauge>& reload_success = gauge("rasid_config_reload_success", "1 when the last reload was accepted");
    Family<Gauge>& reload_at =
        gauge("rasid_config_last_reload_success_timestamp_seconds", "When a reload was last accepted");
    Family<Gauge>& cpu = gauge("process_cpu_seconds_total", "User and system time");
    Family<Gauge>& resident = gauge("process_resident_memory_bytes", "Resident memory");
    Family<Gauge>& descriptors = gauge("process_open_fds", "Open file descriptors");
    Family<Gauge>& started = gauge("process_start_time_seconds", "When the process started");
};

namespace {

template <typename Metric>
void remove_source(Family<Metric>& family, const std::string& source) {
    // Adding what exists gives what exists.
    family.Remove(&family.Add({{"source", source}}));
}

}  // namespace

Metrics::Metrics() : families_(std::make_unique<Families>()) {
    families_->reload_success.Add({}).Set(1);
    families_->mail_queue.Add({});
    families_->mail_oldest.Add({});
    families_->event_streams.Add({});
    families_->started.Add({}).Set(
        std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count());
}

Metrics::~Metrics() = default;

void Metrics::build_info(const std::string& version, const std::string& commit) {
    families_->build_info.Add({{"version", version}, {"commit", commit}}).Set(1);
}

void Metrics::source_fetch(std::string_view source, std::string_view result) {
    families_->source_fetches.Add({{"source", std::string(source)}, {"result", std::string(result)}}).Increment();
}

void Metrics::source_success(std::string_view source, Instant at) {
    families_->source_last_success.Add({{"source", std::string(source)}}).Set(in_seconds(at));
}

void Metrics::source_state(std::string_view source, std::string_view state, bool silent) {
    families_->source_healthy.Add({{"source", std::string(source)}}).Set(state == "healthy" ? 1 : 0);
    families_->source_silent.Add({{"source", std::string(source)}}).Set(silent ? 1 : 0);
}

void Metrics::source_removed(std::string_view source) {
    const std::string name(source);
    remove_source(families_->source_last_success, name);
    remove_source(families_->source_healthy, name);
    remove_source(families_->source_silent, name);
}

void Metrics::mention_taken(std::string_view source, std::string_view language, Duration published_to_stored) {
    families_->mentions_ingested.Add({{"source", std::string(source)}, {"lang", std::string(language)}}).Increment();
    families_->mention_lag.Add({}, kLag).Observe(in_seconds(published_to_stored));
}

void Metrics::tickets_open(Priority priority, std::string_view state, std::int64_t count) {
    families_->tickets_open.Add({{"priority", std::string(to_string(priority))}, {"state", std::string(state)}})
        .Set(static_cast<double>(count));
}

void Metrics::ticket_answered(Priority priority, Duration opened_to_first_response) {
    families_->first_response.Add({{"priority", std::string(to_string(priority))}}, kResponse)
        .Observe(in_seconds(opened_to_first_response));
}

void Metrics::ticket_breached(Priority priority) {
    families_->tickets_breached.Add({{"priority", std::string(to_string(priority))}}).Increment();
}

void Metrics::mail_queue(std::int64_t length, Duration oldest) {
    families_->mail_queue.Add({}).Set(static_cast<double>(length));
    families_->mail_oldest.Add({}).Set(in_seconds(oldest));
}

void Metrics::mail_send(std::string_view kind, std::string_view result) {
    families_->mail_sends.Add({{"kind", std::string(kind)}, {"result", std::string(result)}}).Increment();
}

void Metrics::reply_sent(std::string_view source, std::string_view result) {
    families_->replies.Add({{"source", std::string(source)}, {"result", std::string(result)}}).Increment();
}

void Metrics::sentiment_asked(std::string_view result) {
    families_->sentiment_asked.Add({{"result", std::string(result)}}).Increment();
}

void Metrics::corrections_learnt(std::int64_t corrections, std::int64_t words) {
    families_->corrections.Add({}).Set(static_cast<double>(corrections));
    families_->learnt_words.Add({}).Set(static_cast<double>(words));
}

void Metrics::http_request(std::string_view route, std::string_view method, int status, Duration duration) {
    families_->http_requests
        .Add({{"route", std::string(route)}, {"method", std::string(method)}, {"code", std::to_string(status)}},
             kRequest)
        .Observe(in_seconds(duration));
}

void Metrics::event_streams(std::int64_t count) { families_->event_streams.Add({}).Set(static_cast<double>(count)); }

void Metrics::database_busy(Duration duration) { families_->database_busy.Add({}).Increment(in_seconds(duration)); }

void Metrics::config_reload(bool success, Instant at) {
    families_->reload_success.Add({}).Set(success ? 1 : 0);
    if (success) families_->reload_at.Add({}).Set(in_seconds(at));
}

std::string Metrics::text() const {
    const auto process = process_state();
    families_->cpu.Add({}).Set(process.cpu_seconds);
    families_->resident.Add({}).Set(process.resident_bytes);
    families_->descriptors.Add({}).Set(process.open_descriptors);
    return prometheus::TextSerializer().Serialize(families_->registry.Collect());
}

}  // namespace rasid
