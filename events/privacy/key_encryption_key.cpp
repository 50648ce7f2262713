#include "events/privacy/key_encryption_key.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "platform/durable_file.h"
#include "platform/sha256.h"

namespace ledger::privacy {

namespace {

std::optional<AeadKey> from_hex(std::string_view hex) {
  AeadKey key{};
  if (hex.ends_with('\n')) hex.remove_suffix(1);
  if (hex.size() != 2 * key.size()) return std::nullopt;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const char* const end = hex.data() + 2 * i + 2;
    const auto read = std::from_chars(end - 2, end, key[i], 16);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  }
  return key;
}

Result<AeadKey> make(const std::filesystem::path& file) {
  const AeadKey key = random_aead_key();
  LEDGER_CHECK(replace_durably(
      std::filesystem::absolute(file),
      to_hex(std::string_view(reinterpret_cast<const char*>(key.data()), key.size())) + "\n"));
  return key;
}

}  // namespace

Result<AeadKey> key_encryption_key(const std::filesystem::path& file, bool is_needed) {
  std::error_code unknown;
  if (!std::filesystem::exists(file, unknown) && !unknown) {
    if (!is_needed) return make(file);
    return fail(ErrorCode::kMisconfigured,
                fmt::format("{} is missing, the key by which the keys of persons are wrapped: "
                            "bring it back, without it their texts cannot be read",
                            file.string()),
                "key_encryption_key");
  }
  std::ifstream input(file, std::ios::binary);
  const auto key = from_hex(std::string(std::istreambuf_iterator<char>(input), {}));
  if (key) return *key;
  return fail(
      ErrorCode::kMisconfigured,
      fmt::format("{} cannot be read, or is not a key of 32 bytes in hex: bring back the one "
                  "that was there",
                  file.string()),
      "key_encryption_key");
}

}  // namespace ledger::privacy
