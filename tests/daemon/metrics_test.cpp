#include "daemon/metrics.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

class MetricsTest : public testing::Test {
protected:
    void expect(const std::string& line) {
        EXPECT_NE(metrics.text().find(line + "\n"), std::string::npos) << line << "\n" << metrics.text();
    }

    Metrics metrics;
};

TEST_F(MetricsTest, counts_under_the_names_that_dashboards_know) {
    metrics.build_info("0.1.0", "abc");
    metrics.source_fetch("nasma", "ok");
    metrics.source_fetch("nasma", "ok");
    metrics.source_fetch("nasma", "rate_limited");
    metrics.source_success("nasma", from_micros(1'700'000'000'000'000));
    metrics.source_state("nasma", "failing", true);
    metrics.mention_taken("nasma", "ar", 20s);
    metrics.tickets_open(Priority::high, "waiting", 7);
    metrics.ticket_answered(Priority::high, 10min);
    metrics.ticket_breached(Priority::critical);
    metrics.mail_queue(4, std::chrono::minutes(2));
    metrics.mail_send("escalation", "sent");
    metrics.reply_sent("nasma", "refused");
    metrics.sentiment_asked("unreachable");
    metrics.corrections_learnt(12, 3);
    metrics.http_request("/api/tickets", "GET", 200, 3ms);
    metrics.event_streams(2);
    metrics.database_busy(1500ms);
    metrics.config_reload(false, from_micros(0));
    expect(R"(rasid_build_info{commit="abc",version="0.1.0"} 1)");
    expect(R"(rasid_source_fetches_total{result="ok",source="nasma"} 2)");
    expect(R"(rasid_source_fetches_total{result="rate_limited",source="nasma"} 1)");
    expect(R"(rasid_source_last_success_timestamp_seconds{source="nasma"} 1700000000)");
    expect(R"(rasid_source_healthy{source="nasma"} 0)");
    expect(R"(rasid_source_silent{source="nasma"} 1)");
    expect(R"(rasid_mentions_ingested_total{lang="ar",source="nasma"} 1)");
    expect(R"(rasid_mention_lag_seconds_bucket{le="15"} 0)");
    expect(R"(rasid_mention_lag_seconds_bucket{le="30"} 1)");
    expect(R"(rasid_tickets_open{priority="high",state="waiting"} 7)");
    expect(R"(rasid_ticket_first_response_seconds_sum{priority="high"} 600)");
    expect(R"(rasid_tickets_breached_total{priority="critical"} 1)");
    expect("rasid_mail_queue_length 4");
    expect("rasid_mail_queue_oldest_seconds 120");
    expect(R"(rasid_mail_sends_total{kind="escalation",result="sent"} 1)");
    expect(R"(rasid_replies_sent_total{result="refused",source="nasma"} 1)");
    expect(R"(rasid_http_request_duration_seconds_count{code="200",method="GET",route="/api/tickets"} 1)");
    expect(R"(rasid_sentiment_requests_total{result="unreachable"} 1)");
    expect("rasid_sentiment_corrections 12");
    expect("rasid_sentiment_learnt_words 3");
    expect("rasid_sse_clients 2");
    expect("rasid_db_busy_seconds_total 1.5");
    expect("rasid_config_reload_success 0");
    metrics.config_reload(true, from_micros(5'000'000));
    expect("rasid_config_reload_success 1");
    expect("rasid_config_last_reload_success_timestamp_seconds 5");
}

TEST_F(MetricsTest, a_removed_source_is_no_longer_shown_as_failing) {
    metrics.source_state("gone", "failing", true);
    metrics.source_removed("gone");
    EXPECT_EQ(metrics.text().find("rasid_source_healthy{source=\"gone\"}"), std::string::npos);
}

TEST_F(MetricsTest, tells_about_the_process) {
    const auto text = metrics.text();
    for (const char* name : {"process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds",
                             "process_start_time_seconds"}) {
        const auto at = text.find("\n" + std::string(name) + " ");
        ASSERT_NE(at, std::string::npos) << name;
        EXPECT_GT(std::stod(text.substr(at + std::string(name).size() + 2)), 0) << name;
    }
}

}  // namespace
}  // namespace rasid
