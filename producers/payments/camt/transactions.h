#pragma once

#include <string>
#include <vector>

#include "events/types/payment.h"
#include "events/types/statement.h"
#include "platform/xml_tree.h"
#include "producers/mapping.h"

namespace ledger::camt {

// What of an entry is being read: of which statement it is, and where it stands there.
struct Place {
  const std::string& account;
  const std::string& statement_id;
  int entry;          // from 1
  std::string where;  // for a person
};

struct Transaction {
  PaymentReceived payment;  // its account, reference, amount, payer and purpose
  std::string key;          // of the bank, within the booking day; empty: it gives none
};

struct Transactions {
  std::vector<Transaction> payments;
  std::vector<TakenBack> taken_back;  // but for their day
  std::vector<Mapped::Skipped> skipped;
  bool listed = false;      // the entry says who paid; else it says only how much came
  bool referenced = false;  // the bank gives all of them a key
};

// The payments of a booked credit entry: one for each of its transactions, whose sum, with its
// signs, must be the entry (kInvalidField "NtryDtls" otherwise); of those of the other side what
// the bank returns (RtrInf) is taken back, the rest is left out.
//
// The key is the entry's reference: the message of the day may say no more of a booking than that.
// Of several transactions the first, by their own references, has it, the others that and their
// own; so that an entry told as a whole and told by its transactions is never counted twice,
// whichever comes first. Without a reference of the entry a transaction's own is its key.
// A batch that lists none of its transactions is refused: it is nobody's payment. Where the
// sum is short by the charges that the transactions name, each is taken less its own.
[[nodiscard]] Result<Transactions> transactions_of(const xml::Element& entry, const Money& total,
                                                   const Place& place);

// What of a booked debit entry is money received that the bank takes back: each transaction of a
// reversal (RvslInd) or return (RtrInf); where their amounts do not make the entry, the entry as a
// whole. Empty: it is outgoing money.
[[nodiscard]] std::vector<TakenBack> taken_back_of(const xml::Element& entry, const Money& total,
                                                   const Place& place);

}  // namespace ledger::camt
