#include "platform/rocks/writer.h"

#include <rocksdb/db.h>
#include <rocksdb/listener.h>
#include <rocksdb/options.h>
#include <rocksdb/perf_level.h>

#include <atomic>
#include <string>

namespace ledger::rocks {

// RocksDB calls it from its own threads and from inside a write, so it only notes.
class Writer::Listener final : public rocksdb::EventListener {
 public:
  void OnMemTableSealed(const rocksdb::MemTableInfo& sealed) override {
    if (sealed.cf_name == rocksdb::kDefaultColumnFamilyName) has_ballast = false;
  }
  void OnBackgroundError(rocksdb::BackgroundErrorReason reason, rocksdb::Status* error) override {
    if (reason == rocksdb::BackgroundErrorReason::kWriteCallback) append_failed = true;
    if (error->severity() >= rocksdb::Status::Severity::kHardError) stopped = true;
  }
  void OnErrorRecoveryEnd(const rocksdb::BackgroundErrorRecoveryInfo& end) override {
    if (end.new_bg_error.ok()) stopped = false;
  }

  std::atomic<bool> has_ballast = false;
  std::atomic<bool> append_failed = false;  // adding to the log file failed
  std::atomic<bool> stopped = false;        // every write is refused until recovery ends
};

namespace {

Status failed(ErrorCode code, const rocksdb::Status& status) {
  return fail(code, status.ToString());
}

Error refusal(const rocksdb::Status& resumed, std::size_t room) {
  if (resumed.IsBusy()) {
    return {ErrorCode::kUnavailable, "the disk is full; the database goes on by itself once " +
                                         std::to_string(room >> 20) + " MiB are free"};
  }
  return {ErrorCode::kUnavailable,
          "an earlier write failed and the database has to be opened again: " + resumed.ToString()};
}

// RocksDB recovers from a failed write by flushing what is in memory, which begins a new log file
// and leaves the torn one behind. With nothing in memory, as right after a start, it goes on in the
// torn file, where Debian's build aborts and any other one fails for ever. So there always is
// something: one row that is never read, and not in the log, so that it costs nothing.
void keep_ballast(rocksdb::DB& db, std::atomic<bool>& has_ballast) {
  if (has_ballast.exchange(true)) return;
  rocksdb::WriteOptions options;
  options.disableWAL = true;
  if (!db.Put(options, "ballast", "").ok()) has_ballast = false;
}

}  // namespace

Writer::Writer() : listener_(std::make_shared<Listener>()) {}
Writer::~Writer() = default;

void Writer::listen(rocksdb::Options& options) {
  options.listeners.push_back(listener_);
  room_ = options.write_buffer_size;  // DBImpl::Open reserves one buffer
}

void Writer::load(rocksdb::DB& db) {
  const std::lock_guard turn(mutex_);
  keep_ballast(db, listener_->has_ballast);
}

Status Writer::write(rocksdb::DB& db, rocksdb::WriteBatch& batch, bool sync) {
  const std::lock_guard turn(mutex_);
  rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);  // nobody reads the counters
  if (listener_->stopped) {
    // After a full disk RocksDB asks every few seconds whether there is room again, and is busy
    // with that; what else can be cured is cured by this call.
    const auto resumed = db.Resume();
    if (!resumed.ok() && listener_->stopped) return tl::unexpected(refusal(resumed, room_));
    listener_->stopped = false;
  }
  keep_ballast(db, listener_->has_ballast);
  // In two steps, because a failure means another thing in each: a batch that was not added to the
  // log file whole is not there, one that was not synced may be.
  listener_->append_failed = false;
  if (const auto added = db.Write(rocksdb::WriteOptions(), &batch); !added.ok()) {
    if (added.IsInvalidArgument()) return failed(ErrorCode::kInternal, added);  // a dropped family
    listener_->stopped = true;
    return failed(
        listener_->append_failed ? ErrorCode::kUnavailable : ErrorCode::kPossiblyPersisted, added);
  }
  if (!sync) return {};
  if (const auto synced = db.SyncWAL(); !synced.ok()) {
    listener_->stopped = true;
    return failed(ErrorCode::kPossiblyPersisted, synced);
  }
  return {};
}

}  // namespace ledger::rocks
