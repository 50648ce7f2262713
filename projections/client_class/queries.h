#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "events/money.h"
#include "projections/client_card/queries.h"
#include "projections/client_class/rule.h"
#include "projections/exchange_rates/queries.h"

// The letter of a client as of a date, with what it rests on. Nothing is folded for it: it is a
// function of what was paid by all, and of what the card tells of a client's potential.
namespace ledger::client_class {

// In twelve months. Other currencies count in hryvnias by the rate of the date; one without a rate
// does not count, and is named.
struct Paid {
  std::map<std::string, std::int64_t> by_currency;
  std::int64_t hryvnias = 0;
  std::vector<std::string> without_rate;
};

// What was said last of what the client could buy in a year.
struct Potential {
  Money amount;
  Date told_on;
  std::string source;
  Position position;
  bool too_old = false;
  std::optional<std::int64_t> hryvnias = {};  // absent: its currency has no rate

  [[nodiscard]] std::optional<std::int64_t> counted() const {
    return too_old ? std::nullopt : hryvnias;
  }
};

struct Class {
  Judged judged;
  Paid paid;
  std::optional<Potential> potential;
  std::int64_t total = 0;  // paid by all
  std::int64_t above = 0;  // paid by all who paid more
};

// Hryvnias by the rates of a date, each read once. The snapshot must outlive it.
class Rates {
 public:
  Rates(const ViewSnapshot& snapshot, const AsOf& as_of) : snapshot_(&snapshot), as_of_(as_of) {}

  // nullopt: its currency has no rate.
  [[nodiscard]] Result<std::optional<std::int64_t>> in_hryvnias(const std::string& code,
                                                                std::int64_t minor);

 private:
  const ViewSnapshot* snapshot_;
  AsOf as_of_;
  std::map<std::string, std::optional<FxRatePublished>> rates_;
};

// What all clients paid.
struct Payers {
  std::map<std::string, Paid> paid;  // by surviving card
  Turnovers all;
};

// What all clients paid, for a question about some of them. The snapshot must outlive it.
class House {
 public:
  // Goes through all accounts, or takes what was kept of them.
  [[nodiscard]] static Result<House> read(const ViewSnapshot& snapshot, const AsOf& as_of);

  // Of a card as of the same date and knowledge.
  [[nodiscard]] Result<Class> class_of(const client_card::Card& card);

 private:
  House(const ViewSnapshot& snapshot, const AsOf& as_of, std::shared_ptr<const Payers> payers)
      : as_of_(as_of), rates_(snapshot, as_of), payers_(std::move(payers)) {}

  AsOf as_of_;
  Rates rates_;
  std::shared_ptr<const Payers> payers_;
};

}  // namespace ledger::client_class
