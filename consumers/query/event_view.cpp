#include "consumers/query/event_view.h"

#include <algorithm>
#include <array>
#include <set>

#include "consumers/access/event_clients.h"
#include "consumers/access/masking.h"
#include "events/json_codec.h"
#include "events/line_texts.h"
#include "events/types/calendar.h"
#include "events/types/conduct.h"
#include "events/types/fx.h"
#include "events/types/payment.h"
#include "events/types/quota_policy.h"
#include "events/types/rule.h"
#include "platform/calendar_month.h"

namespace ledger {

namespace {

constexpr AsOf kByNow{kLastDay, std::nullopt};

// What figures are made by, and is about nobody.
constexpr std::array kOfTheHouse{RulePublished::kName,   QuotaPolicySet::kName,
                                 CalendarDaySet::kName,  OutageRecorded::kName,
                                 FxRatePublished::kName, PriceIndexPublished::kName,
                                 KeyRatePublished::kName};

Result<bool> sees_clients(const Query& query, const Position& position,
                          const std::set<std::string>& clients) {
  for (const auto& card : clients) {
    LEDGER_TRY(const auto holder, holder_of(query.snapshot, card, position));
    LEDGER_TRY(const bool sees, query.scope.sees_client(holder));
    if (!sees) return false;
  }
  return true;
}

Result<bool> sees_managers(const Query& query, const std::set<std::string>& managers) {
  for (const auto& id : managers) {
    LEDGER_TRY(const bool sees, query.scope.sees_manager(ManagerId(id)));
    if (!sees) return false;
  }
  return true;
}

}  // namespace

Result<bool> sees_fact(const QueryContext& context, const Query& query,
                       const unmatched::Fact& fact) {
  Scope& scope = query.scope;
  if (scope.whole_house()) return true;
  if (scope.nothing()) return false;
  // By all that is known: what waited at the instant that is asked about may be another's by now.
  LEDGER_TRY(const auto by_now, unmatched::fact(query.snapshot, fact.source, fact.id, kByNow));
  const std::string& client =
      by_now && !by_now->client_id.empty() ? by_now->client_id : fact.client_id;
  if (!client.empty()) return scope.sees_client(client);
  if (fact.type == PaymentReceived::kName) return scope.sees_nobodys();
  LEDGER_TRY(const auto line, context.log.read(fact.wait.position));
  LEDGER_TRY(const auto event, JsonCodec().decode_line(line));
  if (!event.stamps.actor) return scope.sees_nobodys();
  return scope.sees_manager(*event.stamps.actor);
}

Result<bool> sees_event(const QueryContext& context, const Query& query, const Position& position,
                        const Event& event, std::string_view line) {
  Scope& scope = query.scope;
  if (scope.everything()) return true;
  if (scope.nothing() || event.data.holds<AccessLogged>()) return false;
  LEDGER_TRY(const auto named, named_in_line(line));
  if (!named.clients.empty()) return sees_clients(query, position, named.clients);
  LEDGER_TRY(const auto fact, unmatched::fact(query.snapshot, event.source, event.id, kByNow));
  if (fact) return sees_fact(context, query, *fact);
  if (!named.managers.empty()) return sees_managers(query, named.managers);
  const auto type = type_name(event.data);
  if (std::find(kOfTheHouse.begin(), kOfTheHouse.end(), type) != kOfTheHouse.end()) return true;
  return scope.whole_house();
}

Result<std::string> masked_line(std::string_view line) {
  return with_texts(line, [](std::string_view member, std::string_view text) {
    return is_bank_detail(member) ? TextFate::replaced(last_four(text)) : TextFate::kept();
  });
}

}  // namespace ledger
