#include "connectors/sources/feed_charset.hpp"

#include "connectors/plain_text.hpp"
#include "core/text/lower_ascii.hpp"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>

namespace rasid {
namespace {

struct ConverterCloser {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
struct DetectorCloser {
    void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

/// The value after `name`, in either quote or up to the next separator: charset=utf-8, encoding='windows-1256'.
std::string value_after(std::string_view text, std::string_view name) {
    auto at = lower_ascii(text).find(name);
    if (at == std::string::npos) return {};
    text.remove_prefix(at + name.size());
    auto skip = [&text](std::string_view set) {
        text.remove_prefix(std::min(text.find_first_not_of(set), text.size()));
    };
    skip(" \t\r\n");
    if (!text.starts_with('=')) return {};
    skip("= \t\r\n\"'");
    return std::string(text.substr(0, text.find_first_of("\"'; ?>\t\r\n")));
}

std::string declared_in_xml(std::string_view bytes) {
    auto start = bytes.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos || !bytes.substr(start).starts_with("<?xml")) return {};
    auto declaration = bytes.substr(start, 256);
    return value_after(declaration.substr(0, declaration.find("?>")), "encoding");
}

/// UTF-16 shows by the zero beside the first character, whatever is declared.
std::string_view zero_pattern(std::string_view bytes) {
    if (bytes.size() < 4) return {};
    if (bytes[0] == '\0' && bytes[1] != '\0' && bytes[2] == '\0') return "UTF-16BE";
    if (bytes[0] != '\0' && bytes[1] == '\0' && bytes[3] == '\0') return "UTF-16LE";
    return {};
}

bool is_utf8(std::string_view bytes) {
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    const auto length = static_cast<std::int64_t>(bytes.size());
    for (std::int64_t at = 0; at < length;) {
        UChar32 point = 0;
        U8_NEXT(data, at, length, point);
        if (point < 0) return false;
    }
    return true;
}

std::string likeliest(std::string_view bytes) {
    constexpr std::size_t kSample = 64u << 10;
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<UCharsetDetector, DetectorCloser> detector(ucsdet_open(&status));
    if (U_FAILURE(status)) return {};
    ucsdet_enableInputFilter(detector.get(), true);
    ucsdet_setText(detector.get(), bytes.data(), static_cast<std::int32_t>(std::min(bytes.size(), kSample)), &status);
    const auto* match = ucsdet_detect(detector.get(), &status);
    const char* name = match ? ucsdet_getName(match, &status) : nullptr;
    return name && U_SUCCESS(status) ? std::string(name) : std::string();
}

/// nullopt: ICU knows no such encoding.
std::optional<std::string> convert(std::string_view bytes, const std::string& charset) {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<UConverter, ConverterCloser> converter(ucnv_open(charset.c_str(), &status));
    if (U_FAILURE(status) || bytes.size() > std::numeric_limits<std::int32_t>::max() / 4) return std::nullopt;
    icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()), converter.get(), status);
    if (U_FAILURE(status)) return std::nullopt;
    std::string out;
    text.toUTF8String(out);
    return out;
}

}  // namespace

DecodedFeed decode_feed(std::string_view bytes, std::string_view content_type) {
    auto from = [](std::string_view rest, const std::string& charset) -> std::optional<DecodedFeed> {
        auto text = convert(rest, charset);
        if (!text) return std::nullopt;
        DecodedFeed decoded{.text = clean_text(*text, std::numeric_limits<std::size_t>::max() / 8)};
        if (text->find("\xEF\xBF\xBD") != std::string::npos)
            decoded.warning = "some bytes are no " + charset + " text and were replaced";
        return decoded;
    };
    if (bytes.starts_with("\xEF\xBB\xBF")) return *from(bytes.substr(3), "UTF-8");
    if (bytes.starts_with("\xFF\xFE")) return *from(bytes.substr(2), "UTF-16LE");
    if (bytes.starts_with("\xFE\xFF")) return *from(bytes.substr(2), "UTF-16BE");
    if (auto wide = zero_pattern(bytes); !wide.empty()) return *from(bytes, std::string(wide));

    for (auto charset : {value_after(content_type, "charset"), declared_in_xml(bytes)}) {
        // Text that can be read byte by byte, as this one was, is not in UTF-16, whatever it declares.
        if (charset.empty() || lower_ascii(charset).starts_with("utf-16")) continue;
        // HTML's rule: the label Latin-1 means windows-1252.
        if (lower_ascii(charset) == "iso-8859-1") charset = "windows-1252";
        if (auto decoded = from(bytes, charset)) return *decoded;
    }
    if (!is_utf8(bytes)) {
        if (auto decoded = from(bytes, likeliest(bytes))) {
            decoded->warning = "the feed declares no encoding and was read as the likeliest one";
            return *decoded;
        }
    }
    return *from(bytes, "UTF-8");
}

}  // namespace rasid
