#pragma once

#include "events/json_codec.h"
#include "platform/kafka/topic_reader.h"

namespace ledger::inbox {

// A Kafka record as an event, by the Kafka protocol binding of CloudEvents 1.0:
//   structured  header content-type: application/cloudevents+json; the value is the event
//   binary      headers ce_specversion, ce_id, ce_source, ce_type, ce_time, ce_subject; the value
//               is the data, content-type application/json or none
// Names of headers are compared without case, values are UTF-8 as they are. There is no batch mode.
//
// kUnsupportedMedia for another content type, kMissingField for a tombstone, kDuplicateName for a
// header that stands there twice; else what JsonCodec says.
[[nodiscard]] Result<Submission> to_submission(const kafka::Record& record, JsonCodec& codec);

}  // namespace ledger::inbox
