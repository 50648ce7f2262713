#include "consumers/ledgerctl/restated_upload.h"

#include <fmt/format.h>

#include <optional>

#include "consumers/client/progress_bar.h"
#include "events/types/statement.h"

namespace ledger::cli {

Status send_all(Uploader& uploader, const std::string& file, const std::vector<Submission>& events,
                bool bar) {
  if (events.empty()) return {};
  std::optional<ProgressBar> progress;
  if (bar) progress.emplace(file, static_cast<std::int64_t>(events.size()));
  for (const auto& event : events) {
    LEDGER_CHECK(uploader.add({fmt::format("{} {}", file, event.id), encode_submission(event)}));
    if (progress) progress->advance(1);
  }
  return uploader.flush();
}

RestatedUpload::RestatedUpload(http::Client& client, std::chrono::seconds patience, bool bar)
    : bar_(bar),
      firm_(client, {.patience = patience, .path = "/v1/events/restated"}),
      provisional_(client, {.patience = patience, .leaves_known = true}),
      statements_(client, {.patience = patience, .leaves_known = true}) {}

Status RestatedUpload::send(const std::string& file, const Mapped& mapped) {
  std::vector<Submission> statements;
  std::vector<Submission> records;
  for (const auto& event : mapped.provisional) {
    (event.data.holds<StatementReceived>() ? statements : records).push_back(event);
  }
  LEDGER_CHECK(send_all(firm_, file, mapped.events, bar_));
  LEDGER_CHECK(send_all(provisional_, file, records, bar_));
  return send_all(statements_, file, statements, bar_);
}

RestatedUpload::Counts RestatedUpload::counts() const {
  const auto size = [](const auto& list) { return static_cast<std::int64_t>(list.size()); };
  Counts counts;
  counts.changed = size(firm_.changed());
  counts.recorded = firm_.recorded() - counts.changed + provisional_.recorded();
  counts.known = firm_.known() + provisional_.known();
  counts.left = size(provisional_.left());
  counts.refused = size(refused());
  counts.statements = statements_.recorded();
  counts.statements_known = statements_.known() + size(statements_.left());
  return counts;
}

std::vector<Uploader::Refusal> RestatedUpload::refused() const {
  std::vector<Uploader::Refusal> refused;
  for (const auto* uploader : {&firm_, &provisional_, &statements_}) {
    refused.insert(refused.end(), uploader->refused().begin(), uploader->refused().end());
  }
  return refused;
}

int print_outcome(const RestatedUpload& upload, std::int64_t refused) {
  for (const auto& refusal : upload.refused()) {
    fmt::print(stderr, "refused  {}: {}\n", refusal.where, refusal.reason);
  }
  for (const auto& where : upload.changed()) fmt::print("changed  {}\n", where);
  for (const auto& where : upload.left()) {
    fmt::print(
        "left     {}: the ledger has it otherwise, and a message that says who paid, or the "
        "day's statement, is what changes it\n",
        where);
  }
  const auto counts = upload.counts();
  refused += counts.refused;
  fmt::print(
      "{} new, {} known, {} changed, {} left as they are, {} refused; {} statements new, {} "
      "known\n",
      counts.recorded, counts.known, counts.changed, counts.left, refused, counts.statements,
      counts.statements_known);
  return refused == 0 ? 0 : 1;
}

}  // namespace ledger::cli
