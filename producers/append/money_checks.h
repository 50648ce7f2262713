#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "events/event_data.h"
#include "events/position.h"
#include "events/types/collection.h"
#include "projections/receivables/settlement.h"
#include "projections/store/view_store.h"

namespace ledger {

struct FxConverted;

// What a batch takes of money and of debts. Refused is what is more than the views know to be left:
// of free money, and of what is open of an invoice (written off counts: it may be paid after all).
// kConflict, naming the member:
//   payment.allocated, credit_note.applied   at most what is free and what is open;
//   payment.refunded                         at most what is free;
//   offset.made                              at most what is open of each invoice;
//   invoice.written_off                      at most what is open of the invoice;
//   fx.converted                             at most what the client has free in the currency sold.
//   payment.allocation_rejected, payment.advance_named, dunning.delivery_changed
//                                            see claim_checks.h.
// So is what event.corrected makes of any of them but fx.converted. An invoice of another client is
// refused (kConflict, the invoice's member). A payment, note or invoice that the views do not know
// passes: it may be recorded later, and the books heed what is possible then
// (receivables/settlement.h). Any other event passes.
class MoneyChecks {
 public:
  // In the order of the batch: what passed counts for those behind it.
  [[nodiscard]] Status check(const ViewSnapshot& snapshot, const EventData& data);
  // What the event at a position is to be read as: what it took is given back first. Whoever asks
  // for no more of the same than before passes, also where others wait for it.
  [[nodiscard]] Status check_corrected(const ViewSnapshot& snapshot, const EventData& data,
                                       const EventData& was, const Position& instead_of);

 private:
  struct Left;
  struct Taking;
  struct Instead;
  [[nodiscard]] static std::vector<Taking> takings_of(const EventData& data);
  [[nodiscard]] static Left left_in(const receivables::Settlement& books, const Taking& taking);
  [[nodiscard]] static bool ask_no_more(const std::vector<Taking>& takings, const EventData& was);
  [[nodiscard]] Status convert(const ViewSnapshot& snapshot, const FxConverted& conversion);
  [[nodiscard]] Status check_claims(const ViewSnapshot& snapshot, const EventData& data) const;
  [[nodiscard]] Status take(const ViewSnapshot& snapshot, const Taking& taking, Instead* instead);

  // Taken by the batch so far: of money by source and id, of an invoice by its id.
  std::map<std::pair<std::string, std::string>, std::int64_t> of_money_;
  std::map<std::string, std::int64_t> of_invoices_;
  std::map<std::pair<std::string, std::string>, std::int64_t> of_currencies_;  // by client
  std::vector<DunningSent> reminders_;                                         // sent by the batch
  std::set<std::pair<std::string, std::string>> advances_;  // money that it named an advance
};

// Whether an event takes of what others may have taken a moment ago, or speaks of what may have
// been told then; a split takes of a card what may have been told of it a moment ago.
[[nodiscard]] bool takes_money(const EventData& data);

}  // namespace ledger
