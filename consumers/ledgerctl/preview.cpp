#include "consumers/ledgerctl/preview.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "consumers/client/json.h"
#include "consumers/ledgerctl/output.h"
#include "events/types/adjustment.h"
#include "events/types/invoice.h"
#include "events/types/payment.h"
#include "events/types/statement.h"
#include "platform/utf8.h"

namespace ledger::cli {

namespace {

constexpr std::size_t kRowsShown = 20;
constexpr std::size_t kPlacesShown = 5;
constexpr std::size_t kAskedAtOnce = 500;
constexpr std::size_t kTextShown = 60;

std::string shortened(std::string_view text) {
  const std::string_view beginning = excerpt(text, kTextShown);
  return std::string(beginning) + (beginning.size() < text.size() ? "…" : "");
}

std::string text_of_money(const Money& money) {
  return money_text(money.amount_minor, money.currency.text()) + " " + money.currency.text();
}

std::vector<std::string> row_of(const Submission& event) {
  if (const auto* payment = event.data.get_if<PaymentReceived>()) {
    return {format_date(payment->booked_on), text_of_money(payment->amount),
            shortened(payment->payer_name.value_or("")),
            payment->payer_tax_code ? payment->payer_tax_code->text() : "",
            shortened(payment->purpose.value_or(""))};
  }
  if (const auto* invoice = event.data.get_if<InvoiceIssued>()) {
    return {format_date(invoice->issued_on), text_of_money(invoice->amount),
            "№ " + shortened(invoice->number), invoice->client_id.text(),
            invoice->due_on ? "due " + format_date(*invoice->due_on) : "due by the client's terms"};
  }
  if (const auto* note = event.data.get_if<CreditNoteIssued>()) {
    return {format_date(note->issued_on), "-" + text_of_money(note->amount),
            "№ " + shortened(note->number), note->client_id.text(), "credit note"};
  }
  return {format_timestamp(event.time), "", std::string(event.data.type().name), "", event.id};
}

void print_rows(const Mapped& mapped) {
  Table table({"date", "amount", "from", "code", "what"});
  std::size_t rows = 0;
  for (const auto* events : {&mapped.events, &mapped.provisional}) {
    for (const auto& event : *events) {
      if (event.data.holds<StatementReceived>()) continue;
      if (++rows <= kRowsShown) table.add(row_of(event));
    }
  }
  if (rows == 0) return fmt::print("nothing to record\n");
  fmt::print("{}", table.text());
  if (rows > kRowsShown) fmt::print("… and {} more\n", rows - kRowsShown);
}

void print_left_out(const Mapped& mapped) {
  std::map<std::string, std::vector<std::string>> places;
  for (const auto& skipped : mapped.skipped) places[skipped.reason].push_back(skipped.where);
  for (auto& [reason, where] : places) {
    const std::size_t count = where.size();
    if (count > kPlacesShown) where.resize(kPlacesShown);
    fmt::print("{} left out: {} ({}{})\n", count, printable(reason),
               printable(fmt::format("{}", fmt::join(where, ", "))),
               count > kPlacesShown ? ", …" : "");
  }
}

}  // namespace

Status Preview::show(const std::string& file, const Mapped& mapped) {
  fmt::print("{}\n", file);
  print_rows(mapped);
  print_left_out(mapped);
  counts_.refused += static_cast<std::int64_t>(mapped.refused.size());
  LEDGER_CHECK(ask(mapped.events, Kind::kFirm));
  return ask(mapped.provisional, Kind::kProvisional);
}

Status Preview::ask(const std::vector<Submission>& events, Kind kind) {
  for (std::size_t from = 0; from < events.size(); from += kAskedAtOnce) {
    const std::size_t until = std::min(events.size(), from + kAskedAtOnce);
    std::string body = "[";
    for (std::size_t i = from; i < until; ++i) {
      body += (i == from ? "" : ",") + encode_submission(events[i]);
    }
    LEDGER_TRY(const auto answer,
               client_.send({.method = "POST",
                             .path = "/v1/events/check",
                             .content_type = "application/cloudevents-batch+json",
                             .body = body + "]"}));
    if (answer.status != 200) return tl::unexpected(error_of(answer));
    LEDGER_TRY(const auto json, parse_json(answer.body));
    const auto* items = json.is_object() ? json.get_object().if_contains("items") : nullptr;
    if (items == nullptr || !items->is_array() || items->get_array().size() != until - from) {
      return fail(ErrorCode::kUnavailable, "the server's answer is none of the ledger's");
    }
    for (std::size_t i = from; i < until; ++i) {
      const auto& item = items->get_array()[i - from];
      count(events[i], text_of(item, "found"), text_of(item, "detail"), kind);
    }
  }
  return {};
}

void Preview::count(const Submission& event, const std::string& found, const std::string& why,
                    Kind kind) {
  // A statement is no row of the file.
  const bool is_statement = event.data.holds<StatementReceived>();
  if (found == "new") {
    counts_.fresh += is_statement ? 0 : 1;
  } else if (found == "known") {
    counts_.known += is_statement ? 0 : 1;
  } else if (found == "changed" && kind == Kind::kProvisional) {
    counts_.left += is_statement ? 0 : 1;
  } else if (found == "changed" && restated_) {
    ++counts_.changed;
    fmt::print("changed  {}\n", event.id);
  } else {
    ++counts_.refused;
    fmt::print("refused  {}: {}\n", event.id,
               found == "changed" ? "the ledger has it otherwise, and its sender amends nothing"
                                  : printable(why));
  }
}

int Preview::print_total() const {
  fmt::print(
      "{} new, {} known, {} changed, {} left as they are, {} refused; this is a preview, nothing "
      "was recorded\n",
      counts_.fresh, counts_.known, counts_.changed, counts_.left, counts_.refused);
  return counts_.refused == 0 ? 0 : 1;
}

}  // namespace ledger::cli
