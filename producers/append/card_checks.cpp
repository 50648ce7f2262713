#include "producers/append/card_checks.h"

#include <fmt/format.h>

#include <set>

#include "events/types/client_merge.h"
#include "events/types/reconciliation_answer.h"
#include "platform/calendar_month.h"
#include "producers/append/split_checks.h"
#include "projections/acts/queries.h"
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

// The last months of acts that both sides signed, on the cards of a client.
Result<std::set<Date>> signed_months(const ViewSnapshot& snapshot, const std::string& id) {
  LEDGER_TRY(const auto client, directory::one_client(snapshot, id, std::nullopt));
  LEDGER_TRY(const auto all, acts::acts_of(snapshot, client.cards, {kLastDay, std::nullopt}));
  std::set<Date> months;
  for (const auto& act : all) {
    if (act.state() == acts::State::kSigned) months.insert(first_of_month(act.issue().data.to));
  }
  return months;
}

// What both signed as two clients cannot become one client's without a new act
// (domain-semantics.md 4c, merge).
Status check_signed_acts(const ViewSnapshot& snapshot, const std::string& stays,
                         const std::string& goes) {
  LEDGER_TRY(const auto one, signed_months(snapshot, stays));
  LEDGER_TRY(const auto other, signed_months(snapshot, goes));
  for (const Date month : one) {
    if (other.count(month) == 0) continue;
    return fail(ErrorCode::kConflict,
                fmt::format("both have a signed act of {}; issue one of them anew first",
                            format_month(month)),
                "data.absorbed_client_id");
  }
  return {};
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
  return check_signed_acts(snapshot, stays, goes);
}

// An act is one client's, and nobody agrees to a balance before its day. An act that the views do
// not know passes: its draft may be recorded later.
template <class E>
Status check_act(const ViewSnapshot& snapshot, const E& event) {
  LEDGER_TRY(const auto act,
             acts::standing(snapshot, event.act_id.text(), {kLastDay, std::nullopt}));
  if (!act) return {};
  const auto& issue = act->issue().data;
  LEDGER_TRY(const auto owner,
             directory::survivor_of(snapshot, issue.client_id.text(), std::nullopt));
  LEDGER_TRY(const auto client,
             directory::survivor_of(snapshot, event.client_id.text(), std::nullopt));
  if (client != owner) {
    return fail(ErrorCode::kConflict,
                fmt::format("act '{}' is another client's, as was told at {}", event.act_id.text(),
                            to_string(act->issue().position)),
                "data.client_id");
  }
  if constexpr (requires { event.signed_on; }) {
    if (event.signed_on < issue.to) {
      return fail(ErrorCode::kConflict,
                  fmt::format("act '{}' ends on {}; nobody signs it before", event.act_id.text(),
                              format_date(issue.to)),
                  "data.signed_on");
    }
  }
  return {};
}

template <class... E>
Status check_acts(const ViewSnapshot& snapshot, const EventData& data) {
  Status status;
  const auto check = [&](const auto* event) {
    if (event != nullptr) status = check_act(snapshot, *event);
  };
  (check(data.get_if<E>()), ...);
  return status;
}

}  // namespace

Status check_cards(const ViewSnapshot& snapshot, const EventData& data,
                   const EarlierInBatch& earlier) {
  if (const auto* merge = data.get_if<ClientMerged>()) return check_merge(snapshot, *merge);
  if (const auto* split = data.get_if<ClientSplit>()) {
    LEDGER_CHECK(check_known(snapshot, split->client_id, "data.client_id"));
    LEDGER_CHECK(check_known(snapshot, split->new_client_id, "data.new_client_id"));
    return check_split(snapshot, *split, earlier);
  }
  return check_acts<ReconciliationDrafted, ReconciliationSent, ReconciliationConfirmed,
                    ReconciliationDisagreed, ReconciliationSigned>(snapshot, data);
}

}  // namespace ledger
