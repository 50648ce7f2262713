#include "platform/result.h"

namespace ledger {

std::string_view name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kMalformed:
      return "malformed";
    case ErrorCode::kDuplicateName:
      return "duplicate-name";
    case ErrorCode::kTooLarge:
      return "too-large";
    case ErrorCode::kUnknownType:
      return "unknown-type";
    case ErrorCode::kUnsupportedVersion:
      return "unsupported-version";
    case ErrorCode::kMissingField:
      return "missing-field";
    case ErrorCode::kUnknownField:
      return "unknown-field";
    case ErrorCode::kInvalidField:
      return "invalid-field";
    case ErrorCode::kOutOfRange:
      return "out-of-range";
    case ErrorCode::kUnsupportedMedia:
      return "unsupported-media-type";
    case ErrorCode::kNotFound:
      return "not-found";
    case ErrorCode::kConflict:
      return "conflict";
    case ErrorCode::kNotAttempted:
      return "not-attempted";
    case ErrorCode::kUnavailable:
      return "unavailable";
    case ErrorCode::kPossiblyPersisted:
      return "possibly-persisted";
    case ErrorCode::kTimeout:
      return "timeout";
    case ErrorCode::kMisconfigured:
      return "misconfigured";
    case ErrorCode::kCorrupt:
      return "corrupt";
    case ErrorCode::kInternal:
      return "internal";
  }
  return "internal";
}

}  // namespace ledger
