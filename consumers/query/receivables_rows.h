#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "consumers/query/context.h"
#include "projections/receivables/queries.h"
#include "projections/responsibility/responsibility.h"
#include "projections/store/kept.h"

namespace ledger {

// What a list of debts is sorted and added up by, of one client.
struct DebtorRow {
  // What is past due by the due date, whatever the basis, and for how long the oldest of it.
  struct Late {
    std::int64_t overdue_minor = 0;
    std::int64_t oldest_days = 0;
  };
  std::string name;                                    // empty: no card says one
  Answering who;                                       // on the date of the question
  std::optional<Segment> segment;                      // likewise; absent: no card says one
  std::map<std::string, receivables::Ageing> ageings;  // by currency
  std::map<std::string, Late> late;                    // likewise
};

// Reads the rows of one question; each is kept between questions (projections/store/kept.h).
class DebtorRows {
 public:
  [[nodiscard]] static Result<std::unique_ptr<DebtorRows>> read(const QueryContext& context,
                                                                const Query& query,
                                                                receivables::Basis basis);
  [[nodiscard]] Result<std::shared_ptr<const DebtorRow>> of(const std::string& client_id);

 private:
  DebtorRows(const Query& query, receivables::Basis basis)
      : query_(query), basis_(basis), shared_(query.snapshot) {}
  [[nodiscard]] Result<DebtorRow> make(const ViewSnapshot& snapshot, const std::string& client_id);

  const Query& query_;
  receivables::Basis basis_;
  SharedReads shared_;
  std::optional<Responsibility> responsibility_;  // reads by `shared_`
};

}  // namespace ledger
