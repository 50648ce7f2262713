#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/directory/letter_kind.h"
#include "projections/directory/rows.h"
#include "projections/store/view_store.h"

namespace ledger::directory {

// The one owner of a key; nullopt if there is none, or several: the ledger does not choose. Cards
// that were merged into one are one owner.
[[nodiscard]] Result<std::optional<std::string>> owner_of(const ViewSnapshot& snapshot,
                                                          KeyKind kind, std::string_view value);

// As he was hired last; nullopt for who never was.
[[nodiscard]] Result<std::optional<ManagerHired>> manager(const ViewSnapshot& snapshot,
                                                          const ManagerId& id);
// Whether he is a head of department by the word that hired him last, and was not dismissed since.
[[nodiscard]] Result<bool> is_supervisor(const ViewSnapshot& snapshot, const ManagerId& id,
                                         Date day);

// Whether a card was opened, or details of it given.
[[nodiscard]] Result<bool> has_card(const ViewSnapshot& snapshot, const std::string& client_id);
// The tax codes of the client: of its card and of those that it absorbed.
[[nodiscard]] Result<std::vector<TaxCode>> tax_codes(const ViewSnapshot& snapshot,
                                                     const std::string& client_id);

// The cards of one company by what is known at an instant: merged into one another, or of one tax
// code. Sorted; the card itself is one of them.
[[nodiscard]] Result<std::vector<std::string>> same_company(
    const ViewSnapshot& snapshot, const std::string& client_id,
    const std::optional<Timestamp>& known_at);

// The day on which the card of a client was opened first; nullopt: nobody opened one.
[[nodiscard]] Result<std::optional<Date>> opened_on(const ViewSnapshot& snapshot,
                                                    const std::string& card,
                                                    const std::optional<Timestamp>& known_at);

// Whether a card was opened and every word of that is taken back: it was a test, or a mistake.
// False of a card that nobody opened.
[[nodiscard]] Result<bool> is_card_voided(const ViewSnapshot& snapshot, const std::string& card,
                                          const std::optional<Timestamp>& known_at);

// Another card that shares what two clients seldom do: "phone", "iban", "director".
struct Sharing {
  std::string card;
  std::vector<std::string> reasons;  // sorted
};
// By the keys that both have now and had been told of at an instant. By card.
[[nodiscard]] Result<std::vector<Sharing>> sharing(const ViewSnapshot& snapshot,
                                                   const std::string& card,
                                                   const std::optional<Timestamp>& known_at);

// The norm and its parameters for one metric, manager and day: the latest effective policy of the
// narrowest scope, parameters that it leaves out by the rule of that day (rules.h). A policy of the
// whole house that is older than the rule says no more than the target.
struct Norm {
  std::int64_t target = 0;
  std::int64_t min_talk_s = 10;
  bool count_unanswered = false;
  bool count_inbound = false;
  bool count_unverified = true;
  std::int64_t redial_s = 300;
  bool uncount_on_hard_bounce = true;
  bool distinct_clients = false;
  std::int64_t mass_companies = 10;
  LetterMarks marks;
  std::int64_t verifying_talk_s = 30;
  bool separate_calls = false;
  bool count_stood_in = true;
  PartDayNorm part_day = PartDayNorm::kProportional;
  std::string policy_id = "default";
  // Empty: no rule of that metric can be changed. Behind the metric's own stand the versions of
  // other rules that were published and decide of it too ("call.v1, part_day.v2").
  std::string rule_version;
};
[[nodiscard]] Result<PoliciesRow> policies(const ViewSnapshot& snapshot);
// Whether a policy for a metric was ever set for him, whatever its day.
[[nodiscard]] bool has_policy(const PoliciesRow& policies, QuotaMetric metric,
                              const ManagerHired& manager,
                              const std::optional<Timestamp>& known_at);
[[nodiscard]] Norm norm_of(const PoliciesRow& policies, QuotaMetric metric,
                           const ManagerHired& manager, Date day,
                           const std::optional<Timestamp>& known_at);

}  // namespace ledger::directory
