#include <fmt/format.h>

#include <array>

#include "consumers/ledgerctl/watched_folder.h"
#include "platform/config.h"

namespace ledger::cli {

namespace {

struct Member {
  std::string_view name;
  std::string SenderSettings::* setting;
};
constexpr std::array kMembers{
    Member{"profile", &SenderSettings::profile}, Member{"account", &SenderSettings::account},
    Member{"charset", &SenderSettings::charset}, Member{"zone", &SenderSettings::zone},
    Member{"source", &SenderSettings::source}};

// Where a setting of that name is kept; nullptr: there is none.
std::string* place_of(WatchedFolder& folder, std::string_view name) {
  if (name == "format") return &folder.format;
  for (const auto& member : kMembers) {
    if (member.name == name) return &(folder.sender.*member.setting);
  }
  return nullptr;
}

Result<WatchedFolder> folder_of(const config::Members& members) {
  WatchedFolder folder;
  for (const auto& [name, member] : members) {
    const auto* text =
        member.values.size() == 1 ? std::get_if<std::string>(&member.values[0]) : nullptr;
    if (text == nullptr || text->empty()) {
      return fail(ErrorCode::kInvalidField, fmt::format("is to be a text (line {})", member.line),
                  name);
    }
    std::string* place = place_of(folder, name);
    if (name == "path") {
      folder.path = *text;
    } else if (place != nullptr) {
      *place = *text;
    } else {
      return fail(ErrorCode::kUnknownField,
                  fmt::format("is no setting of a folder (line {})", member.line), name);
    }
  }
  if (folder.path.empty()) return fail(ErrorCode::kMissingField, "is required", "path");
  if (folder.format.empty()) return fail(ErrorCode::kMissingField, "is required", "format");
  return folder;
}

}  // namespace

Result<std::vector<WatchedFolder>> parse_watch_config(std::string_view toml) {
  LEDGER_TRY(const auto document, config::parse_toml(toml));
  if (!document.members.empty()) {
    return fail(ErrorCode::kUnknownField, "is no setting: what there is are [[folder]]s",
                document.members.begin()->first);
  }
  std::vector<WatchedFolder> folders;
  for (const auto& [name, list] : document.lists) {
    if (name != "folder") {
      return fail(ErrorCode::kUnknownField, "is no setting: what there is are [[folder]]s", name);
    }
    for (const auto& members : list) {
      LEDGER_TRY(auto folder, folder_of(members));
      folders.push_back(std::move(folder));
    }
  }
  if (folders.empty()) {
    return fail(ErrorCode::kMissingField, "there is none; write [[folder]] above its settings",
                "folder");
  }
  return folders;
}

}  // namespace ledger::cli
