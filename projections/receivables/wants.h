#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "projections/receivables/movements.h"

// Instructions that wait for an open amount or for free money, while the books of an account are
// gone through by business date.
namespace ledger::receivables {

struct Want {
  enum class Kind { kAllocate, kWriteOff, kRefund, kConvert };
  Kind kind{};
  std::string_view type;  // of the event
  SaidAt said;
  CreditKey credit;
  const InvoiceId* invoice = nullptr;
  Money rest;
  const Conversion* conversion = nullptr;
  bool may_wait = false;  // a rest is no conflict
  bool tried = false;     // of a write-off: its rest is one for good
};

class Wants {
 public:
  explicit Wants(const std::vector<Movement>& movements);

  // Who said so first is served first.
  void add(const Want& want);
  // What was undone altogether does not wait for more, unless it was said again afterwards.
  template <class Which>
  void drop(const SaidAt& before, Which which) {
    std::erase_if(waiting_, [&](const Want& want) { return want.said < before && which(want); });
  }
  void drop_served();

  // A refund's day has come: it waits itself from now on.
  void refund_due(const Said<PaymentRefunded>& refund);
  // Of the money that an instruction names, what refunds are to take that were said before it and
  // whose day has not come yet.
  [[nodiscard]] std::int64_t spoken_for(const Want& want) const;

  [[nodiscard]] auto begin() { return waiting_.begin(); }
  [[nodiscard]] auto end() { return waiting_.end(); }

 private:
  struct Ahead {
    const Said<PaymentRefunded>* refund = nullptr;
    SaidAt said;
  };
  std::vector<Want> waiting_;
  std::vector<Ahead> refunds_ahead_;
};

}  // namespace ledger::receivables
