#pragma once

#include <initializer_list>
#include <string_view>

#include "platform/json_writer.h"
#include "projections/duties/duties.h"

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

// "duty_ids":["letters.answered",…] of what is one event: the duties that its type shows done or
// not done. Nothing where no duty names the type.
inline void write_duties_of(JsonWriter& json, std::string_view event_type) {
  const auto ids = duties::duties_of(event_type);
  if (ids.empty()) return;
  json.key("duty_ids").begin_array();
  for (const auto id : ids) json.value(id);
  json.end_array();
}

}  // namespace ledger
