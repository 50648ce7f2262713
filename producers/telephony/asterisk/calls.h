#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "producers/telephony/asterisk/leg.h"
#include "producers/telephony/asterisk/mapping.h"

// From legs to calls, in one place: for a whole file and for one that is being written.
namespace ledger::asterisk {

// The legs of one call that have been seen, in the order in which they came.
class Call {
 public:
  // False if the same record is there already: a file read again, or the other channel (AMI).
  bool add(Leg leg);

  [[nodiscard]] const std::vector<Leg>& legs() const { return legs_; }
  [[nodiscard]] const std::string& key() const { return legs_.front().call_key; }
  [[nodiscard]] Timestamp ended_at() const;  // of the leg that ended last
  // True if earlier legs must exist: Asterisk's ids begin with the second in which the call began,
  // and no leg here is that old. False where the id does not tell.
  [[nodiscard]] bool lacks_beginning() const;

 private:
  std::vector<Leg> legs_;
};

// Why join() makes nothing of legs between extensions alone, and only of those.
inline constexpr std::string_view kInternalCall = "internal call";

// What the legs make, by the rule for all exchanges (events/call_joining.h): one event, or the
// reason why the call is no fact for the ledger ("internal call"). Depends on the set of legs
// alone, not on their order: a call whose legs come late gives the same id, and one whose legs come
// by two channels the same body.
[[nodiscard]] std::variant<Submission, std::string> join(const Call& call,
                                                         const Settings& settings);

}  // namespace ledger::asterisk
