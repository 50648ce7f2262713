#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/position.h"
#include "platform/clock.h"
#include "projections/client_card/timeline.h"
#include "projections/directory/one_client.h"
#include "projections/store/view_store.h"

// What was last said between a client and us, found on his timeline from its newest end: the cost
// is that of the days since, not of the history.
namespace ledger::obligations {

// What an entry of a timeline was between the two sides: once, for every count of silence.
enum class Contact {
  kNothing,   // nobody said anything
  kTalk,      // both did
  kFromUs,    // a letter of ours
  kFromThem,  // a letter of theirs
  kMissed,    // they called in vain
};
[[nodiscard]] Contact contact_of(const client_card::TimelineEntry& entry);
[[nodiscard]] constexpr bool is_said(Contact contact) {
  return contact != Contact::kNothing && contact != Contact::kMissed;
}

// Said by either side; who called and was not answered did not say anything, nor did a letter that
// is perhaps somebody else's, or reached nobody (sent_letter.h).
struct Contacts {
  std::optional<Date> last_on;         // of any contact, both ways
  std::optional<Timestamp> last_talk;  // answered call, offer by phone, meeting
  std::optional<Date> last_talk_on;

  struct Missed {
    Timestamp time;
    Date day;
    Position position;
    std::int64_t calls = 0;  // in vain since somebody talked to him
  };
  // The newest incoming call of the last thirty days that nobody took, as long as nobody has talked
  // to the client since, whoever called whom, nor answered an inquiry of his. A letter is no call
  // back: one that goes to many would wipe out all that waits.
  std::optional<Missed> missed;

  struct Offer {
    Date day;
    std::string message_id;
    std::string subject;
    Position position;
  };
  std::vector<Offer> offers;  // by mail, without an answer or a talk since; newest first

  // When the last of all that was looked at happened, whatever it was: at any later instant by
  // which nothing else happened the same is found.
  std::optional<Timestamp> newest;
};

// Of what happened by `now`, on days up to that of `as_of`. The last contact is found however old
// it is; what was before `back_to`, or a month before the day if that is earlier, is not looked for
// otherwise.
[[nodiscard]] Result<Contacts> contacts(const ViewSnapshot& snapshot,
                                        const directory::OneClient& client, const AsOf& as_of,
                                        Timestamp now, Date back_to);

// Whether anything was said either way from `since` to the day of `as_of`: what a count of many
// clients asks, for less than contacts() costs.
[[nodiscard]] Result<bool> spoke_since(const ViewSnapshot& snapshot,
                                       const directory::OneClient& client, const AsOf& as_of,
                                       Date since);

}  // namespace ledger::obligations
