#include "consumers/inbox/cloud_event.h"

#include <fmt/format.h>

#include <algorithm>

namespace ledger::inbox {

namespace {

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

// Empty where there is none. Twice: nobody can say which is meant.
Result<std::string> header(const kafka::Record& record, std::string_view name) {
  const std::string* found = nullptr;
  for (const auto& [given, value] : record.headers) {
    if (lower_case(given) != name) continue;
    if (found != nullptr) {
      return fail(ErrorCode::kDuplicateName, "the header stands there twice", std::string(name));
    }
    found = &value;
  }
  return found == nullptr ? std::string() : *found;
}

Result<std::string> media_type(const kafka::Record& record) {
  LEDGER_TRY(std::string type, header(record, "content-type"));
  type.resize(std::min(type.size(), type.find(';')));
  while (!type.empty() && type.back() == ' ') type.pop_back();
  return lower_case(type);
}

Result<Submission> read_binary(const kafka::Record& record, JsonCodec& codec) {
  JsonCodec::Attributes attributes;
  LEDGER_TRY(attributes.specversion, header(record, "ce_specversion"));
  LEDGER_TRY(attributes.id, header(record, "ce_id"));
  LEDGER_TRY(attributes.source, header(record, "ce_source"));
  LEDGER_TRY(attributes.type, header(record, "ce_type"));
  LEDGER_TRY(attributes.time, header(record, "ce_time"));
  LEDGER_TRY(attributes.subject, header(record, "ce_subject"));
  return codec.decode_binary(attributes, *record.value);
}

}  // namespace

Result<Submission> to_submission(const kafka::Record& record, JsonCodec& codec) {
  if (!record.value) return fail(ErrorCode::kMissingField, "a tombstone is no event", "value");
  LEDGER_TRY(const std::string type, media_type(record));
  if (type == "application/cloudevents+json") return codec.decode_submission(*record.value);
  LEDGER_TRY(const std::string specversion, header(record, "ce_specversion"));
  const bool is_json = type.empty() || type == "application/json";
  if (!specversion.empty() && is_json) return read_binary(record, codec);
  return fail(ErrorCode::kUnsupportedMedia,
              "send application/cloudevents+json, or application/json with ce_ headers",
              "content-type");
}

}  // namespace ledger::inbox
