#include "events/envelope.h"

#include <algorithm>

#include "events/fields_json.h"

namespace ledger {

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
  if (stamps.tz_version) json.member("tzversion", *stamps.tz_version);
  json.member("partitionkey", stamps.partition_key);
  json.member("datacontenttype", "application/json");
  // "org.salesledger." is 16 characters; the schema's URN is made of the rest.
  json.member("dataschema", "urn:salesledger:schema:" + std::string(type.substr(16)));
  json.key("data");
  submission.data.type().write(json, submission.data.raw(), json::Members::kAll);
  json.end_object();
  return json.take();
}

namespace {

// The text of the first member of that name from the start of `line` on; empty where there is none.
std::string_view text_after(std::string_view line, std::string_view name) {
  const std::size_t at = line.find(name);
  if (at == std::string_view::npos) return {};
  line.remove_prefix(at + name.size());
  return line.substr(0, line.find('"'));
}

}  // namespace

LineSummary summary_of(std::string_view line) {
  // Within a text the quotes would be escaped, so the first such bytes are the members themselves.
  constexpr std::string_view kType = ",\"type\":\"org.salesledger.";
  constexpr std::string_view kSubject = ",\"subject\":";
  constexpr std::string_view kActor = ",\"actor\":";
  const std::size_t type = line.find(kType);
  if (type == std::string_view::npos) return {};
  line.remove_prefix(type + kType.size());
  const std::size_t end = line.find('"');
  LineSummary summary;
  summary.type = line.substr(0, end);
  summary.type = summary.type.substr(0, summary.type.rfind(".v"));
  if (end == std::string_view::npos) return summary;
  line.remove_prefix(end + 1);
  summary.has_client = line.starts_with(kSubject);
  if (summary.has_client) {  // an id has no quotes
    line.remove_prefix(std::min(line.size(), kSubject.size() + 1));
    line.remove_prefix(std::min(line.size(), line.find('"')));
    line.remove_prefix(std::min(line.size(), std::size_t{1}));
  }
  summary.has_manager = line.starts_with(kActor);
  summary.recorded_time = text_after(line, ",\"recordedtime\":\"");
  summary.local_day = text_after(line, ",\"localday\":\"");
  return summary;
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
  submission.data.type().write(json, submission.data.raw(), json::Members::kSent);
  json.end_object();
  return json.take();
}

std::string body_of(Timestamp time, const EventData& data) {
  JsonWriter json;
  json.begin_array();
  json.value(cloud_event_type(data));
  if (!data.type().comes_in_copies) json.value(format_timestamp(time));
  data.type().write(json, data.raw(), json::Members::kCompared);
  json.end_array();
  return json.take();
}

std::string body_of(const Event& event, std::string_view line) {
  // Within a text the quotes would be escaped, so the first such bytes are the member itself; it is
  // the last one of the line.
  constexpr std::string_view kDataMember = ",\"data\":";
  const std::size_t member = line.find(kDataMember);
  const EventType& type = event.data.type();
  if (!type.all_compared || type.comes_in_copies || member == std::string_view::npos) {
    return body_of(event.time, event.data);
  }
  const std::size_t data = member + kDataMember.size();
  std::string body = "[\"";
  body += cloud_event_type(event.data);
  body += "\",\"";
  body += format_timestamp(event.time);
  body += "\",";
  body += line.substr(data, line.size() - 1 - data);
  body += ']';
  return body;
}

}  // namespace ledger
