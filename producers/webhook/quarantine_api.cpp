#include "producers/webhook/quarantine_api.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "platform/base64.h"
#include "platform/cursor.h"
#include "platform/http/known.h"
#include "platform/json_writer.h"
#include "platform/limits.h"
#include "platform/utf8.h"

namespace ledger {

namespace {

using http::Request;
using http::Response;

Error about(std::string_view parameter, Error error) {
  error.field = parameter;
  return error;
}

void write_entry(JsonWriter& json, const Quarantine::Entry& entry, bool whole) {
  const QuarantinedInput& input = entry.input;
  json.begin_object();
  json.member("position", to_string(entry.position));
  write_about(json, input);
  if (entry.released) json.member("released", format_timestamp(*entry.released));
  if (!entry.dismissed.empty()) json.member("dismissed", entry.dismissed);
  json.member("bytes", static_cast<std::int64_t>(entry.body_bytes));
  if (!entry.body_sha256.empty()) json.member("sha256", entry.body_sha256);
  if (whole) {
    if (!input.query.empty()) json.member("query", input.query);
    if (!input.content_type.empty()) json.member("content_type", input.content_type);
    if (input.body.size() != entry.body_bytes) {
      json.member("bytes_kept", static_cast<std::int64_t>(input.body.size()));
    }
    if (is_valid_utf8(input.body)) {
      json.member("body", input.body);
    } else {
      json.member("body_base64", base64_encode(input.body));
    }
  }
  json.end_object();
}

constexpr std::string_view kList = "/v1/quarantine";

Result<Quarantine::Question> question_of(const Request& request) {
  LEDGER_CHECK(http::check_known(request, {"sender", "all", "cursor", "limit"}));
  Quarantine::Question question;
  question.limit = limits::kPageItemsDefault;
  if (const auto sender = request.parameter("sender")) question.sender = std::string(*sender);
  if (const auto all = request.parameter("all")) {
    if (*all != "true" && *all != "false") {
      return fail(ErrorCode::kInvalidField, "is true or false", "all");
    }
    question.released_too = *all == "true";
  }
  if (const auto cursor = request.parameter("cursor")) {
    LEDGER_TRY(const auto place, open_cursor(kList, *cursor));
    auto position = parse_position(place);
    if (!position) return tl::unexpected(about("cursor", std::move(position).error()));
    question.after = *position;
  }
  if (const auto limit = request.parameter("limit")) {
    const auto [end, error] =
        std::from_chars(limit->data(), limit->data() + limit->size(), question.limit);
    const bool number = error == std::errc() && end == limit->data() + limit->size();
    if (!number || question.limit < 1 || question.limit > limits::kPageItemsMax) {
      return fail(ErrorCode::kInvalidField,
                  fmt::format("is a number from 1 to {}", limits::kPageItemsMax), "limit");
    }
  }
  return question;
}

Result<Response> list(Quarantine& quarantine, const Request& request) {
  LEDGER_TRY(const auto question, question_of(request));
  LEDGER_TRY(const auto entries, quarantine.list(question));
  LEDGER_TRY(const auto counts, quarantine.counts());
  JsonWriter json;
  json.begin_object();
  json.member("waiting", counts.waiting);
  json.member("released", counts.released);
  json.key("items").begin_array();
  for (const auto& entry : entries) write_entry(json, entry, false);
  json.end_array();
  if (entries.size() == question.limit) {
    json.member("next_cursor", seal_cursor(kList, to_string(entries.back().position)));
  }
  json.end_object();
  return Response{200, "application/json", json.take()};
}

Result<Response> show(Quarantine& quarantine, const Request& request) {
  auto position = parse_position(request.captures.front());
  if (!position) return tl::unexpected(about("position", std::move(position).error()));
  LEDGER_TRY(const auto entry, quarantine.find(*position));
  JsonWriter json;
  write_entry(json, entry, true);
  return Response{200, "application/json", json.take()};
}

void write_replayed(JsonWriter& json, const WebhookIngest::Replayed& replayed) {
  json.member("released", !replayed.left);
  json.key("events").begin_array();
  for (const auto& [receipt, as] : replayed.events) {
    json.begin_object();
    json.member("replayed_as", name_of(as));
    json.member("id", receipt.id);
    json.member("source", receipt.source);
    json.member("position", to_string(receipt.position));
    json.member("duplicate", receipt.duplicate);
    json.end_object();
  }
  json.end_array();
}

Result<Response> replay(WebhookIngest& webhooks, const Request& request) {
  auto position = parse_position(request.captures.front());
  if (!position) return tl::unexpected(about("position", std::move(position).error()));
  LEDGER_TRY(const auto replayed, webhooks.replay(*position));
  JsonWriter json;
  json.begin_object();
  write_replayed(json, replayed);
  json.end_object();
  if (!replayed.left) return Response{200, "application/json", json.take()};
  // The problem, and behind its members what is in all the same (RFC 9457, 3.2).
  Response response = http::problem(*replayed.left);
  response.body.back() = ',';
  response.body += json.take().substr(1);
  return response;
}

Result<Response> dismiss(WebhookIngest& webhooks, const Request& request) {
  auto position = parse_position(request.captures.front());
  if (!position) return tl::unexpected(about("position", std::move(position).error()));
  const auto reason = request.parameter("reason");
  if (!reason || reason->empty()) {
    return fail(ErrorCode::kMissingField, "say why it is dismissed", "reason");
  }
  LEDGER_CHECK(webhooks.dismiss(*position, std::string(*reason)));
  return Response{200, "application/json", R"({"dismissed":true})"};
}

// A connector's own word for what stopped it: shown, listed and compared, never acted upon.
bool is_error_word(std::string_view word) {
  return !word.empty() && word.size() <= 40 && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || c == '-';
  });
}

Status read_whole(const Request& request, QuarantinedInput& input) {
  const auto bytes = request.parameter("bytes");
  const auto digest = request.parameter("sha256");
  if (!bytes && !digest) return {};
  if (!bytes || !digest) {
    return fail(ErrorCode::kMissingField, "bytes and sha256 of the whole are given together",
                bytes ? "sha256" : "bytes");
  }
  const auto [end, error] =
      std::from_chars(bytes->data(), bytes->data() + bytes->size(), input.whole_bytes);
  const bool number = error == std::errc() && end == bytes->data() + bytes->size();
  if (!number || input.whole_bytes <= input.body.size()) {
    return fail(ErrorCode::kInvalidField, "is the size of the whole, more than the body's",
                "bytes");
  }
  const bool hex = digest->size() == 64 &&
                   digest->find_first_not_of("0123456789abcdef") == std::string_view::npos;
  if (!hex) return fail(ErrorCode::kInvalidField, "is 64 digits of hex in lower case", "sha256");
  input.whole_sha256 = *digest;
  return {};
}

Result<QuarantinedInput> input_of(const Request& request, Timestamp now) {
  LEDGER_CHECK(
      http::check_known(request, {"error", "detail", "field", "query", "bytes", "sha256"}));
  if (!is_error_word(request.parameter("error").value_or(""))) {
    return fail(ErrorCode::kInvalidField, "is the word of an error, such as invalid-field",
                "error");
  }
  if (request.parameter("detail").value_or("").empty()) {
    return fail(ErrorCode::kMissingField, "say why it could not be recorded", "detail");
  }
  if (request.body.size() > Quarantine::kBodyBytesMax) {
    return fail(ErrorCode::kTooLarge,
                fmt::format("send the first {} bytes, and bytes and sha256 of the whole",
                            Quarantine::kBodyBytesMax));
  }
  QuarantinedInput input{request.captures.front(),
                         now,
                         request.method,
                         std::string(request.parameter("query").value_or("")),
                         std::string(request.header("content-type")),
                         request.body,
                         std::string(*request.parameter("error")),
                         std::string(request.parameter("field").value_or("")),
                         std::string(*request.parameter("detail"))};
  LEDGER_CHECK(read_whole(request, input));
  return input;
}

Result<Response> keep(Quarantine& quarantine, const WebhookIngest& webhooks, const Clock& clock,
                      const Request& request) {
  const auto& all = webhooks.webhooks();
  const bool known = std::any_of(all.begin(), all.end(), [&](const Webhook& one) {
    return one.name == request.captures.front() && !one.has_route;
  });
  if (!known) {
    return fail(ErrorCode::kNotFound,
                fmt::format("no connector '{}' brings what it could not record",
                            excerpt(request.captures.front())));
  }
  LEDGER_TRY(const auto input, input_of(request, clock.now()));
  LEDGER_CHECK(quarantine.keep(input));
  return Response{201, "application/json", R"({"kept":true})"};
}

Response refused(const Refusal& refusal) {
  return refusal.forbidden ? http::forbidden(refusal.error.message, refusal.error.field)
                           : http::problem(refusal.error);
}

Response respond(Result<Response> response) {
  return response ? *std::move(response) : http::problem(response.error());
}

}  // namespace

void add_quarantine_api(http::Router& router, Quarantine& quarantine, WebhookIngest& webhooks,
                        const Clock& clock, const AuthoriseQuarantine& authorise) {
  using Act = std::function<Result<Response>(const Request&)>;
  const auto post = [&](std::string_view pattern, std::string_view action, Act act) {
    router.add("POST", pattern, http::RunOn::kWorker,
               [authorise, action, act = std::move(act)](const Request& request) {
                 if (authorise && request.principal) {
                   const Verdict verdict = authorise(*request.principal, action);
                   if (!verdict) return refused(verdict.error());
                 }
                 return respond(act(request));
               });
  };
  router.add("GET", kList, http::RunOn::kWorker, [&](const Request& request) {
    return http::tagged_by_body(request, respond(list(quarantine, request)));
  });
  router.add("GET", "/v1/quarantine/{position}", http::RunOn::kWorker, [&](const Request& request) {
    return http::tagged_by_body(request, respond(show(quarantine, request)));
  });
  post("/v1/quarantine/{sender}", "keep",
       [&](const Request& request) { return keep(quarantine, webhooks, clock, request); });
  post("/v1/quarantine/{position}/dismiss", "dismiss",
       [&](const Request& request) { return dismiss(webhooks, request); });
  post("/v1/quarantine/{position}/replay", "replay",
       [&](const Request& request) { return replay(webhooks, request); });
}

}  // namespace ledger
