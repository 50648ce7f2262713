#include "consumers/ledgerctl/text_options.h"

#include <string_view>
#include <utility>

#include "events/types/interaction_ruling.h"
#include "events/types/payment_ruling.h"

namespace ledger::cli {

namespace {

Setting money(UnallocatedCommand& command) {
  return {"event", &command.event,
          "Which money: its position as `list` shows it (3:1208), or its sender's id", true};
}

}  // namespace

std::vector<Setting> draft_options(ActCommand& command) {
  return {{"--number", &command.number, "On the paper"},
          {"--place", &command.place, "Where it is made"},
          {"--manager", &command.manager, "Who drafts it; else who answers for the client"},
          {"--act-id", &command.act_id, "Of an act that is issued anew"}};
}

std::vector<Setting> show_options(ActCommand& command) {
  return {{"act", &command.act_id, "Its id", true},
          {"--known-at", &command.known_at, "By what was recorded up to then"}};
}

std::vector<Setting> dismiss_options(QuarantineCommand& command) {
  return {{"position", &command.position, "Which", true},
          {"--reason", &command.reason, "Why, for the auditor", true}};
}

std::vector<Setting> replay_options(QuarantineCommand& command) {
  return {{"position", &command.position, "Only this one"},
          {"--sender", &command.sender, "All of this one's"}};
}

std::vector<Setting> list_options(ActCommand& command) {
  return {{"--month", &command.month, "2026-11; else the running one, or all of a client"},
          {"--client", &command.client, ""},
          {"--manager", &command.manager, "Who answers for the client"},
          {"--state", &command.state,
           "Of a month: none, sent, late, disagreed, done; of a client: drafted, sent,\n"
           "confirmed, disagreed, reissued, signed"}};
}

std::vector<Setting> list_options(UnmatchedCommand& command) {
  return {
      {"--kind",
       &command.kind,
       "Only these",
       false,
       {"payments", "calls", "mail", "inquiries", "allocations"}},
      {"--sort",
       &command.sort,
       "age: the oldest first; amount, of payments: the largest first",
       false,
       {"age", "amount"}},
      {"--as-of", &command.as_of, "What is of a day up to this one (2026-11-25)"},
      {"--known-at", &command.known_at, "What waited then: an instant, or an event's position"}};
}

std::vector<Setting> event_options(UnmatchedCommand& command) {
  return {{"event", &command.event,
           "Which: its position as `list` shows it (3:1207), or its sender's id", true},
          {"--manager", &command.manager,
           "Who says so; he gets the credit for an interaction that had nobody's", true}};
}

std::vector<Setting> reject_options(UnmatchedCommand& command) {
  auto options = event_options(command);
  options.push_back({"--client", &command.client, "Whose it is not", true});
  options.push_back({"--reason", &command.reason, "Why, for the auditor", true});
  return options;
}

std::vector<Setting> rule_out_options(UnmatchedCommand& command) {
  Setting nature{"--nature", &command.nature, "What it is; money is in other words than the rest",
                 true};
  for (const auto word : names(MoneyNature{})) nature.one_of.emplace_back(word);
  for (const auto word : names(InteractionNature{})) {
    if (!from_name<MoneyNature>(word)) nature.one_of.emplace_back(word);
  }
  return {{"event", &command.event, "Which: its position, or its sender's id", true},
          std::move(nature),
          {"--manager", &command.manager, "Who says so", true},
          {"--reason", &command.reason, "Why, for the auditor", true}};
}

std::vector<Setting> list_options(UnallocatedCommand& command) {
  return {{"--as-of", &command.as_of, "As it stood on a day (2026-11-25)"},
          {"--known-at", &command.known_at,
           "By what was recorded then: an instant, or an event's position"}};
}

std::vector<Setting> accept_options(UnallocatedCommand& command) {
  return {
      money(command),
      {"--manager", &command.manager, "Who decides", true},
      {"--invoice", &command.invoice, "What it pays"},
      {"--amount", &command.amount, "How much of it (400.00); else as much as is free and open"}};
}

std::vector<Setting> reject_options(UnallocatedCommand& command) {
  return {money(command),
          {"--manager", &command.manager, "Who decides", true},
          {"--invoice", &command.invoice, "What it does not pay", true},
          {"--reason", &command.reason, "Why, for the auditor", true}};
}

std::vector<Setting> advance_options(UnallocatedCommand& command) {
  return {money(command),
          {"--manager", &command.manager, "Who says so", true},
          {"--reason", &command.reason, "For what, for the auditor"}};
}

}  // namespace ledger::cli
