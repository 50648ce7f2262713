#pragma once

// Included by session.cpp only.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/shared.h"

namespace ledger::http::detail {

// What the head says of the body behind it.
struct Announced {
  bool any = false;                    // there is one
  std::optional<std::uint64_t> bytes;  // nullopt: in chunks, as many as come
};

// What is said of a request by its head alone, before anything of its body is read.
struct Admission {
  Router::Match match;              // of what is let in
  std::optional<Response> refusal;  // the answer, instead of the handler's
  bool at_once = false;             // the refusal does not wait for the body: nobody reads that
  std::size_t body_bytes_max = 0;   // more is not read
  bool waits = false;               // the client sends the body when he is told to
  Share share;                      // of what all bodies take, until it is answered
};

// `request` has all but target, segments, query, captures, principal and body; these but the body
// are put into it.
[[nodiscard]] Admission admit(Shared& shared, std::string_view target, const Announced& body,
                              Request& request);

// Runs the handler where it belongs. It answers by `reply` whatever becomes of it.
void hand_over(Shared& shared, const Router::Match& match, Request request, const Reply& reply);

// 413, naming what the route takes.
[[nodiscard]] Response body_too_large(std::size_t bytes_max);

[[nodiscard]] std::string lower_case(std::string_view text);

}  // namespace ledger::http::detail
