#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "events/envelope.h"
#include "platform/result.h"

namespace ledger {

// Strict JSON in. Limits: kEventBytesMax per event, kJsonDepthMax, kJsonMembersMax, no duplicate
// names, no unknown members, valid UTF-8, whole numbers within int64. Errors name the member by its
// path ("data.amount.currency").
//
// Keeps its parse buffers: one codec per thread, not shared.
class JsonCodec {
 public:
  JsonCodec();
  ~JsonCodec();
  JsonCodec(JsonCodec&&) noexcept;
  JsonCodec& operator=(JsonCodec&&) noexcept;

  // A stored line, with the door's stamps.
  [[nodiscard]] Result<Event> decode_line(std::string_view line);
  // A structured-mode event as a sender writes it. Attributes that the door stamps are refused, as
  // are extension attributes, but traceparent and tracestate, which are not history.
  [[nodiscard]] Result<Submission> decode_submission(std::string_view json);
  // A JSON array of such events; one answer each. The outer error: not an array, or over
  // limits::kBatchEventsMax.
  [[nodiscard]] Result<std::vector<Result<Submission>>> decode_batch(std::string_view json);

  // Binary mode: attributes came as headers, the body is the data.
  struct Attributes {
    std::string specversion, id, source, type, time, subject;
  };
  [[nodiscard]] Result<Submission> decode_binary(const Attributes& attributes,
                                                 std::string_view body);

  // Data of a known type by its short name ("call.completed"), for corrections and matches.
  // `from_log`: stamped members are expected rather than refused.
  [[nodiscard]] Result<EventData> decode_data(std::string_view type_name, std::string_view json,
                                              bool from_log);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ledger
