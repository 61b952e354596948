#include "web/customer_views.hpp"

#include "engagement/plan.hpp"
#include "engagement/plan_progress.hpp"

namespace rasid {
namespace {

constexpr int kLedger = 200;

void write_text_or_null(JsonWriter& out, std::string_view name, const std::string& text) {
    out.key(name);
    if (text.empty())
        out.null();
    else
        out.value(text);
}

void write_guard(JsonWriter& out, const Guard& guard) {
    out.key("guard");
    out.object([&] {
        out.member("held", guard.held());
        out.key("since");
        if (guard.held() && guard.since)
            out.value(to_rfc3339(*guard.since));
        else
            out.null();
        write_text_or_null(out, "reason", guard.held() ? guard.reason : std::string());
    });
}

void write_progress(JsonWriter& out, const std::vector<PlannedTouch>& touches, Instant now, bool with_held) {
    const auto progress = progress_of(touches, utc_date(now));
    out.key("progress");
    out.object([&] {
        out.member("done", progress.done);
        out.member("total", progress.total);
        out.member("late", progress.late);
        if (with_held) out.member("held", progress.held);
    });
}

void write_touch(JsonWriter& out, const PlannedTouch& touch, Date today) {
    const bool owed = touch.state == TouchState::planned || touch.state == TouchState::held;
    out.object([&] {
        out.member("id", touch.id);
        out.member("kind", touch.kind);
        out.member("due_on", to_string(touch.due_on));
        out.member("state", to_string(touch.state));
        out.member("late", owed && touch.due_on < today);
        write_text_or_null(out, "reason", touch.reason);
        out.key("done_at");
        if (touch.done_at)
            out.value(to_rfc3339(*touch.done_at));
        else
            out.null();
    });
}

void write_plan(JsonWriter& out, const CustomerFile& file, const Workspace& workspace, Instant now) {
    out.key("plan");
    if (file.touches.empty()) return out.null();
    const auto& plans = workspace.setup.plans;
    const auto name = !file.customer.plan.empty() ? file.customer.plan
                      : !plans.empty()            ? plans.front().name
                                                  : default_plan().name;
    out.object([&] {
        out.member("name", name);
        out.member("year", file.year);
        write_progress(out, file.touches, now, true);
        out.key("touches");
        out.array([&] {
            for (const auto& touch : file.touches) write_touch(out, touch, utc_date(now));
        });
    });
}

void write_ledger_entry(JsonWriter& out, const LedgerEntry& entry, const CustomerFile& file) {
    out.object([&] {
        out.member("id", entry.id);
        out.member("at", to_rfc3339(entry.at));
        out.member("direction", to_string(entry.direction));
        out.member("channel", entry.channel);
        out.member("kind", entry.kind);
        out.member("polarity", to_string(entry.polarity));
        out.member("text", entry.text);
        out.key("ticket");
        const auto number = file.numbers.find(entry.ticket);
        if (number == file.numbers.end()) return out.null();
        out.object([&] {
            out.member("id", entry.ticket);
            out.member("number", number->second);
        });
    });
}

void write_names(JsonWriter& out, const Customer& customer) {
    out.member("id", customer.id);
    out.member("name", customer.name);
    out.member("name_latin", customer.name_latin);
    out.member("tier", customer.tier);
}

}  // namespace

CustomerFile file_of(Reader& reader, Customer customer, Instant now) {
    CustomerFile file;
    file.customer = std::move(customer);
    file.year = static_cast<int>(utc_date(now).year());
    file.touches = reader.touches(file.customer.id, file.year);
    file.guard = reader.guard(file.customer.id);
    file.ledger = reader.ledger(file.customer.id, kLedger);
    for (const auto& entry : file.ledger) {
        if (entry.ticket.empty() || file.numbers.contains(entry.ticket)) continue;
        if (const auto ticket = reader.ticket(entry.ticket)) file.numbers[entry.ticket] = ticket->number;
    }
    return file;
}

void write_customer(JsonWriter& out, const CustomerFile& file, const Workspace& workspace, Instant now) {
    const auto& customer = file.customer;
    out.object([&] {
        write_names(out, customer);
        out.strings("emails", customer.emails);
        out.strings("phones", customer.phones);
        out.member("language", customer.language);
        out.key("birthday");
        if (customer.birthday)
            out.value(to_string(*customer.birthday));
        else
            out.null();
        out.member("address", customer.address);
        out.member("brand", customer.brand);
        out.key("identities");
        out.array([&] {
            for (const auto& identity : customer.identities) {
                out.object([&] {
                    out.member("platform", identity.platform);
                    out.member("handle", identity.handle);
                    out.member("linked_by", identity.linked_by);
                    out.member("linked_at", to_rfc3339(identity.linked_at));
                });
            }
        });
        out.key("purchases");
        out.array([&] {
            for (const auto& purchase : customer.purchases) {
                out.object([&] {
                    out.member("date", to_string(purchase.date));
                    out.member("amount", static_cast<double>(purchase.amount_minor) / 100.0);
                    out.member("currency", purchase.currency);
                });
            }
        });
        write_plan(out, file, workspace, now);
        write_guard(out, file.guard);
        out.key("ledger");
        out.array([&] {
            for (const auto& entry : file.ledger) write_ledger_entry(out, entry, file);
        });
    });
}

void write_customer_brief(JsonWriter& out, const Customer& customer, const std::vector<PlannedTouch>& touches,
                          const Guard& guard, Instant now) {
    out.object([&] {
        write_names(out, customer);
        write_progress(out, touches, now, false);
        write_guard(out, guard);
    });
}

void write_customer_line(JsonWriter& out, const Customer& customer, const std::vector<PlannedTouch>& touches,
                         const Guard& guard, Instant now) {
    out.object([&] {
        write_names(out, customer);
        out.member("brand", customer.brand);
        write_progress(out, touches, now, false);
        write_guard(out, guard);
    });
}

}  // namespace rasid
