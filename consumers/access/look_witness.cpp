#include "consumers/access/look_witness.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "consumers/access/event_clients.h"
#include "events/json_codec.h"
#include "platform/calendar_month.h"
#include "platform/stable_id.h"
#include "projections/acts/queries.h"
#include "projections/client_card/queries.h"
#include "projections/responsibility/responsibility.h"
#include "projections/unmatched/queries.h"

namespace ledger {

namespace {

using http::Reply;
using http::Request;
using http::Response;

constexpr AsOf kEver{kLastDay, std::nullopt};

Response not_shown(const Error& error) {
  return http::problem({ErrorCode::kUnavailable,
                        "who looks at this is recorded first, and that could not be done: " +
                            error.message + "; try again"});
}

std::vector<Look> looks_of(std::string_view pattern, const Request& request,
                           const Response& answer) {
  auto looks = hits_of_others(pattern, answer.body);
  auto look = takes_out(pattern, request, answer.content_type);
  if (!look) look = opens_one(pattern, request);
  if (look) looks.push_back(*std::move(look));
  return looks;
}

}  // namespace

Result<bool> LookWitness::answers_for(const Principal& principal, const std::string& client) const {
  if (!principal.manager_id) return false;
  const auto snapshot = parts_.views.current();
  const Date today = parts_.zone.local_day(parts_.clock.now());
  LEDGER_TRY(const auto card, client_card::card(*snapshot, client, {today, std::nullopt}));
  if (!card) return false;
  LEDGER_TRY(auto responsibility,
             Responsibility::read(*snapshot, today, today, std::nullopt, parts_.zone));
  LEDGER_TRY(const auto answering, responsibility.of_client(*card, today, std::nullopt));
  return answering.owner == principal.manager_id || answering.manager == principal.manager_id;
}

// Of an event the first client for whom he does not answer stands on record; of none whoever else
// is named in it, since absences and breaches are told by events too. What names nobody (rules,
// calendars, money that waits for its client) has no owner from whom to keep it.
Result<bool> LookWitness::is_his_event(const Principal& principal, Look& look) const {
  LEDGER_TRY(const auto position, parse_position(*look.event));
  LEDGER_TRY(const auto line, parts_.log.read(position));
  LEDGER_TRY(auto named, named_in_line(line));
  const auto snapshot = parts_.views.current();
  if (named.clients.empty()) {
    LEDGER_TRY(const auto event, JsonCodec().decode_line(line));
    LEDGER_TRY(const auto fact, unmatched::fact(*snapshot, event.source, event.id, kEver));
    if (fact && fact->match && !fact->match->client_id.empty()) {
      named.clients.insert(fact->match->client_id);
    }
  }
  for (const auto& card : named.clients) {
    LEDGER_TRY(const auto holder, holder_of(*snapshot, card, position));
    LEDGER_TRY(const bool his, answers_for(principal, holder));
    if (his) continue;
    look.client = holder;
    return false;
  }
  if (!named.clients.empty()) return true;
  return std::all_of(named.managers.begin(), named.managers.end(), [&](const std::string& id) {
    return principal.manager_id && principal.manager_id->text() == id;
  });
}

Result<bool> LookWitness::is_his(const Principal& principal, Look& look) const {
  if (look.event) return is_his_event(principal, look);
  if (look.client) return answers_for(principal, *look.client);
  return look.manager && principal.manager_id && principal.manager_id->text() == *look.manager;
}

// At the beginning of the hour, so that who looks twice in it is recorded once; when he looked
// first stands in the log as the time of recording.
Result<std::optional<Submission>> LookWitness::to_record(const Principal& principal,
                                                         Look look) const {
  if (look.act) {
    LEDGER_TRY(const auto act, acts::standing(*parts_.views.current(), *look.act, kEver));
    if (act) look.client = act->issue().data.client_id.text();
  }
  if (look.action == AccessAction::kViewed) {
    LEDGER_TRY(const bool his, is_his(principal, look));
    if (his) return std::nullopt;
  }
  const Timestamp hour = std::chrono::floor<std::chrono::hours>(parts_.clock.now());
  AccessLogged logged;
  logged.principal = principal.id;
  logged.action = look.action;
  logged.resource = look.resource;
  logged.role = std::string(name_of(principal.role));
  if (look.client) {
    // A list may be asked of a client whom nobody could be.
    if (auto client = ClientId::parse(*look.client)) logged.client_id = *std::move(client);
  }
  const std::string client = look.client.value_or("");
  std::string id = stable_id({"access", principal.id, *logged.role, name_of(look.action),
                              look.resource, client, format_timestamp(hour)});
  return Submission{std::move(id), std::string(kSource), hour, {}, EventData(std::move(logged))};
}

Reply LookWitness::attend(const Request& request, std::string_view method, std::string_view pattern,
                          Reply reply) {
  if (!request.principal || method != "GET") return reply;
  auto asked = std::make_shared<Request>();
  asked->segments = request.segments;
  asked->captures = request.captures;
  asked->query = request.query;
  asked->principal = request.principal;
  return [this, asked, pattern = std::string(pattern), reply = std::move(reply)](Response answer) {
    // 304: he is shown what he has already.
    if (answer.status != 200 && answer.status != 304) return reply(std::move(answer));
    std::vector<Submission> batch;
    for (auto& look : looks_of(pattern, *asked, answer)) {
      auto submission = to_record(*asked->principal, std::move(look));
      if (!submission) return reply(not_shown(submission.error()));
      if (*submission) batch.push_back(**std::move(submission));
    }
    if (batch.empty()) return reply(std::move(answer));
    parts_.door.append(std::move(batch),
                       [reply, answer = std::make_shared<Response>(std::move(answer))](
                           const std::vector<AppendDoor::Outcome>& outcomes) {
                         for (const auto& outcome : outcomes) {
                           if (!outcome) return reply(not_shown(outcome.error()));
                         }
                         reply(std::move(*answer));
                       });
  };
}

}  // namespace ledger
