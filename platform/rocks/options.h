#pragma once

#include "platform/rocks/database.h"

// RocksDB's settings as the ledger wants them. Private to this folder.
namespace rocksdb {
struct ColumnFamilyOptions;
struct Options;
}  // namespace rocksdb

namespace ledger::rocks {

[[nodiscard]] rocksdb::Options database_options(const Database::Options& options);
// All families of a database are alike and share one block cache.
[[nodiscard]] rocksdb::ColumnFamilyOptions family_options(const Database::Options& options);

}  // namespace ledger::rocks
