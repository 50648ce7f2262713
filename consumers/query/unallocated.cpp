#include <algorithm>

#include "consumers/query/routes.h"
#include "events/json_codec.h"
#include "events/types/amendment.h"
#include "events/types/payment.h"
#include "projections/directory/one_client.h"
#include "projections/receivables/queries.h"
#include "projections/seen/seen.h"

namespace ledger {

namespace {

using receivables::AccountRow;
using receivables::Credit;
using receivables::Statement;

// By what other allocations of a pair was said before, also such as were undone since: whoever
// decides again says something new.
std::int64_t decided_before(const AccountRow& account, const Credit& credit,
                            const InvoiceId& invoice) {
  return std::count_if(account.allocated.begin(), account.allocated.end(), [&](const auto& said) {
    return said.data.payment_source == credit.source && said.data.payment_id == credit.id &&
           said.data.invoice_id == invoice;
  });
}

// What the money could pay: every open invoice of the client in its currency, in the order in which
// debts are paid.
void write_invoices(JsonWriter& json, const AccountRow& account, const Statement& book,
                    const Credit& credit) {
  json.key("invoices").begin_array();
  for (const auto& item : book.items) {
    if (item.open_minor == 0 || item.kind != receivables::ItemKind::kInvoice) continue;
    json.begin_object();
    json.member("invoice_id", item.invoice.invoice_id.text());
    json.member("number", item.invoice.number);
    json.member("issued_on", format_date(item.invoice.issued_on));
    json.member("due_on", format_date(item.due.on));
    json.member("open_minor", item.open_minor);
    const auto before = decided_before(account, credit, item.invoice.invoice_id);
    if (before > 0) json.member("decided_before", before);
    json.end_object();
  }
  json.end_array();
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

Status write_client(JsonWriter& json, const QueryContext& context, const Query& query,
                    const std::string& client_id) {
  LEDGER_TRY(const auto client, directory::one_client(query.snapshot, client_id, query.known_at));
  LEDGER_TRY(const AccountRow account, receivables::account_of(query.snapshot, client));
  LEDGER_TRY(const auto books, receivables::statements(account, query.times()));
  for (const auto& [currency, book] : books) {
    for (const auto& credit : book.credits) {
      if (credit.free_minor == 0 || credit.source.empty()) continue;
      json.begin_object();
      json.member("duty_id", "receivables.collected");
      json.member("client_id", client_id);
      json.member("source", credit.source);
      json.member("id", credit.id);
      json.member("since", format_date(credit.since));
      json.member("currency", currency);
      json.member("free_minor", credit.free_minor);
      LEDGER_CHECK(write_payment(json, context, query, credit));
      write_invoices(json, account, book, credit);
      json.end_object();
    }
  }
  return {};
}

// Money of known clients that pays nothing yet, with the invoices that it could pay: nobody has
// decided so, payment.allocated does. By client, `limit` clients a page; a credit note is no money
// and is not here.
Result<http::Response> get_unallocated(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const std::size_t limit, query.limit());
  const std::string from(query.request.parameter("cursor").value_or(""));
  LEDGER_TRY(const auto clients, receivables::clients(query.snapshot, query.known_at));
  JsonWriter json = query.begin_answer();
  json.key("unallocated").begin_array();
  std::size_t read = 0;
  auto at = clients.lower_bound(from);
  for (; at != clients.end() && read < limit; ++at, ++read) {
    LEDGER_CHECK(write_client(json, context, query, *at));
  }
  json.end_array();
  if (at != clients.end()) json.member("next_cursor", *at);
  return answer(json);
}

}  // namespace

void add_unallocated_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/unallocated", http::RunOn::kWorker, get_unallocated,
            Times::kKnownAtToo, {"limit", "cursor"});
}

}  // namespace ledger
