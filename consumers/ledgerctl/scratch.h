#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "consumers/client/lines.h"
#include "consumers/runner/projector.h"
#include "events/log/embedded_log.h"
#include "platform/http/client.h"
#include "platform/result.h"
#include "projections/progress.h"
#include "projections/store/view_store.h"

namespace ledger::cli {

// A ledger of our own, filled from another's lines alone: the same log at the same positions, and
// views folded here. What an auditor compares the live views with. Removed when it goes, unless it
// was given a directory.
class Scratch {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Scratch>> create(http::Client client,
                                                               const std::string& directory,
                                                               std::int32_t partitions);
  ~Scratch();

  // Fetches the lines up to `position` that are not here yet, checks that each lies in the
  // partition that its key says, and folds them.
  [[nodiscard]] Status replay_to(const std::string& position);
  [[nodiscard]] Result<std::optional<std::string>> row(std::string_view family,
                                                       std::string_view key) const;
  [[nodiscard]] Result<std::map<std::string, std::int64_t>> count_rows() const;
  // For each view the SHA-256 over its rows in key order.
  [[nodiscard]] Status print_digests() const;

 private:
  explicit Scratch(http::Client client) : client_(std::move(client)) {}
  [[nodiscard]] Status fetch(const Frontier& from, const Frontier& until);
  [[nodiscard]] Status take_line(std::string_view line);
  [[nodiscard]] Status take_lines(std::string_view piece);
  [[nodiscard]] Status write_pending();
  [[nodiscard]] Status fold_to(const Frontier& until);

  http::Client client_;
  std::filesystem::path directory_;
  bool temporary_ = false;
  std::unique_ptr<EmbeddedLog> log_;
  std::unique_ptr<ViewStore> views_;
  std::unique_ptr<ViewProgress> progress_;
  std::unique_ptr<Projector> projector_;
  JsonCodec codec_;
  Lines lines_;
  std::vector<LogRecord> pending_;
};

}  // namespace ledger::cli
