#include "producers/append/card_checks.h"

#include <fmt/format.h>

#include "events/types/client_merge.h"
#include "projections/directory/one_client.h"
#include "projections/directory/queries.h"

namespace ledger {

namespace {

Status check_known(const ViewSnapshot& snapshot, const ClientId& client, std::string_view field) {
  LEDGER_TRY(const bool known, directory::has_card(snapshot, client.text()));
  if (known) return {};
  return fail(ErrorCode::kNotFound, fmt::format("no card '{}' was ever opened", client.text()),
              std::string(field));
}

Status check_merge(const ViewSnapshot& snapshot, const ClientMerged& merge) {
  const std::string& stays = merge.client_id.text();
  const std::string& goes = merge.absorbed_client_id.text();
  LEDGER_CHECK(check_known(snapshot, merge.client_id, "data.client_id"));
  LEDGER_CHECK(check_known(snapshot, merge.absorbed_client_id, "data.absorbed_client_id"));
  LEDGER_TRY(const auto survivor, directory::survivor_of(snapshot, stays, std::nullopt));
  LEDGER_TRY(const auto absorbed_by, directory::survivor_of(snapshot, goes, std::nullopt));
  if (survivor == absorbed_by) {
    return fail(
        ErrorCode::kConflict,
        fmt::format("cards '{}' and '{}' are one client already: '{}'", stays, goes, survivor),
        "data.absorbed_client_id");
  }
  if (absorbed_by != goes) {
    return fail(ErrorCode::kConflict,
                fmt::format("card '{}' was absorbed by '{}'; merge that one, or void its merge",
                            goes, absorbed_by),
                "data.absorbed_client_id");
  }
  LEDGER_TRY(const auto one, directory::tax_codes(snapshot, stays));
  LEDGER_TRY(const auto other, directory::tax_codes(snapshot, goes));
  for (const auto& code : one) {
    for (const auto& different : other) {
      if (code == different) continue;
      return fail(
          ErrorCode::kConflict,
          fmt::format("two tax codes are two companies: {} and {}", code.text(), different.text()),
          "data.absorbed_client_id");
    }
  }
  return {};
}

}  // namespace

Status check_cards(const ViewSnapshot& snapshot, const EventData& data) {
  if (const auto* merge = data.get_if<ClientMerged>()) return check_merge(snapshot, *merge);
  if (const auto* split = data.get_if<ClientSplit>()) {
    LEDGER_CHECK(check_known(snapshot, split->client_id, "data.client_id"));
    return check_known(snapshot, split->new_client_id, "data.new_client_id");
  }
  return {};
}

}  // namespace ledger
