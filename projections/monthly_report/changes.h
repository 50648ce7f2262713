#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/directory/one_client.h"
#include "projections/monthly_report/report.h"

// Which events lie behind a figure that is another one by a later knowledge.
namespace ledger::monthly_report {

// What was recorded or taken back between two knowledges, of that of which the figures of a
// manager's month are made. Reads a kind when it is first asked for. The snapshot and the zone must
// outlive it.
class Changes {
 public:
  Changes(const ViewSnapshot& snapshot, const ManagerHired& manager, Date month, Timestamp then,
          Timestamp now, const BusinessZone& zone)
      : snapshot_(&snapshot),
        manager_(manager),
        month_(month),
        then_(then),
        now_(now),
        zone_(&zone) {}

  // Positions, sorted, each once: of events that were recorded since, taken back, or corrected. A
  // figure may be made of more than changed it: all of it that was recorded since is told.
  [[nodiscard]] Result<std::vector<Position>> behind(std::string_view figure);

 private:
  // What figures are made of.
  enum class Kind {
    kCalls,
    kMailed,
    kPhoned,
    kOffered,  // both, and calls, also of the days before of which contracts may come
    kReplies,  // to the month's mailed offers
    kBase,
    kTime,
    kPolicies,
    kContracts,
    kCards,
    kActs,
    kMoney,  // of the invoices that he wrote
    kDebts,  // of the clients for whom he answers
    kPromises,
    kKept,  // the money that keeps them
    kActions,
    kReminders,
    kAnswered,  // for whom he does
    kPlan,
    kNextPlanSet,
    kBreaches,
  };
  using Positions = std::vector<Position>;

  [[nodiscard]] Result<Positions> of(Kind kind);
  [[nodiscard]] Result<Positions> read(Kind kind);
  [[nodiscard]] Result<Positions> counted(const std::vector<std::string_view>& types) const;
  [[nodiscard]] Result<Positions> days(Kind kind, Date from) const;
  [[nodiscard]] Result<Positions> offered() const;
  [[nodiscard]] Result<Positions> replies() const;
  [[nodiscard]] Result<Positions> time() const;
  [[nodiscard]] Result<Positions> policies() const;
  [[nodiscard]] Result<Positions> contracts() const;
  [[nodiscard]] Result<Positions> clients(Kind kind) const;
  [[nodiscard]] Result<Positions> money() const;
  [[nodiscard]] Result<Positions> debts(Kind kind);
  [[nodiscard]] Result<Positions> answered();
  [[nodiscard]] Result<Positions> plan(Date month) const;
  [[nodiscard]] Result<Positions> breaches() const;
  [[nodiscard]] static std::vector<Kind> kinds_of(std::string_view figure);

  // The clients for whom he answers by one of the knowledges, as the later one joins their cards;
  // and those for whom he does by one of them alone.
  struct Clients {
    std::map<std::string, directory::OneClient> all;
    std::map<std::string, directory::OneClient> moved;
  };
  [[nodiscard]] Result<const Clients*> answered_for();

  // Whether it holds by one of the knowledges, and not by the other; or was corrected between them.
  [[nodiscard]] bool changed(const Known& known) const { return known.at(then_) != known.at(now_); }
  template <class List, class Which>
  void take(Positions& found, const List& list, Which&& which) const {
    for (const auto& item : list) {
      if (changed(item.known) && which(item)) found.push_back(item.position);
    }
  }

  const ViewSnapshot* snapshot_;
  ManagerHired manager_;
  Date month_;
  Timestamp then_;
  Timestamp now_;
  const BusinessZone* zone_;
  std::map<Kind, Positions> read_;
  std::optional<Clients> answered_for_;
};

}  // namespace ledger::monthly_report
