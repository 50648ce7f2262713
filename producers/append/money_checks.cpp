#include "producers/append/money_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "events/types/adjustment.h"
#include "events/types/allocation.h"
#include "events/types/client_merge.h"
#include "events/types/fx.h"
#include "events/types/offset.h"
#include "platform/calendar_month.h"
#include "projections/directory/one_client.h"
#include "projections/receivables/movements.h"
#include "projections/receivables/owners.h"
#include "projections/receivables/queries.h"

namespace ledger {

namespace {

using receivables::Settlement;

std::optional<std::size_t> credit_of(const Settlement& books, const std::string& source,
                                     const std::string& id) {
  for (std::size_t i = 0; i < books.credits.size(); ++i) {
    if (books.credits[i].source == source && books.credits[i].id == id) return i;
  }
  for (const auto& again : books.doubles) {
    if (again.kind != receivables::DoubleKind::kPayment) continue;
    if (again.source == source && again.id == id) return again.first;
  }
  return std::nullopt;
}

}  // namespace

// So much of a credit, of an invoice, or of both.
struct MoneyChecks::Taking {
  const ClientId& client;
  const Money& amount;
  const InvoiceId* invoice = nullptr;
  bool of_credit = true;
  bool revives = true;      // what was written off may be paid after all
  std::string source = {};  // of the credit; empty for a note
  std::string id = {};
  std::string field = "data.amount";
  std::string invoice_field = "data.invoice_id";
};

struct MoneyChecks::Left {
  std::optional<std::int64_t> minor;  // absent: the views do not know it
  bool other_currency = false;
};

Status MoneyChecks::take(const ViewSnapshot& snapshot, const Taking& taking) {
  LEDGER_TRY(const auto client,
             directory::one_client(snapshot, taking.client.text(), std::nullopt));
  LEDGER_TRY(const auto account, receivables::account_of(snapshot, client));
  LEDGER_TRY(const auto books, receivables::settle(account, {kLastDay, std::nullopt}));
  Left open;
  Left free;
  const auto add = [&](Left& left, const Currency& currency, std::int64_t minor) {
    if (currency != taking.amount.currency) {
      left.other_currency = true;
    } else {
      left.minor = left.minor.value_or(0) + minor;
    }
  };
  for (const auto& item : books.items) {
    if (taking.invoice == nullptr || item.invoice.invoice_id != *taking.invoice) continue;
    add(open, item.invoice.amount.currency,
        item.open_minor + (taking.revives ? item.written_off_minor : 0));
  }
  if (taking.invoice != nullptr && !open.minor && !open.other_currency) {
    LEDGER_TRY(const auto other,
               receivables::other_owner(snapshot, *taking.invoice, client.survivor));
    if (other) {
      return fail(ErrorCode::kConflict,
                  fmt::format("invoice '{}' is of client '{}'", taking.invoice->text(), *other),
                  taking.invoice_field);
    }
  }
  const auto index = taking.of_credit ? credit_of(books, taking.source, taking.id) : std::nullopt;
  std::pair<std::string, std::string> money;
  if (index) {
    const auto& credit = books.credits[*index];
    money = {credit.source, credit.id};  // of a payment that was told twice, the first
    add(free, credit.amount.currency, credit.free_minor);
  }
  for (const Left* left : {&open, &free}) {
    if (left->minor || !left->other_currency) continue;
    return fail(ErrorCode::kConflict,
                fmt::format("the {} is not in {}", left == &open ? "invoice" : "payment",
                            taking.amount.currency.text()),
                taking.field + ".currency");
  }
  const std::int64_t amount = taking.amount.amount_minor;
  const auto within = [&](std::int64_t left, std::int64_t& taken, std::string_view what) -> Status {
    left -= taken;
    if (amount <= left) {
      taken += amount;
      return {};
    }
    return fail(ErrorCode::kConflict,
                fmt::format("{} minor units are more than the {} that {}", amount,
                            std::max<std::int64_t>(left, 0), what),
                taking.field + ".amount_minor");
  };
  if (open.minor && (free.minor || !taking.of_credit)) {
    LEDGER_CHECK(within(*open.minor, of_invoices_[taking.invoice->text()],
                        fmt::format("are open of invoice '{}'", taking.invoice->text())));
  }
  if (!free.minor) return {};
  return within(*free.minor, of_money_[money], fmt::format("are free of '{}'", taking.id));
}

// All of the client's free money in the currency, whichever it is.
Status MoneyChecks::convert(const ViewSnapshot& snapshot, const FxConverted& conversion) {
  LEDGER_TRY(const auto client,
             directory::one_client(snapshot, conversion.client_id.text(), std::nullopt));
  LEDGER_TRY(const auto account, receivables::account_of(snapshot, client));
  LEDGER_TRY(const auto books, receivables::settle(account, {kLastDay, std::nullopt}));
  const auto& [amount, currency] = conversion.sold;
  std::int64_t free = 0;
  for (const auto& credit : books.credits) {
    if (credit.amount.currency != currency) continue;
    LEDGER_TRY(free, add_checked(free, credit.free_minor));
  }
  auto& converted = of_currencies_[{client.survivor, currency.text()}];
  free -= converted;
  if (amount <= free) {
    converted += amount;
    return {};
  }
  return fail(ErrorCode::kConflict,
              fmt::format("{} minor units are more than the {} that are free in {}", amount,
                          std::max<std::int64_t>(free, 0), currency.text()),
              "data.sold.amount_minor");
}

Status MoneyChecks::check(const ViewSnapshot& snapshot, const EventData& data) {
  if (const auto* said = data.get_if<PaymentAllocated>()) {
    return take(snapshot, {said->client_id, said->amount, &said->invoice_id, true, true,
                           said->payment_source, said->payment_id});
  }
  if (const auto* said = data.get_if<CreditNoteApplied>()) {
    return take(snapshot, {said->client_id, said->amount, &said->invoice_id, true, true, "",
                           said->credit_note_id.text()});
  }
  if (const auto* said = data.get_if<PaymentRefunded>()) {
    return take(snapshot, {said->client_id, said->amount, nullptr, true, true, said->payment_source,
                           said->payment_id});
  }
  if (const auto* said = data.get_if<InvoiceWrittenOff>()) {
    return take(snapshot, {said->client_id, said->amount, &said->invoice_id, false, false});
  }
  if (const auto* said = data.get_if<FxConverted>()) return convert(snapshot, *said);
  const auto* offset = data.get_if<OffsetMade>();
  if (offset == nullptr) return {};
  for (std::size_t i = 0; i < offset->ours.size(); ++i) {
    const auto& part = offset->ours[i];
    LEDGER_CHECK(take(snapshot, {offset->client_id, part.amount, &part.invoice_id, false, true, "",
                                 "", fmt::format("data.ours.{}.amount", i),
                                 fmt::format("data.ours.{}.invoice_id", i)}));
  }
  return {};
}

bool takes_money(const EventData& data) {
  return data.holds<PaymentAllocated>() || data.holds<CreditNoteApplied>() ||
         data.holds<PaymentRefunded>() || data.holds<OffsetMade>() ||
         data.holds<InvoiceWrittenOff>() || data.holds<FxConverted>() || data.holds<ClientSplit>();
}

}  // namespace ledger
