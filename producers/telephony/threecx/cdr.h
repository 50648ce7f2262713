#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/business_zone.h"
#include "producers/mapping.h"
#include "producers/webhook/webhook.h"

// 3CX's call records as it writes them to a socket (source-formats.md 1.8 b): lines of CSV without
// a header. How 3CX is set is in README.md beside it.
namespace ledger::threecx {

inline constexpr std::string_view kCdrName = "3cx-cdr";  // of the webhook and of the quarantine

// Which column of a line is which: the operator of 3CX chooses and orders them.
class CdrColumns {
 public:
  // The 27 that 3CX knows, in its own order.
  CdrColumns();
  // Names of 3CX's, with - or _ ("time-start"). kMisconfigured: a name that 3CX does not have, one
  // given twice, or one without which a line says too little: historyid, callid, time_start,
  // time_answered, time_end, reason_terminated, from_no, dial_no, final_dn, from_type, to_type,
  // final_type.
  [[nodiscard]] static Result<CdrColumns> parse(std::vector<std::string> names);

  [[nodiscard]] std::size_t size() const { return names_.size(); }
  [[nodiscard]] const std::string& name_at(std::size_t place) const { return names_[place]; }
  // nullopt: not among them.
  [[nodiscard]] std::optional<std::size_t> place_of(std::string_view name) const;

 private:
  explicit CdrColumns(std::vector<std::string> names) : names_(std::move(names)) {}
  std::vector<std::string> names_;
};

struct CdrSettings {
  std::string source = "3cx-cdr";
  BusinessZone zone;  // of the exchange's clock: the lines do not say it
  CdrColumns columns = {};
};

// Why a line did not come whole. The word stands in the query of its delivery (?cut=…), so that the
// quarantine has it too.
inline constexpr std::string_view kCutByDisconnect = "disconnect";
inline constexpr std::string_view kCutByLength = "length";

// One line of at most kCdrLineBytesMax: one call.leg_completed; the rule calls.v1 joins those of
// one callid.
inline constexpr std::size_t kCdrLineBytesMax = 64 * 1024;

// Idempotency: `historyid|callid`; historyid alone is a counter, which a 3CX that was set up anew
// begins again; "Call 612504" is 612504. call_id = callid, leg_id = historyid, time = time_start.
//
// Sides by the types, in any case: an Extension, Queue, IVR and the like is the house, a Line or an
// External the world. From the world: inbound, from_no is the client's. From an extension to the
// world: outbound, dial_no is. Between the house's own: skipped; where such a call went on to the
// world, or a queue or menu begins it, a leg of unknown direction. manager_extension: final_dn
// where final_type is Extension; where nothing followed, to_dn; else of an outbound call from_dn.
//
// Answered: time_answered, a reason_terminated that ends a talk, and a person at the end; talk_s
// runs from time_answered, which is a queue's where a queue picked up first. What a queue, a menu
// or a voicemail box took was missed, with its type as outcome_raw. Words of reason_terminated that
// are not in the table are unknown, with the word, also where there is a time_answered.
//
// Errors, with 3CX's names: kMalformed and kTooLarge (no such CSV, cut, another number of columns),
// kMissingField, kInvalidField (no time, a type that is not known, times that are not in order; so
// is a call across the end of the hour that autumn repeats), kOutOfRange (over 30 days).
[[nodiscard]] Mapped map_cdr_line(const http::Request& request, const CdrSettings& settings);

// Has no route.
[[nodiscard]] Webhook cdr_webhook(CdrSettings settings);

}  // namespace ledger::threecx
