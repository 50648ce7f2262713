#include "producers/invoices/issued.h"

#include <fmt/format.h>

#include <utility>

#include "platform/limits.h"
#include "producers/table/cells.h"

namespace ledger::invoices {

namespace {

constexpr std::size_t kRawBytesMax = 2048;

Status check_number(std::string_view number) {
  if (number.empty()) return fail(ErrorCode::kMissingField, "is required", "number");
  if (number.size() <= limits::kTextBytesMax) return {};
  return fail(
      ErrorCode::kTooLarge,
      fmt::format("has {} bytes, at most {} are kept", number.size(), limits::kTextBytesMax),
      "number");
}

}  // namespace

std::string id_of_number(std::string_view number, Date issued_on) {
  return table::as_id(fmt::format("{}/{}", number, int(issued_on.year())), "inv-");
}

Result<ClientId> client_of_code(const Settings& settings, std::string_view code,
                                const std::string& field) {
  if (code.empty()) return fail(ErrorCode::kMissingField, "says whose it is: is required", field);
  const auto parsed = TaxCode::parse(code);
  if (!parsed) return fail(parsed.error().code, parsed.error().message, field);
  auto client = settings.client_of(*parsed);
  if (!client) {
    Error error = std::move(client).error();
    error.field = field;
    return tl::unexpected(std::move(error));
  }
  return client;
}

void Collector::skip(std::string where, std::string reason) {
  mapped_.skipped.push_back({std::move(where), std::move(reason)});
}

void Collector::refuse(std::string where, std::string_view raw, Error error) {
  mapped_.refused.push_back(
      {std::move(where), std::string(raw.substr(0, kRawBytesMax)), std::move(error)});
}

Status Collector::issue(InvoiceIssued invoice, const std::string& where) {
  LEDGER_CHECK(check_number(invoice.number));
  LEDGER_CHECK(invoice.validate());
  std::string id = invoice.invoice_id.text();
  const Date day = invoice.issued_on;
  return add(std::move(id), day, EventData(std::move(invoice)), where);
}

Status Collector::issue(CreditNoteIssued note, const std::string& where) {
  LEDGER_CHECK(check_number(note.number));
  LEDGER_CHECK(note.validate());
  std::string id = "credit-note/" + note.credit_note_id.text();
  const Date day = note.issued_on;
  return add(std::move(id), day, EventData(std::move(note)), where);
}

Status Collector::add(std::string id, Date issued_on, EventData data, const std::string& where) {
  Submission submission;
  submission.id = std::move(id);
  submission.source = settings_.source;
  submission.time = settings_.zone.to_instant(issued_on, std::chrono::seconds(0));
  submission.data = std::move(data);
  std::string body = body_of(submission.time, submission.data);
  const auto [known, fresh] = seen_.try_emplace(submission.id, Seen{where, body});
  if (fresh) {
    mapped_.events.push_back(std::move(submission));
    return {};
  }
  if (known->second.body != body) {
    return fail(ErrorCode::kConflict,
                fmt::format("is also that of {}, with other figures: which of the two is right?",
                            known->second.where),
                "number");
  }
  skip(where, fmt::format("the same document as {}", known->second.where));
  return {};
}

}  // namespace ledger::invoices
