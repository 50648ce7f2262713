#include "consumers/ledger-mail/delivery.h"

#include <fmt/format.h>

#include <utility>

#include "consumers/client/json.h"
#include "consumers/ledger-mail/refused.h"
#include "platform/http/form.h"
#include "platform/logging.h"
#include "platform/sha256.h"
#include "platform/utf8.h"
#include "producers/email/gateway.h"
#include "producers/quarantine/quarantine.h"

namespace ledger::gateway {

namespace {

using Kind = cli::Verdict::Kind;
using lmtp::Reply;

constexpr auto kClockDifferenceMax = std::chrono::hours{24};
constexpr std::size_t kDetailBytesMax = 600;  // it goes with the address of the request

// The mail system's clock, or ours, is ahead of the ledger's: the same letter is no error later.
// Nothing is changed about it, and the mail system keeps it for days.
bool is_ahead(const Submission& event, const cli::Verdict& verdict, Timestamp now) {
  return verdict.kind == Kind::kRefused && verdict.field == "time" &&
         verdict.error == name_of(ErrorCode::kOutOfRange) && event.time > now - kClockDifferenceMax;
}

std::string sentence(const std::string& field, const std::string& detail) {
  return field.empty() ? detail : field + " " + detail;
}

}  // namespace

// The verdict's sentence without what stands beside it.
Delivery::Reason Delivery::reason_of(const cli::Verdict& verdict) {
  std::string_view detail = verdict.reason;
  const std::string word = " [" + verdict.error + "]";
  if (!verdict.field.empty() && detail.starts_with(verdict.field + " ")) {
    detail.remove_prefix(verdict.field.size() + 1);
  }
  if (detail.ends_with(word)) detail.remove_suffix(word.size());
  return {verdict.error, verdict.field, std::string(detail)};
}

std::string Delivery::quarantine_path(const mail::Settings& settings, const Reason& reason) {
  std::string path = fmt::format("/v1/quarantine/{}?error={}", mail::kGatewayName, reason.error);
  const auto add = [&path](std::string_view name, std::string_view value) {
    if (!value.empty()) path += fmt::format("&{}={}", name, http::url_encode(value));
  };
  add("field", excerpt(reason.field, 100));
  add("detail", excerpt(reason.detail, kDetailBytesMax));
  add("query", mail::to_query(settings));
  return path;
}

Reply Delivery::deliver(std::string_view letter) {
  Counters& counters = parts_.counters;
  const Timestamp now = parts_.clock.now();
  mail::Settings settings = parts_.options.mail;
  settings.received_at = mail::taken_at(letter, now);
  Mapped mapped;
  {
    const Turnstile::Pass pass(parts_.mapping, letter.size());
    mapped = mail::map_message(letter, settings);
  }
  if (mapped.events.empty() && mapped.refused.empty()) {
    ++counters.skipped;
    const std::string reason = mapped.skipped.empty() ? "" : mapped.skipped.front().reason;
    return {250, "2.0.0", "left out: " + reason};
  }
  Recorded recorded = record(mapped.events, now);
  counters.events += recorded.fresh;
  if (recorded.away) return later(*recorded.away);
  std::optional<Reason> reason = std::move(recorded.refused);
  if (!mapped.refused.empty()) {
    const Error& error = mapped.refused.front().error;
    reason = Reason{std::string(name_of(error.code)), error.field, error.message};
  }
  if (reason) {
    if (const auto kept = quarantine(letter, settings, *reason); !kept) return later(kept.error());
    ++counters.quarantined;
    counters.server_away = false;
    log::warning("a letter went into the quarantine",
                 {{"error", reason->error}, {"field", reason->field}, {"detail", reason->detail}});
    return {250, "2.0.0", "kept in the quarantine: " + sentence(reason->field, reason->detail)};
  }
  counters.server_away = false;
  ++(recorded.fresh > 0 ? counters.recorded : counters.known);
  return {250, "2.0.0", recorded.fresh > 0 ? "recorded" : "recorded before"};
}

Reply Delivery::later(const Error& error) {
  ++parts_.counters.deferred;
  if (!parts_.counters.server_away.exchange(true)) {
    log::warning("a letter is left to the mail system",
                 {{"reason", sentence(error.field, error.message)}});
  }
  return {451, "4.3.0", sentence(error.field, error.message)};
}

// What was refused keeps the others of its batch out: they are sent again without it.
Delivery::Recorded Delivery::record(const std::vector<Submission>& events, Timestamp now) {
  Recorded recorded;
  std::vector<std::string> lines;
  std::vector<const Submission*> left;
  for (const auto& event : events) {
    lines.push_back(encode_submission(event));
    left.push_back(&event);
  }
  while (!left.empty()) {
    const auto verdicts = cli::post_batch(client_, {lines.begin(), lines.end()});
    if (!verdicts) {
      recorded.away = verdicts.error();
      return recorded;
    }
    std::vector<std::string> lines_left;
    std::vector<const Submission*> events_left;
    for (std::size_t i = 0; i < left.size(); ++i) {
      const cli::Verdict& verdict = (*verdicts)[i];
      if (verdict.kind == Kind::kNotAttempted) {
        lines_left.push_back(std::move(lines[i]));
        events_left.push_back(left[i]);
      } else {
        judge(*left[i], verdict, now, recorded);
      }
    }
    if (events_left.size() == left.size()) {
      recorded.away = Error{ErrorCode::kUnavailable, "the ledger attempts none of the events"};
      return recorded;
    }
    lines = std::move(lines_left);
    left = std::move(events_left);
  }
  return recorded;
}

void Delivery::judge(const Submission& event, const cli::Verdict& verdict, Timestamp now,
                     Recorded& recorded) const {
  if (verdict.kind == Kind::kRecorded) {
    ++recorded.fresh;
  } else if (verdict.kind == Kind::kKnown) {
    ++recorded.known;
  } else if (is_ahead(event, verdict, now)) {
    recorded.away = Error{ErrorCode::kUnavailable, "later: " + verdict.reason};
  } else if (!recorded.refused) {
    recorded.refused = reason_of(verdict);
  }
}

Status Delivery::quarantine(std::string_view letter, const mail::Settings& settings,
                            const Reason& reason) {
  http::Client::Call call;
  call.method = "POST";
  call.path = quarantine_path(settings, reason);
  call.content_type = "message/rfc822";
  call.body = letter.substr(0, Quarantine::kBodyBytesMax);
  if (letter.size() > call.body.size()) {
    const std::string digest = to_hex(sha256(letter));
    call.path += fmt::format("&bytes={}&sha256={}", letter.size(), digest);
    LEDGER_CHECK(keep_refused(parts_.options.data, digest, letter));
  }
  LEDGER_TRY(const auto answer, client_.send(call));
  if (answer.status == 201) return {};
  Error error = cli::error_of(answer);
  if (answer.status == 404) error.message += " (is ledgerd told --mail?)";
  return tl::unexpected(std::move(error));
}

}  // namespace ledger::gateway
