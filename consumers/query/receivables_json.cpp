#include "consumers/query/receivables_json.h"

#include <fmt/format.h>

#include "consumers/query/client_names.h"
#include "consumers/query/recorded_later.h"

namespace ledger {

using receivables::BaseState;
using receivables::DoubleKind;
using receivables::InflationLoss;
using receivables::Item;
using receivables::LatePayment;
using receivables::Statement;

namespace {

// When it is to be paid, and who says so.
void write_due(JsonWriter& json, const Item& item) {
  const auto& due = item.due;
  json.member("due_on", format_date(due.on));
  json.member("due_by", name_of(due.by));
  if (due.by == receivables::DueBy::kTerms) json.member("base_on", format_date(due.base_on));
  if (due.base != BaseState::kKnown) json.member("base", name_of(due.base));
  if (due.by_terms_on) json.member("due_by_terms_on", format_date(*due.by_terms_on));
  if (due.instalments > 1) {
    json.member("instalment", due.instalment);
    json.member("instalments", due.instalments);
  }
  if (due.grace_days > 0) json.member("grace_days", due.grace_days);
}

void write_charge(JsonWriter& json, const InvoiceIssued& invoice) {
  json.member("charge", name_of(*invoice.charge));
  if (invoice.charged_on_id) json.member("charged_on_id", invoice.charged_on_id->text());
}

struct BothTexts {
  std::string uk;
  std::string en;
};

BothTexts inflation_texts(const std::optional<InflationLoss>& loss) {
  if (!loss) return {"інфляційні втрати н/д", "inflation n/a"};
  if (!loss->through) return {"інфляційних втрат ще немає", "no inflation loss yet"};
  const std::string month = format_month(*loss->through);
  return {fmt::format("інфляційні втрати по {}{}", month, loss->whole ? "" : ", далі н/д"),
          fmt::format("inflation through {}{}", month, loss->whole ? "" : ", n/a after it")};
}

BothTexts penalty_texts(const std::optional<std::int64_t>& most) {
  if (!most) return {"найбільша пеня н/д", "greatest penalty n/a"};
  return {"пеня за договором не більше подвійної облікової ставки НБУ",
          "a penalty by contract of at most twice the key rate of the NBU"};
}

// What the figures are, and which of them is not known.
BothTexts late_texts(const std::optional<LatePayment>& costs) {
  if (!costs) {
    return {"3% річних за ст. 625 ЦКУ, без інфляційних втрат; довідково",
            "3 % a year by art. 625 of the Civil Code, without inflation; for information"};
  }
  const auto inflation = inflation_texts(costs->inflation);
  const auto penalty = penalty_texts(costs->penalty_max_minor);
  return {fmt::format("3% річних за ст. 625 ЦКУ; {}; {}; довідково", inflation.uk, penalty.uk),
          fmt::format("3 % a year by art. 625 of the Civil Code; {}; {}; for information",
                      inflation.en, penalty.en)};
}

// For information: what late payment costs besides, and is nobody's debt until it is charged.
Status write_late(JsonWriter& json, const Item& item, const receivables::LateTables& tables) {
  LEDGER_TRY(const auto costs, receivables::late_payment(item, tables));
  const auto inflation = costs ? costs->inflation : std::nullopt;
  const auto penalty = costs ? costs->penalty_max_minor : std::nullopt;
  const bool any =
      item.interest_minor > 0 || (inflation && inflation->minor > 0) || penalty.value_or(0) > 0;
  if (!any) return {};
  const auto texts = late_texts(costs);
  json.key("law_625").begin_object();
  json.member("interest_minor", item.interest_minor);
  json.member("percent_a_year", std::int64_t{3});
  if (inflation) {
    json.member("inflation_minor", inflation->minor);
    if (inflation->through) json.member("inflation_through", format_month(*inflation->through));
  } else {
    json.member("inflation", "not included");
  }
  json.member("text_uk", texts.uk);
  json.member("text_en", texts.en);
  json.end_object();
  if (penalty) json.member("penalty_max_minor", *penalty);
  return {};
}

Status write_doubles(JsonWriter& json, const Statement& statement, const Query& query) {
  if (statement.doubles.empty()) return {};
  json.key("doubles").begin_array();
  for (const auto& again : statement.doubles) {
    json.begin_object();
    json.member("kind", name_of(again.kind));
    if (!again.client_id.empty()) {
      LEDGER_CHECK(write_named_client(json, query, again.client_id));
      json.member("counts", again.counts);
    }
    if (again.kind == DoubleKind::kPayment || again.kind == DoubleKind::kOtherClient) {
      json.member("payment_source", again.source);
      json.member("payment_id", again.id);
      json.member("first_source", again.first_source);
      json.member("first_id", again.first_id);
    } else {
      json.member("id", again.id);
    }
    json.member("position", to_string(again.position));
    json.member("first_position", to_string(again.first_position));
    json.end_object();
  }
  json.end_array();
  return {};
}

}  // namespace

Status write_items(JsonWriter& json, const Statement& statement, const Rates& rates,
                   const BusinessZone& zone) {
  json.key("open_items").begin_array();
  for (const auto& item : statement.items) {
    if (item.open_minor == 0) continue;
    json.begin_object();
    json.member("kind", name_of(item.kind));
    json.member("invoice_id", item.invoice.invoice_id.text());
    json.member("number", item.invoice.number);
    json.member("issued_on", format_date(item.invoice.issued_on));
    write_due(json, item);
    json.member("amount_minor", item.invoice.amount.amount_minor);
    json.member("open_minor", item.open_minor);
    json.member("disputed_minor", item.disputed_minor);
    if (item.disputed_until) json.member("disputed_until", format_date(*item.disputed_until));
    json.member("proposed_minor", item.proposed_minor);
    json.member("days_past_due", item.days_past_due);
    json.member("days_since_issue", item.days_since_issue);
    if (item.invoice.charge) write_charge(json, item.invoice);
    LEDGER_CHECK(write_late(json, item, rates.late_tables()));
    json.member("position", to_string(item.position));
    write_recorded_later(json, item.invoice.issued_on, zone.local_day(item.recorded));
    json.end_object();
  }
  json.end_array();
  return {};
}

Status write_credits(JsonWriter& json, const Statement& statement, const Query& query) {
  json.key("unallocated").begin_array();
  for (const auto& credit : statement.credits) {
    if (credit.free_minor == 0) continue;
    json.begin_object();
    if (!credit.source.empty()) {
      json.member("payment_source", credit.source);
      json.member("payment_id", credit.id);
    }
    json.member("kind", name_of(credit.kind));
    json.member("since", format_date(credit.since));
    json.member("free_minor", credit.free_minor);
    if (credit.kept_minor > 0) json.member("kept_minor", credit.kept_minor);
    json.end_object();
  }
  json.end_array();
  LEDGER_CHECK(write_doubles(json, statement, query));
  if (statement.conflicts.empty()) return {};
  json.key("conflicts").begin_array();
  for (const auto& conflict : statement.conflicts) {
    json.begin_object();
    json.member("type", conflict.type);
    json.member("position", to_string(conflict.position));
    json.member("rest_minor", conflict.rest.amount_minor);
    json.end_object();
  }
  json.end_array();
  return {};
}

Status write_account(JsonWriter& json, const Query& query, std::string_view client_id,
                     const receivables::Ageing& ageing, const Statement& statement,
                     const Rates& rates, const BusinessZone& zone) {
  json.member("client_id", client_id);
  LEDGER_CHECK(write_client_name(json, query, client_id));
  write_amounts(json, ageing, rates);
  LEDGER_CHECK(write_items(json, statement, rates, zone));
  return write_credits(json, statement, query);
}

}  // namespace ledger
