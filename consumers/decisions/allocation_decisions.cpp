#include <fmt/format.h>

#include <algorithm>

#include "consumers/decisions/decision.h"
#include "events/types/advance.h"
#include "events/types/allocation.h"
#include "events/types/payment_ruling.h"
#include "platform/calendar_month.h"
#include "platform/stable_id.h"
#include "projections/directory/one_client.h"
#include "projections/receivables/advances.h"
#include "projections/receivables/owners.h"
#include "projections/receivables/pay_proposals.h"
#include "projections/receivables/queries.h"
#include "projections/unmatched/queries.h"

// What a client's money pays, and what it does not.
namespace ledger::decisions {

namespace {

using receivables::AccountRow;
using receivables::Credit;
using receivables::Item;
using receivables::Statement;

constexpr AsOf kEver{kLastDay, std::nullopt};

// The card on which the money lies.
Result<ClientId> card_of(const ViewSnapshot& views, const Subject& subject) {
  if (subject.event.stamps.subject) return *subject.event.stamps.subject;
  LEDGER_TRY(const auto fact,
             unmatched::fact(views, subject.event.source, subject.event.id, kEver));
  if (fact && fact->match) return ClientId(fact->match->client_id);
  if (fact && fact->ruled_out) {
    return fail(ErrorCode::kConflict,
                fmt::format("it is no client's ({})", fact->ruled_out->nature), "position");
  }
  if (!fact) return fail(ErrorCode::kNotFound, "there is no money of a client there", "position");
  return fail(ErrorCode::kConflict,
              "nobody has said whose it is: accept it for a client first, then what it pays",
              "position");
}

// The account of the client and, in it, the money.
struct FreeMoney {
  ClientId card;
  AccountRow account;
  Statement book;
  Credit credit;
  Currency currency;
};

Result<FreeMoney> money_of(const ViewSnapshot& views, const Subject& subject) {
  FreeMoney money;
  LEDGER_TRY(money.card, card_of(views, subject));
  LEDGER_TRY(const auto client, directory::one_client(views, money.card.text(), std::nullopt));
  LEDGER_TRY(money.account, receivables::account_of(views, client));
  LEDGER_TRY(const auto books, receivables::statements(money.account, kEver));
  const auto is_it = [&](const auto& one) {
    return one.source == subject.event.source && one.id == subject.event.id;
  };
  for (const auto& [code, book] : books) {
    const auto found = std::find_if(book.credits.begin(), book.credits.end(), is_it);
    if (found == book.credits.end()) continue;
    money.book = book;
    money.credit = *found;
    LEDGER_TRY(money.currency, Currency::parse(code));
    return money;
  }
  for (const auto& payment : money.account.payments) {
    if (!is_it(payment) || payment.known.taken_back) continue;
    const auto* first = receivables::told_before(money.account, payment, kEver);
    if (first == nullptr) continue;
    return fail(ErrorCode::kConflict,
                fmt::format("the bank's booking counts for another client, by the payment at {}; "
                            "void the one that is wrong first",
                            to_string(first->other.position)),
                "position");
  }
  return fail(ErrorCode::kConflict,
              fmt::format("it is no money of client {} that counts: voided, or told again of "
                          "another payment",
                          client.survivor),
              "position");
}

bool is_of(const auto& said, const Credit& credit, const InvoiceId& invoice) {
  return said.data.payment_source == credit.source && said.data.payment_id == credit.id &&
         said.data.invoice_id == invoice;
}

// The first allocation of the two that stands and is what is asked for.
template <class Which>
const Said<PaymentAllocated>* standing(const AccountRow& account, const Credit& credit,
                                       const InvoiceId& invoice, Which&& which) {
  for (const auto& said : account.allocated) {
    if (said.known.taken_back || !is_of(said, credit, invoice) || !which(said.data)) continue;
    const bool undone =
        std::any_of(account.deallocated.begin(), account.deallocated.end(), [&](const auto& by) {
          return !by.known.taken_back && is_of(by, credit, invoice) &&
                 receivables::said_before(said, by);
        });
    if (!undone) return &said;
  }
  return nullptr;
}

// The invoice as the account holds it, settled or not.
Result<const Item*> invoice_in(const FreeMoney& money, const InvoiceId& invoice) {
  for (const auto& item : money.book.items) {
    if (item.kind == receivables::ItemKind::kInvoice && item.invoice.invoice_id == invoice) {
      return &item;
    }
  }
  for (const auto& said : money.account.invoices) {
    if (said.known.taken_back || said.data.invoice_id != invoice) continue;
    return fail(ErrorCode::kConflict,
                fmt::format("the invoice is in {}, the money in {}",
                            said.data.amount.currency.text(), money.currency.text()),
                "invoice_id");
  }
  return fail(ErrorCode::kNotFound,
              fmt::format("client {} has no invoice '{}'", money.card.text(), invoice.text()),
              "invoice_id");
}

std::int64_t open_of(const FreeMoney& money, const InvoiceId& invoice) {
  std::int64_t open = 0;
  for (const auto& item : money.book.items) {
    if (item.kind == receivables::ItemKind::kInvoice && item.invoice.invoice_id == invoice) {
      open += item.open_minor;  // instalments of one sum: no more than it
    }
  }
  return open;
}

Status check_left(const FreeMoney& money, const InvoiceId& invoice,
                  const std::optional<std::int64_t>& amount) {
  const std::int64_t open = open_of(money, invoice);
  if (open == 0) {
    return fail(ErrorCode::kConflict,
                fmt::format("nothing is open of invoice '{}' any more", invoice.text()),
                "invoice_id");
  }
  if (money.credit.free_minor == 0) {
    return fail(ErrorCode::kConflict, "nothing of the money is free any more", "position");
  }
  const std::int64_t most = std::min(open, money.credit.free_minor);
  if (!amount || *amount <= most) return {};
  return fail(ErrorCode::kConflict,
              fmt::format("is more than the {} that are left: {} are free of the money, {} open of "
                          "the invoice",
                          most, money.credit.free_minor, open),
              "amount_minor");
}

}  // namespace

Result<Decided> accept_allocation(const ViewSnapshot& views, const Subject& subject,
                                  const Asked& asked) {
  LEDGER_TRY(const auto said, Body::read(asked.body, {"invoice_id", "manager_id", "amount_minor"}));
  LEDGER_TRY(const auto invoice, said.id<InvoiceId>("invoice_id"));
  LEDGER_TRY(const auto manager, manager_of(views, said, asked));
  LEDGER_TRY(const auto amount, said.optional_amount("amount_minor"));
  LEDGER_TRY(const auto money, money_of(views, subject));
  LEDGER_TRY(const Item* item, invoice_in(money, invoice));
  const auto left = check_left(money, invoice, amount);
  if (amount || !left) {
    const auto* stands =
        standing(money.account, money.credit, invoice, [&](const PaymentAllocated& one) {
          return one.method == AllocationMethod::kPerson &&
                 (!amount || one.amount.amount_minor == *amount);
        });
    if (stands != nullptr) return stands->position;
  }
  LEDGER_CHECK(left);
  PaymentAllocated allocated;
  allocated.client_id = money.card;
  allocated.payment_source = money.credit.source;
  allocated.payment_id = money.credit.id;
  allocated.invoice_id = invoice;
  allocated.amount = {amount.value_or(std::min(open_of(money, invoice), money.credit.free_minor)),
                      money.currency};
  allocated.effective_on = std::max(money.credit.since, item->invoice.issued_on);
  allocated.method = AllocationMethod::kPerson;
  allocated.manager_id = manager;
  const auto& told = money.account.allocated;
  const auto round = std::count_if(
      told.begin(), told.end(), [&](const auto& one) { return is_of(one, money.credit, invoice); });
  std::string id = stable_id({"allocate", allocated.payment_source, allocated.payment_id,
                              invoice.text(), std::to_string(round)});
  return submission_of(subject, std::move(id), EventData(std::move(allocated)));
}

Result<Decided> reject_allocation(const ViewSnapshot& views, const Subject& subject,
                                  const Asked& asked) {
  LEDGER_TRY(const auto said, Body::read(asked.body, {"invoice_id", "manager_id", "reason"}));
  LEDGER_TRY(const auto invoice, said.id<InvoiceId>("invoice_id"));
  LEDGER_TRY(const auto manager, manager_of(views, said, asked));
  LEDGER_TRY(auto reason, said.text("reason"));
  LEDGER_TRY(const auto money, money_of(views, subject));
  LEDGER_CHECK(invoice_in(money, invoice));
  const auto& told = money.account.allocation_rejected;
  for (const auto& one : told) {
    if (!one.known.taken_back && is_of(one, money.credit, invoice)) return one.position;
  }
  const auto* pays =
      standing(money.account, money.credit, invoice, [](const PaymentAllocated&) { return true; });
  if (pays != nullptr) {
    return fail(ErrorCode::kConflict,
                fmt::format("it pays the invoice already, as was said at {}; payment.deallocated "
                            "undoes that",
                            to_string(pays->position)),
                "invoice_id");
  }
  PaymentAllocationRejected rejected;
  rejected.client_id = money.card;
  rejected.payment_source = money.credit.source;
  rejected.payment_id = money.credit.id;
  rejected.invoice_id = invoice;
  rejected.reason = std::move(reason);
  rejected.manager_id = manager;
  const auto round = std::count_if(
      told.begin(), told.end(), [&](const auto& one) { return is_of(one, money.credit, invoice); });
  std::string id = stable_id({"reject", rejected.payment_source, rejected.payment_id,
                              invoice.text(), std::to_string(round)});
  return submission_of(subject, std::move(id), EventData(std::move(rejected)));
}

Result<Decided> name_advance(const ViewSnapshot& views, const Subject& subject,
                             const Asked& asked) {
  LEDGER_TRY(const auto said, Body::read(asked.body, {"manager_id", "reason"}));
  LEDGER_TRY(const auto manager, manager_of(views, said, asked));
  LEDGER_TRY(const auto money, money_of(views, subject));
  const std::string& source = money.credit.source;
  const std::string& id = money.credit.id;
  const auto* stands = receivables::advance_of(money.account, source, id, std::nullopt);
  if (stands != nullptr) return Decided(stands->position);
  if (money.credit.free_minor == 0) {
    return fail(ErrorCode::kConflict, "nothing of the money is free any more", "position");
  }
  PaymentAdvanceNamed named;
  named.client_id = money.card;
  named.payment_source = source;
  named.payment_id = id;
  named.manager_id = manager;
  if (said.says("reason")) {
    LEDGER_TRY(named.reason, said.text("reason"));
  }
  const auto& told = money.account.advances;
  const auto round = std::count_if(told.begin(), told.end(), [&](const auto& one) {
    return one.data.payment_source == source && one.data.payment_id == id;
  });
  std::string event_id = stable_id({"advance", source, id, std::to_string(round)});
  return Decided(submission_of(subject, std::move(event_id), EventData(std::move(named))));
}

}  // namespace ledger::decisions
