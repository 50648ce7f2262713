#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <vector>

#include "projections/store/view_store.h"

namespace ledger {

// Views in RocksDB: a column family for each view and version, and `progress` for the offsets, all
// written by one synced WriteBatch per commit. Families of versions that `families` does not name
// are dropped: their views were replaced and the log rebuilds what is needed. As much disk as
// `write_buffer_bytes` is set aside for the log of writes.
[[nodiscard]] Result<std::unique_ptr<ViewStore>> open_rocks_view_store(
    const std::filesystem::path& directory, const std::vector<std::string>& families,
    std::int32_t partitions, std::size_t write_buffer_bytes = std::size_t{64} * 1024 * 1024);

}  // namespace ledger
