#include "producers/payments/camt/transactions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

#include "producers/payments/booking.h"
#include "producers/payments/camt/reading.h"

namespace ledger::camt {

namespace {

using xml::Element;

std::vector<const Element*> listed_in(const Element& entry) {
  std::vector<const Element*> transactions;
  for (const auto* details : entry.all("NtryDtls")) {
    for (const auto* transaction : details->all("TxDtls")) transactions.push_back(transaction);
  }
  return transactions;
}

// How many the bank says a batch has, where it does not list them.
long announced_in(const Element& entry) {
  long number = 0;
  for (const auto* details : entry.all("NtryDtls")) {
    number += std::strtol(std::string(details->text_at("Btch/NbOfTxs")).c_str(), nullptr, 10);
  }
  return number;
}

// Of the account's currency: an amount in the payer's is not what was booked.
Result<Money> amount_of(const Element& transaction, const Currency& currency) {
  for (const auto* path :
       {"Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/CntrValAmt/Amt", "AmtDtls/InstdAmt/Amt"}) {
    const auto* amount = transaction.find(path);
    if (amount == nullptr || amount->attribute("Ccy") != currency.text()) continue;
    auto money = parse_decimal(amount->text, currency);
    if (money && money->amount_minor >= 0) return *money;
    Error error = money ? Error{ErrorCode::kOutOfRange, "has a sign, which is CdtDbtInd's to say"}
                        : std::move(money).error();
    error.field = fmt::format("TxDtls/{}", path);
    return tl::unexpected(std::move(error));
  }
  return fail(ErrorCode::kMissingField,
              fmt::format("in {} is missing in a transaction of the batch", currency.text()),
              "TxDtls/Amt");
}

// What the transaction itself names as kept back by the bank (below zero), in the account's
// currency. Version 02 has the amount in Chrgs, later ones a record for each.
Result<std::int64_t> charges_of(const Element& transaction, const Currency& currency) {
  std::int64_t sum = 0;
  for (const auto* charges : transaction.all("Chrgs")) {
    auto records = charges->all("Rcrd");
    if (records.empty()) records.push_back(charges);
    for (const auto* record : records) {
      const auto* amount = record->find("Amt");
      if (amount == nullptr || amount->attribute("Ccy") != currency.text()) continue;
      LEDGER_TRY(const Money money, parse_decimal(amount->text, currency));
      if (money.amount_minor < 0) continue;  // no charge that can be read
      const bool credit = record->text_at("CdtDbtInd") == "CRDT";
      LEDGER_TRY(sum, add_checked(sum, credit ? money.amount_minor : -money.amount_minor));
    }
  }
  return sum;
}

bool is_outgoing(const Element& transaction) { return transaction.text_at("CdtDbtInd") == "DBIT"; }

// What was booked of each transaction, below zero: of the other side.
Result<std::vector<std::int64_t>> booked_amounts(const std::vector<const Element*>& transactions,
                                                 const Money& total) {
  // What a single one says may be the payer's order, before charges; booked is the entry.
  if (transactions.size() == 1) return std::vector<std::int64_t>{total.amount_minor};
  std::vector<std::int64_t> gross;
  std::vector<std::int64_t> net;
  std::int64_t gross_sum = 0;
  std::int64_t net_sum = 0;
  for (const auto* transaction : transactions) {
    LEDGER_TRY(const Money amount, amount_of(*transaction, total.currency));
    LEDGER_TRY(const std::int64_t charges, charges_of(*transaction, total.currency));
    const bool outgoing = is_outgoing(*transaction);
    gross.push_back(outgoing ? -amount.amount_minor : amount.amount_minor);
    LEDGER_TRY(const std::int64_t left, add_checked(gross.back(), charges));
    net.push_back(left);
    LEDGER_TRY(gross_sum, add_checked(gross_sum, gross.back()));
    LEDGER_TRY(net_sum, add_checked(net_sum, left));
  }
  if (gross_sum == total.amount_minor) return gross;
  if (net_sum == total.amount_minor) return net;
  return fail(ErrorCode::kInvalidField,
              fmt::format("sums to {}, the entry is {}: nothing of it is taken; ask "
                          "the bank, or record its payments by hand",
                          format_decimal({gross_sum, total.currency}), format_decimal(total)),
              "NtryDtls");
}

struct Reference {
  std::string said;  // the transaction's, else the entry's; no two of an entry are the same
  std::string key;   // transactions.h
};

// A reference, numbered where it comes again.
class Once {
 public:
  std::string operator()(std::string reference) {
    if (reference.empty()) return reference;
    const int use = ++uses_[reference];
    return use == 1 ? reference : fmt::format("{}|{}", reference, use);
  }

 private:
  std::map<std::string, int> uses_;
};

std::vector<Reference> references_of(const Element& entry,
                                     const std::vector<const Element*>& transactions) {
  const std::string of_entry(bank::reference_or_none(entry.text_at("AcctSvcrRef")));
  std::vector<std::pair<std::string, std::size_t>> order;  // by the transactions' own
  for (const auto* transaction : transactions) {
    const auto own = bank::reference_or_none(transaction->text_at("Refs/AcctSvcrRef"));
    order.emplace_back(std::string(own), order.size());
  }
  std::sort(order.begin(), order.end());
  std::vector<Reference> references(transactions.size());
  Once keys;
  Once said;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto& [own, at] = order[i];
    std::string key = of_entry;
    if (of_entry.empty()) key = own;
    if (!of_entry.empty() && i > 0) key += "|" + (own.empty() ? std::to_string(i + 1) : own);
    references[at].said = said(own.empty() ? key : own);
    references[at].key = keys(std::move(key));
  }
  return references;
}

bool is_return(const Element& transaction) { return transaction.find("RtrInf") != nullptr; }

TakenBack taken_back(const Element& entry, const Element& transaction, std::string reference,
                     const Money& amount) {
  TakenBack taken;
  taken.bank_reference = std::move(reference);
  taken.amount = amount;
  taken.purpose = purpose_of(entry, transaction);
  return taken;
}

// The statement's name for what the bank gives no reference.
std::string place_of(const Place& place, std::size_t index) {
  return index == 0 ? fmt::format("{}|{}", place.statement_id, place.entry)
                    : fmt::format("{}|{}|{}", place.statement_id, place.entry, index + 1);
}

// Why a transaction is no payment; empty: it is one.
std::string_view left_out(const Element& transaction, std::int64_t booked) {
  if (booked < 0) return "outgoing money within a batch of credits";
  if (booked == 0) return "an entry of nothing";
  if (is_return(transaction)) return "outgoing money that came back";
  return {};
}

}  // namespace

Result<Transactions> transactions_of(const Element& entry, const Money& total, const Place& place) {
  Transactions result;
  auto transactions = listed_in(entry);
  result.listed = !transactions.empty();
  if (!result.listed && announced_in(entry) > 1) {
    return fail(
        ErrorCode::kMissingField,
        fmt::format("is missing: a batch of {} payments that are not listed; import the bank's "
                    "notification (camt.054) of it, or record them by hand",
                    announced_in(entry)),
        "NtryDtls/TxDtls");
  }
  if (!result.listed) transactions.push_back(&entry);
  LEDGER_TRY(const auto amounts, booked_amounts(transactions, total));
  const auto references = references_of(entry, transactions);
  result.referenced = std::all_of(references.begin(), references.end(),
                                  [](const Reference& one) { return !one.key.empty(); });
  for (std::size_t i = 0; i < transactions.size(); ++i) {
    const Element& transaction = *transactions[i];
    if (amounts[i] < 0 && is_return(transaction)) {
      result.taken_back.push_back(taken_back(
          entry, transaction, references[i].said.empty() ? place_of(place, i) : references[i].said,
          {-amounts[i], total.currency}));
      continue;
    }
    if (const auto reason = left_out(transaction, amounts[i]); !reason.empty()) {
      result.skipped.push_back({place.where, std::string(reason)});
      continue;
    }
    PaymentReceived payment;
    payment.our_account = place.account;
    payment.bank_reference = references[i].said;
    payment.amount = {amounts[i], total.currency};
    take_payer(transaction, payment);
    payment.purpose = purpose_of(entry, transaction);
    result.payments.push_back({std::move(payment), references[i].key});
  }
  return result;
}

std::vector<TakenBack> taken_back_of(const Element& entry, const Money& total, const Place& place) {
  auto transactions = listed_in(entry);
  if (transactions.empty()) transactions.push_back(&entry);
  const auto references = references_of(entry, transactions);
  const Money whole{-total.amount_minor, total.currency};
  std::vector<TakenBack> found;
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < transactions.size(); ++i) {
    auto amount = transactions.size() == 1 ? Result<Money>(whole)
                                           : amount_of(*transactions[i], total.currency);
    const auto more = add_checked(sum, amount ? amount->amount_minor : 0);
    sum = more ? *more : 0;
    if (!amount || amount->amount_minor == 0) continue;
    if (!is_reversal(entry) && !is_return(*transactions[i])) continue;
    const std::string& said = references[i].said;
    found.push_back(taken_back(entry, *transactions[i], said.empty() ? place_of(place, i) : said,
                               *std::move(amount)));
  }
  if (!is_reversal(entry) || (sum == whole.amount_minor && !found.empty())) return found;
  const std::string& said = references.front().said;
  return {
      taken_back(entry, *transactions.front(), said.empty() ? place_of(place, 0) : said, whole)};
}

}  // namespace ledger::camt
