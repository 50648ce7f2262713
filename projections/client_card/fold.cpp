#include "projections/client_card/fold.h"

#include <fmt/format.h>

namespace ledger::client_card {

namespace {

// Puts an interaction on the timeline and counts it; takes both back when retracting.
void record(TimelineEntry entry, const EventMeta& meta, ViewBatch& batch) {
  if (!meta.client) return;  // waits among the unmatched
  entry.time = meta.time;
  entry.recorded_time = meta.recorded_time;
  entry.source = meta.source;
  entry.id = meta.id;
  if (meta.manager) entry.manager_id = meta.manager->text();
  const auto kind = static_cast<std::size_t>(entry.kind);
  auto& page = batch.edit<TimelinePage>(page_key(*meta.client, meta.local_day));
  const auto before = static_cast<std::int64_t>(page.entries.size());
  contribute(page.entries, meta, std::move(entry));
  auto& counters = batch.edit<CardRow>(meta.client->text()).counters;
  if (counters.size() <= kind) counters.resize(kind + 1);
  counters[kind] += static_cast<std::int64_t>(page.entries.size()) - before;
}

// A page is read whole: it shows the beginning of long texts, the event itself holds all of it.
constexpr std::size_t kShownBytes = 200;

std::string shorten(std::string text) {
  if (text.size() <= kShownBytes) return text;
  std::size_t end = kShownBytes;
  while ((static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;  // between characters
  text.resize(end);
  return text + "…";
}

TimelineEntry entry_of(Kind kind, std::string text = {}, std::string detail = {}) {
  TimelineEntry entry;
  entry.kind = kind;
  entry.text = shorten(std::move(text));
  entry.detail = shorten(std::move(detail));
  return entry;
}

ClientUpdated as_update(const ClientRegistered& event) {
  return {event.client_id,  event.name,       event.tax_code, event.segment, event.status,
          event.phones,     event.emails,     event.ibans,    event.address, event.price_type,
          event.manager_id, event.vat_number, event.director, event.industry};
}

}  // namespace

std::string page_key(const ClientId& client, Date day) {
  const int month = int(day.year()) * 100 + static_cast<int>(unsigned(day.month()));
  return fmt::format("{}{:06}", page_prefix(client.text()), 999999 - month);
}

std::string page_prefix(std::string_view client_id) {
  std::string prefix(client_id);
  prefix += '\0';
  return prefix;
}

void Fold::apply(const ClientRegistered& event, const EventMeta& meta, ViewBatch& batch) {
  contribute(batch.edit<CardRow>(event.client_id.text()).details, meta,
             {meta.position, true, as_update(event)});
  record(entry_of(Kind::kRegistered, event.name), meta, batch);
}

void Fold::apply(const ClientUpdated& event, const EventMeta& meta, ViewBatch& batch) {
  contribute(batch.edit<CardRow>(event.client_id.text()).details, meta,
             {meta.position, false, event});
  record(entry_of(Kind::kUpdated), meta, batch);
}

void Fold::apply(const ClientAssigned& event, const EventMeta& meta, ViewBatch& batch) {
  contribute(batch.edit<CardRow>(event.client_id.text()).assignments, meta,
             {meta.position, event.manager_id, event.effective_from});
  record(entry_of(Kind::kAssigned, event.manager_id.text(), event.reason.value_or("")), meta,
         batch);
}

void Fold::apply(const CallCompleted& event, const EventMeta& meta, ViewBatch& batch) {
  auto entry = entry_of(Kind::kCall, std::string(name_of(event.direction)),
                        std::string(name_of(event.outcome)));
  entry.seconds = event.talk_s;
  record(std::move(entry), meta, batch);
}

void Fold::apply(const OfferEmailed& event, const EventMeta& meta, ViewBatch& batch) {
  record(entry_of(Kind::kOfferEmailed, event.subject.value_or(""),
                  fmt::format("{}", event.recipients.front().text())),
         meta, batch);
}

void Fold::apply(const OfferPhoned& event, const EventMeta& meta, ViewBatch& batch) {
  auto entry =
      entry_of(Kind::kOfferPhoned, event.subject, event.call_id ? "verified" : "self_reported");
  entry.amount = event.amount;
  record(std::move(entry), meta, batch);
}

void Fold::apply(const MeetingHeld& event, const EventMeta& meta, ViewBatch& batch) {
  record(entry_of(Kind::kMeeting, event.topic, event.outcome.value_or("")), meta, batch);
}

void Fold::apply(const ContractSigned& event, const EventMeta& meta, ViewBatch& batch) {
  contribute(batch.edit<CardRow>(event.client_id.text()).contracts, meta,
             {meta.position, event.contract_id, event.number, event.signed_on, event.valid_to});
  auto entry = entry_of(Kind::kContract, event.number, format_date(event.signed_on));
  entry.amount = event.amount;
  record(std::move(entry), meta, batch);
}

void Fold::apply(const InvoiceIssued& event, const EventMeta& meta, ViewBatch& batch) {
  auto entry = entry_of(Kind::kInvoice, event.number, format_date(event.due_on));
  entry.amount = event.amount;
  record(std::move(entry), meta, batch);
}

void Fold::apply(const PaymentReceived& event, const EventMeta& meta, ViewBatch& batch) {
  auto entry = entry_of(Kind::kPayment, event.purpose.value_or(""), event.bank_reference);
  entry.amount = event.amount;
  record(std::move(entry), meta, batch);
}

}  // namespace ledger::client_card
