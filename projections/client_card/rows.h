#pragma once

#include <string_view>
#include <vector>

#include "events/types/client.h"
#include "events/types/client_merge.h"
#include "events/types/client_review.h"
#include "events/types/client_terms.h"
#include "events/types/market.h"
#include "events/types/need.h"
#include "events/types/person.h"
#include "events/types/talk.h"
#include "projections/said.h"

// The client card: who the client is, who answers for him, what happened and when. Rows keep what
// was said, by event; what it comes to on a date is computed for the date.
namespace ledger::client_card {

inline constexpr std::string_view kName = "client_card";
inline constexpr int kVersion = 11;

// Key: client id. What the client is: seldom changed, read with every card. An event of a type that
// has a list here is kept in it; nothing else is to be done (fold.h).
struct CardRow {
  static constexpr char kTable = 'c';

  std::vector<Told<ClientRegistered>> registered;
  std::vector<Told<ClientUpdated>> updated;
  std::vector<Told<ClientAssigned>> assigned;
  std::vector<Told<ClientSegmentSet>> segments;
  std::vector<Told<ClientKeyAccountSet>> key_accounts;
  std::vector<Told<ClientTermsSet>> terms;
  std::vector<Told<ContactPersonSet>> persons;
  std::vector<Told<ContactPersonRemoved>> persons_removed;
  std::vector<Told<NeedRecorded>> needs;
  std::vector<Told<ClientCriteriaRecorded>> criteria;
  std::vector<Told<RequirementsRecorded>> requirements;
  std::vector<Told<CompetitorObserved>> competitors;
  std::vector<Told<ReliabilityAssessed>> reliability;
  std::vector<Told<FinancialsRecorded>> financials;
  std::vector<Told<ClientReviewed>> reviews;
  std::vector<Told<LeadFound>> leads;
  std::vector<Told<ClientLost>> lost;

  static void fields(auto&& field) {
    field("registered", &CardRow::registered);
    field("updated", &CardRow::updated);
    field("assigned", &CardRow::assigned);
    field("segments", &CardRow::segments);
    field("key_accounts", &CardRow::key_accounts);
    field("terms", &CardRow::terms);
    field("persons", &CardRow::persons);
    field("persons_removed", &CardRow::persons_removed);
    field("needs", &CardRow::needs);
    field("criteria", &CardRow::criteria);
    field("requirements", &CardRow::requirements);
    field("competitors", &CardRow::competitors);
    field("reliability", &CardRow::reliability);
    field("financials", &CardRow::financials);
    field("reviews", &CardRow::reviews);
    field("leads", &CardRow::leads);
    field("lost", &CardRow::lost);
  }
  [[nodiscard]] bool empty() const { return all_empty(*this); }
};

}  // namespace ledger::client_card
