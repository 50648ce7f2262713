#include "projections/client_card/summary.h"

namespace ledger::client_card {

namespace {

constexpr std::size_t kShownBytes = 200;

TimelineEntry say(std::string text, std::string detail = {}) {
  TimelineEntry entry;
  entry.text = std::move(text);
  entry.detail = std::move(detail);
  return entry;
}

TimelineEntry say(std::string text, std::string detail, std::optional<Money> amount) {
  TimelineEntry entry = say(std::move(text), std::move(detail));
  entry.amount = std::move(amount);
  return entry;
}

}  // namespace

std::string shorten(std::string text) {
  if (text.size() <= kShownBytes) return text;
  std::size_t end = kShownBytes;
  while ((static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;  // between characters
  text.resize(end);
  return text + "…";
}

TimelineEntry summary(const ClientRegistered& event) { return say(event.name); }

TimelineEntry summary(const ClientUpdated& event) { return say(event.name.value_or("")); }

TimelineEntry summary(const ClientAssigned& event) {
  return say(event.manager_id.text(), event.reason.value_or(""));
}

TimelineEntry summary(const ClientMerged& event) {
  return say(event.absorbed_client_id.text(), event.reason);
}

TimelineEntry summary(const ClientSplit& event) {
  return say(event.new_client_id.text(), event.reason);
}

TimelineEntry summary(const CallCompleted& event) {
  auto entry = say(std::string(name_of(event.direction)), std::string(name_of(event.outcome)));
  entry.seconds = event.talk_s;
  entry.time_suspect = event.time_suspect.value_or(false);
  return entry;
}

TimelineEntry summary(const OfferEmailed& event) {
  auto entry = say(event.subject.value_or(""), event.recipients.front().text());
  entry.message_id = event.message_id;
  entry.in_reply_to = event.in_reply_to.value_or("");
  return entry;
}

TimelineEntry summary(const OfferPhoned& event) {
  return say(event.subject, event.call_id ? "verified" : "self_reported", event.amount);
}

TimelineEntry summary(const OfferAnswered& event) {
  auto entry = say(event.subject.value_or(""), event.sender.text());
  entry.message_id = event.message_id;
  entry.in_reply_to = event.in_reply_to;
  entry.unverified = event.authentication_failure.has_value();
  return entry;
}

TimelineEntry summary(const LetterExchanged& event) {
  auto entry = say(event.subject.value_or(""), std::string(name_of(event.direction)));
  entry.message_id = event.message_id;
  entry.in_reply_to = event.in_reply_to.value_or("");
  return entry;
}

TimelineEntry summary(const MeetingHeld& event) {
  return say(event.topic, event.outcome.value_or(""));
}

TimelineEntry summary(const ContractSigned& event) {
  return say(event.number, format_date(event.signed_on), event.amount);
}

TimelineEntry summary(const InvoiceIssued& event) {
  return say(event.number, event.due_on ? format_date(*event.due_on) : "", event.amount);
}

TimelineEntry summary(const PaymentReceived& event) {
  return say(event.purpose.value_or(""), event.bank_reference, event.amount);
}

TimelineEntry summary(const ComplaintAssigned& event) { return say(event.assignee_id.text()); }

TimelineEntry summary(const DataSubjectErased&) { return {}; }

}  // namespace ledger::client_card
