#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "projections/duties/duty.h"

namespace ledger::duties {

// Only records whose member says so, or anything at all where no value is named; of a list in the
// key, only such items. Empty: all.
struct Where {
  std::string_view member = {};
  std::string_view value = {};
  bool other = false;  // such as say anything else
};

// What a record means that does not tell a member.
struct Unsaid {
  std::string_view member;
  std::string_view value;
};

// A table of a duty's records by words that its sentence asks about (domain-semantics.md 1, "user
// sees"): which members of which event are its key. "client_id", "manager_id" and "month", of the
// business day, are the record's own; "about_month" is the month that the record is about. Of its
// client are "client_segment", on the day as of which is asked, and "owner_id", whose it was on the
// day of the record. A member that is a list gives a line for each of its items; several members of
// one list go item by item.
struct Breakdown {
  std::string_view duty_id;
  std::string_view event;
  Names key;
  std::string_view title_uk;
  std::string_view title_en;
  Where where = {};
  std::string_view with = {};   // counted apart: records that tell this member, and not as untrue
  std::string_view money = {};  // summed, each currency by itself
  Unsaid unsaid = {};
  std::string_view hryvnias = {};  // of the key: an amount in minor units of the hryvnia
  // Of the list in the key: so much of each item is summed instead, in the currency of `money`.
  std::string_view of_item = {};
};

// THE list, by the number of the duty.
[[nodiscard]] std::span<const Breakdown> breakdowns();
[[nodiscard]] std::vector<Breakdown> breakdowns_of(std::string_view duty_id);

}  // namespace ledger::duties
