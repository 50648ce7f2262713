#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/types/conduct.h"
#include "platform/http/message.h"

namespace ledger {

// What of an answer is to stand on record (job description 5.1, 5.6; ASVS 16.2: what an auditor
// reads is an event too): who opened one client's card, timeline, debts or act without answering
// for him, one event of such a client, the report or attestation sheet of another; and whoever took
// a list out of the house. A page for print shows what its JSON shows.
struct Look {
  AccessAction action = AccessAction::kViewed;
  std::string resource;  // the path: "/v1/clients/c-1/timeline"; its parameters are not kept
  std::optional<std::string> client = {};   // as the question names him
  std::optional<std::string> act = {};      // whose client is to be found out
  std::optional<std::string> event = {};    // likewise, by its position
  std::optional<std::string> manager = {};  // whose work it shows
};

// What the question would show of one client or manager. By the pattern of its route.
[[nodiscard]] std::optional<Look> opens_one(std::string_view pattern, const http::Request& request);
// Of whose routes the client is told; each is a route (a test sees to it).
[[nodiscard]] std::vector<std::string_view> patterns_of_one();
// Whom of others' clients a search told of by a whole code or phone number: one look each.
[[nodiscard]] std::vector<Look> hits_of_others(std::string_view pattern, std::string_view answer);
// What an answer takes out: a table or lines, a list as a page for print, the log, the rows.
[[nodiscard]] std::optional<Look> takes_out(std::string_view pattern, const http::Request& request,
                                            std::string_view content_type);

}  // namespace ledger
