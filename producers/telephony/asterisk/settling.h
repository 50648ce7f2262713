#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "platform/clock.h"
#include "platform/file_tail.h"
#include "producers/telephony/asterisk/calls.h"

namespace ledger::asterisk {

inline constexpr std::size_t kChannels = 2;  // a file and, beside it, the manager interface

// Where a record was read.
struct LegOrigin {
  std::size_t channel = 0;   // below kChannels
  std::uint64_t number = 0;  // of the record, counted over all channels
  FilePlace place;           // of its first byte
};

// When the legs of a call are all there. Exchanges write a leg when it ends, so those of one call
// come at different times. A call is settled when no leg of it has come for `settle`, by the clock
// or by the file's own time (its records have gone on for so long: a backlog settles at once; by
// the clock only where no more is there to be read). A leg that comes after that unsettles its call
// again; what is made of it then is a correction.
//
// Calls that were delivered are remembered with their legs, so that a late leg finds them and the
// same record, read again or by the other channel, is no news. Pure: the caller says what time it
// is. One thread.
class SettlingCalls {
 public:
  struct Options {
    std::chrono::seconds settle{30};
    std::chrono::seconds remember{24 * 3600};
    std::size_t remembered_max = 20'000;  // then the oldest are forgotten before their time
  };
  explicit SettlingCalls(Options options) : options_(options) {}

  // False if the leg is known.
  bool add(Leg leg, const LegOrigin& origin, Timestamp now);
  // The exchange said that the call is over: it settles in kGrace, for legs still on their way.
  static constexpr std::chrono::seconds kGrace{3};
  void ended(const std::string& key, Timestamp now);

  // How far the records were read.
  enum class Reading {
    kGoesOn,  // more is there already: no call is settled by the clock, its legs may be in that
    kAtEnd,   // as far as they are written
    kOver,    // nothing more will come: everything is settled
  };
  // Keys of settled calls that wait for delivery, in the order of their first records, at most so
  // many.
  [[nodiscard]] std::vector<std::string> settled(Timestamp now, std::size_t max,
                                                 Reading reading) const;
  [[nodiscard]] const Call& call(const std::string& key) const { return calls_.at(key).call; }
  // Whether it was delivered before, so that all of its legs are here.
  [[nodiscard]] bool delivered_before(const std::string& key) const {
    return calls_.at(key).delivered_legs > 0;
  }
  // Delivered, or nothing to deliver: the call's legs, as they are now, need not be read again.
  void done(const std::string& key);
  // Those past their time or over the number; to be called now and then, and when crowded().
  void forget_old(Timestamp now);
  [[nodiscard]] bool crowded() const {
    return calls_.size() - waiting_.size() > options_.remembered_max + options_.remembered_max / 4;
  }

  [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }
  // Where reading must start again after a crash: the first record of a waiting call.
  [[nodiscard]] std::optional<FilePlace> first_waiting(std::size_t channel) const;

  // A delivered call, as it is kept between two runs.
  struct Remembered {
    std::vector<Leg> legs;
    Timestamp last_seen;
    static void fields(auto&& field) {
      field("legs", &Remembered::legs);
      field("last_seen", &Remembered::last_seen);
    }
  };
  [[nodiscard]] std::vector<Remembered> remembered() const;
  void restore(std::vector<Remembered> calls);

 private:
  struct Entry {
    Call call;
    std::size_t delivered_legs = 0;  // the first so many
    Timestamp last_seen;
    std::size_t last_channel = 0;
    std::optional<Timestamp> over_at;
    std::array<std::optional<LegOrigin>, kChannels> first_new;  // of legs not delivered
    std::uint64_t number = 0;                                   // in waiting_, else 0
  };
  [[nodiscard]] bool is_settled(const Entry& entry, Timestamp now, Reading reading) const;

  Options options_;
  std::unordered_map<std::string, Entry> calls_;
  std::map<std::uint64_t, std::string> waiting_;  // by the number of the first new record
  std::array<Timestamp, kChannels> newest_end_{};
};

}  // namespace ledger::asterisk
