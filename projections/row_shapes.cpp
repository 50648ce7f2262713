#include "projections/row_shapes.h"

#include "projections/access_log/rows.h"
#include "projections/activity/rows.h"
#include "projections/acts/rows.h"
#include "projections/amendments/rows.h"
#include "projections/bank_statements/rows.h"
#include "projections/call_legs/rows.h"
#include "projections/client_card/dealings.h"
#include "projections/client_card/letters.h"
#include "projections/client_card/rows.h"
#include "projections/client_card/timeline.h"
#include "projections/correction_proposals/rows.h"
#include "projections/directory/key_rows.h"
#include "projections/directory/one_client.h"
#include "projections/directory/rows.h"
#include "projections/directory/time_rows.h"
#include "projections/duty_records/rows.h"
#include "projections/exchange_rates/rows.h"
#include "projections/invoice_numbers/rows.h"
#include "projections/obligations/call_results.h"
#include "projections/obligations/case_rows.h"
#include "projections/obligations/rows.h"
#include "projections/offer_checks/rows.h"
#include "projections/plans/rows.h"
#include "projections/qualification/rows.h"
#include "projections/quota_compliance/month_rows.h"
#include "projections/quota_compliance/rows.h"
#include "projections/quota_compliance/sign_rows.h"
#include "projections/receivables/bookings.h"
#include "projections/receivables/rows.h"
#include "projections/reports/rows.h"
#include "projections/rule_decisions/rows.h"
#include "projections/seen/rows.h"
#include "projections/signing_authority/rows.h"
#include "projections/sources/rows.h"
#include "projections/store/row_shape.h"
#include "projections/store/view_store.h"
#include "projections/unmatched/rows.h"

namespace ledger {

namespace {

template <class Row>
Status read_row_of(std::string_view bytes) {
  const auto row = rows::decode<Row>(bytes);
  if (!row) return tl::unexpected(row.error());
  return {};
}

template <class... Rows>
void add(RowShapes& shapes, std::string_view view, int version) {
  const std::string family = family_of(view, version);
  shapes.digests.emplace(family, rows::shape_digest<Rows...>());
  shapes.readers.emplace(family, RowReaders{{Rows::kTable, &read_row_of<Rows>}...});
  shapes.kinds += sizeof...(Rows);
}

}  // namespace

RowShapes row_shapes() {
  RowShapes shapes;
  add<access_log::DayRow>(shapes, access_log::kName, access_log::kVersion);
  add<activity::MonthRow>(shapes, activity::kName, activity::kVersion);
  add<acts::ActRow, acts::ClientActsRow>(shapes, acts::kName, acts::kVersion);
  add<amendments::AmendedRow>(shapes, amendments::kName, amendments::kVersion);
  add<bank_statements::ReversalRow, bank_statements::StatementRow>(shapes, bank_statements::kName,
                                                                   bank_statements::kVersion);
  add<call_legs::CallRow>(shapes, call_legs::kName, call_legs::kVersion);
  add<client_card::CardRow, client_card::CountersRow, client_card::DealingsRow,
      client_card::LetterRow, client_card::TimelinePage>(shapes, client_card::kName,
                                                         client_card::kVersion);
  add<correction_proposals::ProposalRow, correction_proposals::StepsRow>(
      shapes, correction_proposals::kName, correction_proposals::kVersion);
  add<directory::CalendarRow, directory::CardOpenedRow, directory::ClientKeysRow, directory::KeyRow,
      directory::LeaveRow, directory::ManagerRow, directory::MergesRow, directory::OutagesRow,
      directory::PoliciesRow, directory::SplitsRow, directory::StandInsRow>(
      shapes, directory::kName, directory::kVersion);
  add<duty_records::DayRow>(shapes, duty_records::kName, duty_records::kVersion);
  add<exchange_rates::KeyRateRow, exchange_rates::PriceIndexRow, exchange_rates::RateRow>(
      shapes, exchange_rates::kName, exchange_rates::kVersion);
  add<invoice_numbers::NumberRow>(shapes, invoice_numbers::kName, invoice_numbers::kVersion);
  add<obligations::ActRow, obligations::ApprovalRow, obligations::BreachRow,
      obligations::CallResultsRow, obligations::ClientRow, obligations::ErrandRow,
      obligations::IndexRow, obligations::InformationRow, obligations::InquiryRow,
      obligations::NoticeRow, obligations::ProductRow, obligations::SupplyRow>(
      shapes, obligations::kName, obligations::kVersion);
  add<offer_checks::DayRow, offer_checks::OfferRow, offer_checks::ProductRow>(
      shapes, offer_checks::kName, offer_checks::kVersion);
  add<plans::PlanRow>(shapes, plans::kName, plans::kVersion);
  add<qualification::ManagerRow>(shapes, qualification::kName, qualification::kVersion);
  add<quota_compliance::ClientContractsRow, quota_compliance::DayRow, quota_compliance::DeliveryRow,
      quota_compliance::MonthContractsRow, quota_compliance::SignsRow>(
      shapes, quota_compliance::kName, quota_compliance::kVersion);
  add<receivables::AccountRow, receivables::BookingOwners, receivables::InvoiceOwners,
      receivables::SharedBookingsRow>(shapes, receivables::kName, receivables::kVersion);
  add<reports::ReportRow>(shapes, reports::kName, reports::kVersion);
  add<rule_decisions::DecisionRow, rule_decisions::PlaceRow>(shapes, rule_decisions::kName,
                                                             rule_decisions::kVersion);
  add<seen::SeenRow>(shapes, seen::kName, seen::kVersion);
  add<signing_authority::DayRow>(shapes, signing_authority::kName, signing_authority::kVersion);
  add<sources::HistoryRow, sources::HourRow, sources::SourceRow>(shapes, sources::kName,
                                                                 sources::kVersion);
  add<unmatched::AnswersRow, unmatched::KeyWaitsRow, unmatched::OpenRow, unmatched::WaitingRow>(
      shapes, unmatched::kName, unmatched::kVersion);
  return shapes;
}

}  // namespace ledger
