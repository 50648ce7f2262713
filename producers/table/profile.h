#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "platform/code_page.h"
#include "platform/config.h"
#include "platform/result.h"

// How a table of somebody else's is to be read, as a person wrote it down (TOML). What a table
// means is never guessed from its looks: 01.02.2026 and 1,234 are two things each.
namespace ledger::table {

// A column by what its header says, or by its number from 1.
struct Column {
  std::string name;
  std::size_t number = 0;  // 0: by name
  auto operator<=>(const Column&) const = default;
};
// As the profile says it: 'Сума', column 4.
[[nodiscard]] std::string text_of(const Column& column);

// What all tables share.
struct Layout {
  char delimiter = ';';
  bool quotes = true;                // false: "..." has no meaning, as in exports without quoting
  std::optional<CodePage> encoding;  // absent: detected where it can only be one
  std::size_t first_row = 2;         // of records, where columns have numbers alone
  std::vector<std::string> total_rows;  // words with which a row begins that sums others up
};

// The members of a profile, one taken after the other; what nobody took is a mistake of its writer.
// Members of a section are named with a dot: "date.column". One thread.
class Profile {
 public:
  // Errors as of config::parse_toml; kUnknownField for a list of sections.
  [[nodiscard]] static Result<Profile> parse(std::string_view toml);

  // Absent: nullopt. Of another kind: kInvalidField with its name.
  [[nodiscard]] Result<std::optional<std::string>> text(const std::string& name);
  [[nodiscard]] Result<std::string> text_or(const std::string& name, std::string otherwise);
  [[nodiscard]] Result<std::optional<bool>> flag(const std::string& name);
  [[nodiscard]] Result<std::vector<std::string>> texts(const std::string& name);  // one, or several
  [[nodiscard]] Result<std::optional<Column>> column(const std::string& name);
  [[nodiscard]] Result<std::vector<Column>> columns(const std::string& name);  // one, or several
  // kMissingField where there is none.
  [[nodiscard]] Result<Column> required_column(const std::string& name);
  // All members of a section: words and what they stand for.
  [[nodiscard]] Result<std::map<std::string, std::string>> words(const std::string& section);

  // delimiter, quotes, encoding, first_row, total_rows; `name` and `note` are for people.
  [[nodiscard]] Result<Layout> layout();

  // kUnknownField: members that nobody took.
  [[nodiscard]] Status check_all_taken() const;

 private:
  [[nodiscard]] const config::Member* take(const std::string& name);

  config::Members members_;
  std::set<std::string> taken_;
};

}  // namespace ledger::table
