#include "producers/webhook/quarantine_api.h"

#include <fmt/format.h>

#include <charconv>

#include "platform/base64.h"
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

Result<Quarantine::Question> question_of(const Request& request) {
  Quarantine::Question question;
  question.limit = limits::kPageItemsDefault;
  if (const auto sender = request.parameter("sender")) question.sender = std::string(*sender);
  if (const auto all = request.parameter("all")) question.released_too = *all == "true";
  if (const auto after = request.parameter("after")) {
    auto position = parse_position(*after);
    if (!position) return tl::unexpected(about("after", std::move(position).error()));
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
  if (entries.size() == question.limit)
    json.member("next_after", to_string(entries.back().position));
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

Response respond(Result<Response> response) {
  return response ? *std::move(response) : http::problem(response.error());
}

}  // namespace

void add_quarantine_api(http::Router& router, Quarantine& quarantine, WebhookIngest& webhooks) {
  router.add("GET", "/v1/quarantine", http::RunOn::kWorker,
             [&](const Request& request) { return respond(list(quarantine, request)); });
  router.add("GET", "/v1/quarantine/{position}", http::RunOn::kWorker,
             [&](const Request& request) { return respond(show(quarantine, request)); });
  router.add("POST", "/v1/quarantine/{position}/dismiss", http::RunOn::kWorker,
             [&](const Request& request) { return respond(dismiss(webhooks, request)); });
  router.add("POST", "/v1/quarantine/{position}/replay", http::RunOn::kWorker,
             [&](const Request& request) { return respond(replay(webhooks, request)); });
}

}  // namespace ledger
