#include "projections/client_card/credit_proposal.h"

#include <limits>

#include "platform/calendar_month.h"
#include "projections/client_card/standing.h"

namespace ledger::client_card {

std::int64_t CreditFactors::of(ReliabilityGrade grade) const {
  switch (grade) {
    case ReliabilityGrade::kA:
      return a_percent;
    case ReliabilityGrade::kB:
      return b_percent;
    case ReliabilityGrade::kC:
      return c_percent;
    case ReliabilityGrade::kD:
      return d_percent;
  }
  return 0;
}

ProposalMonths proposal_months(Date day) {
  return {month_start(day, -kProposalMonths), add_days(first_of_month(day), -1)};
}

std::optional<CreditProposal> propose_credit_limit(const Card& card, Date day,
                                                   std::int64_t paid_minor,
                                                   const CreditFactors& factors) {
  const auto* forecast = last_of(card.facts.reliability);
  if (forecast == nullptr || paid_minor <= 0) return std::nullopt;
  if (forecast->data.valid_to && *forecast->data.valid_to < day) return std::nullopt;
  CreditProposal proposal;
  proposal.grade = forecast->data.grade;
  proposal.factor_percent = factors.of(proposal.grade);
  const auto months = proposal_months(day);
  proposal.from = months.from;
  proposal.to = months.to;
  proposal.paid_minor = paid_minor;
  const std::int64_t rest = paid_minor % kProposalMonths;
  proposal.average_minor = paid_minor / kProposalMonths + (2 * rest >= kProposalMonths ? 1 : 0);
  if (proposal.factor_percent > 0 &&
      proposal.average_minor > std::numeric_limits<std::int64_t>::max() / proposal.factor_percent) {
    return std::nullopt;
  }
  proposal.limit_minor = proposal.average_minor * proposal.factor_percent / 100;
  return proposal;
}

}  // namespace ledger::client_card
