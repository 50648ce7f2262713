#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "platform/result.h"

// How a database is written. Private to this folder.
namespace rocksdb {
class DB;
class EventListener;
class WriteBatch;
struct Options;
}  // namespace rocksdb

namespace ledger::rocks {

// Carries out the writes of one database, tells certainly refused ones from uncertain ones, and
// lets RocksDB recover from a full disk. Thread-safe: writes take turns.
class Writer {
 public:
  Writer();
  ~Writer();
  // Before the database is opened: the writer has to hear what happens to it.
  void listen(rocksdb::Options& options);
  // So that there is something to flush.
  void load(rocksdb::DB& db);
  [[nodiscard]] Status write(rocksdb::DB& db, rocksdb::WriteBatch& batch, bool sync);

 private:
  class Listener;
  std::mutex mutex_;
  std::shared_ptr<Listener> listener_;
  std::size_t room_ = 0;  // bytes that have to be free before RocksDB goes on after a full disk
};

}  // namespace ledger::rocks
