#pragma once

#include <map>
#include <optional>
#include <string>

#include "consumers/query/context.h"
#include "platform/json_writer.h"
#include "projections/exchange_rates/queries.h"
#include "projections/receivables/credit_control.h"
#include "projections/receivables/late_payment.h"
#include "projections/receivables/queries.h"

// What every answer about debts says of one currency.
namespace ledger {

// What is published and an answer reckons by, as of its date, each read once. Currencies are never
// added up: the hryvnia equivalent stands beside, with its rate and the date that it was published
// for.
class Rates {
 public:
  Rates(const ViewSnapshot& snapshot, receivables::AsOf as_of)
      : snapshot_(snapshot), as_of_(as_of) {}
  [[nodiscard]] Status read(const std::map<std::string, receivables::Ageing>& by_currency);
  // For answers that show items: by what late payment is reckoned.
  [[nodiscard]] Status read_late_tables();
  // nullptr for the hryvnia, and where none was published by the date.
  [[nodiscard]] const FxRatePublished* of(const Currency& currency) const;
  [[nodiscard]] const receivables::LateTables& late_tables() const { return late_tables_; }

 private:
  const ViewSnapshot& snapshot_;
  receivables::AsOf as_of_;
  std::map<std::string, std::optional<FxRatePublished>> rates_;
  receivables::LateTables late_tables_;
};

// `basis=`: kInvalidField for a word that is none.
[[nodiscard]] Result<receivables::Basis> basis_of(const Query& query);

// Members of the open object: currency, balance, buckets and indicators.
void write_amounts(JsonWriter& json, const receivables::Ageing& ageing, const Rates& rates);

// A member "promise" of the open object: the last promise to pay, and whether it is kept.
void write_promise(JsonWriter& json, const receivables::PromiseStanding& standing);

}  // namespace ledger
