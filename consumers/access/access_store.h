#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <shared_mutex>

#include "consumers/access/tables.h"
#include "platform/result.h"
#include "platform/rocks/database.h"

namespace ledger::access {

// DATA/access: principals, keys, accounts, links, sessions, and what of it the log does not hold
// yet. All in memory; a change is on the disk, as a whole, before anybody sees it. Thread-safe.
class AccessStore {
 public:
  // Makes the folder, for its owner alone. kMisconfigured: another process has it. kCorrupt.
  [[nodiscard]] static Result<std::unique_ptr<AccessStore>> open(
      const std::filesystem::path& folder);

  // f(tables); never waits for a disk. What it returns must not point into the tables.
  template <class F>
  [[nodiscard]] auto read(F&& f) const {
    const std::shared_lock lock(reading_);
    return f(tables_);
  }

  // Lets `decide` say what is to change, by what stands now: nobody else changes anything
  // meanwhile. Its error, or the store's (kUnavailable, kPossiblyPersisted), and then nothing has
  // changed. Waits for the disk: never on an io thread.
  using Decide = std::function<Status(const Tables& tables, Change& change)>;
  [[nodiscard]] Status edit(const Decide& decide);

 private:
  explicit AccessStore(std::unique_ptr<rocks::Database> database)
      : database_(std::move(database)) {}
  [[nodiscard]] Status load();

  std::unique_ptr<rocks::Database> database_;
  std::mutex writing_;
  mutable std::shared_mutex reading_;  // held for the moment in which memory changes
  Tables tables_;
};

}  // namespace ledger::access
