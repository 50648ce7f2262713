#include "producers/http/events_api.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "events/json_codec.h"
#include "platform/json_writer.h"

namespace ledger {

namespace {

using http::Reply;
using http::Request;
using http::Response;

JsonCodec& codec() {
  thread_local JsonCodec mine;
  return mine;
}

std::string media_type_of(const Request& request) {
  std::string type(request.header("content-type"));
  type.resize(std::min(type.size(), type.find(';')));
  while (!type.empty() && type.back() == ' ') type.pop_back();
  std::transform(type.begin(), type.end(), type.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return type;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// CloudEvents HTTP binding 3.1.3.2: unquote, then one round of percent-decoding. The text's UTF-8
// is checked where all text is, in the codec.
Result<std::string> header_value(const Request& request, std::string_view name) {
  std::string_view raw = request.header(name);
  if (raw.size() >= 2 && raw.front() == '"' && raw.back() == '"') {
    raw = raw.substr(1, raw.size() - 2);
  }
  std::string value;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '%') {
      value += raw[i];
      continue;
    }
    const int high = i + 2 < raw.size() ? hex_value(raw[i + 1]) : -1;
    const int low = i + 2 < raw.size() ? hex_value(raw[i + 2]) : -1;
    if (high < 0 || low < 0) {
      return fail(ErrorCode::kMalformed, "a percent sign must be followed by two hex digits",
                  std::string(name));
    }
    value += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return value;
}

Result<Submission> read_binary(const Request& request) {
  JsonCodec::Attributes attributes;
  LEDGER_TRY(attributes.specversion, header_value(request, "ce-specversion"));
  LEDGER_TRY(attributes.id, header_value(request, "ce-id"));
  LEDGER_TRY(attributes.source, header_value(request, "ce-source"));
  LEDGER_TRY(attributes.type, header_value(request, "ce-type"));
  LEDGER_TRY(attributes.time, header_value(request, "ce-time"));
  LEDGER_TRY(attributes.subject, header_value(request, "ce-subject"));
  return codec().decode_binary(attributes, request.body);
}

void write_receipt(JsonWriter& json, const Receipt& receipt) {
  json.member("id", receipt.id);
  json.member("source", receipt.source);
  json.member("position", to_string(receipt.position));
  json.member("leaf_hash", receipt.leaf_hash);
  json.member("duplicate", receipt.duplicate);
}

using Stated = Restating::Stated;

Response receipt_response(const Receipt& receipt, bool restated) {
  JsonWriter json;
  json.begin_object();
  write_receipt(json, receipt);
  if (restated) json.member("restated", true);
  json.end_object();
  return {201, "application/json", json.take()};
}

void write_item(JsonWriter& json, const Stated& stated) {
  const auto& outcome = stated.outcome;
  json.begin_object();
  if (outcome) {
    json.member("status", 201);
    write_receipt(json, *outcome);
    if (stated.restated) json.member("restated", true);
  } else {
    const Error& error = outcome.error();
    json.member("status", http::status_of(error.code));
    json.member("error", name_of(error.code));
    if (!error.field.empty()) json.member("field", error.field);
    json.member("detail", error.message);
    json.member("retriable", error.retriable());
  }
  json.end_object();
}

// The batch's answer: 201 if all are in, else the problem of the first item that says why.
Response batch_response(const std::vector<Stated>& outcomes) {
  JsonWriter items;
  items.begin_array();
  for (const auto& outcome : outcomes) write_item(items, outcome);
  items.end_array();
  const auto to_blame = std::find_if(outcomes.begin(), outcomes.end(), [](const Stated& stated) {
    return !stated.outcome && stated.outcome.error().code != ErrorCode::kNotAttempted;
  });
  if (to_blame == outcomes.end()) {
    return {201, "application/json", "{\"items\":" + items.take() + "}"};
  }
  const auto index = static_cast<std::size_t>(to_blame - outcomes.begin());
  Error error = to_blame->outcome.error();
  error.field = "items." + std::to_string(index) + (error.field.empty() ? "" : "." + error.field);
  Response response = http::problem(error);
  response.body.pop_back();  // the problem's closing brace
  response.body += ",\"items\":" + items.take() + "}";
  return response;
}

// Where the events of a request go: through the door alone, or by what was said of them before.
using Answered = std::function<void(const std::vector<Stated>&)>;
using Take = std::function<void(std::vector<Submission>, Answered)>;

void append_one(const Take& take, Result<Submission> submission, Reply reply) {
  if (!submission) {
    reply(http::problem(submission.error()));
    return;
  }
  std::vector<Submission> batch;
  batch.push_back(*std::move(submission));
  take(std::move(batch), [reply = std::move(reply)](const std::vector<Stated>& stated) {
    const Stated& one = stated.front();
    reply(one.outcome ? receipt_response(*one.outcome, one.restated)
                      : http::problem(one.outcome.error()));
  });
}

void append_batch(const Take& take, const Request& request, Reply reply) {
  auto decoded = codec().decode_batch(request.body);
  if (!decoded) {
    reply(http::problem(decoded.error()));
    return;
  }
  const bool refused = std::any_of(decoded->begin(), decoded->end(),
                                   [](const auto& item) { return !item.has_value(); });
  if (refused) {
    std::vector<Stated> outcomes;
    for (const auto& item : *decoded) {
      outcomes.push_back({tl::unexpected(
          item ? Error{ErrorCode::kNotAttempted,
                       "another event of the batch was refused, so none was appended"}
               : item.error())});
    }
    reply(batch_response(outcomes));
    return;
  }
  std::vector<Submission> batch;
  batch.reserve(decoded->size());
  for (auto& item : *decoded) batch.push_back(*std::move(item));
  take(std::move(batch), [reply = std::move(reply)](const std::vector<Stated>& stated) {
    reply(batch_response(stated));
  });
}

void post_events(const Take& take, const Request& request, Reply reply) {
  const std::string type = media_type_of(request);
  // The longer name first: it begins like the shorter one.
  if (type == "application/cloudevents-batch+json") {
    append_batch(take, request, std::move(reply));
  } else if (type == "application/cloudevents+json") {
    append_one(take, codec().decode_submission(request.body), std::move(reply));
  } else if (!request.header("ce-specversion").empty() && type == "application/json") {
    append_one(take, read_binary(request), std::move(reply));
  } else {
    reply(
        http::problem({ErrorCode::kUnsupportedMedia,
                       "send application/cloudevents+json, application/cloudevents-batch+json, or "
                       "application/json with ce- headers",
                       "content-type"}));
  }
}

void take_through_the_door(AppendDoor& door, std::vector<Submission> events, Answered answered) {
  door.append(std::move(events),
              [answered = std::move(answered)](std::vector<AppendDoor::Outcome> outcomes) {
                std::vector<Stated> stated;
                stated.reserve(outcomes.size());
                for (auto& outcome : outcomes) stated.push_back({std::move(outcome)});
                answered(stated);
              });
}

}  // namespace

void add_events_api(http::Router& router, AppendDoor& door, Restating& restating) {
  const auto add = [&router](const char* path, http::RunOn where, Take take) {
    router.add("POST", path, where,
               http::Handler([take = std::move(take)](const Request& request, Reply reply) {
                 post_events(take, request, std::move(reply));
               }));
  };
  add("/v1/events", http::RunOn::kInline,
      [&door](std::vector<Submission> events, Answered answered) {
        take_through_the_door(door, std::move(events), std::move(answered));
      });
  add("/v1/events/restated", http::RunOn::kWorker,
      [&restating](std::vector<Submission> events, const Answered& answered) {
        answered(restating.record(std::move(events)));
      });
}

}  // namespace ledger
