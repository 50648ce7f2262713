#pragma once

#include <string>
#include <vector>

#include "consumers/query/event_links.h"
#include "projections/monthly_report/report.h"
#include "projections/reports/queries.h"

namespace ledger {

// A figure that is not what it was, with the events that did it.
struct ReportChange {
  monthly_report::Correction what;  // `what.events`: all of them
  std::vector<NamedEvent> events;   // those that are named
};

// A report as it is shown: as it was handed in, or by what is known.
struct ReportPaper {
  // Of clients whom who asks may not see, contracts and found breaches name nobody.
  monthly_report::Report report;
  reports::Standing standing;
  bool as_handed_in = false;
  std::string position;  // of the log: at which it was made, or asked for
  // Of what is shown by what is known: the last seconds are left out, though the position covers
  // them (Query::settled).
  bool settled_only = false;
  std::string digest;  // of what is shown
  // Of a report that was handed in, so far as it can be made again: whether that gives the bytes
  // which it was signed for. Absent for one of another form, or of no known instant.
  std::optional<bool> digest_holds;
  std::string handed_in_form;               // empty: not handed in
  std::vector<ReportChange> changed_since;  // the hand-in, by what is known
  std::vector<ReportChange> corrections;    // of the report itself, section 13

  [[nodiscard]] const Told<ReportSubmitted>* handed_in() const {
    return standing.submitted.empty() ? nullptr : &standing.submitted.back();
  }
  [[nodiscard]] bool is_of_another_form() const {
    return !handed_in_form.empty() && handed_in_form != monthly_report::kForm;
  }
};

}  // namespace ledger
