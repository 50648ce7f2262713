// What a principal has to be like, by his role.
#include <fmt/format.h>

#include <algorithm>

#include "consumers/access/changes.h"
#include "events/catalogue.h"
#include "platform/access_limits.h"
#include "platform/utf8.h"

namespace ledger::access {

namespace {

constexpr std::size_t kIdLettersMax = 64;

bool is_event_type(std::string_view name) {
  bool known = false;
  Catalogue::for_each([&]<class E>() { known = known || E::kName == name; });
  return known;
}

// What people record and what the server decides by itself is no machine's to say.
bool is_reserved(std::string_view source) {
  return source.starts_with("people/") || source.starts_with("ledger/") || source == "people" ||
         source == "ledger" || source.starts_with('*');
}

Status check_source(const PrincipalRow& row) {
  if (row.sources.empty()) {
    return fail(ErrorCode::kMissingField, "a source says as which sources it may record",
                "sources");
  }
  for (const auto& source : row.sources) {
    if (is_reserved(source)) {
      return fail(ErrorCode::kInvalidField,
                  fmt::format("'{}' is of people or of the ledger itself", excerpt(source)),
                  "sources");
    }
  }
  for (const auto& type : row.event_types) {
    if (!is_event_type(type)) {
      return fail(ErrorCode::kInvalidField,
                  fmt::format("'{}' is no event type, such as call.completed", excerpt(type)),
                  "event_types");
    }
  }
  return {};
}

bool continues_letter(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// Over and over.
bool is_one_letter(std::string_view text) {
  std::size_t letter = 1;
  while (letter < text.size() && continues_letter(text[letter])) ++letter;
  for (std::size_t at = letter; at < text.size(); ++at) {
    if (text[at] != text[at - letter]) return false;
  }
  return true;
}

Status only_of(bool given, bool allowed, const char* whose, const char* field) {
  if (!given || allowed) return {};
  return fail(ErrorCode::kInvalidField, fmt::format("is for {} alone", whose), field);
}

// What is said of him has to fit one event, or the log would never hear of it.
Status check_reach(const PrincipalRow& row) {
  std::size_t bytes = 0;
  const auto add = [&](const std::vector<std::string>& list, const char* field) -> Status {
    for (const auto& one : list) bytes += one.size();
    if (bytes <= kPrincipalReachBytesMax) return {};
    return fail(ErrorCode::kTooLarge,
                fmt::format("with all that he reaches has more than {} bytes; \"*\" and \"name/*\" "
                            "reach many at once",
                            kPrincipalReachBytesMax),
                field);
  };
  LEDGER_CHECK(add(row.departments, "departments"));
  LEDGER_CHECK(add(row.sources, "sources"));
  return add(row.event_types, "event_types");
}

}  // namespace

Status check_principal_id(std::string_view id) {
  const bool letters = std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  });
  if (letters && !id.empty() && id.size() <= kIdLettersMax) return {};
  return fail(ErrorCode::kInvalidField,
              fmt::format("is 1 to {} small Latin letters, digits and . _ -, such as o.savchuk",
                          kIdLettersMax),
              "id");
}

Status check_principal(const PrincipalRow& row) {
  LEDGER_CHECK(check_principal_id(row.id));
  const bool head = row.role == Role::kHead;
  const bool manager = row.role == Role::kManager;
  const bool source = row.role == Role::kSource;
  if (row.name.empty()) return fail(ErrorCode::kMissingField, "is to be said", "name");
  LEDGER_CHECK(
      only_of(row.manager_id.has_value(), manager || head, "managers and heads", "manager_id"));
  LEDGER_CHECK(only_of(!row.departments.empty(), head, "heads", "departments"));
  LEDGER_CHECK(only_of(!row.sources.empty(), source, "sources", "sources"));
  LEDGER_CHECK(only_of(!row.event_types.empty(), source, "sources", "event_types"));
  LEDGER_CHECK(only_of(row.subject.has_value(), !source, "people", "subject"));
  LEDGER_CHECK(check_reach(row));
  if (manager && !row.manager_id) {
    return fail(ErrorCode::kMissingField, "as whom the ledger knows the manager", "manager_id");
  }
  if (head && !row.manager_id && row.departments.empty()) {
    return fail(ErrorCode::kMissingField, "of which he is head (\"*\" is all), or his manager_id",
                "departments");
  }
  if (source) return check_source(row);
  return {};
}

Status check_password(std::string_view login, std::string_view password) {
  const auto letters =
      std::count_if(password.begin(), password.end(), [](char c) { return !continues_letter(c); });
  if (static_cast<std::size_t>(letters) < limits::kPasswordLettersMin) {
    return fail(ErrorCode::kInvalidField,
                fmt::format("has at least {} letters; several words are easy to keep in mind",
                            limits::kPasswordLettersMin),
                "password");
  }
  if (password.size() > limits::kPasswordBytesMax) {
    return fail(ErrorCode::kTooLarge,
                fmt::format("has at most {} bytes", limits::kPasswordBytesMax), "password");
  }
  if (fold_case(password).find(login) != std::string::npos && !login.empty()) {
    return fail(ErrorCode::kInvalidField, "has the login in it", "password");
  }
  if (is_one_letter(password)) {
    return fail(ErrorCode::kInvalidField, "is one letter over and over", "password");
  }
  return {};
}

}  // namespace ledger::access
