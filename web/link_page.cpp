#include "web/link_page.hpp"

namespace rasid {
namespace {

constexpr std::string_view kStyle =
    "body{font:16px/1.6 Tahoma,Arial,sans-serif;margin:0;background:#f3f5f8;color:#162030}\n"
    "main{max-inline-size:36rem;margin:2rem auto;padding:1.5rem;background:#fff;border:1px solid "
    "#d3dae3;border-radius:6px}\n"
    "h1{font-size:1.2rem;margin:0 0 .5rem}\nblockquote{margin:1rem 0;padding:.75rem "
    "1rem;background:#e9edf2;border-radius:4px;"
    "white-space:pre-wrap;overflow-wrap:anywhere}\n"
    "fieldset{border:0;margin:1rem 0;padding:0}legend{font-weight:600;padding:0;margin-block-end:.5rem}\n"
    "label.choice{display:flex;gap:.6rem;align-items:center;padding:.45rem .6rem;border:1px solid "
    "#758295;border-radius:6px;"
    "margin-block-end:.4rem}\n"
    "input[type=radio]{inline-size:1.2rem;block-size:1.2rem}label{display:block}\n"
    "textarea{font:inherit;inline-size:100%;box-sizing:border-box;min-block-size:6rem;border:1px solid #758295;"
    "border-radius:6px;padding:.5rem;background:inherit;color:inherit}\n"
    "button{font:inherit;font-weight:600;padding:.6rem "
    "1.2rem;border:0;border-radius:6px;background:#1d4f91;color:#fff}\n"
    "button:focus-visible,a:focus-visible,input:focus-visible,textarea:focus-visible{outline:3px solid "
    "#1d4f91;outline-offset:2px}\np{margin:.75rem "
    "0}\na{color:#1d4f91}\n"
    "@media "
    "(prefers-color-scheme:dark){body{background:#0e141b;color:#e9eef5}main{background:#151d27;border-color:#2f3b4a}"
    "blockquote{background:#1f2936}button{background:#8ab8ff;color:#0e141b}a{color:#8ab8ff}}\n";

}  // namespace

std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        switch (c) {
        case '&':
            safe += "&amp;";
            break;
        case '<':
            safe += "&lt;";
            break;
        case '>':
            safe += "&gt;";
            break;
        case '"':
            safe += "&quot;";
            break;
        case '\'':
            safe += "&#39;";
            break;
        default:
            safe += c;
        }
    }
    return safe;
}

Response link_page(const Texts& texts, std::string_view title, std::string_view html, int status) {
    Response response;
    response.status = status;
    response.type = "text/html; charset=utf-8";
    response.body =
        "<!doctype html>\n<html lang=\"" + texts.language() + "\" dir=\"" + (texts.right_to_left() ? "rtl" : "ltr") +
        "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        "<meta name=\"robots\" content=\"noindex\"><title>" +
        escaped(title) + "</title><link rel=\"stylesheet\" href=\"/m/ack.css\"></head><body><main>" +
        std::string(html) + "</main></body></html>\n";
    return response;
}

Response link_notice(const Texts& texts, std::string_view title_key, std::string_view key, int status) {
    return link_page(texts, texts(title_key), "<p role=\"status\">" + escaped(texts(key)) + "</p>", status);
}

std::string link_form(std::string_view action, std::string_view token, std::string_view fields,
                      std::string_view button) {
    return "<form method=\"post\" action=\"" + escaped(action) + "\"><input type=\"hidden\" name=\"t\" value=\"" +
           escaped(token) + "\">" + std::string(fields) + "<button type=\"submit\">" + escaped(button) +
           "</button></form>";
}

std::string_view link_page_style() { return kStyle; }

std::optional<std::map<std::string, std::string, std::less<>>> sent_form(const Request& request) {
    const auto type = request.header("Content-Type");
    if (type.substr(0, type.find(';')) != "application/x-www-form-urlencoded") return std::nullopt;
    return decode_form(request.body).value_or(std::map<std::string, std::string, std::less<>>{});
}

std::optional<std::string> one_click_token(const Request& request) {
    const std::string in_address(request.parameter("t"));
    if (const auto form = sent_form(request)) {
        if (const auto field = form->find("t"); field != form->end()) return field->second;
        const auto click = form->find("List-Unsubscribe");
        if (click != form->end() && click->second == "One-Click") return in_address;
        return std::nullopt;
    }
    const auto type = request.header("Content-Type");
    const bool parts = type.substr(0, type.find(';')) == "multipart/form-data";
    const bool click = request.body.find("name=\"List-Unsubscribe\"") != std::string::npos &&
                       request.body.find("One-Click") != std::string::npos;
    return parts && click ? std::optional(in_address) : std::nullopt;
}

}  // namespace rasid
