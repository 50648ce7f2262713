#include "tests/producers/webhook/hooks.h"

#include "events/types/call.h"
#include "producers/webhook/fields.h"

namespace ledger::testing {

namespace {

void map_line(const http::Request& request, Mapped& mapped) {
  const auto fields = webhook::Fields::of(request).value();
  const auto id = fields.text("id");
  if (!id) {
    mapped.refused.push_back({"delivery", request.body, id.error()});
    return;
  }
  if (*id == "skip") {
    mapped.skipped.push_back({"delivery", "as told"});
    return;
  }
  CallCompleted call;
  call.call_id = CallId::parse("call").value();
  call.outcome = CallOutcome::kMissed;
  if (const auto phone = fields.find("phone")) call.client_phone = Phone::parse(*phone).value();
  call.duration_s = fields.integer("duration", 0).value();
  const auto time = fields.find("time").value_or("2026-11-25T08:00:00Z");
  mapped.events.push_back({*id, "hook", parse_timestamp(time).value(), {}, EventData(call)});
}

Mapped map_call(const http::Request& request) {
  Mapped mapped;
  http::Request line = request;
  for (std::size_t at = 0; at <= request.body.size(); at += line.body.size() + 1) {
    line.body = request.body.substr(at, request.body.find('\n', at) - at);
    map_line(line, mapped);
  }
  return mapped;
}

}  // namespace

std::vector<Webhook> webhooks() {
  Webhook plain;
  plain.name = "plain";
  plain.secret = "s3cret";
  plain.map = map_call;
  plain.taken.body = R"({"status":"success"})";
  Webhook asking;
  asking.name = "asking";
  asking.map = map_call;
  asking.forged = [](const http::Request& request) -> std::optional<std::string> {
    if (request.header("signature") == "right") return std::nullopt;
    return "a wrong signature";
  };
  asking.answer = [](const http::Request& request) -> std::optional<http::Response> {
    if (!request.parameter("echo")) return std::nullopt;
    return http::Response{200, "text/plain", std::string(*request.parameter("echo"))};
  };
  Webhook choosy;
  choosy.name = "choosy";
  choosy.map = map_call;
  choosy.body_bytes_max = 10;
  choosy.refuse = [](const http::Request& request) -> std::optional<http::Response> {
    if (request.header("when") == "now") return std::nullopt;
    return http::Response{request.header("when") == "old" ? 406 : 503, "text/plain", "no\n"};
  };
  Webhook lines;
  lines.name = "lines";
  lines.map = map_call;
  lines.has_route = false;
  Webhook strict = lines;
  strict.name = "strict";
  strict.restates = false;
  return {plain, asking, choosy, lines, strict};
}

}  // namespace ledger::testing
