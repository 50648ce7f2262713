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

// An event's outcome; or why who asks may not record it.
struct Stated : Restating::Stated {
  bool forbidden = false;
};

Response refused(const Refusal& refusal) {
  return refusal.forbidden ? http::forbidden(refusal.error.message, refusal.error.field)
                           : http::problem(refusal.error);
}

Response problem_of(const Stated& stated) {
  return refused({stated.outcome.error(), stated.forbidden});
}

Response receipt_response(const Receipt& receipt, bool restated) {
  JsonWriter json;
  json.begin_object();
  write_receipt(json, receipt);
  if (restated) json.member("restated", true);
  json.end_object();
  return {201, "application/json", json.take()};
}

constexpr std::string_view kForbidden = "forbidden";

void write_item(JsonWriter& json, const Stated& stated) {
  const auto& outcome = stated.outcome;
  json.begin_object();
  if (outcome) {
    json.member("status", 201);
    write_receipt(json, *outcome);
    if (stated.restated) json.member("restated", true);
  } else {
    const Error& error = outcome.error();
    json.member("status", stated.forbidden ? 403 : http::status_of(error.code));
    json.member("error", stated.forbidden ? kForbidden : name_of(error.code));
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
  Stated blamed = *to_blame;
  std::string& field = blamed.outcome.error().field;
  field = "items." + std::to_string(index) + (field.empty() ? "" : "." + field);
  Response response = problem_of(blamed);
  response.body.pop_back();  // the problem's closing brace
  response.body += ",\"items\":" + items.take() + "}";
  return response;
}

// Where the events of a request go: through the door alone, or by what was said of them before.
using Answered = std::function<void(const std::vector<Stated>&)>;
using Take = std::function<void(std::vector<Submission>, Answered)>;
using Asking = std::shared_ptr<const Principal>;

tl::unexpected<Error> left_alone() {
  return fail(ErrorCode::kNotAttempted,
              "another event of the batch was refused, so none was appended");
}

// What was judged: those that may go in go in, in their order; of a batch that is all or none, none
// if one may not.
void take_judged(const Take& take, RecordingRequest request, const std::vector<Verdict>& verdicts,
                 Answered answered) {
  auto stated = std::make_shared<std::vector<Stated>>(verdicts.size());
  auto taken = std::make_shared<std::vector<std::size_t>>();
  std::vector<Submission> events;
  const bool whole = request.way == WayIn::kAppend;
  const bool all = std::all_of(verdicts.begin(), verdicts.end(),
                               [](const Verdict& verdict) { return verdict.has_value(); });
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    Stated& one = (*stated)[i];
    if (!verdicts[i]) {
      one.outcome = tl::unexpected(verdicts[i].error().error);
      one.forbidden = verdicts[i].error().forbidden;
    } else if (whole && !all) {
      one.outcome = left_alone();
    } else {
      taken->push_back(i);
      events.push_back(std::move(request.events[i]));
    }
  }
  if (events.empty()) return answered(*stated);
  take(std::move(events),
       [stated, taken, answered = std::move(answered)](const std::vector<Stated>& outcomes) {
         for (std::size_t i = 0; i < outcomes.size(); ++i) (*stated)[(*taken)[i]] = outcomes[i];
         answered(*stated);
       });
}

// The way in, past who may: null where nobody is asked.
struct Entrance {
  Take take;
  Authorise authorise;
  WayIn way = WayIn::kAppend;

  void operator()(const Asking& principal, std::vector<Submission> events,
                  Answered answered) const {
    if (!authorise || !principal) return take(std::move(events), std::move(answered));
    authorise({principal, way, std::move(events)},
              [take = take, answered = std::move(answered)](RecordingRequest request,
                                                            const std::vector<Verdict>& verdicts) {
                take_judged(take, std::move(request), verdicts, answered);
              });
  }
};

void append_one(const Entrance& take, const Asking& principal, Result<Submission> submission,
                Reply reply) {
  if (!submission) {
    reply(http::problem(submission.error()));
    return;
  }
  std::vector<Submission> batch;
  batch.push_back(*std::move(submission));
  take(principal, std::move(batch), [reply = std::move(reply)](const std::vector<Stated>& stated) {
    const Stated& one = stated.front();
    reply(one.outcome ? receipt_response(*one.outcome, one.restated) : problem_of(one));
  });
}

void append_batch(const Entrance& take, const Request& request, Reply reply) {
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
      Stated& stated = outcomes.emplace_back();
      stated.outcome = item ? left_alone() : tl::unexpected(item.error());
    }
    reply(batch_response(outcomes));
    return;
  }
  std::vector<Submission> batch;
  batch.reserve(decoded->size());
  for (auto& item : *decoded) batch.push_back(*std::move(item));
  take(request.principal, std::move(batch),
       [reply = std::move(reply)](const std::vector<Stated>& stated) {
         reply(batch_response(stated));
       });
}

void post_events(const Entrance& take, const Request& request, Reply reply) {
  const std::string type = media_type_of(request);
  // The longer name first: it begins like the shorter one.
  if (type == "application/cloudevents-batch+json") {
    append_batch(take, request, std::move(reply));
  } else if (type == "application/cloudevents+json") {
    append_one(take, request.principal, codec().decode_submission(request.body), std::move(reply));
  } else if (!request.header("ce-specversion").empty() && type == "application/json") {
    append_one(take, request.principal, read_binary(request), std::move(reply));
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
                for (auto& outcome : outcomes) stated.push_back({{std::move(outcome)}});
                answered(stated);
              });
}

std::string_view word_of(Restating::Found found) {
  switch (found) {
    case Restating::Found::kNew:
      return "new";
    case Restating::Found::kKnown:
      return "known";
    case Restating::Found::kChanged:
      break;
  }
  return "changed";
}

void write_error(JsonWriter& json, const Error& error) {
  json.member("found", "refused");
  json.member("error", name_of(error.code));
  if (!error.field.empty()) json.member("field", error.field);
  json.member("detail", error.message);
}

void write_found(JsonWriter& json, const Submission& event, const Result<Restating::Found>& found) {
  json.member("id", event.id);
  json.member("source", event.source);
  if (found) json.member("found", word_of(*found));
  if (!found) write_error(json, found.error());
}

// What is known of an event is told to who may record it.
void write_forbidden(JsonWriter& json, const Error& error) {
  json.member("found", "refused");
  json.member("error", kForbidden);
  if (!error.field.empty()) json.member("field", error.field);
  json.member("detail", error.message);
}

// 200 with a word for each event of a batch, whatever it is: nothing was asked to be recorded.
void answer_check(const Restating& restating, const std::vector<Result<Submission>>& decoded,
                  const std::vector<Submission>& readable, const std::vector<Verdict>& verdicts,
                  const Reply& reply) {
  const auto found = restating.check(readable);
  JsonWriter items;
  items.begin_array();
  std::size_t next = 0;
  for (const auto& item : decoded) {
    items.begin_object();
    if (!item) {
      write_error(items, item.error());
    } else {
      const std::size_t at = next++;
      const auto& one = found[at];
      const Refusal* refusal = verdicts[at] ? nullptr : &verdicts[at].error();
      if (!one && one.error().retriable()) return reply(http::problem(one.error()));
      if (refusal != nullptr && !refusal->forbidden) return reply(refused(*refusal));
      if (refusal != nullptr) {
        write_forbidden(items, refusal->error);
      } else {
        write_found(items, readable[at], one);
      }
    }
    items.end_object();
  }
  items.end_array();
  reply({200, "application/json", "{\"items\":" + items.take() + "}"});
}

void check_batch(const Restating& restating, const Authorise& authorise, const Request& request,
                 const Reply& reply) {
  if (media_type_of(request) != "application/cloudevents-batch+json") {
    return reply(http::problem(
        {ErrorCode::kUnsupportedMedia, "send application/cloudevents-batch+json", "content-type"}));
  }
  const auto decoded = codec().decode_batch(request.body);
  if (!decoded) return reply(http::problem(decoded.error()));
  std::vector<Submission> readable;
  for (const auto& item : *decoded) {
    if (item) readable.push_back(*item);
  }
  if (!authorise || !request.principal) {
    return answer_check(restating, *decoded, readable, std::vector<Verdict>(readable.size()),
                        reply);
  }
  authorise({request.principal, WayIn::kCheck, std::move(readable)},
            [&restating, decoded = *decoded, reply](const RecordingRequest& judged,
                                                    const std::vector<Verdict>& verdicts) {
              answer_check(restating, decoded, judged.events, verdicts, reply);
            });
}

}  // namespace

void add_events_api(http::Router& router, AppendDoor& door, Restating& restating,
                    const Authorise& authorise) {
  const auto add = [&](const char* path, http::RunOn where, WayIn way, Take take) {
    router.add("POST", path, where,
               http::Handler([entrance = Entrance{std::move(take), authorise, way}](
                                 const Request& request, Reply reply) {
                 post_events(entrance, request, std::move(reply));
               }));
  };
  add("/v1/events", http::RunOn::kInline, WayIn::kAppend,
      [&door](std::vector<Submission> events, Answered answered) {
        take_through_the_door(door, std::move(events), std::move(answered));
      });
  add("/v1/events/restated", http::RunOn::kWorker, WayIn::kRestate,
      [&restating](std::vector<Submission> events, const Answered& answered) {
        std::vector<Stated> stated;
        for (auto& one : restating.record(std::move(events))) stated.push_back({std::move(one)});
        answered(stated);
      });
  router.add("POST", "/v1/events/check", http::RunOn::kWorker,
             http::Handler([&restating, authorise](const Request& request, const Reply& reply) {
               check_batch(restating, authorise, request, reply);
             }));
}

}  // namespace ledger
