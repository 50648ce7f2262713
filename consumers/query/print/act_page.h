#pragma once

#include <optional>
#include <string>

#include "consumers/query/print/form.h"
#include "events/types/reconciliation_answer.h"
#include "projections/acts/act.h"

namespace ledger::print {

// An act with what stands on its paper besides the figures.
struct ActPaper {
  acts::Act act;
  std::optional<std::string> number;
  std::optional<std::string> place;
  Date dated;
  ActForm form = ActForm::kFirst;
  bool is_draft = false;  // it has not been sent
  std::string position;   // of the log, as the draft tells it
  // SHA-256 that the draft carries, if it is of these figures; absent: nothing proves them.
  std::optional<std::string> digest;
  std::optional<ReconciliationDisagreed> disagreed;
  std::optional<ReconciliationSigned> signed_by_both;
};

// The act on A4 in its form: parties, both halves, balances, what is owed in figures and words, the
// table of differences, signatures. The same paper is the same bytes, for as long as acts of that
// form are kept.
[[nodiscard]] std::string act_html(const ActPaper& paper, const BusinessZone& zone,
                                   Language language);

// A row for the opening balance, each line, the turnover and the closing balance.
[[nodiscard]] std::string act_csv(const acts::Act& act);

}  // namespace ledger::print
