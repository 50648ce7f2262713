#pragma once

#include <string>
#include <string_view>

#include "events/json_codec.h"

// Events as senders spell them, and refusals in one comparable text.
namespace ledger::testing {

inline constexpr std::string_view kCallData =
    R"({"call_id":"k1","direction":"outbound","duration_s":75,"talk_s":60,"outcome":"answered"})";

// A structured-mode event; `more` is put before its data: R"("subject":"c-1",)".
[[nodiscard]] inline std::string sent(std::string_view type, std::string_view data,
                                      std::string_view more = "") {
  std::string json = R"({"specversion":"1.0","id":"e1","source":"pbx","type":"org.salesledger.)";
  json += type;
  json += R"(","time":"2026-11-25T08:00:00Z",)";
  json += more;
  return json + R"("data":)" + std::string(data) + "}";
}

// A phoned offer of an amount that is spelled as given.
[[nodiscard]] inline std::string sent_amount(std::string_view amount_minor) {
  return sent("offer.phoned.v1", R"({"client_id":"c-1","manager_id":"m-1","subject":"paper",)"
                                 R"("amount":{"amount_minor":)" +
                                     std::string(amount_minor) + R"(,"currency":"UAH"}})");
}

// A correction by data that no struct looks into.
[[nodiscard]] inline std::string sent_correction(std::string_view data) {
  return sent("event.corrected.v1",
              R"({"target_source":"pbx","target_id":"e0","reason":"why","data":)" +
                  std::string(data) + "}");
}

// "missing-field data.call_id", or "ok".
template <class T>
[[nodiscard]] std::string verdict(const Result<T>& result) {
  if (result) return "ok";
  const Error& error = result.error();
  std::string text(name_of(error.code));
  return error.field.empty() ? text : text + " " + error.field;
}

[[nodiscard]] inline std::string verdict_on(std::string_view submission) {
  JsonCodec codec;
  return verdict(codec.decode_submission(submission));
}

// `text` with its first `from` replaced: what one change does to a good event.
[[nodiscard]] inline std::string changed(std::string text, std::string_view from,
                                         std::string_view to) {
  const auto at = text.find(from);
  if (at == std::string::npos) throw std::invalid_argument("nothing to change");
  return text.replace(at, from.size(), to);
}

}  // namespace ledger::testing
