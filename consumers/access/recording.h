#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "consumers/access/principal.h"
#include "consumers/access/scope.h"
#include "events/envelope.h"
#include "events/types/staff.h"
#include "producers/append/authorise.h"

namespace ledger {

// CloudEvents' source of what a person records: "people/o.savchuk".
[[nodiscard]] std::string source_of(const Principal& principal);
inline constexpr std::string_view kPeople = "people/";
// Whether it is a person's source, and not his.
[[nodiscard]] bool is_other_person(const Principal& principal, std::string_view source);
inline constexpr std::string_view kWhoGrants = "; an admin says who may";  // ends each refusal
// Of access.logged and access.changed, which the server records by itself.
inline constexpr std::string_view kAccessSource = "ledger/access";

// What an amendment is about, as it is read by now: as the log holds it, or by its last correction,
// and with the client to whom it was matched. What was taken back is no proposal any more.
struct AmendedEvents {
  std::optional<Event> target = {};
  std::optional<Event> proposal = {};
};

// What a principal may record (recordable.h has the types), one event of a batch after another:
// whom a manager brings by a new card is his for the rest of the batch.
//   source   of its own sources (a granted "asterisk/*" is all that begin with "asterisk/") and
//            types, and amendments of what its own sources told
//   manager  what is a manager's word, as source people/<id>, about his clients, done by himself;
//            of what was recorded he amends only what he himself did
//   head     the same for the managers of his departments and their clients, and what is a head's
//            word; nothing that judges himself, neither said nor taken back nor corrected, nor a
//            task that another gave him. A bookkeeper, head of all departments, brings
//            files too: under a machine's source what is a machine's word or a head's
//   auditor  nothing
//   admin    everything, but not under another person's source
// Nobody records as the ledger (ledger/…), and nobody amends who looked and who was let in.
// A contract or a payment (needs_second_person) is taken back or corrected by a head or an admin
// who names the correction.proposed of another person, and did not record the event himself; but
// for a record that an import restates under its own source.
//
// A verdict names the member that is not his to say. No clock, no I/O but the views.
class Recording {
 public:
  // All must outlive it.
  Recording(const Principal& principal, Scope& scope, const ViewSnapshot& snapshot, Date today,
            WayIn way = WayIn::kAppend)
      : principal_(principal), scope_(scope), snapshot_(snapshot), today_(today), way_(way) {}

  // `amended`: of an event.voided, event.corrected or correction.proposed.
  [[nodiscard]] Verdict may(const Submission& event, const AmendedEvents& amended);

 private:
  [[nodiscard]] Verdict by_person(const Submission& event, const AmendedEvents& amended);
  [[nodiscard]] Verdict amends(const Submission& event, const AmendedEvents& amended);
  [[nodiscard]] Verdict proposes(const Submission& event, const AmendedEvents& amended);
  [[nodiscard]] Verdict his_to_amend(const Event& target);
  [[nodiscard]] Verdict corrected_data(const Submission& event, const Event& target);
  [[nodiscard]] Verdict says(const EventData& data, std::string_view prefix);
  [[nodiscard]] Verdict about(const EventData& data, std::string_view prefix);
  [[nodiscard]] Verdict assigns(const EventData& data, std::string_view prefix);
  [[nodiscard]] Verdict ends(const StandInEnded& ended, std::string_view prefix);
  [[nodiscard]] Result<bool> sees(const std::string& client);
  [[nodiscard]] Result<bool> sees_event(const Event& event);
  [[nodiscard]] bool is_manager() const { return principal_.role == Role::kManager; }

  const Principal& principal_;
  Scope& scope_;
  const ViewSnapshot& snapshot_;
  Date today_;
  WayIn way_;
  std::set<std::string> brought_;  // cards that this batch opens
  bool from_file_ = false;         // what is judged a bookkeeper brings under a machine's source
};

// Of a source, an auditor and an admin, of whom no view has to be read: nullopt where one has.
[[nodiscard]] std::optional<Verdict> verdict_at_sight(const Principal& principal,
                                                      const Submission& event, WayIn way);

// Whether he may do what a correction.proposed asks for, so far as it is about who he is: a head or
// an admin, neither who recorded the event nor who asks.
[[nodiscard]] bool may_approve(const Principal& principal, const Event& target,
                               const Event& proposed);

// Whether an event is one of which Recording wants to see what it is about.
[[nodiscard]] bool amends_another(const EventData& data);

// Connectors and bookkeepers bring what they could not record, and admins; what lies there is
// replayed or dismissed by heads and admins.
[[nodiscard]] Verdict may_handle_quarantine(const Principal& principal, std::string_view action);

}  // namespace ledger
