#pragma once

#include "core/failure.hpp"

#include <string>
#include <string_view>

namespace rasid {

struct MendedXml {
    std::string text = {};  ///< from the root element on: no declaration, no DOCTYPE, no comment, no named entity
    std::string root = {};  ///< local name of the root element
    bool repaired = false;  ///< elements had to be closed, or closing tags dropped
};

/// Prepares hostile, broken XML for the parser, so that it meets no entity that it could look up or expand.
///
/// A DOCTYPE that names an external subset is dropped unread; an internal subset is refused, for it could declare
/// entities. HTML's named entities become characters by a fixed table, other ampersands and angle brackets of text are
/// escaped, and what somebody forgot to close is closed with the element around it, so that one bad entry does not
/// swallow those after it. The end of the text closes nothing. Fails with malformed when there is no element at all, or
/// nesting without end.
Result<MendedXml> mend_xml(std::string_view utf8);

}  // namespace rasid
