#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "events/business_zone.h"
#include "events/fields.h"
#include "platform/clock.h"
#include "platform/http/message.h"
#include "platform/result.h"

// What the printed forms have in common: which form was asked for, and how people write things.
namespace ledger::print {

enum class Form { kJson, kHtml, kCsv };
constexpr auto names(Form) { return words("json", "html", "csv"); }

// By `format=`, else by Accept (platform/http/accept.h), else JSON.
// kInvalidField for a format that there is not.
[[nodiscard]] Result<Form> form_of(const http::Request& request);

// The same where there is no page for people: a browser, which asks for one first and takes
// anything, gets JSON; who takes a page alone is refused.
[[nodiscard]] Result<Form> json_or_csv(const http::Request& request);

enum class Language { kUkrainian, kEnglish };
constexpr auto names(Language) { return words("uk", "en"); }
// By `lang=`; Ukrainian where it is absent.
[[nodiscard]] Result<Language> language_of(const http::Request& request);

// Text within HTML, also within a quoted attribute.
[[nodiscard]] std::string escaped(std::string_view text);

// Ukrainian: "1 234 567" with no-break spaces, "12 345,60 грн" of 1234560 minor units with two
// digits. English: "1,234,567", "12,345.60 UAH".
[[nodiscard]] std::string grouped(std::int64_t number, Language language);
// `amount`: the same without the unit.
[[nodiscard]] std::string amount(std::int64_t minor, std::string_view currency, Language language);
[[nodiscard]] std::string money(std::int64_t minor, std::string_view currency, Language language);
[[nodiscard]] std::string date(Date date, Language language);  // 25.11.2026; 25 Nov 2026
// "25.11.2026 16:45", by the clock of the house.
[[nodiscard]] std::string instant(Timestamp instant, const BusinessZone& zone, Language language);
[[nodiscard]] std::string month(Date month, Language language);  // "листопад 2026"

enum class Paper { kPortrait, kLandscape };
// A whole page for A4: title, style, `body` as it is. `style`: the form's own, after what all have.
[[nodiscard]] std::string page(std::string_view title, std::string_view body, Language language,
                               Paper paper = Paper::kPortrait, std::string_view style = {});

// For programs; or as Excel in Ukraine opens a table: a mark of UTF-8 in front, semicolons, and
// sums with a comma.
enum class TableKind { kPrograms, kExcel };
constexpr auto names(TableKind) { return words("programs", "excel"); }

// RFC 4180: fields quoted where they need it, CRLF. A cell that a spreadsheet would run as a
// formula gets an apostrophe in front.
class Csv {
 public:
  explicit Csv(TableKind kind = TableKind::kPrograms);
  Csv& cell(std::string_view text);
  Csv& cell(std::int64_t number);
  // "-12345.60" of -1234560 minor units with two digits: a number, without its currency.
  Csv& money(std::int64_t minor, std::string_view currency);
  void end_row();
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void begin_cell();

  TableKind kind_;
  std::string text_;
  bool row_begun_ = false;
};

// The answer with the content type of the form.
[[nodiscard]] http::Response answer_html(std::string html);
[[nodiscard]] http::Response answer_csv(std::string csv, std::string_view file_name);

}  // namespace ledger::print
