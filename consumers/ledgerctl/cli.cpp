#include "consumers/ledgerctl/cli.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "consumers/client/connect.h"
#include "consumers/ledgerctl/access_commands.h"
#include "consumers/ledgerctl/commands.h"
#include "consumers/ledgerctl/help.h"
#include "consumers/ledgerctl/import_formats.h"
#include "consumers/ledgerctl/text_options.h"
#include "consumers/ledgerctl/watch.h"

namespace ledger::cli {

namespace {

// What is to be run, once the line is read.
using Action = std::function<Result<int>()>;

// "ledgerctl import mail --help": of the command that the line came to.
std::string help_of(const CLI::App& app) {
  const auto named = app.get_subcommands();
  if (!named.empty()) return app.get_name() + ' ' + help_of(*named.front());
  return app.get_name() + " --help";
}

// Adds words to a command that does one of several things, by name: `act draft`, `act list`.
template <class Command>
auto actions_of(CLI::App* parent, const std::string& server, Action& action,
                const std::shared_ptr<Command>& command, Result<int> (*run)(const Command&)) {
  return [=, &server, &action](const char* name, const char* text) {
    auto* sub = parent->add_subcommand(name, text);
    sub->callback([=, &server, &action] {
      command->server = server;
      command->action = name;
      action = [=] { return run(*command); };
    });
    return sub;
  };
}

// Alone, `unmatched` and `quarantine` list what waits.
template <class Command>
void list_alone(CLI::App* parent, const std::string& server, Action& action,
                const std::shared_ptr<Command>& command, Result<int> (*run)(const Command&)) {
  parent->require_subcommand(0, 1);
  parent->callback([=, &server, &action] {
    if (!parent->get_subcommands().empty()) return;
    command->server = server;
    command->action = "list";
    action = [=] { return run(*command); };
  });
}

void add_append(CLI::App& app, const std::string& server, Action& action) {
  auto command = std::make_shared<AppendCommand>();
  auto* sub = app.add_subcommand(
      "append",
      "Append events, one CloudEvents JSON object a line. What the ledger has already is counted\n"
      "as known; what it refuses is named by line and left out. Exit code 1 if any was refused.");
  sub->add_option("files", command->files, "Files, or - for standard input")->required();
  sub->add_option("--patience", command->patience_s, "Seconds to wait for a server that is away")
      ->capture_default_str();
  sub->callback([&, command] {
    command->server = server;
    action = [command] { return run_append(*command); };
  });
}

void add_settings(CLI::App* to, const std::vector<Setting>& settings) {
  for (const auto& setting : settings) {
    CLI::Option* option = nullptr;
    if (auto* const* flag = std::get_if<bool*>(&setting.value)) {
      option = to->add_flag(setting.name, **flag, setting.text);
    } else if (auto* const* text = std::get_if<std::string*>(&setting.value)) {
      option = to->add_option(setting.name, **text, setting.text);
      if (!(*text)->empty()) option->capture_default_str();
    } else {  // names with a comma between them; the next word is none of them
      option = to->add_option(setting.name, *std::get<std::vector<std::string>*>(setting.value),
                              setting.text);
      option->delimiter(',')->allow_extra_args(false);
    }
    option->required(setting.required);
    if (!setting.one_of.empty()) option->check(CLI::IsMember(setting.one_of));
  }
}

void add_import(CLI::App& app, const std::string& server, Action& action) {
  auto* import = app.add_subcommand("import", kImport);
  import->require_subcommand(1);
  const auto command = std::make_shared<ImportCommand>();
  for (const auto& format : import_formats(*command)) {
    auto* sub = import->add_subcommand(format.name, format.text);
    sub->add_option("files", command->files, "The files")->required();
    sub->add_option("--source", command->sender.source,
                    "Name of the sender, where there are several");
    sub->add_option("--patience", command->patience_s, "Seconds to wait for a server that is away")
        ->capture_default_str();
    sub->add_flag("--dry-run", command->dry_run, "Read and check the files, send nothing");
    sub->add_flag("--preview", command->preview, kPreviewHelp);
    add_settings(sub, format.settings);
    sub->callback([&, command, name = std::string(format.name)] {
      command->format = name;
      command->server = server;
      action = [command] { return run_import(*command); };
    });
  }
}

void add_watch(CLI::App& app, const std::string& server, Action& action) {
  const auto command = std::make_shared<WatchCommand>();
  auto* sub = app.add_subcommand("watch", kWatch);
  sub->add_option("directory", command->directory, "The folder; or --config names several");
  add_settings(sub, watch_settings(*command));
  sub->add_option("--poll", command->poll_s, "Seconds between two looks")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  sub->callback([&, command] {
    command->server = server;
    action = [command] { return run_watch(*command); };
  });
}

void add_demo(CLI::App& app, const std::string& server, Action& action) {
  auto command = std::make_shared<DemoCommand>();
  auto* sub = app.add_subcommand(
      "demo",
      "Fill the ledger with a trade house that never was, up to this moment: calls, letters,\n"
      "orders, money that comes late, absences, complaints. The same seed and first day give the\n"
      "same house, so that a second run adds only what happened since.");
  sub->add_option("--seed", command->seed, "Another number, another house")->capture_default_str();
  sub->add_option("--clients", command->clients)
      ->check(CLI::Range(10, 100'000))
      ->capture_default_str();
  sub->add_option("--managers", command->managers)
      ->check(CLI::Range(2, 100))
      ->capture_default_str();
  sub->add_option("--from", command->from,
                  "First day (2025-05-01); else the first of the month 18 months ago");
  sub->add_option("--until", command->until, "Last day (2026-11-25); else this moment");
  sub->add_option("-o,--output", command->output, "Write the events to a file instead");
  sub->add_option("--patience", command->patience_s, "Seconds to wait for a server that is away")
      ->capture_default_str();
  sub->callback([&, command] {
    command->server = server;
    action = [command] { return run_demo(*command); };
  });
}

void add_reading(CLI::App& app, const std::string& server, Action& action) {
  auto tail = std::make_shared<TailCommand>();
  auto* sub = app.add_subcommand("tail", "Print events with their positions, in log order.");
  sub->add_option("--from", tail->from, "Position to begin at (12,0,7 or 1:4)");
  sub->add_flag("-f,--follow", tail->follow, "Go on as events come");
  sub->callback([&, tail] {
    tail->server = server;
    action = [tail] { return run_tail(*tail); };
  });
  auto get = std::make_shared<GetCommand>();
  sub = app.add_subcommand(
      "get",
      "Ask: client ID, timeline ID, receivables, quotas [MANAGER], unmatched, parked, "
      "sources, statements [ACCOUNT], event POSITION, or a path such as /v1/status.");
  sub->add_option("what", get->what, "What to ask for")->required();
  sub->add_option("id", get->id, "Whose");
  sub->add_option("--as-of", get->as_of, "Business date (2026-11-25)");
  sub->add_option("--known-at", get->known_at,
                  "By what was recorded then: an instant, or an event's position");
  sub->add_flag("--json", get->json, "The server's answer as it is, no table");
  sub->callback([&, get] {
    get->server = server;
    action = [get] { return run_get(*get); };
  });
  auto report = std::make_shared<ReportCommand>();
  sub = app.add_subcommand(
      "report",
      "The report of a manager's month: its figures, the form to print, and handing it in.\n"
      "Without a manager: whose reports are in. Figures come from the log; only conclusions are "
      "typed.");
  sub->add_option("manager", report->manager, "Whose");
  sub->add_option("--month", report->month, "The month (2026-10)")->required();
  sub->add_option("--page", report->page, "Write the form for A4 to this file (HTML)");
  sub->add_option("--lang", report->lang, "Language of the form")
      ->check(CLI::IsMember({"uk", "en"}))
      ->capture_default_str();
  auto* submit =
      sub->add_flag("--submit", report->submit, "Hand it in, with the digest of its figures");
  sub->add_option("--conclusions", report->conclusions, "The manager's own words")->needs(submit);
  sub->callback([&, report] {
    report->server = server;
    action = [report] { return run_report(*report); };
  });
  auto sources = std::make_shared<GetCommand>();
  sources->what = "sources";
  sub = app.add_subcommand("sources",
                           "Who sends events, when each was heard last, and who is silent for "
                           "unusually long.");
  sub->add_flag("--json", sources->json, "The server's answer as it is, no table");
  sub->callback([&, sources] {
    sources->server = server;
    action = [sources] { return run_get(*sources); };
  });
  sub = app.add_subcommand("status", "Where log and views stand.");
  sub->callback([&] { action = [&server] { return run_status(server); }; });
}

// What says which act is to be made.
void add_subject(CLI::App* sub, ActCommand& command) {
  sub->add_option("client", command.client, "The client")->required();
  auto* month = sub->add_option("--month", command.month, "The whole of a month (2026-11)");
  auto* from = sub->add_option("--from", command.from, "First day (2026-11-01)")->excludes(month);
  sub->add_option("--to", command.to, "Last day, included")->excludes(month)->needs(from);
  sub->add_option("--contract", command.contract, "One contract; without it, all");
  sub->add_option("--currency", command.currency, "UAH, unless another is said");
  sub->add_option("--known-at", command.known_at, "By what was recorded up to then");
}

void add_act(CLI::App& app, const std::string& server, Action& action) {
  auto* act = app.add_subcommand("act", "Acts of reconciliation (акт звірки).");
  act->require_subcommand(1);
  const auto command = std::make_shared<ActCommand>();
  const auto named = actions_of(act, server, action, command, run_act);
  const auto add = [&](const char* name, const char* text) {
    auto* sub = named(name, text);
    sub->add_flag("--json", command->json, "The server's answer, no table");
    return sub;
  };
  add_subject(add("preview", "What an act would say; nothing is recorded."), *command);
  auto* draft = add("draft", "Record an act, and say where its paper is to be printed.");
  add_subject(draft, *command);
  add_settings(draft, draft_options(*command));
  add_settings(add("show", "An act, what became of it, and what was recorded since."),
               show_options(*command));
  add_settings(add("list", "Who needs an act in a month and how far it is; or a client's acts."),
               list_options(*command));
}

void add_unmatched(CLI::App& app, const std::string& server, Action& action) {
  auto* unmatched = app.add_subcommand("unmatched", kUnmatched);
  const auto command = std::make_shared<UnmatchedCommand>();
  list_alone(unmatched, server, action, command, run_unmatched);
  const auto add = actions_of(unmatched, server, action, command, run_unmatched);
  auto* list = add("list", "What waits, with numbered proposals, and whom a person refused.");
  add_settings(list, list_options(*command));
  list->add_flag("--ruled-out", command->ruled_out, "What was said to be no client's instead");
  list->add_flag("--json", command->json, "All of it as JSON, no table");
  auto* accept = add("accept",
                     "Say whose it is, or what a client's payment pays. Without a choice the only\n"
                     "proposal is taken. Said again it is the same; to change it void the event.");
  add_settings(accept, event_options(*command));
  auto* client = accept->add_option("--client", command->client, "Whose it is");
  auto* invoice = accept->add_option("--invoice", command->invoice, "What a client's payment pays")
                      ->excludes(client);
  accept->add_option("--proposal", command->proposal, "By the client's number in `list`")
      ->check(CLI::Range(1, 1000))
      ->excludes(client)
      ->excludes(invoice);
  accept->add_option("--reason", command->reason, "Why, for the auditor")->excludes(invoice);
  add_settings(add("reject", "Say that it is not this client's: it is not proposed again."),
               reject_options(*command));
  add_settings(add("rule-out", kRuleOut), rule_out_options(*command));
}

void add_unallocated(CLI::App& app, const std::string& server, Action& action) {
  auto* unallocated = app.add_subcommand("unallocated", kUnallocated);
  const auto command = std::make_shared<UnallocatedCommand>();
  list_alone(unallocated, server, action, command, run_unallocated);
  const auto add = actions_of(unallocated, server, action, command, run_unallocated);
  auto* list = add("list", "What pays nothing yet, and what it could pay.");
  add_settings(list, list_options(*command));
  list->add_flag("--json", command->json, "All of it as JSON, no table");
  add_settings(add("accept", kAcceptUnallocated), accept_options(*command));
  add_settings(add("reject", kRejectUnallocated), reject_options(*command));
  add_settings(add("advance", "Say that what is left of it is an advance, to pay for what comes."),
               advance_options(*command));
}

void add_quarantine(CLI::App& app, const std::string& server, Action& action) {
  auto* quarantine = app.add_subcommand("quarantine", kQuarantine);
  const auto command = std::make_shared<QuarantineCommand>();
  list_alone(quarantine, server, action, command, run_quarantine);
  const auto add = actions_of(quarantine, server, action, command, run_quarantine);
  auto* list = add("list", "What waits, and why.");
  list->add_option("--sender", command->sender, "Only this one's: binotel, zadarma, ...");
  list->add_flag("--all", command->all, "Also what was released");
  add("show", "One delivery, as it came.")
      ->add_option("position", command->position, "As `list` shows it (0:12)")
      ->required();
  add_settings(add("dismiss", "Say that it never will be recorded."), dismiss_options(*command));
  add_settings(add("replay", "Map it anew and record it. Exit code 1 if something is left."),
               replay_options(*command));
}

// `people` and `keys`: their words are data.
template <class Command>
void add_access(CLI::App& app, const std::string& server, Action& action, const char* name,
                const char* text, Result<int> (*run)(const Command&)) {
  auto* parent = app.add_subcommand(name, text);
  const auto command = std::make_shared<Command>();
  list_alone(parent, server, action, command, run);
  const auto add = actions_of(parent, server, action, command, run);
  for (const auto& word : words_of(*command))
    add_settings(add(word.name, word.text), word.settings);
}

void add_audit(CLI::App& app, const std::string& server, Action& action) {
  auto out = std::make_shared<ExportCommand>();
  auto* sub = app.add_subcommand(
      "export", "Write the log as NDJSON, byte for byte as it is stored, each partition in order.");
  sub->add_option("file", out->file, "File, or - for standard output")->required();
  sub->add_flag("--opened", out->opened,
                "Texts of persons as they read: other bytes than the log's, with their leaf hash");
  sub->callback([&, out] {
    out->server = server;
    action = [out] { return run_export(*out); };
  });
  auto replay = std::make_shared<ReplayCommand>();
  sub = app.add_subcommand("replay",
                           "Rebuild every view from the log in a scratch store of your own and "
                           "compare it with the live\n"
                           "one, row by row. Exit code 1 if they differ.");
  sub->add_option("--until", replay->until,
                  "Position to rebuild to first (12,0,7 or 1:4); prints the views' digests there");
  sub->add_option("--scratch", replay->scratch, "Directory to keep the scratch store in");
  sub->callback([&, replay] {
    replay->server = server;
    action = [replay] { return run_replay(*replay); };
  });
}

void add_topics(CLI::App& app, Action& action) {
  auto command = std::make_shared<TopicsCommand>();
  auto* sub = app.add_subcommand(
      "topics",
      "Make the ledger's Kafka topic with settings that keep its history, or check them.");
  sub->add_option("action", command->action, "create or check")
      ->required()
      ->check(CLI::IsMember({"create", "check"}));
  sub->add_option("--brokers", command->brokers, "Kafka bootstrap servers")
      ->envname("LEDGER_BROKERS")
      ->required();
  sub->add_option("--topic", command->topic)->capture_default_str();
  sub->add_option("--partitions", command->partitions)->capture_default_str();
  sub->add_option("--replication", command->replication_factor,
                  "Replicas; 3 or more also sets min.insync.replicas=2")
      ->capture_default_str();
  sub->callback([&, command] { action = [command] { return run_topics(*command); }; });
}

}  // namespace

Result<int> run(int argc, char** argv) {
  CLI::App app(kDescription, "ledgerctl");
  app.require_subcommand(1)->fallthrough();  // --server is understood behind a command too
  app.footer("ledgerctl COMMAND --help explains each command.");
  app.failure_message([](const CLI::App* root, const CLI::Error& error) {
    return fmt::format("{}\n`{}` says what it takes.\n", error.what(), help_of(*root));
  });
  std::string server = "http://127.0.0.1:8080";
  app.add_option("--server", server, "The ledger's URL")
      ->envname("LEDGER_SERVER")
      ->capture_default_str();
  std::string key_file;
  app.add_option("--key-file", key_file, kKeyFileHelp)->envname("LEDGER_KEY_FILE");
  Action action;
  add_append(app, server, action);
  add_import(app, server, action);
  add_watch(app, server, action);
  add_demo(app, server, action);
  add_reading(app, server, action);
  add_act(app, server, action);
  add_quarantine(app, server, action);
  add_unmatched(app, server, action);
  add_unallocated(app, server, action);
  add_access(app, server, action, "people", kPeople, run_people);
  add_access(app, server, action, "keys", kKeys, run_keys);
  add_audit(app, server, action);
  add_topics(app, action);
  if (argc == 1) {
    fmt::print("{}", app.help());
    return 2;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::RequiredError& error) {
    const auto unknown = app.remaining(/*recurse=*/true);
    if (unknown.empty()) return app.exit(error) == 0 ? 0 : 2;
    return fail(ErrorCode::kInvalidField,
                fmt::format("'{}' is none of what `{}` lists", unknown.front(), help_of(app)));
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  LEDGER_CHECK(use_key(key_file));
  return action();
}

}  // namespace ledger::cli
