#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "projections/client_card/queries.h"

// The credit limit that a forecast of reliability speaks for (domain-semantics.md 1.3, row 39:
// "card; credit limit proposal"). Nothing goes by it: a limit is what somebody set. In hryvnias, by
// what was paid in them: money of other currencies is never added (4b, currency).
namespace ledger::client_card {

inline constexpr std::string_view kCreditProposalRule = "credit_limit_proposal.v1";
// Full months before that of the date.
inline constexpr int kProposalMonths = 3;

// [ours] Hundredths of a month's average payments that a client of the class may owe. Of A what he
// pays in two months: the goods of one are paid for while those of the next are out, and 90 of a
// hundred come in time. Of B, of whom a third may come late, one month; of C half of one, so that
// what is not paid in time is less than a month's. D gets goods for prepayment.
struct CreditFactors {
  std::int64_t a_percent = 200;
  std::int64_t b_percent = 100;
  std::int64_t c_percent = 50;
  std::int64_t d_percent = 0;

  [[nodiscard]] std::int64_t of(ReliabilityGrade grade) const;
};

struct CreditProposal {
  ReliabilityGrade grade{};
  std::int64_t factor_percent = 0;
  Date from;  // the months' first and last day
  Date to;
  std::int64_t paid_minor = 0;     // in them
  std::int64_t average_minor = 0;  // a month, to the nearest kopeck
  std::int64_t limit_minor = 0;    // rounded down
};

// The months whose payments a proposal of the day goes by.
struct ProposalMonths {
  Date from;
  Date to;
};
[[nodiscard]] ProposalMonths proposal_months(Date day);

// Of the last forecast by the day and what was paid in its months. nullopt: no forecast, an expired
// one, nothing paid, or beyond int64.
[[nodiscard]] std::optional<CreditProposal> propose_credit_limit(const Card& card, Date day,
                                                                 std::int64_t paid_minor,
                                                                 const CreditFactors& factors = {});

}  // namespace ledger::client_card
