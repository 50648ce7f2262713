#include "consumers/ledgerctl/cli.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "consumers/ledgerctl/commands.h"
#include "consumers/ledgerctl/help.h"

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

// What every format of `import` takes.
CLI::App* add_format(CLI::App& import, const std::string& name, const char* text,
                     const std::shared_ptr<ImportCommand>& command, const std::string& server,
                     Action& action) {
  auto* sub = import.add_subcommand(name, text);
  sub->add_option("files", command->files, "The files")->required();
  sub->add_option("--source", command->sender.source,
                  "Name of the sender, where there are several");
  sub->add_option("--patience", command->patience_s, "Seconds to wait for a server that is away")
      ->capture_default_str();
  sub->add_flag("--dry-run", command->dry_run, "Read and check the files, send nothing");
  sub->callback([&, command, name] {
    command->format = name;
    command->server = server;
    action = [command] { return run_import(*command); };
  });
  return sub;
}

void add_import(CLI::App& app, const std::string& server, Action& action) {
  auto* import =
      app.add_subcommand("import",
                         "Import files as the sender wrote them. Importing again, or "
                         "overlapping files, counts nothing\n"
                         "twice. `import FORMAT --help` has each format's own settings.");
  import->require_subcommand(1);
  const auto command = std::make_shared<ImportCommand>();
  SenderSettings& sender = command->sender;
  const auto add_zone = [&sender](CLI::App* sub) {
    sub->add_option("--zone", sender.zone, "Zone of times that name none")->capture_default_str();
  };
  auto* cdr = add_format(*import, "asterisk-cdr", "Asterisk's call records, Master.csv", command,
                         server, action);
  add_zone(cdr);
  cdr->add_option("--columns", sender.cdr_columns,
                  "What cdr.conf adds to the sixteen columns, where their number does not tell:\n"
                  "uniqueid (loguniqueid), userfield (loguserfield), newcdrcolumns, or none")
      ->delimiter(',')
      ->allow_extra_args(false);
  cdr->add_option("--order", sender.cdr_order,
                  "cdr_custom: all columns by name in the file's order, - for one of no interest")
      ->delimiter(',')
      ->allow_extra_args(false);
  cdr->add_flag("--json", sender.cdr_json, "cdr_custom with format=json: an object a line");
  cdr->add_flag("--gmtime", sender.gmtime, "The file's times are UTC (usegmtime=yes)");
  cdr->add_option("--own-numbers", sender.own_numbers,
                  "The house's own outside numbers, which are no clients")
      ->delimiter(',')
      ->allow_extra_args(false);
  auto* records = add_format(*import, "freeswitch-cdr",
                             "FreeSWITCH's call records, *.cdr.json and *.cdr.xml: files, or the "
                             "directory where\nits modules leave what they could not deliver",
                             command, server, action);
  records
      ->add_option("--own-numbers", sender.own_numbers,
                   "The house's own outside numbers; as ledgerd has them")
      ->delimiter(',')
      ->allow_extra_args(false);
  auto* mail =
      add_format(*import, "mail", "Sent messages (RFC 5322, .eml)", command, server, action);
  mail->add_option("--own-domains", sender.own_domains,
                   "Mail domains of the house; without them, that of each sender")
      ->delimiter(',')
      ->allow_extra_args(false);
  add_zone(
      add_format(*import, "camt", "Bank statements (ISO 20022 camt.053)", command, server, action));
  add_zone(add_format(*import, "calendar",
                      "Days off, short days and worked weekends (CSV); deploy/calendars has those "
                      "of Ukraine,\nin peace, under martial law, and of the banks",
                      command, server, action));
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
      "sources, event POSITION, or a path such as /v1/status.");
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
  draft->add_option("--number", command->number, "On the paper");
  draft->add_option("--place", command->place, "Where it is made");
  draft->add_option("--manager", command->manager,
                    "Who drafts it; else who answers for the client");
  draft->add_option("--act-id", command->act_id, "Of an act that is issued anew");
  auto* show = add("show", "An act, what became of it, and what was recorded since.");
  show->add_option("act", command->act_id, "Its id")->required();
  show->add_option("--known-at", command->known_at, "By what was recorded up to then");
  auto* list = add("list", "Who needs an act in a month and how far it is; or a client's acts.");
  list->add_option("--month", command->month, "2026-11; else the running one, or all of a client");
  list->add_option("--client", command->client);
  list->add_option("--manager", command->manager, "Who answers for the client");
  list->add_option("--state", command->state,
                   "Of a month: none, sent, late, disagreed, done; of a client: drafted, sent,\n"
                   "confirmed, disagreed, reissued, signed");
}

void add_unmatched(CLI::App& app, const std::string& server, Action& action) {
  auto* unmatched = app.add_subcommand("unmatched", kUnmatched);
  const auto command = std::make_shared<UnmatchedCommand>();
  list_alone(unmatched, server, action, command, run_unmatched);
  const auto add = actions_of(unmatched, server, action, command, run_unmatched);
  const auto add_event = [&](CLI::App* sub) {
    sub->add_option("event", command->event,
                    "Which: its position as `list` shows it (3:1207), or its sender's id")
        ->required();
    sub->add_option("--manager", command->manager,
                    "Who answers; he gets the credit for an interaction that had nobody's");
  };
  auto* list = add("list", "What waits, with numbered proposals, and whom a person refused.");
  list->add_option("--kind", command->kind, "Only these")
      ->check(CLI::IsMember({"payments", "calls", "mail", "inquiries", "allocations"}));
  list->add_option("--as-of", command->as_of, "What is of a day up to this one (2026-11-25)");
  list->add_option("--known-at", command->known_at,
                   "What waited then: an instant, or an event's position");
  list->add_flag("--json", command->json, "All of it as JSON, no table");
  auto* accept = add("accept",
                     "Say whose it is, or what a client's payment pays. Without a choice the only\n"
                     "proposal is taken. Said again it is the same; to change it void the event.");
  add_event(accept);
  auto* client = accept->add_option("--client", command->client, "Whose it is");
  auto* invoice = accept->add_option("--invoice", command->invoice, "What a client's payment pays")
                      ->excludes(client);
  accept->add_option("--proposal", command->proposal, "By the client's number in `list`")
      ->check(CLI::Range(1, 1000))
      ->excludes(client)
      ->excludes(invoice);
  accept->add_option("--reason", command->reason, "Why, for the auditor")->excludes(invoice);
  auto* reject = add("reject", "Say that it is not this client's: it is not proposed again.");
  add_event(reject);
  reject->add_option("--client", command->client, "Whose it is not")->required();
  reject->add_option("--reason", command->reason, "Why, for the auditor")->required();
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
  auto* dismiss = add("dismiss", "Say that it never will be recorded.");
  dismiss->add_option("position", command->position, "Which")->required();
  dismiss->add_option("--reason", command->reason, "Why, for the auditor")->required();
  auto* replay = add("replay", "Map it anew and record it. Exit code 1 if something is left.");
  replay->add_option("position", command->position, "Only this one");
  replay->add_option("--sender", command->sender, "All of this one's");
}

void add_audit(CLI::App& app, const std::string& server, Action& action) {
  auto out = std::make_shared<ExportCommand>();
  auto* sub = app.add_subcommand(
      "export", "Write the log as NDJSON, byte for byte as it is stored, each partition in order.");
  sub->add_option("file", out->file, "File, or - for standard output")->required();
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
  Action action;
  add_append(app, server, action);
  add_import(app, server, action);
  add_demo(app, server, action);
  add_reading(app, server, action);
  add_act(app, server, action);
  add_quarantine(app, server, action);
  add_unmatched(app, server, action);
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
  return action();
}

}  // namespace ledger::cli
