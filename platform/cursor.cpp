#include "platform/cursor.h"

#include <algorithm>

#include "platform/base64.h"
#include "platform/sha256.h"

namespace ledger {

namespace {

constexpr char kFormat = '\1';
constexpr std::size_t kMarkBytes = 4;

// Enough that no two routes have the same one.
std::string mark_of(std::string_view pattern) {
  const Sha256 digest = sha256(pattern);
  return {digest.begin(), digest.begin() + kMarkBytes};
}

tl::unexpected<Error> not_ours() {
  return fail(ErrorCode::kInvalidField, "is not a cursor that this ledger gave out", "cursor");
}

}  // namespace

std::string seal_cursor(std::string_view pattern, std::string_view place) {
  std::string text = base64_encode(kFormat + mark_of(pattern) + std::string(place));
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  text.erase(text.find_last_not_of('=') + 1);
  return text;
}

Result<std::string> open_cursor(std::string_view pattern, std::string_view text) {
  if (text.find_first_of("+/=") != std::string_view::npos) return not_ours();
  std::string padded(text);
  std::replace(padded.begin(), padded.end(), '-', '+');
  std::replace(padded.begin(), padded.end(), '_', '/');
  padded.append((4 - padded.size() % 4) % 4, '=');
  auto bytes = base64_decode(padded);
  if (!bytes || bytes->size() <= kMarkBytes || bytes->front() != kFormat) return not_ours();
  if (bytes->compare(1, kMarkBytes, mark_of(pattern)) != 0) {
    return fail(ErrorCode::kInvalidField, "is a cursor of another question", "cursor");
  }
  return bytes->substr(1 + kMarkBytes);
}

}  // namespace ledger
