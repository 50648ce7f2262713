#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/sources/rows.h"
#include "projections/sources/silence.h"
#include "projections/store/view_store.h"

namespace ledger::sources {

struct TypeFigures {
  std::string type;
  std::int64_t today = 0;
  std::int64_t last_7_days = 0;  // today and the six days before
};

struct Source {
  std::string name;
  SourceRow row;
  std::vector<TypeFigures> types;  // of the last seven days, by name
  Silence silence;
};

// Asked about this moment only: rows keep minutes, and no knowledge of an earlier instant.
struct Question {
  Timestamp now;
  std::int64_t silent_minutes_min = kSilentMinutesMinDefault;
  std::function<bool(std::string_view name)> shows = {};  // empty: every source
};
struct Page {
  std::vector<Source> sources;  // by name
  std::string next;             // name to go on from; empty at the end
};
// Up to `limit` sources from the first name >= `from`. Days are those of the business zone, by when
// events were recorded. Costs the hours of a month for each source.
[[nodiscard]] Result<Page> sources(const ViewSnapshot& snapshot, const Question& question,
                                   const BusinessZone& zone, std::string_view from,
                                   std::size_t limit);

}  // namespace ledger::sources
