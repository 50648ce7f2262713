#include "consumers/client/batch.h"

#include <algorithm>

#include "consumers/client/json.h"

namespace ledger::cli {

namespace {

bool is_away(int status) { return status == 429 || status >= 500; }
bool is_about_the_body(int status) { return status == 400 || status == 413 || status == 422; }

constexpr std::string_view kProblem = "urn:salesledger:problem:";

// The type of a problem of the ledger's own, without what all of them begin with; else empty.
// A proxy or a firewall in between answers with the same numbers, and knows nothing of events: only
// the ledger's own word settles one.
std::string ledgers_word(const http::Client::Answer& answer) {
  if (!answer.content_type.starts_with("application/problem+json")) return {};
  const auto problem = parse_json(answer.body);
  const std::string type = problem ? text_of(*problem, "type") : "";
  return type.starts_with(kProblem) ? type.substr(kProblem.size()) : "";
}

Error error_of_request(const http::Client::Answer& answer) {
  Error error = error_of(answer);
  if (is_away(answer.status)) error.code = ErrorCode::kUnavailable;
  if (is_about_the_body(answer.status) && ledgers_word(answer).empty()) {
    error.message += ", which is no answer of the ledger (a proxy in between?)";
  }
  return error;
}

bool is_set(const boost::json::value& item, std::string_view name) {
  const auto* flag = item.get_object().if_contains(name);
  return flag != nullptr && flag->is_bool() && flag->get_bool();
}

Verdict verdict_of(const boost::json::value& item) {
  if (number_of(item, "status") == 201) {
    Verdict verdict{is_set(item, "duplicate") ? Verdict::Kind::kKnown : Verdict::Kind::kRecorded,
                    text_of(item, "position")};
    verdict.restated = is_set(item, "restated");
    return verdict;
  }
  const std::string word = text_of(item, "error");
  const std::string field = text_of(item, "field");
  Verdict::Kind kind = Verdict::Kind::kRefused;
  if (word == name_of(ErrorCode::kNotAttempted)) kind = Verdict::Kind::kNotAttempted;
  if (word == name_of(ErrorCode::kConflict)) kind = Verdict::Kind::kConflict;
  return {kind,
          {},
          field,
          (field.empty() ? "" : field + " ") + text_of(item, "detail") + " [" + word + "]",
          word};
}

// An answer for each event, or nothing if the server judged the request as a whole.
std::vector<Verdict> verdicts_of(const http::Client::Answer& answer, std::size_t events) {
  const auto json = parse_json(answer.body);
  const auto* items = json && json->is_object() ? json->get_object().if_contains("items") : nullptr;
  if (items == nullptr || !items->is_array() || items->get_array().size() != events) return {};
  std::vector<Verdict> verdicts;
  for (const auto& item : items->get_array()) verdicts.push_back(verdict_of(item));
  return verdicts;
}

// Whether the ledger could not yet say of one of them, whatever it says of the others.
bool is_any_open(const http::Client::Answer& answer) {
  const auto json = parse_json(answer.body);
  const auto* items = json && json->is_object() ? json->get_object().if_contains("items") : nullptr;
  if (items == nullptr || !items->is_array()) return false;
  return std::any_of(items->get_array().begin(), items->get_array().end(), [](const auto& item) {
    return item.is_object() && is_set(item, "retriable");
  });
}

}  // namespace

Result<std::vector<Verdict>> post_batch(http::Client& client,
                                        const std::vector<std::string_view>& events,
                                        const std::string& path) {
  if (events.empty()) return {};
  std::string body = "[";
  for (const auto event : events) {
    if (body.size() > 1) body += ',';
    body += event;
  }
  body += ']';
  LEDGER_TRY(const auto answer, client.send({.method = "POST",
                                             .path = path,
                                             .content_type = "application/cloudevents-batch+json",
                                             .body = std::move(body)}));
  if (is_away(answer.status)) return tl::unexpected(error_of_request(answer));
  if (is_any_open(answer)) {
    return fail(ErrorCode::kUnavailable, "the ledger cannot say of all of them yet; try again");
  }
  auto verdicts = verdicts_of(answer, events.size());
  if (!verdicts.empty()) return verdicts;
  if (!is_about_the_body(answer.status)) return tl::unexpected(error_of_request(answer));
  if (events.size() == 1) {
    std::string word = ledgers_word(answer);
    if (word.empty()) return tl::unexpected(error_of_request(answer));
    const Error error = error_of(answer);
    verdicts.push_back({Verdict::Kind::kRefused, {}, error.field, error.message, std::move(word)});
    return verdicts;
  }
  // One bad byte makes the whole array unreadable: only single events tell which it was. And what
  // is too large for somebody in between may pass alone.
  for (const auto event : events) {
    LEDGER_TRY(auto alone, post_batch(client, {event}, path));
    verdicts.push_back(std::move(alone.front()));
  }
  return verdicts;
}

}  // namespace ledger::cli
