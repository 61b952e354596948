#pragma once

#include "engagement/plan.hpp"
#include "engagement/relay.hpp"
#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

#include <string>

namespace rasid {

/// A house with one customer, Hind of the brand nasma, whose year is laid, and everybody who may ask about her.
class CustomerHouseTest : public testing::Test {
protected:
    CustomerHouseTest() {
        Customer hind;
        hind.id = "c-1";
        hind.name = "هند الزهراني";
        hind.name_latin = "Hind";
        hind.emails = {"hind@example.org"};
        hind.phones = {"+966550000001"};
        hind.language = "en";
        hind.address = "Riyadh";
        hind.tier = "gold";
        hind.brand = "nasma";
        hind.birthday = parse_date("1990-05-04");
        hind.owner = house.person_id("Sara");
        hind.identities = {{"mastodon", "hind_z", "hand", house.clock.now()}};
        add(hind);
    }

    /// A customer with a year laid from its first day.
    void add(const Customer& customer) {
        house.write([customer, now = house.clock.now()](Store& store) {
            store.put_customer(customer);
            const PlanState plan{.customer = customer};
            store.apply_plan(lay_out_first(plan, default_plan(), YearFrame(2026), *parse_date("2026-01-01"), now));
        });
    }
    Customer stored(const std::string& id = "c-1") {
        return house.write([id](Store& store) { return *store.customer(id); });
    }
    std::vector<PlannedTouch> touches(const std::string& id = "c-1") {
        return house.write([id](Store& store) { return store.touches(id, 2026); });
    }
    PlannedTouch touch(const std::string& id) {
        return house.write([id](Store& store) { return *store.touch(id); });
    }
    std::vector<LedgerEntry> ledger(const std::string& id = "c-1") {
        return house.write([id](Store& store) { return store.ledger(id, 100); });
    }
    std::vector<Proposal> proposals(const std::string& id = "c-1") {
        return house.write([id](Store& store) { return store.proposals(id, true); });
    }
    void put_survey(SurveyKind kind, const std::string& id, const std::string& language = "en") {
        const auto now = house.clock.now();
        const Survey survey{.id = id,
                            .customer = "c-1",
                            .kind = kind,
                            .language = language,
                            .laid_at = now,
                            .send_at = now,
                            .expires_at = now + std::chrono::days(14)};
        house.write([survey](Store& store) { store.put_survey(survey); });
    }

    WebHouse house;
    Browser sara = house.sign_in("Sara");
    Browser mona = house.sign_in("Mona");
    Browser omar = house.sign_in("Omar");  // sees the brand saba only
};

}  // namespace rasid
