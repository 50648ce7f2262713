#pragma once

#include <string>
#include <vector>

#include "events/types/payment.h"
#include "events/types/statement.h"
#include "producers/mapping.h"

// What a bank's file tells, sorted by kind for tests.
namespace ledger::testing {

struct Told {
  std::vector<Submission> payments;  // firm ones first
  std::size_t provisional = 0;       // payments of them
  std::vector<StatementReceived> statements;
  std::vector<Mapped::Refused> refused;
  std::vector<Mapped::Skipped> skipped;

  [[nodiscard]] const PaymentReceived& payment(std::size_t i = 0) const {
    return *payments.at(i).data.get_if<PaymentReceived>();
  }
};

inline Told told(Mapped mapped) {
  Told told;
  told.refused = std::move(mapped.refused);
  told.skipped = std::move(mapped.skipped);
  told.payments = std::move(mapped.events);
  for (auto& event : mapped.provisional) {
    if (const auto* statement = event.data.get_if<StatementReceived>()) {
      told.statements.push_back(*statement);
    } else {
      told.payments.push_back(std::move(event));
      ++told.provisional;
    }
  }
  return told;
}

}  // namespace ledger::testing
