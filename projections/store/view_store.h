#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/position.h"
#include "platform/result.h"
#include "projections/store/renewals.h"

namespace ledger {

// A table of rows on disk: a view in one of its versions, "client_card.v1".
[[nodiscard]] std::string family_of(std::string_view view, int version);

// All views as of one commit: what queries read. Cheap to share, safe for all threads, consistent
// with the position it states.
class ViewSnapshot {
 public:
  virtual ~ViewSnapshot() = default;

  // Every event before it is in these rows, no later one is.
  [[nodiscard]] virtual const Frontier& position() const = 0;
  [[nodiscard]] virtual Result<std::optional<std::string>> get(std::string_view family,
                                                               std::string_view key) const = 0;
  // Rows whose key begins with `prefix`, from the first key >= `from`, in byte order, until `row`
  // returns false. The views live during the call only.
  using Visit = std::function<bool(std::string_view key, std::string_view value)>;
  [[nodiscard]] virtual Status scan(std::string_view family, std::string_view prefix,
                                    std::string_view from, const Visit& row) const = 0;
  // Tells the store that a row of `family` is none that this program wrote: renewals.h.
  virtual void report(std::string_view family, const std::string& detail) const = 0;
};

// Changes that become visible and durable at once.
class ViewTransaction {
 public:
  virtual ~ViewTransaction() = default;
  virtual void put(std::string_view family, std::string_view key, std::string_view value) = 0;
  virtual void erase(std::string_view family, std::string_view key) = 0;
  // How far `family` has come with this commit.
  virtual void advance(std::string_view family, const Frontier& next) = 0;
};

// Where views live. One writer thread for each family; any number of readers.
class ViewStore {
 public:
  virtual ~ViewStore() = default;

  // How far a family has come; a start frontier of `partitions` if it is new.
  [[nodiscard]] virtual Result<Frontier> progress(std::string_view family,
                                                  std::int32_t partitions) const = 0;
  [[nodiscard]] virtual std::unique_ptr<ViewTransaction> begin() = 0;
  // One synced write; then current() shows it with `position`. On an error nothing has changed.
  [[nodiscard]] virtual Status commit(std::unique_ptr<ViewTransaction> changes,
                                      const Frontier& position) = 0;
  // Never null.
  [[nodiscard]] virtual std::shared_ptr<const ViewSnapshot> current() const = 0;

  // Views that are made anew while this store is in use.
  [[nodiscard]] virtual Renewals& renewals() const = 0;
  // As current(), for who makes them anew: also what is set aside.
  [[nodiscard]] virtual std::shared_ptr<const ViewSnapshot> unguarded() const = 0;
  // Takes all rows and the offset of a family that is set aside. A process that ends meanwhile
  // finds it so, or does it again at its next start.
  [[nodiscard]] virtual Status empty(std::string_view family) = 0;
  // What was emptied is on the disk no more, in no file of the store. For what must be gone.
  [[nodiscard]] virtual Status purge() = 0;
  // It stands where the others do: readers have it again.
  virtual void give_back(std::string_view family) = 0;
};

// What a question is told that met such a row, once it is reported.
[[nodiscard]] Error unreadable_row(const ViewSnapshot& snapshot, std::string_view family,
                                   const Error& problem);

// For tests and for rebuilding beside a live store: everything in memory, lost at the end.
[[nodiscard]] std::unique_ptr<ViewStore> memory_view_store(std::int32_t partitions);

}  // namespace ledger
