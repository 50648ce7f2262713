// Contracts, orders, invoices, and the money that comes for them, in time or not.
#include <fmt/format.h>

#include <algorithm>

#include "events/types/adjustment.h"
#include "events/types/client.h"
#include "events/types/collection.h"
#include "events/types/contract.h"
#include "events/types/dispute.h"
#include "events/types/invoice.h"
#include "events/types/payment.h"
#include "producers/house/demo/house.h"
#include "producers/house/demo/names.h"

namespace ledger::demo {

namespace {

constexpr std::string_view kBooks = "house/accounting";
constexpr std::string_view kBank = "bank/demo";
constexpr std::string_view kHouse = "house/crm";

}  // namespace

// About four new clients a month for a manager who does what he should.
void House::win_contracts(std::size_t manager, Date day) {
  if (!chance_.per_mille(190 * managers_[manager].diligence / 100)) return;
  Client& client = clients_[chance_.one_of(of_manager_[manager])];
  if (client.is_customer) return;
  client.is_customer = true;
  client.next_order = working_day(add_days(day, static_cast<int>(chance_.between(1, 10))));
  ContractSigned contract;
  contract.contract_id = ContractId("k-" + client.id.text());
  contract.number = fmt::format("{}/{}", client.number + 1, int(day.year()) % 100);
  contract.client_id = client.id;
  contract.manager_id = managers_[manager].id;
  contract.signed_on = day;
  contract.valid_to =
      Date{day.year() + std::chrono::years(1), std::chrono::December, std::chrono::day{31}};
  const std::int64_t second = office_second();
  say(kHouse, "contract-" + client.id.text(), day, second, EventData(contract));
  ClientUpdated updated;
  updated.client_id = client.id;
  updated.status = ClientStatus::kMain;
  updated.manager_id = managers_[manager].id;
  say(kHouse, "main-" + client.id.text(), day, second + 60, EventData(updated));
}

void House::take_orders(Date day) {
  for (auto& client : clients_) {
    if (!client.is_customer || client.next_order > day || client.known_since >= day) continue;
    client.next_order = working_day(
        add_days(day, static_cast<int>(client.orders_every_days * chance_.around(60, 140) / 100)));
    issue_invoice(client, day);
  }
}

void House::issue_invoice(Client& client, Date day) {
  OpenInvoice open;
  open.number = fmt::format("РФ-{:05}", ++invoices_);
  open.id = InvoiceId(fmt::format("inv-{:05}", invoices_));
  open.open_minor = client.order_minor * chance_.around(40, 160) / 100;
  open.issued = day;
  open.due = working_day(add_days(day, static_cast<int>(client.terms_days)));
  std::int64_t lateness = chance_.between(-4, 0);
  if (client.habit == Habit::kLate) lateness = chance_.around(2, 40);
  if (client.habit == Habit::kPartial) lateness = chance_.around(-3, 20);
  if (client.habit == Habit::kDisputes) lateness = chance_.around(5, 50);
  if (client.habit == Habit::kBad) lateness = chance_.around(20, 240);
  open.pays_on = working_day(std::max(add_days(open.due, static_cast<int>(lateness)), day));
  InvoiceIssued invoice;
  invoice.invoice_id = open.id;
  invoice.number = open.number;
  invoice.client_id = client.id;
  invoice.issued_on = day;
  invoice.due_on = open.due;
  invoice.amount = {open.open_minor, client.currency};
  invoice.contract_id = ContractId("k-" + client.id.text());
  invoice.manager_id = managers_[client.manager].id;
  invoice.order_id = besides_.on_invoice(client, open);
  say(kBooks, open.id.text(), day, office_second(), EventData(invoice));
  book(client, day, open.open_minor);
  if (client.habit == Habit::kDisputes && chance_.per_mille(350)) {
    DisputeOpened dispute;
    dispute.dispute_id = DisputeId("dispute-" + open.id.text());
    dispute.client_id = client.id;
    dispute.invoice_id = open.id;
    dispute.opened_on = working_day(add_days(day, 3));
    dispute.amount = Money{open.open_minor / 3, client.currency};
    dispute.reason = "нестача за накладною";
    DisputeClosed closed{dispute.dispute_id, client.id, working_day(add_days(day, 24)),
                         DisputeOutcome::kRejected};
    say(kHouse, closed.dispute_id.text() + "-closed", closed.closed_on, 15 * 3600,
        EventData(closed));
    say(kHouse, dispute.dispute_id.text(), dispute.opened_on, 11 * 3600, EventData(dispute));
  }
  if (chance_.per_mille(25)) {
    const Date back = working_day(add_days(day, static_cast<int>(chance_.between(2, 6))));
    if (back < open.pays_on) open.credited_on = back;
  }
  client.open.push_back(std::move(open));
}

void House::book(Client& client, Date day, std::int64_t change_minor) {
  const Date month = first_of_month(day);
  if (client.moved_in != month) client.owed_before_minor = client.owed_minor;
  client.moved_in = month;
  client.owed_minor += change_minor;
}

void House::collect(Date day) {
  for (auto& client : clients_) {
    for (auto& invoice : client.open) {
      if (invoice.credited_on && *invoice.credited_on <= day) credit(client, invoice, day);
      if (invoice.pays_half_on && *invoice.pays_half_on <= day) {
        pay_half(client, invoice, day);
      } else if (invoice.pays_on <= day) {
        pay(client, invoice, day);
      } else if (days_between(invoice.due, day) > 0 && give_up(client, invoice, day)) {
        continue;
      } else if (invoice.due < day) {
        remind(client, invoice, day);
      }
    }
    std::erase_if(client.open, [](const auto& invoice) { return invoice.open_minor <= 0; });
  }
}

void House::pay(Client& client, OpenInvoice& invoice, Date day) {
  std::int64_t amount = invoice.open_minor;
  if (client.habit == Habit::kPartial && chance_.per_mille(500) && amount > 100'000) {
    amount = amount / 2;
    invoice.pays_on = working_day(add_days(day, static_cast<int>(chance_.between(5, 25))));
  }
  pay(client, invoice, amount, day);
}

// Half of what was promised came in time; the rest is late by weeks.
void House::pay_half(Client& client, OpenInvoice& invoice, Date day) {
  invoice.pays_half_on.reset();
  invoice.pays_on = working_day(add_days(day, static_cast<int>(chance_.between(12, 40))));
  pay(client, invoice, invoice.open_minor / 2, day);
}

void House::pay(Client& client, OpenInvoice& invoice, std::int64_t amount, Date day) {
  constexpr std::int64_t kTooMuch = 50'000;
  if (amount <= 0) return;
  invoice.open_minor -= amount;
  PaymentReceived payment;
  payment.bank_reference = fmt::format("{}/{}", format_date(day), id("bank"));
  payment.our_account = "UA213223130000026007233566001";
  payment.amount = {amount, client.currency};
  const bool too_much = chance_.per_mille(8);
  if (too_much) payment.amount.amount_minor += kTooMuch;
  payment.booked_on = day;
  payment.payer_name = client.name;
  payment.payer_tax_code = tax_code(client.number, firm_name(client.number).is_person);
  if (client.number % 11 != 5) payment.payer_iban = iban(client.number);
  const bool by_another = chance_.per_mille(6);
  if (!by_another) book(client, day, -payment.amount.amount_minor);
  if (by_another) {  // waits until a person says for whom
    payment.payer_name = "ТОВ «Платник-Партнер»";
    payment.payer_tax_code = tax_code(70'000 + client.number, false);
    payment.payer_iban = iban(70'000 + client.number);
  }
  payment.purpose = chance_.per_mille(750)
                        ? fmt::format("Оплата за рахунком № {}, у т.ч. ПДВ", invoice.number)
                        : "Оплата за товар згідно договору, у т.ч. ПДВ";
  const std::string reference = payment.bank_reference;
  // Some overpayments stay as they are, for what is bought next; others go back.
  const bool goes_back = too_much && chance_.per_mille(600);
  const bool is_taken_back = !too_much && chance_.per_mille(5);
  if ((goes_back || is_taken_back) && !by_another) {
    const Date later = working_day(add_days(day, static_cast<int>(chance_.between(1, 8))));
    aftermath_.emplace(later, Aftermath{static_cast<std::size_t>(client.number), payment,
                                        invoice.id, goes_back ? kTooMuch : 0});
    // The invoice waits for what is taken back: it is not forgotten meanwhile.
    if (is_taken_back) client.reopened.push_back(invoice);
  }
  say(kBank, reference, day, 17 * 3600 + chance_.below(1800), EventData(payment));
}

void House::settle_later(Date day) {
  for (auto at = aftermath_.begin(); at != aftermath_.end() && at->first <= day;
       at = aftermath_.erase(at)) {
    const Aftermath& after = at->second;
    Client& client = clients_[after.client];
    if (after.refund_minor > 0) {
      refund(client, after.payment, after.refund_minor, day);
      continue;
    }
    const auto is_it = [&](const auto& invoice) { return invoice.id == after.invoice_id; };
    auto open = std::find_if(client.open.begin(), client.open.end(), is_it);
    const auto paid = std::find_if(client.reopened.begin(), client.reopened.end(), is_it);
    if (open == client.open.end()) {
      client.open.push_back(*paid);
      open = std::prev(client.open.end());
      open->open_minor = 0;
    }
    client.reopened.erase(paid);
    take_back(client, *open, after.payment, day);
  }
}

// A call after a week, a letter after ten days, a promise now and then.
void House::remind(Client& client, OpenInvoice& invoice, Date day) {
  const int overdue = days_between(invoice.due, day);
  const Manager& manager = managers_[client.manager];
  if (!is_present(manager, day)) return;
  constexpr int kSteps[] = {1, 10, 30, 60};
  if (invoice.reminders < 4 && overdue >= kSteps[invoice.reminders]) {
    ++invoice.reminders;
    DunningSent dunning;
    dunning.client_id = client.id;
    dunning.invoice_id = invoice.id;
    dunning.level = invoice.reminders;
    dunning.channel = invoice.reminders == 1 ? DunningChannel::kEmail : DunningChannel::kLetter;
    dunning.sent_on = day;
    dunning.manager_id = manager.id;
    say(kHouse, fmt::format("dunning-{}-{}", invoice.id.text(), invoice.reminders), day,
        office_second(), EventData(dunning));
  }
  if (overdue % 7 == 5 && chance_.per_mille(700)) {
    CollectionActionTaken action;
    action.client_id = client.id;
    action.manager_id = manager.id;
    action.action = CollectionAction::kCall;
    action.invoice_id = invoice.id;
    say(kHouse, id("action"), day, office_second(), EventData(action));
    if (!chance_.per_mille(300)) return;
    PromiseToPayMade promise;
    promise.promise_id = PromiseId(id("promise"));
    promise.client_id = client.id;
    promise.manager_id = manager.id;
    promise.made_on = day;
    promise.due_on = working_day(add_days(day, 5));
    promise.amount = {invoice.open_minor, client.currency};
    promise.invoice_ids = {invoice.id};
    // Kept, half kept, or broken.
    const std::int64_t kept = chance_.below(100);
    if (kept < 55) {
      invoice.pays_on = std::min(invoice.pays_on, promise.due_on);
    } else if (kept < 75 && promise.due_on < invoice.pays_on) {
      invoice.pays_half_on = promise.due_on;
    }
    const std::string promise_id = promise.promise_id.text();
    say(kHouse, promise_id, day, office_second(), EventData(promise));
  }
}

}  // namespace ledger::demo
