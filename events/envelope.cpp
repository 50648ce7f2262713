#include "events/envelope.h"

#include <array>
#include <utility>

#include "events/fields_json.h"

namespace ledger {

namespace {

template <class E>
std::string cloud_event_type_of() {
  return "org.salesledger." + std::string(E::kName) + ".v" + std::to_string(E::kVersion);
}

template <std::size_t... I>
auto type_table(std::index_sequence<I...>) {
  return std::array{cloud_event_type_of<std::variant_alternative_t<I, EventData>>()...};
}

}  // namespace

std::string_view cloud_event_type(const EventData& data) {
  static const auto table = type_table(std::make_index_sequence<std::variant_size_v<EventData>>());
  return table[data.index()];
}

std::string_view type_name(const EventData& data) {
  return std::visit([](const auto& event) { return std::decay_t<decltype(event)>::kName; }, data);
}

std::string encode_line(const Submission& submission, const Stamps& stamps) {
  const std::string_view type = cloud_event_type(submission.data);
  JsonWriter json;
  json.reserve(1024);
  json.begin_object();
  json.member("specversion", "1.0");
  json.member("id", submission.id);
  json.member("source", submission.source);
  json.member("type", type);
  if (stamps.subject) json.member("subject", stamps.subject->text());
  if (stamps.actor) json.member("actor", stamps.actor->text());
  json.member("time", format_timestamp(submission.time));
  json.member("recordedtime", format_timestamp(stamps.recorded_time));
  json.member("localday", format_date(stamps.local_day));
  json.member("partitionkey", stamps.partition_key);
  json.member("datacontenttype", "application/json");
  // "org.salesledger." is 16 characters; the schema's URN is made of the rest.
  json.member("dataschema", "urn:salesledger:schema:" + std::string(type.substr(16)));
  json.key("data");
  std::visit([&json](const auto& event) { json::write(json, event); }, submission.data);
  json.end_object();
  return json.take();
}

std::string encode_submission(const Submission& submission) {
  JsonWriter json;
  json.begin_object();
  json.member("specversion", "1.0");
  json.member("id", submission.id);
  json.member("source", submission.source);
  json.member("type", cloud_event_type(submission.data));
  json.member("time", format_timestamp(submission.time));
  if (submission.subject) json.member("subject", *submission.subject);
  json.key("data");
  std::visit([&json](const auto& event) { json::write(json, event, json::StampedMembers::kSkip); },
             submission.data);
  json.end_object();
  return json.take();
}

std::string body_of(Timestamp time, const EventData& data) {
  JsonWriter json;
  json.begin_array();
  json.value(cloud_event_type(data));
  json.value(format_timestamp(time));
  std::visit([&json](const auto& event) { json::write(json, event, json::StampedMembers::kSkip); },
             data);
  json.end_array();
  return json.take();
}

}  // namespace ledger
