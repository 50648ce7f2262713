#include "consumers/query/whom_to_dial.h"

#include <algorithm>
#include <utility>

#include "consumers/access/masking.h"
#include "events/types/call.h"
#include "projections/client_card/standing.h"
#include "projections/quota_compliance/rows.h"
#include "projections/store/kept.h"
#include "projections/store/view_batch.h"

namespace ledger {

namespace {

using client_card::Card;
using client_card::TimelineEntry;

constexpr std::size_t kCallsLooked = 20;

// A call's number stands with its manager's day and not on the timeline.
Result<std::string> number_of(const ViewSnapshot& snapshot, const TimelineEntry& call) {
  static const std::string family = family_of(quota_compliance::kName, quota_compliance::kVersion);
  if (call.manager_id.empty()) return std::string();
  LEDGER_TRY(const auto row,
             read_row<quota_compliance::DayRow>(
                 snapshot, family, quota_compliance::day_key(call.day, call.manager_id)));
  if (!row) return std::string();
  const auto found = std::find_if(row->calls.begin(), row->calls.end(),
                                  [&](const auto& one) { return one.position == call.position; });
  return found == row->calls.end() ? std::string() : found->number;
}

Result<std::string> last_talked_by(const ViewSnapshot& snapshot, const Card& card,
                                   const AsOf& as_of) {
  LEDGER_TRY(const auto slice,
             client_card::timeline(
                 snapshot, card.client,
                 {"", std::string(client_card::kKind<CallCompleted>), as_of, kCallsLooked}));
  for (const auto& call : slice.entries) {
    const bool talked = call.detail == name_of(CallOutcome::kAnswered) &&
                        call.text != name_of(CallDirection::kInternal);
    if (!talked) continue;
    LEDGER_TRY(auto number, number_of(snapshot, call));
    if (!number.empty()) return number;
  }
  return std::string();
}

bool may_be_called(const ContactPersonSet& person, Date day) {
  return client_card::may_be_reached(person, day) &&
         client_card::consent_to(person, ConsentChannel::kPhone, day).value_or(true);
}

const Phone* phone_of(const std::vector<Phone>& phones, const std::string& number) {
  const auto found = std::find_if(phones.begin(), phones.end(),
                                  [&](const Phone& one) { return one.number() == number; });
  return found == phones.end() ? nullptr : &*found;
}

Result<std::optional<Callee>> callee_of(const ViewSnapshot& snapshot, const std::string& client,
                                        const AsOf& as_of) {
  LEDGER_TRY(const auto card, client_card::card(snapshot, client, as_of));
  if (!card) return std::nullopt;
  const auto people = client_card::people(*card);
  LEDGER_TRY(const auto last, last_talked_by(snapshot, *card, as_of));
  bool forbidden = false;  // the last number is of somebody who does not want to be called
  for (const auto* told : people) {
    const Phone* phone = phone_of(told->data.phones, last);
    if (phone == nullptr) continue;
    if (may_be_called(told->data, as_of.day)) {
      return Callee{phone->text(), told->data.name, told->data.person_id.text(), true};
    }
    forbidden = true;
  }
  const auto& own = card->details.phones;
  if (const Phone* phone = last.empty() || forbidden ? nullptr : phone_of(own, last)) {
    return Callee{phone->text(), {}, {}, true};
  }
  for (const auto* told : people) {
    const auto& person = told->data;
    if (person.phones.empty() || !may_be_called(person, as_of.day)) continue;
    return Callee{person.phones.front().text(), person.name, person.person_id.text(), false};
  }
  if (!own.empty()) return Callee{own.front().text(), {}, {}, false};
  // Nobody wrote it on the card, but by it somebody answered.
  if (!last.empty() && !forbidden) return Callee{last, {}, {}, true};
  return std::nullopt;
}

}  // namespace

Result<std::optional<Callee>> whom_to_dial(const Query& query, const std::string& client) {
  const AsOf as_of = query.times();
  std::string key;
  if (!as_of.known_at) key = format_date(as_of.day) + ' ' + client;
  const auto read = [&](const ViewSnapshot& snapshot) {
    return callee_of(snapshot, client, as_of);
  };
  LEDGER_TRY(const auto callee,
             kept<std::optional<Callee>>(query.snapshot, "whom to dial", std::move(key), read));
  return *callee;
}

void write_phone(JsonWriter& json, const Callee& callee, bool masked) {
  json.key("phone").begin_object();
  json.member("number", masked ? last_four(callee.number) : callee.number);
  if (masked) json.member("masked", true);
  if (!callee.name.empty()) json.member("name", callee.name);
  if (!callee.person_id.empty()) json.member("person_id", callee.person_id);
  json.member("spoken_to", callee.spoken_to);
  json.end_object();
}

}  // namespace ledger
