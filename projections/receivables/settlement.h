#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/receivables/due.h"
#include "projections/receivables/rows.h"

namespace ledger::receivables {

using ledger::AsOf;

enum class ItemKind {
  kInvoice,
  kRefund,  // what was paid back out of a payment that the bank reversed later
};
constexpr auto names(ItemKind) { return words("invoice", "refund"); }

enum class DoubleKind {
  kPayment,
  kInvoice,
  kCreditNote,
  kDispute,
  kOtherClient,  // a payment that another client has, too: it counts where it was told first
};
constexpr auto names(DoubleKind) {
  return words("payment", "invoice", "credit_note", "dispute", "other_client");
}

enum class CreditKind { kPayment, kCreditNote, kConversion, kOffset };
constexpr auto names(CreditKind) { return words("payment", "credit_note", "conversion", "offset"); }

// One client's items and credits, all currencies. In each currency the open amounts less the free
// credits are the balance, which is summed up on its own from the signed movements.
struct Settlement {
  // An instalment of an invoice. Never negative: open, written off and what was settled are the
  // amount.
  struct Item {
    ItemKind kind = ItemKind::kInvoice;
    Position position;
    // The amount is the instalment's. Of a refund: under the reversed payment's id, so that money
    // can be allocated to it.
    InvoiceIssued invoice;
    Timestamp recorded;  // when the ledger learned of it
    Due due;
    std::int64_t open_minor = 0;
    std::int64_t written_off_minor = 0;
    bool cancelled = false;
  };

  // Money in the client's favour; `free_minor` of it settles nothing yet.
  struct Credit {
    CreditKind kind{};
    Position position;
    std::string source;  // empty for a credit note
    std::string id;
    Date since;
    Money amount;
    std::int64_t free_minor = 0;
    std::int64_t spent_minor = 0;  // refunded or converted
    bool reversed = false;
  };

  // So much of a credit settles so much of an item since a day.
  struct Slice {
    std::size_t credit = 0;  // index
    std::size_t item = 0;    // index
    std::int64_t amount_minor = 0;
    Date since;
  };

  // One change, in the order in which they were carried out: of the balance, of what is open of an
  // item, or of both. The sums over all are the balance and the open amounts.
  struct Posting {
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    Date on;
    std::string_view type;  // of the event that it carries out
    Position position;
    std::size_t item = kNone;    // index
    std::size_t credit = kNone;  // index
    std::int64_t balance_minor = 0;
    std::int64_t open_minor = 0;
    Currency currency;
  };

  // An instruction that could not be carried out, or not wholly: the rest stayed where it was.
  struct Conflict {
    std::string_view type;  // of the event
    Position position;
    Money rest;
  };

  // What was told before under another id of an event: a booking of the bank, an invoice or a
  // credit note. It brings nothing; what names it means the first.
  struct Double {
    DoubleKind kind{};
    Position position;
    std::string source;  // of a payment
    std::string id;
    std::size_t first = 0;  // index of the credit; of an invoice, of its first item
  };

  std::vector<Item> items;
  std::vector<Credit> credits;
  std::vector<Double> doubles;
  std::vector<Slice> slices;
  std::vector<Posting> postings;
  std::vector<Conflict> conflicts;
  std::map<Currency, std::int64_t> balances_minor;
};

// Carries out, in the order of business dates, what can be seen as of the date. An instruction
// takes at most what is open and what is free; its rest takes effect by itself once there is more,
// and is a conflict until then. Of a write-off it stays one: it never takes what opens later. An
// allocation is of the later day of its payment and its invoice, whatever day it says, and leaves
// alone what was refunded before it was decided; a reversal, a cancellation and a write-off are
// never earlier than what they are about. A deallocation undoes an allocation altogether, as if it
// had not been. kOutOfRange if a sum does not fit into int64.
[[nodiscard]] Result<Settlement> settle(const AccountRow& account, const AsOf& as_of);

}  // namespace ledger::receivables
