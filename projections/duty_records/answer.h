#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "events/business_zone.h"
#include "projections/duties/duty.h"
#include "projections/duty_records/breakdown.h"
#include "projections/duty_records/ratios.h"

// What the records of a duty say when they are asked for some days, a manager or a client.
namespace ledger::duty_records {

struct Question {
  const duties::Duty* duty = nullptr;  // not null
  Date from;                           // business days, both included
  Date to;
  AsOf as_of;  // nothing of a later day is seen
  std::optional<std::string> manager = {};
  std::optional<std::string> client = {};  // the surviving card
  // Of which records there is nothing in the answer, whatever else is asked; empty: of none.
  std::function<Result<bool>(const Entry& entry)> shows = {};
};

struct Table {
  duties::Breakdown breakdown;
  std::vector<Line> lines;
};

struct Ratio {
  const Rule* rule = nullptr;  // not null
  Tally tally;
};

struct Answer {
  std::vector<Entry> entries;  // newest first
  std::int64_t clients = 0;    // different ones
  std::int64_t without_client = 0;
  std::int64_t doubles = 0;     // told again (a contract, a report): in `entries`, counted nowhere
  std::int64_t taken_back = 0;  // stood there once, voided or corrected since
  std::map<std::string, std::int64_t> by_manager;  // "": nobody's
  std::vector<Table> tables;
  std::optional<Ratio> ratio;  // absent: the duty has no rule of this kind
};

[[nodiscard]] Result<Answer> answer(const ViewSnapshot& snapshot, const Question& question,
                                    const BusinessZone& zone);

// Of clients' forecasts that ended in the days asked about and could be judged, those that came
// true: by the money that fell due meanwhile, not by records alone (projections/client_card).
[[nodiscard]] Result<Tally> count_forecasts(const ViewSnapshot& snapshot, const Question& question);

}  // namespace ledger::duty_records
