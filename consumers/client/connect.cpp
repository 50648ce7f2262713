#include "consumers/client/connect.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

#include "platform/logging.h"

namespace ledger::cli {

namespace {

std::string& key_in_use() {
  static std::string key;
  return key;
}

// Of a header's value: visible ASCII. What else stands in a file is none of our keys.
bool is_key(std::string_view text) {
  if (text.empty()) return false;
  for (const char c : text) {
    if (c <= ' ' || c > '~') return false;
  }
  return true;
}

// What systemd hands to a unit (LoadCredential) is for that unit alone. Where an access list says
// so, the mode shows its mask as a group's right.
bool is_credential(const std::filesystem::path& file) {
  const char* directory = std::getenv("CREDENTIALS_DIRECTORY");
  return directory != nullptr && file.parent_path() == directory;
}

// A key is as good as its holder; what the whole house reads is no secret.
void warn_of_readers(const std::string& file) {
  using std::filesystem::perms;
  if (is_credential(file)) return;
  std::error_code none;
  const auto mode = std::filesystem::status(file, none).permissions();
  if (none || (mode & (perms::group_all | perms::others_all)) == perms::none) return;
  log::warning("a key file is open to others than its owner: chmod 600", {{"file", file}});
}

std::string without_end(std::string line) {
  while (line.ends_with('\r') || line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace

Status use_key(const std::string& file) {
  key_in_use().clear();
  if (file.empty()) {
    const char* key = std::getenv("LEDGER_API_KEY");
    if (key == nullptr || *key == '\0') return {};
    if (!is_key(key)) {
      return fail(ErrorCode::kMisconfigured, "LEDGER_API_KEY is no key", "key-file");
    }
    key_in_use() = key;
    return {};
  }
  warn_of_readers(file);
  std::ifstream input(file);
  std::string line;
  if (!std::getline(input, line)) {
    return fail(ErrorCode::kMisconfigured,
                fmt::format("{} cannot be read, or is empty; keys are readable by their owner "
                            "alone",
                            file),
                "key-file");
  }
  line = without_end(std::move(line));
  if (!is_key(line)) {
    return fail(ErrorCode::kMisconfigured,
                fmt::format("the first line of {} is no key such as sal_…", file), "key-file");
  }
  key_in_use() = std::move(line);
  return {};
}

Result<http::Client> connect(const std::string& server) {
  LEDGER_TRY(auto client, http::Client::to(server));
  if (!key_in_use().empty()) client.always_send("Authorization", "Bearer " + key_in_use());
  return client;
}

}  // namespace ledger::cli
