#pragma once

#include <initializer_list>
#include <string_view>

#include "platform/json_writer.h"

namespace ledger {

// A member of an answer, and the duty whose sentence stands behind its figures.
struct DutyLink {
  std::string_view member;
  std::string_view duty_id;
};

// "duty_ids":{"stopped":"terms.observed",…}: once for an answer whose members stand under several
// duties. An object that is one figure says "duty_id" of itself instead. Both lead to
// /v1/duties/{id}.
inline void write_duty_ids(JsonWriter& json, std::initializer_list<DutyLink> links) {
  json.key("duty_ids").begin_object();
  for (const auto& link : links) json.member(link.member, link.duty_id);
  json.end_object();
}

}  // namespace ledger
