#include "consumers/ledgerctl/watched_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "consumers/ledgerctl/client_codes.h"
#include "consumers/ledgerctl/output.h"
#include "consumers/ledgerctl/restated_upload.h"
#include "events/business_zone.h"
#include "platform/logging.h"

namespace ledger::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kDone = "done";
constexpr std::string_view kRefused = "refused";
constexpr std::string_view kReasonEnding = ".reason.txt";
constexpr std::size_t kReasonsMax = 200;
constexpr int kSameNamesMax = 10'000;

bool is_on_its_way(const std::string& name) {
  constexpr std::array<std::string_view, 6> kEndings{".part",       ".partial", ".filepart",
                                                     ".crdownload", ".tmp",     ".temp"};
  if (name.starts_with('.') || name.starts_with('~')) return true;
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return name.ends_with(ending); });
}

Error disk_error(const fs::path& path, const std::error_code& failure) {
  return {ErrorCode::kUnavailable, fmt::format("{}: {}", path.string(), failure.message()), "path"};
}

// A name that nobody has: "statement.csv", "statement-2.csv", …
fs::path free_name(const fs::path& folder, const fs::path& name) {
  fs::path free = folder / name;
  std::error_code ignored;
  for (int number = 2; fs::exists(free, ignored) && number < kSameNamesMax; ++number) {
    free = folder / fmt::format("{}-{}{}", name.stem().string(), number, name.extension().string());
  }
  return free;
}

std::string reason_text(const std::string& file, const std::string& summary,
                        const std::vector<std::string>& reasons) {
  std::string text = fmt::format(
      "Файл {}: прийнято не все / not all of it was taken.\r\n\r\n"
      "Разом / in all: {}.\r\n\r\n"
      "Що не прийнято і чому / what was refused, and why:\r\n",
      file, summary);
  for (std::size_t i = 0; i < reasons.size() && i < kReasonsMax; ++i) {
    text += fmt::format("  - {}\r\n", printable(reasons[i]));
  }
  if (reasons.size() > kReasonsMax) {
    text += fmt::format("  … ще / and {} more\r\n", reasons.size() - kReasonsMax);
  }
  return text +
         "\r\nВиправте файл або профіль і покладіть файл у теку ще раз: записане вдруге не "
         "рахується.\r\n"
         "Mend the file, or the profile, and put the file into the folder again: what is recorded "
         "is not counted twice.\r\n";
}

Status write_text(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (file) return {};
  return fail(ErrorCode::kUnavailable, fmt::format("{} cannot be written", path.string()), "path");
}

std::string reason_of(const Mapped::Refused& refused) {
  return fmt::format("{}: {}{}{}", refused.where, refused.error.field,
                     refused.error.field.empty() ? "" : " ", refused.error.message);
}

}  // namespace

Status FolderWatcher::prepare() const {
  for (const auto name : {kDone, kRefused}) {
    std::error_code failure;
    fs::create_directories(folder_.path / name, failure);
    if (!failure) continue;
    Error error = disk_error(folder_.path / name, failure);
    error.code = ErrorCode::kMisconfigured;
    return tl::unexpected(std::move(error));
  }
  return {};
}

std::optional<FolderWatcher::Seen> FolderWatcher::see(const fs::path& file) {
  std::error_code gone;
  if (fs::symlink_status(file, gone).type() != fs::file_type::regular || gone) return std::nullopt;
  Seen seen;
  seen.size = fs::file_size(file, gone);
  if (gone) return std::nullopt;
  seen.changed = fs::last_write_time(file, gone);
  if (gone) return std::nullopt;
  return seen;
}

Result<std::map<fs::path, FolderWatcher::Seen>> FolderWatcher::files() const {
  std::map<fs::path, Seen> files;
  std::error_code failure;
  for (fs::directory_iterator at(folder_.path, failure), end; !failure && at != end;
       at.increment(failure)) {
    // What vanishes meanwhile is gone, and no failure of the folder.
    if (is_on_its_way(at->path().filename().string())) continue;
    if (const auto seen = see(at->path())) files.emplace(at->path(), *seen);
  }
  if (failure) return tl::unexpected(disk_error(folder_.path, failure));
  return files;
}

FolderWatcher::Look FolderWatcher::look() {
  Look look;
  auto now = files();
  if (!now) {
    look.trouble = now.error().message;
    return look;
  }
  bool away = false;  // the server, or the disk: the next file would fare no better
  for (const auto& [file, seen] : *now) {
    const auto before = seen_.find(file);
    const bool complete = before != seen_.end() && before->second == seen && seen.size > 0;
    if (!complete || away) {
      ++look.waiting;
      continue;
    }
    if (auto status = take(file, seen, look); !status) {
      ++look.waiting;
      away = status.error().code != ErrorCode::kNotFound;
      look.trouble = fmt::format("{}: {}", file.filename().string(), status.error().message);
    }
  }
  seen_ = *std::move(now);
  return look;
}

Status FolderWatcher::take(const fs::path& file, const Seen& seen, Look& look) {
  LEDGER_TRY(const auto outcome, import(file));
  // Written to after all, while it was read: all of it is read at the next looks.
  const auto now = see(file);
  if (!now) return {};
  if (*now != seen) {
    ++look.waiting;
    return {};
  }
  LEDGER_CHECK(move(file, outcome));
  ++(outcome.reasons.empty() ? look.taken : look.refused);
  return {};
}

Result<FolderWatcher::Outcome> FolderWatcher::import(const fs::path& file) {
  ClientCodes codes(client_);
  SenderSettings settings = folder_.sender;
  settings.file = file.filename().string();
  settings.client_of = [&codes](const TaxCode& code) { return codes.client_of(code); };
  LEDGER_TRY(const auto map, find_sender(folder_.format, settings));
  LEDGER_TRY(const std::string content, read_file(file.string()));
  const Mapped mapped = map(content);
  for (const auto& refused : mapped.refused) {
    if (refused.error.retriable()) return tl::unexpected(refused.error);
  }
  // Whoever watches has patience enough: the next look.
  RestatedUpload upload(client_, std::chrono::seconds(0), /*bar=*/false);
  LEDGER_CHECK(upload.send(settings.file, mapped));
  Outcome outcome;
  for (const auto& refused : mapped.refused) outcome.reasons.push_back(reason_of(refused));
  for (const auto& refused : upload.refused()) {
    outcome.reasons.push_back(refused.where + ": " + refused.reason);
  }
  const auto counts = upload.counts();
  outcome.summary = fmt::format(
      "{} new, {} known, {} changed, {} left as they are, {} left out, {} refused", counts.recorded,
      counts.known, counts.changed, counts.left, mapped.skipped.size(), outcome.reasons.size());
  return outcome;
}

Status FolderWatcher::move(const fs::path& file, const Outcome& outcome) {
  const bool whole = outcome.reasons.empty();
  LEDGER_TRY(const auto zone, BusinessZone::named(folder_.sender.zone));
  const fs::path folder = whole ? folder_.path / kDone / format_date(zone.local_day(clock_.now()))
                                : folder_.path / kRefused;
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure) return tl::unexpected(disk_error(folder, failure));
  const fs::path to = free_name(folder, file.filename());
  // The reason first: a file that lies among the refused is never without one.
  if (!whole) {
    LEDGER_CHECK(
        write_text(to.string() + std::string(kReasonEnding),
                   reason_text(file.filename().string(), outcome.summary, outcome.reasons)));
  }
  fs::rename(file, to, failure);
  if (failure) return tl::unexpected(disk_error(file, failure));
  if (whole) {
    log::info("imported",
              {{"file", file.string()}, {"to", to.string()}, {"what", outcome.summary}});
  } else {
    log::warning("refused, in whole or in part", {{"file", file.string()},
                                                  {"to", to.string()},
                                                  {"what", outcome.summary},
                                                  {"reason", outcome.reasons.front()}});
  }
  return {};
}

}  // namespace ledger::cli
