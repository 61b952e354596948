#pragma once

#include "core/texts.hpp"
#include "web/request.hpp"
#include "web/response.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace rasid {

// The small pages behind links in mails: no session, no script, one form at most. They are shown to whoever holds the
// link, in that one's language.

/// Text made fit to stand in HTML and in its quoted attributes.
std::string escaped(std::string_view text);

/// A whole page around `html`, which is ours and escaped.
Response link_page(const Texts& texts, std::string_view title, std::string_view html, int status);

/// A page that says one thing; title and text are named by their keys.
Response link_notice(const Texts& texts, std::string_view title_key, std::string_view key, int status);

/// A form that posts the token with what `fields` (HTML) asks for.
std::string link_form(std::string_view action, std::string_view token, std::string_view fields,
                      std::string_view button);

std::string_view link_page_style();

/// The fields of a form that was sent; nullopt for another content type. A malformed one has none.
std::optional<std::map<std::string, std::string, std::less<>>> sent_form(const Request& request);

/// The token: of the page's form, or of the address that a mail program posts `List-Unsubscribe=One-Click` to
/// (RFC 8058), urlencoded or as multipart/form-data. nullopt: neither.
std::optional<std::string> one_click_token(const Request& request);

}  // namespace rasid
