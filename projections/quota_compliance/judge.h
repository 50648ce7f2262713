#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "projections/directory/holders.h"
#include "projections/directory/working_time.h"
#include "projections/quota_compliance/queries.h"
#include "projections/responsibility/responsibility.h"

// Private to this view: the verdict on one manager's day.
namespace ledger::quota_compliance {

[[nodiscard]] constexpr bool is_owed_by_day(QuotaMetric metric) {
  return metric == QuotaMetric::kCalls || metric == QuotaMetric::kEmailOffers ||
         metric == QuotaMetric::kPhoneOffers || metric == QuotaMetric::kDatabase;
}

// Holds what all managers of a question share. The snapshot and `asked` must outlive it.
class Judge {
 public:
  // `from` to `to`: the whole month of every day that will be asked for.
  [[nodiscard]] static Result<Judge> of(const ViewSnapshot& snapshot, Date from, Date to,
                                        const Asked& asked);

  // nullopt: not employed on that day. A month whose report was accepted is judged by the norms and
  // rules that were known then: those published later judge nobody anew.
  // No head of department: no norm is his.
  [[nodiscard]] Result<std::optional<ManagerDay>> day(const ManagerId& manager, Date day);
  // Of it, what the figure of calls is the sum of; read without the rest of the day. Nothing of a
  // day on which he was no client manager.
  [[nodiscard]] Result<std::vector<Item>> calls(const ManagerId& manager, Date day);
  // Likewise of both figures of offers.
  [[nodiscard]] Result<JudgedOffers> offers(const ManagerId& manager, Date day);

 private:
  Judge(const ViewSnapshot& snapshot, Date from, Date to, const Asked& asked,
        directory::WorkingTime time, directory::PoliciesRow policies,
        directory::StandInsRow stand_ins);
  [[nodiscard]] directory::Norm norm(QuotaMetric metric, const ManagerHired& manager,
                                     Date day) const;
  [[nodiscard]] Result<DayFacts> facts(const ManagerId& manager, Date day);
  [[nodiscard]] Result<DayFacts> call_facts(const ManagerId& manager, Date day);
  // What was done counts for the client whose it is by merges and splits, whenever they were told
  // (domain-semantics.md 4c).
  template <class Done>
  [[nodiscard]] Status name_clients(std::vector<Done>& all);
  // When the first card of the client was opened, or of one from which it was split off; `voided`:
  // never, since that was taken back of each that somebody opened.
  struct Opened {
    std::optional<Date> on;
    bool voided = false;
  };
  [[nodiscard]] Result<Opened> opened(const std::string& client);
  [[nodiscard]] std::optional<LastHour> last_hour(Date day) const;
  // The clients of a day's counted calls for whom he answered as a stand-in.
  [[nodiscard]] Status add_stand_in(ManagerDay& result, Date day);
  [[nodiscard]] Status read_responsibility();
  [[nodiscard]] Result<std::set<std::string>> stood_in_for(const ManagerId& manager,
                                                           const std::vector<Item>& calls,
                                                           Date day);
  [[nodiscard]] Status add_day_figures(ManagerDay& result, Date day);
  [[nodiscard]] Status add_contracts(ManagerDay& result, Date day);
  [[nodiscard]] Status add_report(ManagerDay& result, Date day);
  // Nothing of that kind was known to have reached the ledger on the day, although it had on an
  // earlier one: nobody did it, or the sender was down.
  [[nodiscard]] Result<bool> silent(QuotaMetric metric, Date day);
  [[nodiscard]] Result<bool> heard(QuotaMetric metric, Date day);
  [[nodiscard]] Result<std::optional<Date>> first_heard(QuotaMetric metric);
  [[nodiscard]] Result<Stage> stage(const ManagerHired& manager, Date day);

  const ViewSnapshot* snapshot_;
  Date from_;
  Date to_;
  const Asked* asked_;
  Date today_;
  directory::WorkingTime time_;
  directory::PoliciesRow policies_;
  directory::StandInsRow stand_ins_;
  // By whose knowledge of the rules the day is judged: of a frozen one, that of its acceptance.
  KnownAt judged_by_;
  std::map<std::string, Opened> opened_;  // by client
  std::map<std::pair<QuotaMetric, Date>, bool> heard_;
  std::map<QuotaMetric, std::optional<Date>> first_heard_;
  directory::Holders holders_;
  std::optional<Responsibility> responsibility_;  // read once somebody asks
};

}  // namespace ledger::quota_compliance
