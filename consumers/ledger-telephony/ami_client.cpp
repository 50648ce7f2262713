#include "consumers/ledger-telephony/ami_client.h"

#include <condition_variable>

#include "platform/logging.h"

namespace ledger::edge {

namespace {

using namespace std::chrono_literals;

constexpr auto kConnectTimeout = 5s;
constexpr auto kReadWait = 500ms;  // how soon a stop is seen
constexpr auto kPingAfter = 20s;   // of silence
constexpr auto kDeadAfter = 60s;
constexpr auto kFirstPause = 500ms;
constexpr auto kLongestPause = 60s;
constexpr std::size_t kEndedMax = 10'000;  // only spares a wait: more are not kept

}  // namespace

AmiClient::AmiClient(AmiOptions options, Spool& spool, Counters& counters)
    : options_(std::move(options)),
      spool_(spool),
      counters_(counters),
      pauses_(kFirstPause, kLongestPause),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

std::vector<std::string> AmiClient::take_ended() {
  const std::lock_guard lock(mutex_);
  return std::exchange(ended_, {});
}

void AmiClient::run(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any pause;
  while (!stop.stop_requested()) {
    const auto ended = talk(stop);
    counters_.ami_connected = false;
    if (stop.stop_requested()) return;
    log::warning("the manager interface is away",
                 {{"address", options_.address}, {"reason", ended.error().message}});
    std::unique_lock lock(mutex);
    pause.wait_for(lock, stop, pauses_.next(), [] { return false; });
  }
}

Status AmiClient::log_in(TcpStream& stream) {
  return stream.write(asterisk::ami_action({{"Action", "Login"},
                                            {"Username", options_.user},
                                            {"Secret", options_.secret},
                                            {"Events", options_.cel ? "cdr,call" : "cdr"}}),
                      kConnectTimeout);
}

// One connection, from its beginning to whatever ends it.
Status AmiClient::talk(const std::stop_token& stop) {
  LEDGER_TRY(auto stream, TcpStream::connect(options_.address, kConnectTimeout));
  LEDGER_CHECK(log_in(stream));
  asterisk::AmiParser parser;
  auto heard = std::chrono::steady_clock::now();
  auto pinged = heard;
  std::uint64_t dropped = 0;
  while (!stop.stop_requested()) {
    LEDGER_TRY(const std::string bytes, stream.read(kReadWait));
    const auto now = std::chrono::steady_clock::now();
    if (!bytes.empty()) heard = now;
    for (const auto& message : parser.feed(bytes)) LEDGER_CHECK(take(message));
    if (parser.dropped() != dropped) {
      dropped = parser.dropped();
      log::warning("a message of the manager interface is too long and was dropped");
    }
    if (now - heard > kDeadAfter) return fail(ErrorCode::kTimeout, "no answer to a ping");
    if (now - std::max(heard, pinged) > kPingAfter) {
      pinged = now;
      LEDGER_CHECK(stream.write(asterisk::ami_action({{"Action", "Ping"}}), kConnectTimeout));
    }
  }
  return {};
}

Status AmiClient::take(const asterisk::AmiMessage& message) {
  const auto event = message.value("Event");
  if (event == "Cdr") {
    take_cdr(message);
  } else if (event == "CEL") {
    if (message.value("EventName") != "LINKEDID_END") return {};
    const std::lock_guard lock(mutex_);
    if (ended_.size() < kEndedMax) ended_.emplace_back(message.value("LinkedID"));
  } else if (message.value("Response") == "Error") {
    return fail(ErrorCode::kUnavailable, std::string(message.value("Message")));
  } else if (message.value("Response") == "Success" && !counters_.ami_connected) {
    counters_.ami_connected = true;
    pauses_.reset();
    log::info("listening to the manager interface", {{"address", options_.address}});
  }
  return {};
}

void AmiClient::take_cdr(const asterisk::AmiMessage& message) {
  ++counters_.ami_events;
  const auto record = asterisk::to_record(message, options_.linkedid);
  const Status kept =
      record ? spool_.append(asterisk::to_csv_line(*record)) : tl::unexpected(record.error());
  if (kept) return;
  ++counters_.ami_left;
  // The same for every event until somebody changes the exchange's settings: once is enough.
  if (!record && std::exchange(told_unmapped_, true)) return;
  log::error("a record of the manager interface is not taken",
             {{"field", kept.error().field}, {"reason", kept.error().message}});
}

}  // namespace ledger::edge
