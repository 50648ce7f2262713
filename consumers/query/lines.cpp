#include "consumers/query/lines.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "events/json_lines.h"
#include "platform/cursor.h"
#include "platform/http/accept.h"
#include "platform/json_writer.h"
#include "platform/limits.h"

namespace ledger {

namespace {

using http::Request;
using http::Response;

// THE list: which member of a route's answer its lines are. Where an answer has one of several
// (debts by client or by group), the first that is there.
struct List {
  std::string_view pattern;
  std::array<std::string_view, 2> members;
};
constexpr std::array<List, 20> kLists{{
    {"/v1/access-log", {"looks"}},
    {"/v1/acts", {"acts", "clients"}},
    {"/v1/calls/unjoined", {"calls"}},
    {"/v1/clients", {"clients"}},
    {"/v1/clients/duplicates", {"pairs"}},
    {"/v1/clients/{id}/timeline", {"entries"}},
    {"/v1/contact-plan", {"rows"}},
    {"/v1/duties/{duty_id}/records", {"items"}},
    {"/v1/managers/{id}/handover", {"clients"}},
    {"/v1/obligations", {"obligations"}},
    {"/v1/offer-checks", {"findings"}},
    {"/v1/parked", {"parked"}},
    {"/v1/proposals/corrections", {"proposals"}},
    {"/v1/receivables", {"clients", "groups"}},
    {"/v1/rule-decisions", {"decisions"}},
    {"/v1/sources", {"sources"}},
    {"/v1/statements", {"statements", "accounts"}},
    {"/v1/unallocated", {"unallocated"}},
    {"/v1/unmatched", {"waiting", "ruled_out"}},
    {"/v1/write-offs", {"write_offs"}},
}};

const List* list_of(std::string_view pattern) {
  const auto* const found = std::find_if(kLists.begin(), kLists.end(),
                                         [&](const List& list) { return list.pattern == pattern; });
  return found == kLists.end() ? nullptr : found;
}

// A page of JSON as lines, and where the next begins.
struct Page {
  std::string lines;
  std::optional<std::string> next;
};

Result<Page> page_of(const List& list, std::string_view body) {
  Page page;
  LEDGER_TRY(page.lines, lines_of_array(body, list.members));
  const auto cursor = text_member(body, "next_cursor");
  if (!cursor) return page;
  LEDGER_TRY(page.next, open_cursor(list.pattern, *cursor));
  return page;
}

class Lines {
 public:
  Lines(const List& list, Page first, PageAt page_at)
      : list_(list), page_(std::move(first)), page_at_(std::move(page_at)) {}

  bool next(std::string& chunk) {
    while (page_.lines.empty() && page_.next) {
      auto page = read(*std::exchange(page_.next, std::nullopt));
      page_ = page ? *std::move(page) : Page{cut_by(page.error()), std::nullopt};
    }
    chunk = std::exchange(page_.lines, {});
    return !chunk.empty();
  }

 private:
  Result<Page> read(std::string place) {
    try {
      LEDGER_TRY(const auto answer, page_at_(std::move(place)));
      if (answer.status != 200) return fail(ErrorCode::kUnavailable, "the list was cut");
      return page_of(list_, answer.body);
    } catch (const std::exception& problem) {  // memory, most likely
      return fail(ErrorCode::kUnavailable, problem.what());
    }
  }
  static std::string cut_by(const Error& error) {
    JsonWriter json;
    json.begin_object();
    json.member("error", "the list could not be read to its end: " + error.message);
    json.end_object();
    return json.take() + "\n";
  }

  const List& list_;
  Page page_;
  PageAt page_at_;
};

void set(std::vector<std::pair<std::string, std::string>>& all, std::string_view name,
         std::string value) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.first == name; });
  if (found != all.end()) {
    found->second = std::move(value);
  } else {
    all.emplace_back(name, std::move(value));
  }
}

}  // namespace

bool has_lines(std::string_view pattern) { return list_of(pattern) != nullptr; }

bool wants_lines(std::string_view pattern, const Request& request) {
  if (!has_lines(pattern) || request.parameter("format")) return false;
  return http::preferred(request.header("accept"), {"application/json", "application/x-ndjson",
                                                    "text/csv", "text/html"}) == 1U;
}

Request page_request(Request request) {
  set(request.headers, "accept", "application/json");
  set(request.query, "limit", std::to_string(limits::kPageItemsMax));
  return request;
}

void begin_page_at(Request& request, std::string place) {
  set(request.query, "cursor", std::move(place));
}

Result<Response> in_lines(std::string_view pattern, Response first, PageAt page_at) {
  if (first.status != 200) return first;
  const List& list = *list_of(pattern);
  LEDGER_TRY(auto page, page_of(list, first.body));
  auto lines = std::make_shared<Lines>(list, std::move(page), std::move(page_at));
  first.content_type = "application/x-ndjson";
  first.stream = [lines](std::string& chunk) { return lines->next(chunk); };
  return first;
}

}  // namespace ledger
