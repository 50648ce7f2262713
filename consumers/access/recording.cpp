#include "consumers/access/recording.h"

#include <fmt/format.h>

#include <algorithm>

#include "consumers/access/named.h"
#include "consumers/access/recordable.h"
#include "events/json_codec.h"
#include "events/types/amendment.h"
#include "events/types/call.h"
#include "events/types/client.h"
#include "events/types/proposal.h"
#include "events/types/staff.h"
#include "events/types/talk.h"
#include "projections/client_card/queries.h"
#include "projections/directory/queries.h"

namespace ledger {

namespace {

// Views that cannot be read are no verdict.
#define LEDGER_SEE(target, expression) \
  LEDGER_SEE_(LEDGER_CONCAT(ledger_seen_, __LINE__), target, expression)
#define LEDGER_SEE_(name, target, expression)                         \
  auto name = (expression);                                           \
  if (!name) return tl::unexpected(Refusal{std::move(name).error()}); \
  target = std::move(*name)

// "Олена Коваль, директор" begins with her name.
bool begins_with_name(std::string_view text, std::string_view name) {
  return !name.empty() && text.starts_with(name) &&
         (text.size() == name.size() || text[name.size()] == ',' || text[name.size()] == ' ');
}

// A machine's own record, which its sender may restate: two people have no part in it. Who appends
// under a machine's source is a person all the same.
bool restates_itself(const Submission& event, std::string_view target_source, WayIn way) {
  return way == WayIn::kRestate && event.source == target_source;
}

Verdict second_person(const Principal& principal, const Event& target, const Submission& event,
                      const std::optional<Event>& proposed) {
  const auto* voided = event.data.get_if<EventVoided>();
  const auto* corrected = event.data.get_if<EventCorrected>();
  const auto no = [&](std::string_view why, std::string field = "data.proposal_id") {
    return forbid(fmt::format("{} is taken back or corrected by two people, one who proposes it "
                              "(correction.proposed) and a head who does it: {}",
                              type_name(target.data), why),
                  std::move(field));
  };
  if (target.source == source_of(principal)) {
    return no("you recorded it yourself, so another head does it", "data.target_source");
  }
  const auto* proposal = proposed ? proposed->data.get_if<CorrectionProposed>() : nullptr;
  if (proposal == nullptr) return no("name the proposal by proposal_source and proposal_id");
  if (!is_other_person(principal, proposed->source)) {
    return no("the proposal has to be another person's", "data.proposal_source");
  }
  if (proposal->manager_id && proposal->manager_id == principal.manager_id) {
    return no("the proposal has to be another person's", "data.proposal_source");
  }
  if (proposal->target_source != target.source || proposal->target_id != target.id) {
    return no("the proposal is about another event");
  }
  if (voided != nullptr) {
    return proposal->data ? Verdict(no("the proposal is to correct it")) : Verdict();
  }
  if (!proposal->data) return no("the proposal is to take it back");
  JsonCodec codec;
  const auto name = type_name(target.data);
  const auto now = codec.decode_data(name, corrected->data.text, /*from_log=*/false);
  const auto asked = codec.decode_data(name, proposal->data->text, /*from_log=*/false);
  if (now && asked && *now == *asked) return {};
  return no("it is not what was proposed", "data.data");
}

}  // namespace

bool may_approve(const Principal& principal, const Event& target, const Event& proposed) {
  if (principal.role != Role::kHead && principal.role != Role::kAdmin) return false;
  const auto* proposal = proposed.data.get_if<CorrectionProposed>();
  const bool asks_himself = proposal == nullptr || !is_other_person(principal, proposed.source) ||
                            (proposal->manager_id && proposal->manager_id == principal.manager_id);
  return !asks_himself && target.source != source_of(principal);
}

bool amends_another(const EventData& data) {
  return data.holds<EventVoided>() || data.holds<EventCorrected>() ||
         data.holds<CorrectionProposed>();
}

Result<bool> Recording::sees(const std::string& client) {
  if (brought_.contains(client)) return true;
  return scope_.sees_client(client);
}

// By its client; what is nobody's by who did it; what is not even that is for heads.
Result<bool> Recording::sees_event(const Event& event) {
  if (event.stamps.subject) return scope_.sees_client(event.stamps.subject->text());
  if (event.stamps.actor) return scope_.sees_manager(*event.stamps.actor);
  return !is_manager();
}

Verdict Recording::may(const Submission& event, const AmendedEvents& amended) {
  if (auto verdict = verdict_at_sight(principal_, event, way_)) return *verdict;
  from_file_ = principal_.role != Role::kAdmin && event.source != source_of(principal_);
  return by_person(event, amended);
}

Verdict Recording::by_person(const Submission& event, const AmendedEvents& amended) {
  if (event.data.holds<CorrectionProposed>()) return proposes(event, amended);
  if (amends_another(event.data)) return amends(event, amended);
  if (auto verdict = says(event.data, "data."); !verdict) return verdict;
  if (const auto* opened = event.data.get_if<ClientRegistered>()) {
    brought_.insert(opened->client_id.text());
  }
  return {};
}

// A type that is his to say, about those who are his.
Verdict Recording::says(const EventData& data, std::string_view prefix) {
  if (principal_.role == Role::kAdmin) return {};
  const auto name = type_name(data);
  const Recordable* known = recordable(name);
  const WordOf most = from_file_     ? WordOf::kMachine
                      : is_manager() ? WordOf::kManager
                                     : WordOf::kHead;
  if (known != nullptr && from_file_ && known->word == WordOf::kManager) {
    return forbid(fmt::format("{} is a person's word, and not a file's{}", name, kWhoGrants),
                  "type");
  }
  if (known == nullptr || known->word > most) {
    return forbid(
        fmt::format("{} is not for a {} to record: {}{}", name, name_of(principal_.role),
                    known == nullptr ? "nobody decided whose word it is" : known->why, kWhoGrants),
        "type");
  }
  if (const auto* call = data.get_if<CallCompleted>()) {
    if (!call->self_reported.value_or(false)) {
      return forbid("a call that a person tells is self-reported; the exchange tells the others",
                    std::string(prefix) + "self_reported");
    }
  }
  return about(data, prefix);
}

Verdict Recording::about(const EventData& data, std::string_view prefix) {
  const auto named = named_in(data);
  for (const auto& [member, id] : named.managers) {
    if (is_manager() && (!principal_.manager_id || principal_.manager_id->text() != id)) {
      return forbid("is to be yourself", std::string(prefix) + member);
    }
    LEDGER_SEE(const bool sees, scope_.sees_manager(ManagerId(id)));
    if (!sees) {
      return forbid("is to be yourself, or a manager of your departments",
                    std::string(prefix) + member);
    }
    if (judges_a_manager(type_name(data)) && principal_.manager_id &&
        principal_.manager_id->text() == id) {
      return forbid("nobody decides about himself", std::string(prefix) + member);
    }
  }
  for (const auto& [member, who] : named.deciders) {
    const bool himself =
        begins_with_name(who, principal_.id) || begins_with_name(who, principal_.name) ||
        (principal_.manager_id && begins_with_name(who, principal_.manager_id->text()));
    if (!himself) return forbid("is to be yourself", std::string(prefix) + member);
  }
  if (data.holds<ClientAssigned>() && is_manager()) return assigns(data, prefix);
  if (const auto* ended = data.get_if<StandInEnded>()) return ends(*ended, prefix);
  const bool brings = data.holds<ClientRegistered>() || data.holds<LeadFound>();
  for (const auto& [member, id] : named.clients) {
    if (brings || member == "new_client_id") {
      LEDGER_SEE(const bool known, directory::has_card(snapshot_, id));
      if (!known) continue;
    }
    LEDGER_SEE(const bool seen, sees(id));
    if (!seen) {
      return forbid("is no client of yours, nor of whom you stand in for",
                    std::string(prefix) + member);
    }
  }
  return {};
}

// To himself, whom he brought and nobody has: else heads give clients to managers.
Verdict Recording::assigns(const EventData& data, std::string_view prefix) {
  const std::string client = data.get_if<ClientAssigned>()->client_id.text();
  if (brought_.contains(client)) return {};
  const auto no = forbid(
      "a head gives clients to managers; you may take whose card you opened and "
      "whom nobody has",
      std::string(prefix) + "client_id");
  LEDGER_SEE(const auto card, client_card::card(snapshot_, client, {today_, std::nullopt}));
  if (!card || client_card::owner_on(card->facts, today_)) return no;
  const auto& opened = card->facts.registered;
  const bool by_him = std::any_of(opened.begin(), opened.end(), [&](const auto& told) {
    return !told.known.taken_back && told.data.manager_id &&
           told.data.manager_id == principal_.manager_id;
  });
  return by_him ? Verdict() : Verdict(no);
}

// Of whom the appointment names, since the event names nobody.
Verdict Recording::ends(const StandInEnded& ended, std::string_view prefix) {
  LEDGER_SEE(const auto row, directory::stand_ins(snapshot_));
  for (const auto& said : row.appointed) {
    if (said.known.taken_back || said.data.appointment_id != ended.appointment_id) continue;
    LEDGER_SEE(const bool seen, scope_.sees_manager(said.data.absent_manager_id));
    if (seen) return {};
  }
  return forbid("is no appointment in your departments", std::string(prefix) + "appointment_id");
}

Verdict Recording::his_to_amend(const Event& target) {
  const auto no = [&](std::string_view why) { return forbid(std::string(why), "data.target_id"); };
  const Recordable* known = recordable(type_name(target.data));
  if (known != nullptr && known->word == WordOf::kLedger) {
    return no("that is the ledger's own word, and nobody amends it");
  }
  if (principal_.role == Role::kAdmin || target.source == source_of(principal_)) return {};
  constexpr std::string_view kNotHis = "there is no such event that is yours to amend";
  if (is_manager()) return no(kNotHis);
  LEDGER_SEE(const bool seen, sees_event(target));
  if (!seen) return no(kNotHis);
  if (known == nullptr || known->word == WordOf::kAdmin) {
    return no("that is for an admin to amend");
  }
  if (!principal_.manager_id || !binds_a_manager(known->type)) return {};
  for (const auto& [member, id] : named_in(target.data).managers) {
    if (principal_.manager_id->text() == id) return no("nobody decides about himself");
  }
  return {};
}

Verdict Recording::corrected_data(const Submission& event, const Event& target) {
  const auto* corrected = event.data.get_if<EventCorrected>();
  if (corrected == nullptr || principal_.role == Role::kAdmin) return {};
  // What does not read is the door's to refuse, which names the member.
  const auto data =
      JsonCodec().decode_data(type_name(target.data), corrected->data.text, /*from_log=*/false);
  if (!data) return {};
  // A head mends also what machines told; whom it names is his all the same.
  return is_manager() ? says(*data, "data.data.") : about(*data, "data.data.");
}

Verdict Recording::amends(const Submission& event, const AmendedEvents& amended) {
  const auto* voided = event.data.get_if<EventVoided>();
  const auto* corrected = event.data.get_if<EventCorrected>();
  const std::string& source = voided != nullptr ? voided->target_source : corrected->target_source;
  if (is_manager() && source != source_of(principal_)) {
    return forbid(
        "you amend what you recorded yourself; what others told is for a head of "
        "department",
        "data.target_source");
  }
  if (principal_.role != Role::kAdmin) {
    if (auto verdict = about(event.data, "data."); !verdict) return verdict;
  }
  const auto& target = amended.target;
  if (!target) {
    if (principal_.role == Role::kHead) {
      return forbid("there is no such event that is yours to amend", "data.target_id");
    }
    if (restates_itself(event, source, way_)) return {};
    // It may be on its way, and the door finds it: as what it is nobody has looked at.
    const std::string& id = voided != nullptr ? voided->target_id : corrected->target_id;
    return tl::unexpected(
        Refusal{{ErrorCode::kNotFound,
                 fmt::format("the ledger holds no event '{}' of source '{}'", id, source),
                 "data.target_id"}});
  }
  if (auto verdict = his_to_amend(*target); !verdict) return verdict;
  if (auto verdict = corrected_data(event, *target); !verdict) return verdict;
  if (!needs_second_person(type_name(target->data)) || restates_itself(event, source, way_))
    return {};
  if (is_manager()) {
    return forbid(fmt::format("{} is taken back or corrected by a head of department; propose it "
                              "by correction.proposed",
                              type_name(target->data)),
                  "type");
  }
  return second_person(principal_, *target, event, amended.proposal);
}

Verdict Recording::proposes(const Submission& event, const AmendedEvents& amended) {
  if (principal_.role != Role::kAdmin) {
    if (auto verdict = about(event.data, "data."); !verdict) return verdict;
  }
  const auto& target = amended.target;
  if (target) {
    LEDGER_SEE(const bool seen, sees_event(*target));
    if (seen && needs_second_person(type_name(target->data))) return {};
  }
  return forbid("there is no such contract or payment of a client of yours", "data.target_id");
}

#undef LEDGER_SEE
#undef LEDGER_SEE_

}  // namespace ledger
