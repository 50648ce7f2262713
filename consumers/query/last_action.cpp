#include "consumers/query/last_action.h"

#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "consumers/access/recordable.h"
#include "events/types/call.h"
#include "events/types/client.h"
#include "events/types/offer.h"
#include "projections/activity/queries.h"

namespace ledger {

namespace {

using namespace quota_compliance;

struct Action {
  Timestamp time;
  Position position;
  std::string kind;  // type of the event
};

void keep_later(std::optional<Action>& last, Action one) {
  if (!last || std::tie(last->time, last->position) < std::tie(one.time, one.position)) {
    last = std::move(one);
  }
}

std::string_view kind_of(QuotaMetric metric) {
  switch (metric) {
    case QuotaMetric::kCalls:
      return CallCompleted::kName;
    case QuotaMetric::kEmailOffers:
      return OfferEmailed::kName;
    case QuotaMetric::kPhoneOffers:
      return OfferPhoned::kName;
    default:
      return {};  // told with their types by what he records
  }
}

bool is_done(const Item& item) {
  if (!item.time || item.verdict == Verdict::kTakenBack) return false;
  return item.verdict != Verdict::kInbound || item.inbound_talk;
}

}  // namespace

Status write_last_action(JsonWriter& json, const Query& query, const ManagerDay& row, Date day) {
  std::optional<Action> last;
  for (const auto& figure : row.figures) {
    const auto kind = kind_of(figure.metric);
    if (kind.empty()) continue;
    for (const auto& item : figure.items) {
      if (is_done(item)) keep_later(last, {*item.time, item.position, std::string(kind)});
    }
  }
  LEDGER_TRY(const auto done,
             activity::done_on(query.snapshot, row.manager.manager_id.text(), day, query.known_at));
  for (const auto& one : done) {
    // What a head or a machine said of him he did not do.
    const Recordable* known = recordable(one.type);
    if (known == nullptr || known->word != WordOf::kManager) continue;
    if (one.type == ClientAssigned::kName) continue;  // given to him, mostly by a head
    keep_later(last, {one.time, one.position, one.type});
  }
  if (!last) return {};
  json.key("last_action").begin_object();
  json.member("time", format_timestamp(last->time));
  json.member("kind", last->kind);
  json.member("position", to_string(last->position));
  json.end_object();
  return {};
}

}  // namespace ledger
