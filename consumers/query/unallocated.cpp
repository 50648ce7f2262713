#include <set>
#include <string>
#include <utility>

#include "consumers/query/advance_json.h"
#include "consumers/query/client_names.h"
#include "consumers/query/object_check.h"
#include "consumers/query/proposal_words.h"
#include "consumers/query/routes.h"
#include "events/json_codec.h"
#include "events/types/amendment.h"
#include "events/types/payment.h"
#include "projections/directory/one_client.h"
#include "projections/invoice_numbers/queries.h"
#include "projections/receivables/advances.h"
#include "projections/receivables/owners.h"
#include "projections/receivables/pay_proposals.h"
#include "projections/receivables/queries.h"
#include "projections/seen/seen.h"

namespace ledger {

namespace {

using receivables::AccountRow;
using receivables::Credit;

// What the money could pay: every open invoice of the client in its currency, the likeliest first,
// and those which a person rejected.
void write_invoices(JsonWriter& json, const receivables::PayProposals& proposals) {
  json.key("invoices").begin_array();
  for (const auto& one : proposals.invoices) {
    json.begin_object();
    json.member("invoice_id", one.invoice_id.text());
    json.member("number", one.number);
    json.member("issued_on", format_date(one.issued_on));
    json.member("due_on", format_date(one.due_on));
    json.member("open_minor", one.open_minor);
    json.member("pays_minor", one.pays_minor);
    json.member("score", std::int64_t{one.score});
    json.key("reasons").begin_array();
    for (const auto reason : one.reasons) json.value(name_of(reason));
    json.end_array();
    if (one.decided_before > 0) json.member("decided_before", one.decided_before);
    json.end_object();
  }
  json.end_array();
  if (proposals.rejected.empty()) return;
  json.key("rejected").begin_array();
  for (const auto& one : proposals.rejected) {
    json.begin_object();
    json.member("invoice_id", one.invoice_id.text());
    json.member("reason", one.reason);
    if (one.manager_id) json.member("manager_id", one.manager_id->text());
    json.member("position", to_string(one.position));
    json.end_object();
  }
  json.end_array();
}

// Why money waits though invoices are open: its payer named another client's.
Status write_named_of_others(JsonWriter& json, const Query& query, const AccountRow& account,
                             const Credit& credit, const directory::OneClient& client) {
  const auto counts = [&](const invoice_numbers::NumberedInvoice& invoice) {
    return query.times().sees(invoice.known, invoice.on);
  };
  LEDGER_TRY(const auto named,
             invoice_numbers::named_of_others(query.snapshot, account, credit, client, counts));
  if (named.empty()) return {};
  json.key("named_of_others").begin_object();
  json.key("invoices").begin_array();
  for (const auto& one : named) {
    LEDGER_TRY(const bool sees, query.scope.sees_client(one.client_id));
    json.begin_object();
    LEDGER_CHECK(write_named_client(json, query, one.client_id));
    if (sees) {
      json.member("invoice_id", one.invoice_id);
      json.member("number", one.number);
    }
    json.end_object();
  }
  json.end_array();
  json.member("text_uk",
              "платник назвав рахунок іншого клієнта і жодного свого: чекає на рішення людини");
  json.member("text_en",
              "the payer named an invoice of another client and none of his own: it waits for a "
              "person to decide");
  json.end_object();
  return {};
}

// The data of an event by its last amendment: a correction tells them anew; for who asks of an
// instant before it, and for a match or a void, they are what it found.
Result<EventData> as_amended(const Event& amendment, const std::optional<Timestamp>& known_at) {
  JsonCodec codec;
  const auto found = [&](const auto& one) {
    return codec.decode_data(one.was->type, one.was->data.text, /*from_log=*/true);
  };
  if (const auto* voided = amendment.data.get_if<EventVoided>()) return found(*voided);
  if (const auto* matched = amendment.data.get_if<InteractionMatched>()) return found(*matched);
  const auto* corrected = amendment.data.get_if<EventCorrected>();
  if (corrected == nullptr) return fail(ErrorCode::kCorrupt, "an amendment is not one any more");
  if (known_at && amendment.stamps.recorded_time > *known_at) return found(*corrected);
  return codec.decode_data(corrected->was->type, corrected->data.text, /*from_log=*/false);
}

// The payment as it is read; what is not one (a conversion) has no purpose.
Status write_payment(JsonWriter& json, const QueryContext& context, const Query& query,
                     const Credit& credit) {
  LEDGER_TRY(const auto row, seen::find(query.snapshot, credit.source, credit.id));
  if (!row) return {};
  LEDGER_TRY(const auto line, context.log.read(*row->position));
  LEDGER_TRY(const auto event, JsonCodec().decode_line(line));
  json.member("position", to_string(*row->position));
  json.member("time", format_timestamp(event.time));
  EventData data = event.data;
  if (const auto amended_by = row->decided_by()) {
    LEDGER_TRY(const auto amendment_line, context.log.read(*amended_by));
    LEDGER_TRY(const auto amendment, JsonCodec().decode_line(amendment_line));
    LEDGER_TRY(data, as_amended(amendment, query.known_at));
  }
  const auto* payment = data.get_if<PaymentReceived>();
  if (payment != nullptr && payment->purpose) json.member("purpose", *payment->purpose);
  return {};
}

// What is listed: what nobody has said anything of, or what somebody named an advance.
enum class Listed { kUndecided, kAdvance };
constexpr auto names(Listed) { return words("undecided", "advance"); }

// Both, unless `state=` asks for one of them.
Result<std::optional<Listed>> listed_of(const Query& query) {
  const auto state = query.request.parameter("state");
  if (!state) return std::nullopt;
  const auto listed = from_name<Listed>(*state);
  if (!listed) return fail(ErrorCode::kInvalidField, "is undecided or advance", "state");
  return listed;
}

Status write_client(JsonWriter& json, const QueryContext& context, const Query& query,
                    const std::string& client_id, const std::optional<Listed>& listed) {
  LEDGER_TRY(const auto client, directory::one_client(query.snapshot, client_id, query.known_at));
  LEDGER_TRY(const AccountRow account, receivables::account_of(query.snapshot, client));
  LEDGER_TRY(const auto books, receivables::statements(account, query.times()));
  for (const auto& [currency, book] : books) {
    for (const auto& credit : book.credits) {
      if (credit.free_minor == 0 || credit.source.empty()) continue;
      const auto* advance =
          receivables::advance_of(account, credit.source, credit.id, query.known_at);
      if (listed && (*listed == Listed::kAdvance) != (advance != nullptr)) continue;
      json.begin_object();
      json.member("duty_id", "receivables.collected");
      LEDGER_CHECK(write_named_client(json, query, client_id));
      json.member("source", credit.source);
      json.member("id", credit.id);
      json.member("since", format_date(credit.since));
      json.member("currency", currency);
      json.member("free_minor", credit.free_minor);
      if (credit.kept_minor > 0) json.member("kept_minor", credit.kept_minor);
      json.member("age_days", std::int64_t{days_between(credit.since, query.as_of)});
      if (advance != nullptr) write_advance(json.key("advance"), *advance);
      LEDGER_CHECK(write_payment(json, context, query, credit));
      LEDGER_CHECK(write_named_of_others(json, query, account, credit, client));
      write_invoices(json, receivables::pay_proposals(account, book, credit, query.times()));
      json.end_object();
    }
  }
  return {};
}

Result<std::set<std::string>> sharing_clients(const Query& query) {
  LEDGER_TRY(const auto cards, receivables::sharing_cards(query.snapshot));
  std::set<std::string> clients;
  for (const auto& card : cards) {
    LEDGER_TRY(auto client, directory::survivor_of(query.snapshot, card, query.known_at));
    clients.insert(std::move(client));
  }
  return clients;
}

// One booking of the bank that was told of several clients, where it waits: it counts where it was
// told first, until a person voids one of the payments.
Status write_shared(JsonWriter& json, const Query& query, const std::string& client_id) {
  LEDGER_TRY(const auto client, directory::one_client(query.snapshot, client_id, query.known_at));
  LEDGER_TRY(const AccountRow account, receivables::account_of(query.snapshot, client));
  for (const auto& payment : account.payments) {
    if (!query.times().sees(payment.known, payment.booked_on)) continue;
    const auto* first = receivables::told_before(account, payment, query.times());
    if (first == nullptr) continue;
    json.begin_object();
    json.member("duty_id", "receivables.collected");
    LEDGER_CHECK(write_named_client(json, query, client_id));
    json.member("source", payment.source);
    json.member("id", payment.id);
    LEDGER_TRY(const auto row, seen::find(query.snapshot, payment.source, payment.id));
    if (row) json.member("position", to_string(*row->position));
    json.member("booked_on", format_date(payment.booked_on));
    json.member("currency", payment.amount.currency.text());
    json.member("amount_minor", payment.amount.amount_minor);
    json.key("counts_for").begin_object();
    LEDGER_CHECK(write_named_client(json, query, first->client));
    json.member("source", first->other.source);
    json.member("id", first->other.id);
    json.member("position", to_string(first->other.position));
    json.end_object();
    json.end_object();
  }
  return {};
}

Result<std::set<std::string>> seen_clients(const Query& query) {
  LEDGER_TRY(auto clients, receivables::clients(query.snapshot, query.known_at));
  if (query.scope.everything()) return clients;
  std::set<std::string> seen;
  for (const auto& id : clients) {
    LEDGER_TRY(const bool sees, query.scope.sees_client(id));
    if (sees) seen.insert(id);
  }
  return seen;
}

// Money of known clients that pays nothing yet, with the invoices that it could pay: nobody has
// decided so, payment.allocated does. By client, `limit` clients a page; a credit note is no money
// and is not here.
Result<http::Response> get_unallocated(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const std::size_t limit, query.limit());
  LEDGER_TRY(const auto listed, listed_of(query));
  const std::string from(query.request.parameter("cursor").value_or(""));
  LEDGER_TRY(const auto clients, seen_clients(query));
  JsonWriter json = query.begin_answer();
  write_pay_reasons(json);
  json.key("unallocated").begin_array();
  std::size_t read = 0;
  auto at = clients.lower_bound(from);
  for (; at != clients.end() && read < limit; ++at, ++read) {
    LEDGER_CHECK(write_client(json, context, query, *at, listed));
  }
  json.end_array();
  LEDGER_TRY(const auto sharing, sharing_clients(query));
  json.key("told_of_others").begin_array();
  for (auto told = clients.lower_bound(from); told != at; ++told) {
    if (sharing.contains(*told)) LEDGER_CHECK(write_shared(json, query, *told));
  }
  json.end_array();
  if (at != clients.end()) query.write_next_cursor(json, *at);
  return answer(json);
}

}  // namespace

void add_unallocated_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/unallocated", http::RunOn::kWorker, get_unallocated,
            Times::kKnownAtToo, {"state", "limit", "cursor"});
}

}  // namespace ledger
