#include "tests/web/schema_check.hpp"
#include "tests/web/web_house.hpp"
#include "web/router.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace rasid {
namespace {

std::string lowered(std::string_view text) {
    std::string lower(text);
    for (auto& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return lower;
}

std::string_view word_of(Access access) {
    switch (access) {
    case Access::anyone:
        return "anyone";
    case Access::signed_in:
        return "signed_in";
    case Access::moderator:
        return "moderator";
    case Access::manager:
        return "manager";
    case Access::admin:
        return "admin";
    case Access::mail_reader:
        return "mail_reader";
    }
    return {};
}

std::string_view word_of(Proof proof) {
    return proof == Proof::none ? "none" : proof == Proof::origin ? "origin" : "token";
}

std::set<std::string> parameters_of(std::string_view pattern) {
    std::set<std::string> names;
    for (auto at = pattern.find('{'); at != std::string_view::npos; at = pattern.find('{', at + 1))
        names.emplace(pattern.substr(at + 1, pattern.find('}', at) - at - 1));
    return names;
}

class OpenApi : public testing::Test {
protected:
    OpenApi() : served_(house.stranger().get("/api/v1/openapi.json")), file_(served_.json()) {}

    JsonView file() const { return file_.root(); }
    JsonView operation(std::string_view method, std::string_view pattern) const {
        return file()["paths"][pattern][lowered(method)];
    }

    WebHouse house;

private:
    HttpAnswer served_;
    JsonDocument file_;
};

TEST_F(OpenApi, has_every_route_of_the_table_as_it_is) {
    for (const auto& route : routes()) {
        const auto what = std::string(route.method) + " " + std::string(route.pattern);
        const auto described = operation(route.method, route.pattern);
        ASSERT_TRUE(described.exists()) << what << " is missing in docs/openapi.json";
        EXPECT_EQ(described["x-access"].text_or(""), word_of(route.access)) << what;
        EXPECT_EQ(described["x-proof"].text_or(""), word_of(route.proof)) << what;
        std::set<std::string> named;
        for (const auto& parameter : described["parameters"].items()) {
            if (parameter["in"].text_or("") != "path") continue;
            EXPECT_EQ(parameter["required"].boolean(), true) << what;
            named.insert(parameter["name"].text_or(""));
        }
        EXPECT_EQ(named, parameters_of(route.pattern)) << what;
    }
}

TEST_F(OpenApi, has_no_operation_that_is_not_in_the_table) {
    std::set<std::string> known;
    for (const auto& route : routes()) known.insert(lowered(route.method) + " " + std::string(route.pattern));
    for (const auto& [pattern, methods] : file()["paths"].members()) {
        for (const auto& [method, described] : methods.members())
            EXPECT_TRUE(known.contains(std::string(method) + " " + std::string(pattern))) << method << " " << pattern;
    }
}

void check_references(const SchemaCheck& check, JsonView value, const std::string& at) {
    if (value["$ref"].exists()) {
        EXPECT_TRUE(check.resolved(value).exists()) << at << ": " << value["$ref"].text_or("");
    }
    for (const auto& [name, member] : value.members()) check_references(check, member, at + "/" + std::string(name));
    for (const auto& item : value.items()) check_references(check, item, at + "/-");
}

TEST_F(OpenApi, is_sound) {
    EXPECT_EQ(file()["openapi"].text_or(""), "3.1.0");
    EXPECT_FALSE(file()["info"]["title"].text_or("").empty());
    EXPECT_FALSE(file()["info"]["version"].text_or("").empty());
    const SchemaCheck check(file());
    check_references(check, file(), "");
    std::set<std::string> ids;
    for (const auto& [pattern, methods] : file()["paths"].members()) {
        EXPECT_TRUE(pattern.starts_with('/')) << pattern;
        for (const auto& [method, described] : methods.members()) {
            const auto what = std::string(method) + " " + std::string(pattern);
            EXPECT_TRUE(ids.insert(described["operationId"].text_or("")).second) << what << ": an id of its own";
            EXPECT_FALSE(described["summary"].text_or("").empty()) << what;
            EXPECT_FALSE(described["responses"].members().empty()) << what;
            EXPECT_TRUE(described["responses"]["default"]["$ref"].exists()) << what << ": how it fails";
            for (const auto& scheme : described["security"].items()) {
                for (const auto& [name, scopes] : scheme.members())
                    EXPECT_TRUE(file()["components"]["securitySchemes"][name].exists()) << what << name;
            }
        }
    }
}

/// Fills the house with one of each, then compares what is answered with what is written.
TEST_F(OpenApi, says_what_is_answered) {
    const auto ticket = house.hear("awful coffee");
    auto sara = house.sign_in("Sara");
    auto adam = house.sign_in("Adam");
    const auto customer = sara.change("POST", "/api/v1/customers", R"({"name":"Hind","brand":"nasma"})");
    ASSERT_EQ(customer.status, 201) << customer.body;
    adam.change("POST", "/api/v1/tokens", R"({"name":"x","scopes":["read"]})");
    sara.change("PUT", "/api/v1/muted-authors/mastodon/spammer");
    adam.change("PUT", "/api/v1/views/all", R"({"shared":true,"filter":{"view":"all"}})");
    sara.change("POST", "/api/v1/tickets/" + ticket + "/actions", R"({"action":"reply","text":"sorry"})",
                {{"If-Match", "1"}, {"Idempotency-Key", "k"}});
    house.write([now = house.clock.now()](Store& store) {
        SourceRecord source;
        source.name = "toots";
        source.kind = "mastodon";
        source.last_success_at = now;
        source.state = "failing";
        store.put_source(source);
    });
    house.desk.facts["toots"] = {};
    const SchemaCheck check(file());
    const std::map<std::string, std::string> asked = {
        {"/api/v1/session", "/api/v1/session"},
        {"/api/v1/tokens", "/api/v1/tokens?all=1"},
        {"/api/v1/audit", "/api/v1/audit"},
        {"/api/v1/tickets", "/api/v1/tickets"},
        {"/api/v1/tickets/{id}", "/api/v1/tickets/" + ticket},
        {"/api/v1/incidents", "/api/v1/incidents"},
        {"/api/v1/topics", "/api/v1/topics"},
        {"/api/v1/customers", "/api/v1/customers"},
        {"/api/v1/today", "/api/v1/today"},
        {"/api/v1/team", "/api/v1/team"},
        {"/api/v1/proposals", "/api/v1/proposals"},
        {"/api/v1/segments", "/api/v1/segments"},
        {"/api/v1/segments/fields", "/api/v1/segments/fields"},
        {"/api/v1/pilots", "/api/v1/pilots"},
        {"/api/v1/muted-authors", "/api/v1/muted-authors"},
        {"/api/v1/sources", "/api/v1/sources"},
        {"/api/v1/setup/{kind}", "/api/v1/setup/rules"},
        {"/api/v1/views", "/api/v1/views"},
        {"/api/v1/notices", "/api/v1/notices"},
        {"/api/v1/mails", "/api/v1/mails"},
        {"/api/v1/mail-previews", "/api/v1/mail-previews"},
        {"/api/v1/mail-previews/{kind}", "/api/v1/mail-previews/digest?language=en"},
        {"/api/v1/corrections", "/api/v1/corrections"},
        {"/healthz", "/healthz"},
        {"/readyz", "/readyz"},
    };
    for (const auto& [pattern, address] : asked) {
        const auto answer = adam.get(address);
        ASSERT_EQ(answer.status, 200) << address << answer.body;
        const auto schema = operation("GET", pattern)["responses"]["200"]["content"]["application/json"]["schema"];
        ASSERT_TRUE(schema.exists()) << pattern;
        const auto json = answer.json();
        for (const auto& finding : check.findings(schema, json.root())) ADD_FAILURE() << address << finding;
    }
    const auto expect_fits = [&](std::string_view method, std::string_view pattern, const HttpAnswer& answer) {
        ASSERT_EQ(answer.status, 200) << pattern << answer.body;
        const auto schema = operation(method, pattern)["responses"]["200"]["content"]["application/json"]["schema"];
        const auto json = answer.json();
        for (const auto& finding : check.findings(schema, json.root())) ADD_FAILURE() << pattern << finding;
    };
    expect_fits("PUT", "/api/v1/views/{name}",
                sara.change("PUT", "/api/v1/views/late", R"({"filter":{"view":"late","priority":"high"}})"));
    const auto one = R"({"action":"resolve","tickets":[{"id":")" + ticket + R"(","version":)";
    expect_fits("POST", "/api/v1/tickets/bulk",
                sara.change("POST", "/api/v1/tickets/bulk", one + "1}]}", {{"Idempotency-Key", "stale"}}));
    const auto refused = adam.get("/api/v1/tickets/nothing").json();
    for (const auto& finding : check.findings(file()["components"]["schemas"]["Problem"], refused.root()))
        ADD_FAILURE() << finding;
}

TEST_F(OpenApi, the_check_itself_finds_what_does_not_fit) {
    const auto json = parse_json(R"({"schema":{"type":"object","required":["a"],"properties":{
        "a":{"type":["string","null"],"enum":["x"]},"at":{"type":"string","format":"date-time"},
        "list":{"type":"array","items":{"type":"integer"}}}},
        "good":{"a":null,"at":"2026-03-01T12:00:00Z","list":[1,2]},
        "bad":{"at":"noon","list":[1,"2"],"more":1}})");
    ASSERT_TRUE(json);
    const SchemaCheck check(json->root());
    EXPECT_TRUE(check.findings(json->root()["schema"], json->root()["good"]).empty());
    EXPECT_EQ(check.findings(json->root()["schema"], json->root()["bad"]),
              (std::vector<std::string>{"/a: is missing", "/at: not of the format", "/list/1: of the wrong type",
                                        "/more: is not documented"}));
}

}  // namespace
}  // namespace rasid
