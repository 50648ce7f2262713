#include "platform/http/admission.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "platform/http/target.h"
#include "platform/limits.h"

namespace ledger::http::detail {

namespace {

std::optional<Response> refusal_of(const Router& router, std::string_view target, Request& request,
                                   Router::Match& match) {
  if (auto status = parse_target(target, request); !status) return problem(status.error());
  match = router.find(request.method, request.segments);
  if (match.handler == nullptr) return std::move(match.refusal);
  request.captures = std::move(match.captures);
  return router.guard(request, match.method, match.pattern);
}

std::size_t bytes_max_of(const Server::Options& options, const Router::Match& match) {
  return options.body_bytes_max ? options.body_bytes_max(match.method, match.pattern)
                                : limits::kHttpBodyBytesMax;
}

}  // namespace

Admission admit(Shared& shared, std::string_view target, const Announced& body, Request& request) {
  Admission admission;
  auto& [match, refusal, at_once, most, waits, share] = admission;
  refusal = refusal_of(shared.router, target, request, match);
  if (!body.any) return admission;
  waits = lower_case(request.header("expect")) == "100-continue";
  if (refusal) {
    // A small rest is read, so that the connection may go on.
    most = BodyBudget::kFreeBytes;
    at_once = waits || body.bytes.value_or(most + 1) > most;
    return admission;
  }
  most = bytes_max_of(shared.options, match);
  const std::uint64_t bytes = body.bytes.value_or(most);
  if (bytes > most) {
    ++shared.refused;
    refusal = body_too_large(most);
  } else if (bytes > BodyBudget::kFreeBytes) {
    share = (request.principal ? shared.known_bodies : shared.unknown_bodies).take(bytes);
    if (!share) refusal = problem({ErrorCode::kUnavailable, "too many large bodies; try again"});
  }
  at_once = refusal.has_value();
  return admission;
}

void hand_over(Shared& shared, const Router::Match& match, Request request, const Reply& reply) {
  const auto run = [&handler = *match.handler](Request asked, const Reply& answer) {
    try {
      handler(std::move(asked), answer);
    } catch (const std::exception&) {
      answer(problem({ErrorCode::kInternal, "the server failed on this request"}));
    }
  };
  if (match.where == RunOn::kInline) return run(std::move(request), reply);
  const bool taken = shared.to_worker(
      [run, request = std::move(request), reply]() mutable { run(std::move(request), reply); });
  if (!taken) {
    reply(problem({ErrorCode::kUnavailable, "too many requests are waiting; try again"}));
  }
}

Response body_too_large(std::size_t bytes_max) {
  return problem({ErrorCode::kTooLarge, fmt::format("the body takes at most {} bytes", bytes_max)});
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

}  // namespace ledger::http::detail
