#include "projections/catalogue.h"

#include "projections/access_log/fold.h"
#include "projections/activity/fold.h"
#include "projections/acts/fold.h"
#include "projections/amendments/fold.h"
#include "projections/apply_fold.h"
#include "projections/bank_statements/fold.h"
#include "projections/call_legs/fold.h"
#include "projections/client_card/fold.h"
#include "projections/correction_proposals/fold.h"
#include "projections/directory/fold.h"
#include "projections/duty_records/fold.h"
#include "projections/exchange_rates/fold.h"
#include "projections/invoice_numbers/fold.h"
#include "projections/obligations/fold.h"
#include "projections/offer_checks/fold.h"
#include "projections/plans/fold.h"
#include "projections/qualification/fold.h"
#include "projections/quota_compliance/fold.h"
#include "projections/receivables/fold.h"
#include "projections/reports/fold.h"
#include "projections/rule_decisions/fold.h"
#include "projections/seen/rows.h"
#include "projections/signing_authority/fold.h"
#include "projections/sources/fold.h"
#include "projections/unmatched/fold.h"

namespace ledger {

namespace {

template <class... Folds>
struct FoldList {};

// THE list.
using Folds =
    FoldList<directory::Fold, client_card::Fold, receivables::Fold, quota_compliance::Fold,
             unmatched::Fold, activity::Fold, reports::Fold, plans::Fold, exchange_rates::Fold,
             qualification::Fold, acts::Fold, obligations::Fold, sources::Fold, call_legs::Fold,
             duty_records::Fold, offer_checks::Fold, signing_authority::Fold, bank_statements::Fold,
             invoice_numbers::Fold, access_log::Fold, amendments::Fold, rule_decisions::Fold,
             correction_proposals::Fold>;

// A fold that looks at lines as they were delivered; all others look at what lines do.
template <class Fold>
concept SeesLines = requires(const Event& event, const Position& position, ViewBatch& batch) {
  Fold::arrived(event, position, batch);
};

// Calls the fold's overload for the event's type, where it has one.
template <class Fold>
class FoldView final : public View {
 public:
  FoldView() : View(family_of(Fold::kName, Fold::kVersion)) {}

  void arrived(const Event& event, const Position& position) override {
    if constexpr (SeesLines<Fold>) Fold::arrived(event, position, batch_);
  }

  void apply(const EventData& data, const EventMeta& meta) override {
    if constexpr (!SeesLines<Fold>) apply_fold<Fold>(data, meta, batch_);
  }
};

template <class... F>
std::vector<std::unique_ptr<View>> make_views(FoldList<F...>) {
  std::vector<std::unique_ptr<View>> views;
  (views.push_back(std::make_unique<FoldView<F>>()), ...);
  return views;
}

template <class... F>
std::vector<std::string> make_families(FoldList<F...>) {
  return {family_of(F::kName, F::kVersion)...};
}

}  // namespace

std::vector<std::unique_ptr<View>> all_views() { return make_views(Folds{}); }

std::vector<std::string> all_families() {
  auto families = make_families(Folds{});
  families.push_back(family_of(seen::kName, seen::kVersion));
  return families;
}

}  // namespace ledger
