#include "engagement/csv.hpp"

#include "core/text/fold.hpp"

#include <optional>

namespace rasid {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

class CsvReader {
public:
    CsvReader(std::string_view text, std::string_view file_name) : text_(text), file_(file_name) {
        if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
    }

    ParsedCsv read() && {
        while (at_ < text_.size() && result_.errors.empty()) read_row();
        return std::move(result_);
    }

private:
    void read_row() {
        if (end_row()) return;
        CsvRow row;
        do {
            auto cell = read_cell();
            if (!cell) return;
            row.push_back(std::move(*cell));
        } while (take(','));
        if (at_ < text_.size() && !end_row())
            return error("a closing quote must be followed by a comma or the end of the line");
        result_.rows.push_back(std::move(row));
    }

    std::optional<CsvCell> read_cell() {
        CsvCell cell{.line = line_, .column = column_};
        const bool whole = take('"') ? read_quoted(cell) : read_plain(cell);
        if (!whole) return std::nullopt;
        return cell;
    }

    bool read_plain(CsvCell& cell) {
        while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\r' && text_[at_] != '\n') {
            if (text_[at_] == '"')
                return fail("a quote inside an unquoted cell; put the whole cell in quotes and double the quote");
            if (!take_character(cell.text)) return false;
        }
        return true;
    }

    bool read_quoted(CsvCell& cell) {
        while (at_ < text_.size()) {
            if (take('"')) {
                if (!take('"')) return true;
                cell.text += '"';
            } else if (!take_character(cell.text)) {
                return false;
            }
        }
        line_ = cell.line;
        column_ = cell.column;
        return fail("this quote is never closed");
    }

    bool take(char wanted) {
        if (at_ == text_.size() || text_[at_] != wanted) return false;
        ++at_;
        ++column_;
        return true;
    }

    bool take_character(std::string& into) {
        const auto start = at_;
        auto next = at_;
        const auto code = next_character(text_, next);
        const auto bytes = text_.substr(start, next - start);
        if (code == U'\uFFFD' && bytes != "\uFFFD") return fail("the file is not UTF-8 here; save it as UTF-8");
        if (code == 0) return fail("a NUL byte; this is no text file");
        if (end_row()) {
            into.append(text_.substr(start, at_ - start));
            return true;
        }
        at_ = next;
        ++column_;
        into.append(bytes);
        return true;
    }

    bool end_row() {
        const auto rest = text_.substr(at_);
        const std::size_t size = rest.starts_with("\r\n")                           ? 2
                                 : rest.starts_with('\r') || rest.starts_with('\n') ? 1
                                                                                    : 0;
        if (size == 0) return false;
        at_ += size;
        ++line_;
        column_ = 1;
        return true;
    }

    void error(std::string what) {
        result_.errors.push_back({Origin{.file = file_, .line = line_, .column = column_}, std::move(what)});
    }
    bool fail(std::string what) {
        error(std::move(what));
        return false;
    }

    std::string_view text_;
    std::string file_;
    std::size_t at_ = 0;
    int line_ = 1;
    int column_ = 1;
    ParsedCsv result_;
};

void print_cell(std::string& out, const std::string& cell) {
    // A mark at the very beginning would be read as the file's own.
    if (cell.find_first_of(",\"\r\n") == std::string::npos && !cell.starts_with(kByteOrderMark)) {
        out += cell;
        return;
    }
    out += '"';
    for (const char byte : cell) {
        if (byte == '"') out += '"';
        out += byte;
    }
    out += '"';
}

}  // namespace

ParsedCsv parse_csv(std::string_view text, std::string_view file_name) { return CsvReader(text, file_name).read(); }

std::string print_csv_row(const std::vector<std::string>& cells) {
    std::string row;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) row += ',';
        print_cell(row, cells[i]);
    }
    if (row.empty()) row = "\"\"";
    return row + "\r\n";
}

}  // namespace rasid
