#include "platform/rocks/options.h"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/options.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <string_view>

#include "platform/logging.h"

namespace ledger::rocks {

namespace {

// In place of RocksDB's LOG file. That file would lie on the disk that may be full, and Debian's
// build of RocksDB, which has its assertions on, ends the program at the next line after one that
// did not fit.
class ServerLog final : public rocksdb::Logger {
 public:
  ServerLog() : rocksdb::Logger(rocksdb::InfoLogLevel::WARN_LEVEL) {}
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}  // lines without a level are of the lowest
  void Logv(const rocksdb::InfoLogLevel level, const char* format, va_list values) override {
    if (level < GetInfoLogLevel() || level == rocksdb::InfoLogLevel::HEADER_LEVEL) return;
    std::array<char, 1024> line{};
    if (std::vsnprintf(line.data(), line.size(), format, values) <= 0) return;
    std::string_view text(line.data());
    while (text.ends_with('\n')) text.remove_suffix(1);
    const bool is_warning = level == rocksdb::InfoLogLevel::WARN_LEVEL;
    log::write(is_warning ? log::Level::kDebug : log::Level::kWarning, "RocksDB", {{"text", text}});
  }
};

}  // namespace

rocksdb::Options database_options(const Database::Options& options) {
  rocksdb::Options rocks;
  rocks.create_if_missing = true;
  rocks.create_missing_column_families = true;
  rocks.paranoid_checks = true;
  // A synced log that loses power ends in a torn record, which is normal and holds nothing that was
  // acknowledged: kAbsoluteConsistency would refuse to open it. A log file that is missing or cut
  // before its last sync is not normal, and is noticed by the manifest's list.
  rocks.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  rocks.track_and_verify_wals_in_manifest = true;
  rocks.info_log = std::make_shared<ServerLog>();
  rocks.write_buffer_size = options.write_buffer_bytes;
  // Bounds what a start has to read again: a family that is seldom written holds back the log of
  // all.
  rocks.max_total_wal_size = 4 * options.write_buffer_bytes;
  rocks.avoid_flush_during_shutdown = true;  // all but the ballast of writer.h is in the log
  rocks.max_background_jobs = 2;
  rocks.allow_concurrent_memtable_write = false;  // writes take turns, see writer.h
  rocks.bytes_per_sync = 1 << 20;
  if (options.forgets_keys) rocks.max_manifest_file_size = 1;
  return rocks;
}

rocksdb::ColumnFamilyOptions family_options(const Database::Options& options) {
  rocksdb::ColumnFamilyOptions family;
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  table.format_version = 5;
  if (options.walk_prefix_bytes == 0) {
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10, false));
    family.memtable_whole_key_filtering = true;
    family.memtable_prefix_bloom_size_ratio = 0.02;
  } else {
    table.block_size = 32 * 1024;
  }
  // Each prefix remembers where its last key went in, so that the next one goes in without a search
  // where keys come in order: twice as many appends.
  family.memtable_insert_with_hint_prefix_extractor.reset(
      rocksdb::NewFixedPrefixTransform(std::max<std::size_t>(options.walk_prefix_bytes, 1)));
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  family.write_buffer_size = options.write_buffer_bytes;
  family.compression = rocksdb::kLZ4Compression;
  // The first level is read again within minutes, to be merged into the next.
  family.compression_per_level.assign(static_cast<std::size_t>(family.num_levels),
                                      rocksdb::kLZ4Compression);
  family.compression_per_level.front() = rocksdb::kNoCompression;
  // What is written once is packed tighter; rows are rewritten, and ZSTD would take a fifth of a
  // rebuild.
  if (options.walk_prefix_bytes != 0) family.bottommost_compression = rocksdb::kZSTD;
  family.level_compaction_dynamic_level_bytes = true;
  return family;
}

}  // namespace ledger::rocks
