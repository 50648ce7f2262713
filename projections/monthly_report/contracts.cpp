#include "projections/monthly_report/contracts.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "platform/calendar_month.h"
#include "projections/client_card/letters.h"
#include "projections/client_card/queries.h"
#include "projections/duties/duties.h"
#include "projections/quota_compliance/queries.h"

namespace ledger::monthly_report {

namespace {

namespace quota = quota_compliance;

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

// The days on which the quota counted an offer to a client, by the card that he is by now.
using OfferedOn = std::map<std::string, std::set<Date>>;

Result<OfferedOn> offered_on(const Report& report, const ViewSnapshot& snapshot,
                             const BusinessZone& zone) {
  LEDGER_TRY(
      const auto days,
      quota::judged_offers(snapshot, report.manager.manager_id, add_days(report.month, -kOfferDays),
                           last_of_month(report.month), {report.known_at, report.known_at, zone}));
  OfferedOn found;
  for (const auto& day : days) {
    const auto add = [&](const quota::Item& item) {
      if (item.verdict == quota::Verdict::kCounted) found[item.client_id].insert(day.day);
    };
    std::for_each(day.mailed.begin(), day.mailed.end(), add);
    std::for_each(day.phoned.begin(), day.phoned.end(), add);
  }
  return found;
}

// Of the month's mailed offers, those that count and have an answer: to the letter itself, or to
// one with the same document to the same company on that day.
Result<std::int64_t> answered_offers(const Report& report, const ViewSnapshot& snapshot,
                                     const BusinessZone& zone) {
  const AsOf as_of{zone.local_day(report.known_at), report.known_at};
  LEDGER_TRY(const auto days, quota::judged_offers(snapshot, report.manager.manager_id,
                                                   report.month, last_of_month(report.month),
                                                   {report.known_at, report.known_at, zone}));
  std::set<Position> answered;
  for (const auto& day : days) {
    for (const auto& item : day.mailed) {
      const bool is_offer = item.verdict == quota::Verdict::kCounted ||
                            item.verdict == quota::Verdict::kSameOffer ||
                            item.verdict == quota::Verdict::kSameCompany;
      if (!is_offer) continue;
      LEDGER_TRY(const auto client,
                 directory::one_client(snapshot, item.client_id, report.known_at));
      LEDGER_TRY(const auto letter,
                 client_card::letter_of(snapshot, client, item.id, item.position, as_of));
      if (letter.answer) answered.insert(item.beside.value_or(item.position));
    }
  }
  return static_cast<std::int64_t>(answered.size());
}

std::int64_t counted(const quota::ManagerMonth& month, QuotaMetric metric) {
  for (const auto& line : month.lines) {
    if (line.metric == metric) return line.counted;
  }
  return 0;
}

}  // namespace

Status add_contracts(Report& report, const ViewSnapshot& snapshot, const quota::ManagerMonth& month,
                     const BusinessZone& zone) {
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
  LEDGER_TRY(const auto answered, answered_offers(report, snapshot, zone));
  line(Section::kOffers, "offers.answered", answered, "contacts.regular");
  return {};
}

Status add_came_of_offers(Report& report, const ViewSnapshot& snapshot, const BusinessZone& zone) {
  OfferedOn offered;
  if (!report.contracts.empty()) {
    LEDGER_TRY(offered, offered_on(report, snapshot, zone));
  }
  std::int64_t came = 0;
  for (const auto& contract : report.contracts) {
    LEDGER_TRY(const auto client,
               directory::survivor_of(snapshot, contract.client_id, report.known_at));
    const auto& days = offered[client];
    const auto first = days.lower_bound(add_days(contract.signed_on, -kOfferDays));
    if (first != days.end() && *first <= contract.signed_on) ++came;
  }
  report.lines.push_back({Section::kOffers, "offers.contracts", came, "",
                          duties::duty_of(QuotaMetric::kNewClientContracts)});
  return {};
}

}  // namespace ledger::monthly_report
