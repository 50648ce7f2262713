#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "consumers/client/connect.h"
#include "consumers/ledgerctl/bank_quarantine.h"
#include "consumers/ledgerctl/client_codes.h"
#include "consumers/ledgerctl/commands.h"
#include "consumers/ledgerctl/outcome.h"
#include "consumers/ledgerctl/preview.h"
#include "consumers/ledgerctl/restated_upload.h"
#include "consumers/ledgerctl/senders.h"
#include "consumers/ledgerctl/uploader.h"

namespace ledger::cli {

namespace {

// FreeSWITCH leaves a file for each record, so that a directory stands for all of them, by name;
// also for those in the directories of each day that it makes with its setting rotate.
bool is_call_record(const std::filesystem::path& path) {
  const std::string name = path.string();
  return name.ends_with(".cdr.json") || name.ends_with(".cdr.xml");
}

// A Maildir has its letters in cur and new, without an ending, and half-written ones in tmp; its
// folders are Maildirs inside of it. Otherwise the letters of a directory end in .eml.
bool is_letter(const std::filesystem::path& path) {
  const auto folder = path.parent_path();
  const bool in_maildir = std::filesystem::is_directory(folder.parent_path() / "cur") &&
                          std::filesystem::is_directory(folder.parent_path() / "new");
  if (!in_maildir) return path.extension() == ".eml";
  return folder.filename() == "cur" || folder.filename() == "new";
}

Result<std::vector<std::string>> records_in(const std::string& directory,
                                            bool (*is_record)(const std::filesystem::path&)) {
  std::vector<std::string> files;
  std::error_code failure;
  for (std::filesystem::recursive_directory_iterator at(directory, failure), end;
       !failure && at != end; at.increment(failure)) {
    if (!at->is_directory() && is_record(at->path())) files.push_back(at->path().string());
  }
  if (failure) return fail(ErrorCode::kNotFound, fmt::format("{} cannot be read", directory));
  std::sort(files.begin(), files.end());
  return files;
}

Result<std::vector<std::string>> files_of(const ImportCommand& command) {
  const bool letters = command.format == "mail";
  if (!letters && command.format != "freeswitch-cdr") return command.files;
  std::vector<std::string> files;
  for (const auto& name : command.files) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(name, ignored)) {
      files.push_back(name);
      continue;
    }
    LEDGER_TRY(const auto records, records_in(name, letters ? is_letter : is_call_record));
    if (records.empty())
      fmt::print(stderr, "{} holds no {}\n", name, letters ? "letter" : "record");
    files.insert(files.end(), records.begin(), records.end());
  }
  return files;
}

// What the mapping itself could not take or left out on purpose.
struct Leftover {
  std::int64_t refused = 0;
  std::map<std::string, std::int64_t> skipped;  // by reason
};

void tell(const std::string& file, const Mapped& mapped, Leftover& leftover) {
  for (const auto& refused : mapped.refused) {
    const Error& error = refused.error;
    fmt::print(stderr, "refused  {} {}: {}{} [{}]\n", file, refused.where,
               error.field.empty() ? "" : error.field + " ", error.message, name_of(error.code));
  }
  leftover.refused += static_cast<std::int64_t>(mapped.refused.size());
  for (const auto& skipped : mapped.skipped) ++leftover.skipped[skipped.reason];
}

// The sender, as this file is to be read.
Result<MapFile> sender_of(const ImportCommand& command, const std::string& file) {
  SenderSettings settings = command.sender;
  settings.file = std::filesystem::path(file).filename().string();
  return find_sender(command.format, settings);
}

void tell_left_out(const Leftover& leftover) {
  for (const auto& [reason, count] : leftover.skipped) {
    fmt::print("{} left out: {}\n", count, reason);
  }
}

// What nobody could be asked about is no refusal of the record's.
Status check_asked(const Mapped& mapped) {
  for (const auto& refused : mapped.refused) {
    if (refused.error.retriable()) return tl::unexpected(refused.error);
  }
  return {};
}

std::vector<Uploader::Refusal> refused_of(const std::string& file, const RestatedUpload& upload) {
  auto refused = upload.refused();
  std::erase_if(refused, [&](const auto& one) { return !one.where.starts_with(file + " "); });
  return refused;
}

// The command's sender, who can ask the ledger whose a code is.
ImportCommand asking(const ImportCommand& command, ClientCodes& codes) {
  ImportCommand asks = command;
  asks.sender.client_of = [&codes](const TaxCode& code) { return codes.client_of(code); };
  return asks;
}

}  // namespace

Result<int> run_import(const ImportCommand& given) {
  LEDGER_TRY(auto client, connect(given.server));
  ClientCodes codes(client);
  const ImportCommand command = asking(given, codes);
  LEDGER_CHECK(find_sender(command.format, command.sender));  // its settings, before any file
  const std::chrono::seconds patience(command.patience_s);
  Uploader uploader(client, {.patience = patience});
  RestatedUpload restated(client, patience, /*bar=*/true);
  BankQuarantine quarantine(client, command);
  Preview preview(client, restates(command.format));
  Leftover leftover;
  std::size_t events = 0;
  LEDGER_TRY(const auto files, files_of(command));
  for (const auto& file : files) {
    LEDGER_TRY(const auto map, sender_of(command, file));
    LEDGER_TRY(const std::string content, read_file(file));
    const Mapped mapped = map(content);
    LEDGER_CHECK(check_asked(mapped));
    tell(file, mapped, leftover);
    events += mapped.events.size() + mapped.provisional.size();
    if (command.preview) {
      LEDGER_CHECK(preview.show(file, mapped));
    } else if (!command.dry_run && !restates(command.format)) {
      LEDGER_CHECK(send_all(uploader, file, mapped.events));
    } else if (!command.dry_run) {
      LEDGER_CHECK(restated.send(file, mapped));
      LEDGER_CHECK(quarantine.keep(file, content, mapped, refused_of(file, restated)));
    }
  }
  if (command.preview) return preview.print_total();
  tell_left_out(leftover);
  if (command.dry_run) {
    fmt::print("{} events would be sent, {} records refused\n", events, leftover.refused);
    return leftover.refused == 0 ? 0 : 1;
  }
  if (restates(command.format)) return print_outcome(restated, leftover.refused);
  const int exit_code = print_outcome(uploader);
  return leftover.refused == 0 ? exit_code : 1;
}

}  // namespace ledger::cli
