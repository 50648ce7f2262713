#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "events/privacy/data_subject.h"
#include "events/types/client.h"
#include "events/types/client_merge.h"
#include "events/types/manager.h"
#include "events/types/staff.h"
#include "producers/append/door.h"
#include "projections/seen/rows.h"

// What the door keeps about events that are on their way. Private to this folder.
namespace ledger {

struct AppendDoor::Recent {
  seen::BodyDigest digest{};
  std::optional<Outcome> outcome;  // none while the log has not answered
  bool doubtful = false;           // the log did not say whether it kept the record
  std::vector<std::pair<std::shared_ptr<Batch>, std::size_t>> followers;
};

struct AppendDoor::Prepared {
  Submission submission;
  Stamps stamps = {};
  std::string key = {};  // of the index
  std::optional<seen::BodyDigest> digest = {};
  std::string line = {};
  std::string leaf_hash = {};
  std::optional<privacy::Belongings> belongings = {};  // of a person, by its line
  bool appends = false;                     // false: repeats an event that is here or on its way
  std::optional<std::size_t> repeats = {};  // an earlier event of the same batch
  std::optional<Outcome> outcome = {};
};

struct AppendDoor::Batch {
  std::vector<Prepared> events;
  Done done;
  std::atomic<std::size_t> pending = 0;
};

// Whether later events may be matched, or refused, by what this one says.
[[nodiscard]] inline bool names_keys(const EventData& data) {
  return data.holds<ClientRegistered>() || data.holds<ClientUpdated>() ||
         data.holds<ManagerHired>() || data.holds<ClientMerged>() ||
         data.holds<StandInAppointed>() || data.holds<StandInEnded>();
}

[[nodiscard]] inline tl::unexpected<Error> other_body(std::string_view source,
                                                      std::string_view id) {
  return fail(ErrorCode::kConflict,
              fmt::format("event '{}' of source '{}' was recorded with another body; amend it by "
                          "event.corrected, or send a new id",
                          id, source),
              "id");
}

}  // namespace ledger
