#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

#include "consumers/ledger-telephony/counters.h"
#include "consumers/ledger-telephony/state.h"
#include "platform/file_tail.h"
#include "producers/telephony/asterisk/settling.h"

namespace ledger::edge {

// One file of records that grows: the exchange's CDR file, or our own spool. Reads it a chunk at a
// time into legs. One thread.
class CdrSource {
 public:
  struct Parts {
    asterisk::SettlingCalls& calls;
    Counters& counters;
    // Keeps a record that no retry can cure; it must be on the disk when this returns.
    std::function<Status(const Refusal&)> refuse;
    // Told of each new leg, before anything is made of it: the call, and the record as it came.
    std::function<void(const std::string& key, std::string_view raw)> note;
    // Numbers records over all sources, from 1.
    std::function<std::uint64_t()> next_number;
    // The records are our own: half a one, left by a crash, is no mistake in the settings.
    bool own = false;
  };
  CdrSource(std::size_t channel, std::filesystem::path file, FilePlace place,
            asterisk::Settings settings, Parts parts);

  // The next chunk. False if there was nothing new. A record that a line end is missing of, or
  // whose quote is still open, waits for its rest; the latter for kOpenQuoteWait. kUnavailable: the
  // file cannot be read, or a refused record not be kept; to be tried again. kMisconfigured: a
  // record whose columns contradict the settings, as all that follow will; nothing is read past it.
  static constexpr std::chrono::seconds kOpenQuoteWait{2};
  [[nodiscard]] Result<bool> poll(Timestamp now);

  // In place of poll() while reading pauses, so that what is emptied meanwhile is noticed.
  void watch() { tail_.watch(); }

  // Everything before it was acknowledged, skipped or kept as refused.
  [[nodiscard]] FilePlace safe_place() const;
  [[nodiscard]] std::uint64_t lag_bytes() const { return tail_.lag_bytes(); }
  [[nodiscard]] std::uint64_t rests_lost() const { return tail_.rests_lost(); }

 private:
  [[nodiscard]] Result<std::size_t> take_records(std::string_view text, bool whole, Timestamp now);
  [[nodiscard]] bool contradicts_settings(const Error& error, std::size_t columns) const;
  [[nodiscard]] bool waits_for_rest(std::string_view raw, std::size_t at, std::size_t text_bytes,
                                    Timestamp now);

  std::size_t channel_;
  std::filesystem::path file_;
  asterisk::Settings settings_;
  Parts parts_;
  FileTail tail_;
  std::optional<Error> contradiction_;  // of the record that is next
  std::optional<std::uint64_t> open_quote_at_;
  Timestamp open_quote_since_;
};

}  // namespace ledger::edge
