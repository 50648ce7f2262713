#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "consumers/ledgerctl/senders.h"
#include "consumers/ledgerctl/waiting_commands.h"
#include "platform/result.h"

namespace ledger::cli {

// What each command does, apart from its flags. They print results to standard output, progress to
// standard error, and return the process's exit code: 0 all is well, 1 something was refused or
// differs. An error ends the program with its message and exit code 2.

struct AppendCommand {
  std::string server;
  std::vector<std::string> files;  // "-" is standard input
  std::int64_t patience_s = 60;
};
[[nodiscard]] Result<int> run_append(const AppendCommand& command);

struct ImportCommand {
  std::string server;
  std::string format;  // of import_formats.h
  std::vector<std::string> files;
  SenderSettings sender;
  std::int64_t patience_s = 60;
  bool dry_run = false;
  bool preview = false;
};
[[nodiscard]] Result<int> run_import(const ImportCommand& command);

struct DemoCommand {
  std::string server;
  std::int64_t seed = 1;
  std::int64_t clients = 3000;
  std::int64_t managers = 12;
  std::string from;    // a day; empty: the first of the month 18 months ago
  std::string until;   // a day; empty: this moment
  std::string output;  // a file for the events instead of the server
  std::int64_t patience_s = 60;
};
[[nodiscard]] Result<int> run_demo(const DemoCommand& command);

struct TailCommand {
  std::string server;
  std::string from;  // a frontier; empty: what comes from now on, or all with `follow` off
  bool follow = false;
};
[[nodiscard]] Result<int> run_tail(const TailCommand& command);

struct GetCommand {
  std::string server;
  // client, timeline, receivables, quotas, unmatched, parked, sources, event, or a path
  std::string what;
  std::string id;
  std::string as_of;
  std::string known_at;  // an instant, or an event's position
  bool json = false;
};
[[nodiscard]] Result<int> run_get(const GetCommand& command);

struct ReportCommand {
  std::string server;
  std::string manager;  // empty: whose reports of the month are in
  std::string month;    // 2026-10
  std::string page;     // a file for the printed form
  std::string lang = "uk";
  bool submit = false;
  std::string conclusions;
};
[[nodiscard]] Result<int> run_report(const ReportCommand& command);

struct ActCommand {
  std::string server;
  std::string action;  // preview, draft, show, list
  std::string client;
  std::string month;  // instead of from and to
  std::string from;
  std::string to;
  std::string contract;
  std::string currency;
  std::string known_at;
  std::string act_id;
  std::string number;
  std::string place;
  std::string manager;
  std::string state;
  bool json = false;
};
[[nodiscard]] Result<int> run_act(const ActCommand& command);

// What webhooks brought and no retry can cure.
struct QuarantineCommand {
  std::string server;
  std::string action;    // list, show, replay, dismiss
  std::string position;  // of replay: empty, every one that waits
  std::string sender;
  std::string reason;
  bool all = false;
};
[[nodiscard]] Result<int> run_quarantine(const QuarantineCommand& command);

struct ExportCommand {
  std::string server;
  std::string file;     // "-" is standard output
  bool opened = false;  // texts of persons as they read, not as they are stored
};
[[nodiscard]] Result<int> run_export(const ExportCommand& command);

struct ReplayCommand {
  std::string server;
  std::string until;    // a position; empty: where the live views stand
  std::string scratch;  // directory; empty: a temporary one, removed afterwards
};
[[nodiscard]] Result<int> run_replay(const ReplayCommand& command);

struct TopicsCommand {
  std::string brokers;
  std::string topic = "ledger.events";
  std::string action;  // "check" or "create"
  std::int32_t partitions = 6;
  int replication_factor = 1;
};
[[nodiscard]] Result<int> run_topics(const TopicsCommand& command);

[[nodiscard]] Result<int> run_status(const std::string& server);

}  // namespace ledger::cli
