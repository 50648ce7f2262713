#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "consumers/ledger-telephony/ami_client.h"
#include "consumers/ledger-telephony/counters.h"
#include "consumers/ledger-telephony/delivery.h"
#include "consumers/ledger-telephony/options.h"
#include "consumers/ledger-telephony/source.h"
#include "consumers/ledger-telephony/spool.h"
#include "consumers/ledger-telephony/state.h"
#include "platform/backoff.h"
#include "platform/clock.h"
#include "producers/telephony/asterisk/settling.h"

namespace ledger::edge {

// Calls that were read and not delivered. Over it reading stops: the file is the buffer, however
// long the server stays away.
inline constexpr std::size_t kWaitingCallsMax = 10'000;
inline constexpr std::size_t kBatchCalls = 500;

// All of ledger-telephony but its command line, as steps that never wait: read, settle, deliver,
// save. One thread, but for the AMI client's own.
//
// Nothing is lost by a crash: the saved place never passes a record whose call the server has not
// acknowledged. What is read and sent again by that, the server knows.
class Connector {
 public:
  // kMisconfigured: settings that cannot be, a state directory in use. kCorrupt: a state that is
  // not ours. `clock` must outlive the connector.
  [[nodiscard]] static Result<std::unique_ptr<Connector>> start(const EdgeOptions& options,
                                                                const Clock& clock);

  struct Step {
    bool busy = false;     // there may be more to do at once
    bool drained = false;  // with `once`: all that the file holds is delivered
  };
  // kUnavailable: the connector's own disk fails; nothing was passed over.
  [[nodiscard]] Result<Step> step();
  // Writes down how far it came; before the end of the process.
  [[nodiscard]] Status save();

  [[nodiscard]] const Counters& counters() const { return counters_; }
  // Of the CDR file and those before it, and of what the manager interface brought: not read yet.
  [[nodiscard]] std::uint64_t lag_bytes() const {
    return (file_ ? file_->lag_bytes() : 0) + (spooled_ ? spooled_->lag_bytes() : 0);
  }
  // What was refused since the start, for a person: where and why. At most kToldMax, then the
  // counter alone knows.
  static constexpr std::size_t kToldMax = 20;
  [[nodiscard]] const std::vector<std::string>& refusals() const { return refusals_; }
  // Why the last attempt to read or to deliver failed; empty after ones that did not.
  [[nodiscard]] const std::string& trouble() const {
    return read_trouble_.empty() ? trouble_ : read_trouble_;
  }

 private:
  Connector(const EdgeOptions& options, const Clock& clock, StateFolder folder,
            http::Client client);
  [[nodiscard]] Status open_sources(State state);
  [[nodiscard]] bool read_sources(Timestamp now);
  [[nodiscard]] Result<bool> deliver(Timestamp now, asterisk::SettlingCalls::Reading reading);
  void send(const std::vector<Outgoing>& events, const std::vector<std::string>& keys,
            Timestamp now);
  [[nodiscard]] Status refuse(const Refusal& refusal);
  [[nodiscard]] Status refuse_call(const std::string& key, const std::string& reason);
  [[nodiscard]] Status leave_out(const std::string& key, const std::string& reason);
  void tell_refused(Timestamp now);
  void wait(const Error& why, Timestamp now);
  [[nodiscard]] Status save_sometimes(Timestamp now);
  void keep_house(Timestamp now);
  void tell_progress() const;

  EdgeOptions options_;
  const Clock& clock_;
  StateFolder folder_;
  Counters counters_;
  asterisk::SettlingCalls calls_;
  Delivery delivery_;
  Backoff pauses_;
  Timestamp next_attempt_;
  std::string trouble_;
  std::string read_trouble_;
  std::uint64_t records_ = 0;
  std::int64_t untold_ = 0;  // refusals since the last word of them
  std::string last_refused_;
  Timestamp told_refused_at_;
  std::vector<std::string> refusals_;
  // Of calls that wait: what they were read from, of either channel.
  std::unordered_map<std::string, std::array<std::string, asterisk::kChannels>> records_of_;
  std::optional<CdrSource> file_;
  std::unique_ptr<Spool> spool_;
  std::optional<CdrSource> spooled_;
  State kept_;  // as last saved, also of a channel that is not used this time; without calls
  int idle_reads_ = 0;
  bool changed_ = false;  // since the last save
  Timestamp saved_at_;
  Timestamp cleaned_at_;
  std::unique_ptr<AmiClient> ami_;
};

}  // namespace ledger::edge
