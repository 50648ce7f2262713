#include <fmt/format.h>

#include <algorithm>

#include "consumers/decisions/decision.h"
#include "events/types/amendment.h"
#include "events/types/interaction_ruling.h"
#include "events/types/match_rejection.h"
#include "events/types/payment.h"
#include "events/types/payment_ruling.h"
#include "platform/calendar_month.h"
#include "platform/stable_id.h"
#include "projections/directory/one_client.h"
#include "projections/unmatched/proposals.h"
#include "projections/unmatched/queries.h"

// Whose a fact is that waits, whose it is not, and that it is no client's.
namespace ledger::decisions {

namespace {

constexpr AsOf kEver{kLastDay, std::nullopt};

Result<unmatched::Fact> fact_of(const ViewSnapshot& views, const Subject& subject) {
  LEDGER_TRY(const auto fact,
             unmatched::fact(views, subject.event.source, subject.event.id, kEver));
  if (fact) return *fact;
  return fail(ErrorCode::kNotFound,
              "that event does not wait for anybody to say whose it is, and never did", "position");
}

tl::unexpected<Error> matched_already(const unmatched::Answer& match) {
  return fail(ErrorCode::kConflict,
              fmt::format("it is client {}'s already; to change that, void the match at {} first",
                          match.client_id, to_string(match.position)),
              "position");
}

// Whose it is the event says by itself; what is missing is its manager.
Status check_lacks_client(const unmatched::Fact& fact) {
  if (fact.client_id.empty() || fact.match) return {};
  return fail(ErrorCode::kConflict,
              fmt::format("it is client {}'s already; what it waits for is its manager: it is his "
                          "once the extension or the address is told of him (manager.hired)",
                          fact.client_id),
              "position");
}

tl::unexpected<Error> ruled_out_already(const unmatched::Answer& ruling) {
  return fail(ErrorCode::kConflict,
              fmt::format("it is no client's ({}); to change that, void what was said at {} first",
                          ruling.nature, to_string(ruling.position)),
              "position");
}

// An answer that was taken back may be given anew: it is another event then.
std::string answer_id(const char* what, const unmatched::Fact& fact, std::string_view about) {
  return stable_id({what, fact.source, fact.id, about, std::to_string(fact.taken_back)});
}

Result<bool> is_one_client(const ViewSnapshot& views, const std::string& card,
                           const std::string& other) {
  LEDGER_TRY(const auto left, directory::survivor_of(views, card, std::nullopt));
  LEDGER_TRY(const auto right, directory::survivor_of(views, other, std::nullopt));
  return left == right;
}

}  // namespace

Result<Decided> accept_match(const ViewSnapshot& views, const Subject& subject,
                             const Asked& asked) {
  LEDGER_TRY(const auto said, Body::read(asked.body, {"client_id", "manager_id", "reason"}));
  LEDGER_TRY(const auto client, client_of(views, said));
  LEDGER_TRY(const auto manager, manager_of(views, said, asked));
  LEDGER_TRY(const auto fact, fact_of(views, subject));
  LEDGER_CHECK(check_lacks_client(fact));
  LEDGER_TRY(auto counted, unmatched::counted_for(views, fact, kEver));
  if (fact.match) {
    LEDGER_TRY(const bool same, is_one_client(views, fact.match->client_id, client.text()));
    if (!same) return matched_already(*fact.match);
    Decided stands = fact.match->position;
    stands.counts_for = std::move(counted);
    return stands;
  }
  if (fact.ruled_out) return ruled_out_already(*fact.ruled_out);
  InteractionMatched matched;
  matched.target_source = fact.source;
  matched.target_id = fact.id;
  matched.client_id = client;
  matched.manager_id = manager;
  LEDGER_TRY(matched.credited_manager_id,
             unmatched::manager_for(views, fact.wait.manager_keys, fact.wait.day));
  matched.reason = said.optional_text("reason").value_or("a person accepted it");
  std::string id = answer_id("match", fact, client.text());
  Decided accepted = submission_of(subject, std::move(id), EventData(std::move(matched)));
  accepted.counts_for = std::move(counted);
  return accepted;
}

Result<Decided> reject_match(const ViewSnapshot& views, const Subject& subject,
                             const Asked& asked) {
  LEDGER_TRY(const auto said, Body::read(asked.body, {"client_id", "manager_id", "reason"}));
  LEDGER_TRY(const auto client, client_of(views, said));
  LEDGER_TRY(const auto manager, manager_of(views, said, asked));
  LEDGER_TRY(auto reason, said.text("reason"));
  LEDGER_TRY(const auto fact, fact_of(views, subject));
  LEDGER_CHECK(check_lacks_client(fact));
  if (fact.match) return matched_already(*fact.match);
  if (fact.ruled_out) return ruled_out_already(*fact.ruled_out);
  for (const auto& answer : fact.rejected) {
    if (answer.client_id == client.text()) return answer.position;
  }
  InteractionMatchRejected rejected;
  rejected.target_source = fact.source;
  rejected.target_id = fact.id;
  rejected.client_id = client;
  rejected.manager_id = manager;
  rejected.reason = std::move(reason);
  std::string id = answer_id("reject", fact, client.text());
  return submission_of(subject, std::move(id), EventData(std::move(rejected)));
}

namespace {

// What is ruled out is not matched; a ruling that stands says the same, or is in the way.
Result<std::optional<Position>> ruled_out_so(const unmatched::Fact& fact, std::string_view nature) {
  if (fact.match) return matched_already(*fact.match);
  if (!fact.ruled_out) return std::nullopt;
  if (fact.ruled_out->nature != nature) return ruled_out_already(*fact.ruled_out);
  return fact.ruled_out->position;
}

// In the words of money, or of everything else.
template <class Ruling>
Result<Decided> rule_out_as(const unmatched::Fact& fact, const Subject& subject,
                            std::string_view word, const ManagerId& manager, std::string reason) {
  using Nature = decltype(Ruling::nature);
  const auto nature = from_name<Nature>(word);
  if (!nature) {
    return fail(ErrorCode::kInvalidField,
                fmt::format("of {} is one of: {}", fact.type, fmt::join(names(Nature{}), ", ")),
                "nature");
  }
  LEDGER_TRY(const auto standing, ruled_out_so(fact, word));
  if (standing) return Decided(*standing);
  Ruling ruling;
  ruling.target_source = fact.source;
  ruling.target_id = fact.id;
  ruling.nature = *nature;
  ruling.manager_id = manager;
  ruling.reason = std::move(reason);
  std::string id = answer_id("rule-out", fact, word);
  return Decided(submission_of(subject, std::move(id), EventData(std::move(ruling))));
}

}  // namespace

Result<Decided> rule_out(const ViewSnapshot& views, const Subject& subject, const Asked& asked) {
  LEDGER_TRY(const auto said, Body::read(asked.body, {"nature", "manager_id", "reason"}));
  LEDGER_TRY(const auto word, said.text("nature"));
  LEDGER_TRY(const auto manager, manager_of(views, said, asked));
  LEDGER_TRY(auto reason, said.text("reason"));
  LEDGER_TRY(const auto fact, fact_of(views, subject));
  // Of a known client it is no manager's: a secretary's extension, a mailbox that only answers.
  if (!fact.lacks_manager() && !fact.ruled_out) LEDGER_CHECK(check_lacks_client(fact));
  if (fact.type == PaymentReceived::kName) {
    return rule_out_as<PaymentRuledOut>(fact, subject, word, manager, std::move(reason));
  }
  return rule_out_as<InteractionRuledOut>(fact, subject, word, manager, std::move(reason));
}

}  // namespace ledger::decisions
