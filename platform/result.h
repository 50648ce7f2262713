#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace ledger {

// What went wrong, as a closed list. The HTTP layer maps each to one status and one problem type
// (platform/http/problem.h); the names are part of the API and are never reused.
enum class ErrorCode : std::uint16_t {
  kMalformed,           // bytes that are not what they claim to be (JSON, CSV, XML, UTF-8)
  kDuplicateName,       // one JSON object names a member twice
  kTooLarge,            // over a named limit of platform/limits.h
  kUnknownType,         // no such event type in the catalogue
  kUnsupportedVersion,  // a known type in a version that this program does not know
  kMissingField,
  kUnknownField,
  kInvalidField,      // present, but its value breaks a rule
  kOutOfRange,        // a number or date outside its range
  kUnsupportedMedia,  // a Content-Type that the route does not take
  kNotFound,
  kConflict,           // the same (source, id) was recorded with another body
  kNotAttempted,       // left alone because another item of the same batch was refused
  kUnavailable,        // log or store is away or full; nothing was persisted: retry
  kPossiblyPersisted,  // the log did not say whether it kept the record: retry with the same id
  kTimeout,            // a wait with a deadline ended; nothing was changed
  kMisconfigured,      // settings that would put the history at risk
  kCorrupt,            // stored bytes that cannot be what we wrote
  kInternal,
};

// An expected failure. `field` is the path of the offending member ("data.amount.amount_minor"),
// empty where no single field is to blame. `message` is a sentence for the person who must act.
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;
  std::string field = {};

  // True if the same request may succeed later without being changed.
  [[nodiscard]] bool retriable() const {
    return code == ErrorCode::kUnavailable || code == ErrorCode::kPossiblyPersisted ||
           code == ErrorCode::kTimeout;
  }
  bool operator==(const Error&) const = default;
};

// The stable word for a code, as it appears in problem types, logs and metrics ("missing-field").
[[nodiscard]] std::string_view name_of(ErrorCode code);

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string message,
                                                std::string field = {}) {
  return tl::unexpected<Error>(Error{code, std::move(message), std::move(field)});
}

}  // namespace ledger

#define LEDGER_CONCAT_(a, b) a##b
#define LEDGER_CONCAT(a, b) LEDGER_CONCAT_(a, b)

// LEDGER_CHECK(status);             returns the error to the caller
// LEDGER_TRY(auto value, result);   declares or assigns the value, or returns the error
#define LEDGER_CHECK(expression)                                                   \
  do {                                                                             \
    auto ledger_status_ = (expression);                                            \
    if (!ledger_status_) return tl::unexpected(std::move(ledger_status_).error()); \
  } while (false)

#define LEDGER_TRY(target, expression) \
  LEDGER_TRY_(LEDGER_CONCAT(ledger_result_, __LINE__), target, expression)
#define LEDGER_TRY_(name, target, expression)                \
  auto name = (expression);                                  \
  if (!name) return tl::unexpected(std::move(name).error()); \
  target = std::move(*name)
