#include "producers/append/correction.h"

#include "events/types/amendment.h"
#include "platform/limits.h"
#include "platform/sha256.h"

namespace ledger {

Submission correction_of(const Submission& restated) {
  EventCorrected correction;
  correction.target_source = restated.source;
  correction.target_id = restated.id;
  correction.reason = "the sender restated its record";
  correction.data.text = data_json(restated.data, json::StampedMembers::kSkip);
  const Sha256 digest = sha256(restated.id, body_of(restated.time, restated.data));
  const std::string suffix = "~" + to_hex(digest).substr(0, 16);
  std::string id = restated.id.substr(0, limits::kIdBytesMax - suffix.size()) + suffix;
  return {std::move(id), restated.source, restated.time, {}, EventData(std::move(correction))};
}

}  // namespace ledger
