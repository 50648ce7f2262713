#include "projections/monthly_report/contracts.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "platform/calendar_month.h"
#include "projections/client_card/queries.h"
#include "projections/duties/duties.h"
#include "projections/quota_compliance/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::monthly_report {

namespace {

namespace quota = quota_compliance;

// How long before a contract an offer is still what it came of (ours).
constexpr int kOfferDays = 90;

// nullopt: no contract of the month's.
std::optional<ContractKind> kind_of(const quota::Item& item) {
  using quota::Verdict;
  if (item.verdict == Verdict::kNoContract || item.verdict == Verdict::kTakenBack ||
      item.verdict == Verdict::kSameContract) {
    return std::nullopt;
  }
  if (item.verdict == Verdict::kTerminated) return ContractKind::kTerminated;
  if (item.returned) return ContractKind::kReturned;
  return item.verdict == quota::Verdict::kNotNew ? ContractKind::kFurther : ContractKind::kNew;
}

std::string number_of(const client_card::Card& card, const std::string& contract_id) {
  for (const auto& told : card.dealings.contracts) {
    if (told.data.contract_id.text() == contract_id) return told.data.number;
  }
  return contract_id;
}

bool offered_on(const quota::DayRow& row, const std::set<std::string>& cards, Timestamp known_at) {
  const auto is_theirs = [&](const auto& offer) {
    return offer.known.at(known_at) && cards.contains(offer.client_id);
  };
  return std::any_of(row.mailed.begin(), row.mailed.end(), is_theirs) ||
         std::any_of(row.phoned.begin(), row.phoned.end(), is_theirs);
}

Result<bool> was_offered(const Report& report, const ViewSnapshot& snapshot,
                         const Contract& contract) {
  static const std::string family = family_of(quota::kName, quota::kVersion);
  LEDGER_TRY(const auto client,
             directory::one_client(snapshot, contract.client_id, report.known_at));
  const std::set<std::string> cards(client.cards.begin(), client.cards.end());
  for (int back = 0; back <= kOfferDays; ++back) {
    const Date day = add_days(contract.signed_on, -back);
    LEDGER_TRY(const auto row,
               read_row<quota::DayRow>(snapshot, family,
                                       quota::day_key(day, report.manager.manager_id.text())));
    if (row && offered_on(*row, cards, report.known_at)) return true;
  }
  return false;
}

std::int64_t counted(const quota::ManagerMonth& month, QuotaMetric metric) {
  for (const auto& line : month.lines) {
    if (line.metric == metric) return line.counted;
  }
  return 0;
}

}  // namespace

Status add_contracts(Report& report, const ViewSnapshot& snapshot,
                     const quota::ManagerMonth& month) {
  const auto& figure = month.contracts;
  const auto line = [&](Section section, std::string_view id, std::int64_t value,
                        std::string_view duty) {
    report.lines.push_back({section, std::string(id), value, "", duty});
  };
  const auto duty = duties::duty_of(QuotaMetric::kNewClientContracts);
  line(Section::kContracts, "contracts.new", figure.counted, duty);
  line(Section::kContracts, "contracts.target", figure.target, duty);
  line(Section::kContracts, "contracts.returned", figure.returned, duty);
  for (const auto& one : figure.items) {
    const auto kind = kind_of(one);
    if (!kind) continue;
    Contract contract{one.client_id, {}, one.id, *one.on, *kind, one.position};
    LEDGER_TRY(const auto card, client_card::card(snapshot, one.client_id,
                                                  {last_of_month(report.month), report.known_at}));
    if (card) {
      contract.client_name = card->details.name.value_or("");
      contract.number = number_of(*card, one.id);
    }
    report.contracts.push_back(std::move(contract));
  }
  std::sort(report.contracts.begin(), report.contracts.end(), [](const auto& a, const auto& b) {
    return std::tie(a.signed_on, a.position) < std::tie(b.signed_on, b.position);
  });
  line(Section::kContracts, "contracts.signed", figure.attempts, duty);
  line(Section::kOffers, "offers.made",
       counted(month, QuotaMetric::kEmailOffers) + counted(month, QuotaMetric::kPhoneOffers),
       duties::duty_of(QuotaMetric::kEmailOffers));
  return {};
}

Status add_came_of_offers(Report& report, const ViewSnapshot& snapshot) {
  std::int64_t offered = 0;
  for (const auto& contract : report.contracts) {
    LEDGER_TRY(const bool came_of_offer, was_offered(report, snapshot, contract));
    if (came_of_offer) ++offered;
  }
  report.lines.push_back({Section::kOffers, "offers.contracts", offered, "",
                          duties::duty_of(QuotaMetric::kNewClientContracts)});
  return {};
}

}  // namespace ledger::monthly_report
