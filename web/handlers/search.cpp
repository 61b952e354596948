#include "web/copy_views.hpp"
#include "web/handlers/handlers.hpp"
#include "web/search_request.hpp"
#include "web/search_views.hpp"
#include "web/ticket_views.hpp"

namespace rasid::handlers {
namespace {

struct SearchAnswer {
    std::vector<SearchResult> results = {};
    std::string next = {};
    std::optional<TicketFacts> ticket = {};  ///< the one whose number was typed
    std::int64_t waiting = 0;
};

SearchAnswer answer_of(Reader& reader, const AskedSearch& asked, const Person& person) {
    SearchAnswer answer;
    reader.at_one_state([&] {
        auto page = reader.search(asked.query);
        answer.results = results_of(std::move(page.found), asked.query.terms);
        answer.next = std::move(page.next);
        answer.waiting = reader.search_backlog();
        auto ticket = asked.number && asked.query.after.empty() ? reader.ticket_by_number(*asked.number) : std::nullopt;
        if (ticket && sees_brand(person, ticket->brand)) answer.ticket = facts_of(reader, std::move(*ticket));
    });
    return answer;
}

void write_numbered(JsonWriter& out, const std::optional<TicketFacts>& facts) {
    out.key("ticket");
    if (!facts) return out.null();
    const auto& ticket = facts->ticket;
    out.object([&] {
        out.member("id", ticket.id);
        out.member("number", ticket.number);
        out.member("state", to_string(ticket.state));
        out.member("platform", ticket.platform);
        out.key("author");
        write_author_name(out, ticket.author);
        out.member("text", facts->newest ? excerpt_of(facts->newest->mention.text, {}).text : std::string());
        out.member("language", facts->newest ? facts->newest->verdict.language : std::string("und"));
        out.member("created_at", ticket.opened_at);
    });
}

}  // namespace

Task<Response> get_search(Site& site, const Request& request) {
    const auto read = read_search(request, site.config.time_zone);
    if (const auto* wrong = std::get_if<std::string>(&read)) co_return problem(400, "bad_request", *wrong);
    const auto asked = std::get<AskedSearch>(read);
    const auto person = request.person();
    const auto search = [&](Reader& reader) { return answer_of(reader, asked, person); };
    const auto answer = co_await site.database.read(search);
    const auto workspace = site.workspace;
    JsonWriter out;
    out.object([&] {
        write_numbered(out, answer.ticket);
        out.list("results", answer.results, [&](const SearchResult& result) { write_result(out, result, *workspace); });
        out.text_or_null("next", answer.next);
        out.member("waiting", answer.waiting);
    });
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
