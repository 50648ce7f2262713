#include "producers/append/claim_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>

#include "events/types/allocation.h"
#include "platform/calendar_month.h"
#include "producers/append/staff_checks.h"
#include "projections/directory/one_client.h"
#include "projections/receivables/advances.h"
#include "projections/receivables/owners.h"
#include "projections/receivables/queries.h"
#include "projections/seen/seen.h"

namespace ledger {

namespace {

using receivables::AccountRow;

bool is_of(const auto& said, const PaymentAllocationRejected& rejected) {
  return said.payment_source == rejected.payment_source && said.payment_id == rejected.payment_id &&
         said.invoice_id == rejected.invoice_id;
}

Status check_invoice(const ViewSnapshot& snapshot, const AccountRow& account,
                     const InvoiceId& invoice, const std::string& client) {
  const bool his = std::ranges::any_of(account.invoices, [&](const auto& said) {
    return !said.known.taken_back && said.data.invoice_id == invoice;
  });
  if (his) return {};
  LEDGER_TRY(const auto other, receivables::other_owner(snapshot, invoice, client));
  if (!other) return {};
  return fail(ErrorCode::kConflict,
              fmt::format("invoice '{}' is another client's, as was told at {}", invoice.text(),
                          to_string(other->position)),
              "data.invoice_id");
}

Status check_money(const ViewSnapshot& snapshot, const AccountRow& account, const auto& said,
                   const std::string& client) {
  const auto has = [&](const auto& list) {
    return std::ranges::any_of(list, [&](const auto& one) {
      return !one.known.taken_back && one.source == said.payment_source &&
             one.id == said.payment_id;
    });
  };
  if (has(account.payments) || has(account.converted) || has(account.offsets)) return {};
  LEDGER_TRY(const auto known, seen::find(snapshot, said.payment_source, said.payment_id));
  if (!known) return {};
  return fail(ErrorCode::kConflict,
              fmt::format("'{}' is no money of client '{}'", said.payment_id, client),
              "data.payment_id");
}

Status check_pays_not(const AccountRow& account, const PaymentAllocationRejected& rejected) {
  const auto undone = [&](const Said<PaymentAllocated>& said) {
    return std::ranges::any_of(account.deallocated, [&](const auto& by) {
      return !by.known.taken_back && is_of(by.data, rejected) && receivables::said_before(said, by);
    });
  };
  const auto pays = std::ranges::find_if(account.allocated, [&](const auto& said) {
    return !said.known.taken_back && is_of(said.data, rejected) && !undone(said);
  });
  if (pays == account.allocated.end()) return {};
  return fail(ErrorCode::kConflict,
              fmt::format("the money pays the invoice already, as was said at {}; "
                          "payment.deallocated undoes that",
                          to_string(pays->position)),
              "data.invoice_id");
}

// What of the money pays nothing; of what is no money by now, nothing.
Result<std::int64_t> left_of(const AccountRow& account, const PaymentAdvanceNamed& said) {
  LEDGER_TRY(const auto books, receivables::settle(account, {kLastDay, std::nullopt}));
  for (const auto& credit : books.credits) {
    if (credit.source == said.payment_source && credit.id == said.payment_id) {
      return credit.free_minor;
    }
  }
  return 0;
}

}  // namespace

Status check_rejection(const ViewSnapshot& snapshot, const PaymentAllocationRejected& said) {
  if (said.manager_id) {
    LEDGER_CHECK(check_hired(snapshot, *said.manager_id, "data.manager_id"));
  }
  LEDGER_TRY(const auto client,
             directory::one_client(snapshot, said.client_id.text(), std::nullopt));
  LEDGER_TRY(const auto account, receivables::account_of(snapshot, client));
  LEDGER_CHECK(check_invoice(snapshot, account, said.invoice_id, client.survivor));
  LEDGER_CHECK(check_money(snapshot, account, said, client.survivor));
  return check_pays_not(account, said);
}

Status check_advance(const ViewSnapshot& snapshot, const PaymentAdvanceNamed& said) {
  LEDGER_CHECK(check_hired(snapshot, said.manager_id, "data.manager_id"));
  LEDGER_TRY(const auto client,
             directory::one_client(snapshot, said.client_id.text(), std::nullopt));
  LEDGER_TRY(const auto account, receivables::account_of(snapshot, client));
  LEDGER_TRY(const auto known, seen::find(snapshot, said.payment_source, said.payment_id));
  if (!known) {
    return fail(ErrorCode::kNotFound,
                fmt::format("the ledger holds no money '{}' of source '{}'", said.payment_id,
                            said.payment_source),
                "data.payment_id");
  }
  LEDGER_CHECK(check_money(snapshot, account, said, client.survivor));
  const auto* named =
      receivables::advance_of(account, said.payment_source, said.payment_id, std::nullopt);
  if (named != nullptr) {
    return fail(ErrorCode::kConflict,
                fmt::format("it was named an advance already, at {}; void that first",
                            to_string(named->position)),
                "data.payment_id");
  }
  LEDGER_TRY(const std::int64_t left, left_of(account, said));
  if (left > 0) return {};
  return fail(ErrorCode::kConflict, "nothing of the money is free: all of it pays something",
              "data.payment_id");
}

Status check_delivery(const ViewSnapshot& snapshot, const DunningDeliveryChanged& said,
                      const std::vector<DunningSent>& in_batch) {
  LEDGER_TRY(const auto client,
             directory::one_client(snapshot, said.client_id.text(), std::nullopt));
  LEDGER_TRY(const auto account, receivables::account_of(snapshot, client));
  std::vector<DunningSent> sent;
  for (const auto& told : account.dunning) {
    if (!told.known.taken_back) sent.push_back(told.data);
  }
  std::ranges::copy_if(in_batch, std::back_inserter(sent), [&](const DunningSent& one) {
    return std::ranges::find(client.cards, one.client_id.text()) != client.cards.end();
  });
  const auto none_left = [&](auto&& fits) {
    std::erase_if(sent, [&](const DunningSent& one) { return !fits(one); });
    return sent.empty();
  };
  const auto not_found = [&](const std::string& what, const char* field) {
    return fail(ErrorCode::kNotFound,
                fmt::format("no reminder {} was sent to client '{}'", what, client.survivor),
                field);
  };
  if (none_left([&](const auto& one) { return one.invoice_id == said.invoice_id; })) {
    return not_found(fmt::format("of invoice '{}'", said.invoice_id.text()), "data.invoice_id");
  }
  if (none_left([&](const auto& one) { return one.level == said.level; })) {
    return not_found(fmt::format("of level {} of the invoice", said.level), "data.level");
  }
  const auto& part = said.instalment;
  if (none_left(
          [&](const auto& one) { return !part || !one.instalment || one.instalment == part; })) {
    return not_found(fmt::format("of the invoice's part {}", *part), "data.instalment");
  }
  if (none_left([&](const auto& one) { return one.sent_on <= said.changed_on; })) {
    return fail(ErrorCode::kOutOfRange, "lies before the day on which the reminder was sent",
                "data.changed_on");
  }
  return {};
}

bool of_the_same(const PaymentAllocationRejected& now, const PaymentAllocationRejected& was) {
  return now.client_id == was.client_id && is_of(now, was);
}

bool of_the_same(const PaymentAdvanceNamed& now, const PaymentAdvanceNamed& was) {
  return now.client_id == was.client_id && now.payment_source == was.payment_source &&
         now.payment_id == was.payment_id;
}

bool of_the_same(const DunningDeliveryChanged& now, const DunningDeliveryChanged& was) {
  return now.client_id == was.client_id && now.invoice_id == was.invoice_id &&
         now.level == was.level && now.instalment == was.instalment &&
         now.changed_on == was.changed_on;
}

}  // namespace ledger
