#include "web/handlers/handlers.hpp"
#include "web/reply_views.hpp"
#include "web/ticket_story.hpp"

namespace rasid::handlers {
namespace {

struct QueueScreen {
    std::vector<TicketFacts> rows;
    std::string next;
    TicketCounts counts;
};

}  // namespace

Task<Response> get_tickets(Site& site, const Request& request) {
    TicketQuery query;
    query.person = request.person().id;
    query.brands = request.person().brands;
    query.after = request.parameter("after");
    query.now = site.clock.now();
    auto filter = filter_of(request.query);
    if (!filter) co_return problem(400, "bad_request", filter.error().what);
    query.filter = std::move(*filter);
    const auto limit = limit_of(request);
    if (!limit || query.after.size() > 512)
        co_return problem(400, "bad_request", "`limit` is 1 to 200, `after` the `next` of a page");
    query.limit = *limit;

    const auto screen = co_await site.database.read([&](Reader& reader) {
        QueueScreen found;
        auto page = reader.tickets(query);
        found.next = std::move(page.next);
        for (auto& ticket : page.tickets) found.rows.push_back(facts_of(reader, std::move(ticket)));
        found.counts = reader.counts(query.person, query.brands, query.now);
        return found;
    });
    const auto workspace = site.workspace;
    const Texts texts(request.person().language);
    JsonWriter out;
    out.object([&] {
        out.member("now", query.now);
        out.key("tickets");
        out.array([&] {
            for (const auto& row : screen.rows) {
                write_row(out, row, *workspace, possible_actions(row, site.hooks.actions_of), texts, query.now);
            }
        });
        out.key("next");
        if (screen.next.empty())
            out.null();
        else
            out.value(screen.next);
        out.key("counts");
        write_counts(out, screen.counts);
        out.key("queues");
        out.array([&] {
            for (const auto& queue : screen.counts.queues) {
                out.object([&] {
                    out.member("name", queue.name);
                    out.member("waiting", queue.waiting);
                    out.member("late", queue.late);
                });
            }
        });
    });
    co_return json_response(std::move(out).take());
}

Task<Response> get_ticket(Site& site, const Request& request) {
    const auto id = request.args[0];
    const auto now = site.clock.now();
    const auto zone = site.config.time_zone;
    const auto person = request.person();
    const auto story = co_await site.database.read([&](Reader& reader) -> std::optional<TicketStory> {
        auto ticket = reader.ticket(id);
        if (!ticket || !sees_brand(person, ticket->brand)) return std::nullopt;
        auto told = story_of(reader, std::move(*ticket), zone, now);
        if (told.facts.newest) told.copies = copies_of(reader, *told.facts.newest, person, kPageLines);
        return told;
    });
    if (!story) co_return not_found();
    const ReplyView reply{.person = person, .form = reply_form(story->facts, site.hooks.reply_form_of)};
    JsonWriter out;
    write_story(out, *story, *site.workspace, possible_actions(story->facts, site.hooks.actions_of), reply, now);
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
