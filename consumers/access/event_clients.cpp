#include "consumers/access/event_clients.h"

#include <algorithm>

#include "events/line_texts.h"
#include "projections/directory/one_client.h"

namespace ledger {

namespace {

bool names_client(std::string_view member) {
  return member == "subject" || member == "client_id" || member == "client_ids" ||
         member.ends_with("_client_id");
}

}  // namespace

Result<NamedInLine> named_in_line(std::string_view line) {
  NamedInLine named;
  LEDGER_TRY(const auto same, with_texts(line, [&](std::string_view member, std::string_view text) {
               if (names_client(member)) named.clients.emplace(text);
               if (member == "manager_id" || member == "actor") named.managers.emplace(text);
               return TextFate::kept();
             }));
  (void)same;
  return named;
}

Result<std::string> holder_of(const ViewSnapshot& snapshot, const std::string& card,
                              const Position& position) {
  LEDGER_TRY(const auto client, directory::one_client(snapshot, card, std::nullopt));
  const auto named = [&](const directory::Split& split) {
    return std::binary_search(split.events.begin(), split.events.end(), position);
  };
  return std::string(client.holder(card, named));
}

}  // namespace ledger
