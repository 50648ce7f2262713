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
      if (invoice.pays_on <= day) {
        pay(client, invoice, day);
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
  invoice.open_minor -= amount;
  PaymentReceived payment;
  payment.bank_reference = fmt::format("{}/{}", format_date(day), id("bank"));
  payment.our_account = "UA213223130000026007233566001";
  payment.amount = {amount, client.currency};
  if (chance_.per_mille(8)) payment.amount.amount_minor += 50'000;  // too much, and kept as such
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
  say(kBank, reference, day, 17 * 3600 + chance_.below(1800), EventData(payment));
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
    if (chance_.per_mille(550)) invoice.pays_on = std::min(invoice.pays_on, promise.due_on);
    const std::string promise_id = promise.promise_id.text();
    say(kHouse, promise_id, day, office_second(), EventData(promise));
  }
}

}  // namespace ledger::demo
