#include "consumers/ledgerctl/client_codes.h"

#include <fmt/format.h>

#include <set>

#include "consumers/client/json.h"

namespace ledger::cli {

Result<ClientId> ClientCodes::client_of(const TaxCode& code) {
  if (const auto known = known_.find(code.text()); known != known_.end()) return known->second;
  auto answer = ask(code);
  if (answer || !answer.error().retriable()) known_.emplace(code.text(), answer);
  return answer;
}

Result<ClientId> ClientCodes::ask(const TaxCode& code) {
  LEDGER_TRY(const auto answer,
             client_.send({.path = fmt::format("/v1/clients?q={}&limit=1000", code.text())}));
  if (answer.status != 200) {
    Error error = error_of(answer);
    if (answer.status == 429 || answer.status >= 500) error.code = ErrorCode::kUnavailable;
    return tl::unexpected(std::move(error));
  }
  LEDGER_TRY(const auto json, parse_json(answer.body));
  std::set<std::string> clients;
  const auto* found = json.is_object() ? json.get_object().if_contains("clients") : nullptr;
  if (found == nullptr || !found->is_array()) {
    return fail(ErrorCode::kUnavailable, "the server's answer is none of the ledger's");
  }
  for (const auto& card : found->get_array()) {
    if (text_of(card, "tax_code") != code.text()) continue;
    const std::string survivor = text_of(card, "merged_into");
    clients.insert(survivor.empty() ? text_of(card, "client_id") : survivor);
  }
  if (clients.size() == 1) return ClientId(*clients.begin());
  if (clients.empty()) {
    return fail(ErrorCode::kNotFound,
                fmt::format("no client's card has the code {}; register the client, or put the "
                            "code on the card, and import the file again",
                            code.text()));
  }
  return fail(
      ErrorCode::kConflict,
      fmt::format("{} have the code {}: say by client_id which is meant, or merge the cards",
                  fmt::join(clients, " and "), code.text()));
}

}  // namespace ledger::cli
