// What goes wrong with money and is put right: goods that come back, money that the bank takes back
// or that was too much, debts that nobody will pay.
#include "events/types/adjustment.h"

#include <fmt/format.h>

#include "events/types/allocation.h"
#include "producers/house/demo/house.h"
#include "producers/house/demo/names.h"

namespace ledger::demo {

namespace {

constexpr std::string_view kBooks = "house/accounting";
constexpr std::string_view kBank = "bank/demo";
// Three years are the law's; the house gives up earlier on what is small.
constexpr int kHopelessDays = 140;
constexpr std::int64_t kSmallDifferenceMinor = 100;

}  // namespace

// Goods came back before the invoice was paid: so much less is owed, and paid.
void House::credit(Client& client, OpenInvoice& invoice, Date day) {
  invoice.credited_on.reset();
  const Money amount{invoice.open_minor * chance_.between(5, 30) / 100, client.currency};
  if (amount.amount_minor <= 0) return;
  CreditNoteIssued note;
  note.credit_note_id = CreditNoteId("note-" + invoice.id.text());
  note.number = fmt::format("К-{}", invoice.number);
  note.client_id = client.id;
  note.issued_on = day;
  note.amount = amount;
  // Either the note itself names what it lowers, or the books say so after it.
  const bool names_invoice = client.number % 2 == 0;
  if (names_invoice) note.invoice_id = invoice.id;
  note.reason = "повернення: " + product_name(chance_.below(20));
  CreditNoteApplied applied{note.credit_note_id, client.id, invoice.id, amount, day};
  const std::string note_id = note.credit_note_id.text();
  say(kBooks, note_id, day, 15 * 3600, EventData(note));
  if (!names_invoice) say(kBooks, note_id + "-applied", day, 15 * 3600 + 60, EventData(applied));
  invoice.open_minor -= amount.amount_minor;
  book(client, day, -amount.amount_minor);
}

// The bank takes a payment back: the invoice is open again and paid some days later.
void House::take_back(Client& client, OpenInvoice& invoice, const PaymentReceived& payment,
                      Date day) {
  PaymentReversed reversed;
  reversed.client_id = client.id;
  reversed.payment_source = kBank;
  reversed.payment_id = payment.bank_reference;
  reversed.reversed_on = day;
  reversed.reason = "помилковий платіж за листом банку платника";
  say(kBank, payment.bank_reference + "-reversed", day, 17 * 3600 + 2400, EventData(reversed));
  invoice.open_minor += payment.amount.amount_minor;
  invoice.pays_on = working_day(add_days(day, static_cast<int>(chance_.between(3, 15))));
  book(client, day, payment.amount.amount_minor);
}

// What was paid too much goes back, where the client asks for it.
void House::refund(Client& client, const PaymentReceived& payment, std::int64_t minor, Date day) {
  PaymentRefunded refunded;
  refunded.client_id = client.id;
  refunded.payment_source = kBank;
  refunded.payment_id = payment.bank_reference;
  refunded.amount = {minor, client.currency};
  refunded.refunded_on = day;
  refunded.reason = "надлишково сплачено, лист клієнта";
  say(kBooks, payment.bank_reference + "-refunded", day, 17 * 3600 + 3000, EventData(refunded));
  book(client, day, minor);
}

// True if nobody asks for the rest of an invoice any more.
bool House::give_up(Client& client, OpenInvoice& invoice, Date day) {
  const bool hopeless = days_between(invoice.due, day) >= kHopelessDays && chance_.per_mille(120);
  const bool small =
      client.currency == Currency() && invoice.open_minor <= kSmallDifferenceMinor;  // of hryvnias
  if (!hopeless && !small) return false;
  InvoiceWrittenOff given_up;
  given_up.invoice_id = invoice.id;
  given_up.client_id = client.id;
  given_up.amount = {invoice.open_minor, client.currency};
  given_up.written_off_on = day;
  given_up.kind = hopeless ? WriteOffKind::kBadDebt : WriteOffKind::kSmallDifference;
  given_up.approved_by = hopeless ? "директор" : "головний бухгалтер";
  if (hopeless) given_up.reason = "боржник у процедурі банкрутства";
  say(kBooks, invoice.id.text() + "-written-off", day, 17 * 3600 + 3300, EventData(given_up));
  book(client, day, -invoice.open_minor);
  invoice.open_minor = 0;
  return true;
}

}  // namespace ledger::demo
