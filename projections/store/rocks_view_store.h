#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "projections/store/view_store.h"

namespace ledger {

// Views in RocksDB: a column family for each view and version, and `progress` for the offsets, all
// written by one synced WriteBatch per commit. Families of versions that `families` does not name
// are dropped: their views were replaced and the log rebuilds what is needed. As much disk as
// `write_buffer_bytes` is set aside for the log of writes.
//
// `shapes`: of families, what their rows look like (row_shapes.h). It is remembered in a column
// family that a build which knows nothing of shapes drops; a family that is of another shape, or of
// one that nobody remembers, is emptied and set aside with RenewalCause::kOtherShape. One without a
// shape is taken as it is.
struct RocksViewOptions {
  std::size_t write_buffer_bytes = std::size_t{64} * 1024 * 1024;
  std::map<std::string, std::string> shapes = {};
};
[[nodiscard]] Result<std::unique_ptr<ViewStore>> open_rocks_view_store(
    const std::filesystem::path& directory, const std::vector<std::string>& families,
    std::int32_t partitions, RocksViewOptions more = {});

}  // namespace ledger
