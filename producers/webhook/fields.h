#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "platform/http/message.h"
#include "platform/result.h"

namespace ledger::webhook {

// What a sender pushed as named texts, whichever way it wrote them: a form
// ("callDetails[billsec]"), JSON ({"callDetails":{"billsec":"61"}}) or the query of a GET. Nested
// names are joined by dots: "callDetails.billsec", "historyData.0.waitsec". What the body is, is
// told by its first byte that is no space, not by Content-Type, which senders get wrong
// (source-formats.md 1.3).
//
// A name has at most kNameBytesMax bytes. Values are texts; a JSON number as it is written in
// shortest form, true and false as such, null as absent. An empty text is absent too: senders fill
// what they do not know with it.
class Fields {
 public:
  static constexpr std::size_t kNameBytesMax = 256;
  static constexpr std::size_t kValuesMax = 10'000;  // a record of a long call has some thousands
  static constexpr std::size_t kRowsMax = 10'000;

  // kMalformed: no JSON, or a name given twice, or not UTF-8. kTooLarge: over the limits of forms
  // or JSON.
  [[nodiscard]] static Result<Fields> of(const http::Request& request);

  // The same of a text that is JSON, wherever it stood.
  [[nodiscard]] static Result<Fields> of_json(std::string_view text);

  // Those of each object of a JSON array, where the body is one; else of the whole request, alone.
  // Senders that gather their facts push so. An item that is no object, or over the limits, is an
  // error of its own and holds up no other. kTooLarge: over kRowsMax.
  [[nodiscard]] static Result<std::vector<Result<Fields>>> rows_of(const http::Request& request);

  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  // kMissingField.
  [[nodiscard]] Result<std::string> text(std::string_view name) const;
  // A whole number, with a fraction of zeros or without; kMissingField, kInvalidField.
  [[nodiscard]] Result<std::int64_t> integer(std::string_view name) const;
  // The same, `otherwise` where it is absent.
  [[nodiscard]] Result<std::int64_t> integer(std::string_view name, std::int64_t otherwise) const;
  // Adds one that stood elsewhere. kDuplicateName, kTooLarge.
  [[nodiscard]] Status set(std::string name, std::string_view value) {
    return add(std::move(name), value);
  }
  // How many items the list of that name has: one more than the highest index. 0: there is none.
  [[nodiscard]] std::size_t count(std::string_view list) const;
  [[nodiscard]] const std::unordered_map<std::string, std::string>& all() const { return values_; }

 private:
  [[nodiscard]] Status add(std::string name, std::string_view value);
  [[nodiscard]] Status add_form(const std::vector<std::pair<std::string, std::string>>& fields);
  [[nodiscard]] Status add_json(std::string_view text);

  std::unordered_map<std::string, std::string> values_;
};

// The error of a row of several: its field says which.
[[nodiscard]] Error within_row(std::size_t index, Error error);

}  // namespace ledger::webhook
