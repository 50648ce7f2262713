#include "consumers/access/access_store.h"

#include <fmt/format.h>

#include "projections/store/row_codec.h"

namespace ledger::access {

namespace {

constexpr std::size_t kBufferBytes = 1024 * 1024;  // seldom written, and a few bytes then

template <class Row>
Status load_table(const rocks::Database& database, const char* family, Table<Row>& table) {
  auto row = database.iterate(family, {});
  for (; row->valid(); row->next()) {
    LEDGER_TRY(auto decoded, rows::decode<Row>(row->value()));
    table.emplace(row->key(), std::move(decoded));
  }
  return row->status();
}

}  // namespace

Result<std::unique_ptr<AccessStore>> AccessStore::open(const std::filesystem::path& folder) {
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  if (!problem) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, problem);
  }
  if (problem) {
    return fail(ErrorCode::kMisconfigured,
                fmt::format("{} cannot be made: {}", folder.string(), problem.message()), "data");
  }
  rocks::Database::Options options;
  options.directory = folder / "store";
  Tables::for_each([&](const char* name, auto) { options.families.emplace_back(name); });
  options.block_cache_bytes = kBufferBytes;
  options.write_buffer_bytes = kBufferBytes;
  LEDGER_TRY(auto database, rocks::Database::open(options));
  std::unique_ptr<AccessStore> store(new AccessStore(std::move(database)));
  LEDGER_CHECK(store->load());
  return store;
}

Status AccessStore::load() {
  Status status;
  Tables::for_each([&](const char* name, auto table) {
    if (status) status = load_table(*database_, name, tables_.*table);
  });
  return status;
}

Status AccessStore::edit(const Decide& decide) {
  const std::lock_guard lock(writing_);
  Change change;
  LEDGER_CHECK(decide(tables_, change));  // nobody else writes, so reading needs no lock
  auto batch = database_->batch();
  Change::for_each([&](const char* name, auto puts, auto) {
    for (const auto& [key, row] : change.*puts) {
      if (row) {
        batch->put(name, key, rows::encode(*row));
      } else {
        batch->erase(name, key);
      }
    }
  });
  if (batch->count() == 0) return {};
  LEDGER_CHECK(database_->write(*batch, /*sync=*/true));
  const std::unique_lock now(reading_);
  change.apply_to(tables_);
  return {};
}

}  // namespace ledger::access
