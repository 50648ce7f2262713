#include "consumers/ledger-telephony/retry.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "consumers/client/connect.h"
#include "consumers/client/json.h"
#include "consumers/ledger-telephony/delivery.h"
#include "consumers/ledger-telephony/spool.h"
#include "events/json_codec.h"
#include "producers/telephony/asterisk/leg.h"
#include "producers/telephony/asterisk/record_reader.h"

namespace ledger::edge {

namespace {

constexpr std::size_t kBatch = 500;

// A line of the file, and what it is about.
struct Entry {
  std::string line;
  std::string where;
  std::vector<std::string> calls;  // by their keys; of a whole event the event's id
  std::optional<Error> trouble;
};

// Of what is no UTF-8.
std::string bytes_of(std::string_view hex) {
  std::string bytes;
  for (std::size_t at = 0; at + 2 <= hex.size(); at += 2) {
    unsigned char byte = 0;
    std::from_chars(hex.data() + at, hex.data() + at + 2, byte, 16);
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

class Retry {
 public:
  Retry(const EdgeOptions& options, const Clock& clock, StateFolder& folder, http::Client client)
      : options_(options),
        clock_(clock),
        folder_(folder),
        delivery_(std::move(client), counters_, [this](const Refusal& refusal) -> Status {
          refused_.insert_or_assign(refusal.where, refusal.error);
          return {};
        }) {}

  Result<Retried> run() {
    LEDGER_TRY(state_, folder_.load());
    for (auto& line : folder_.refused()) read(std::move(line));
    LEDGER_CHECK(deliver());
    return settle();
  }

 private:
  void read(std::string line) {
    Entry entry{std::move(line), {}, {}, {}};
    const auto parsed = cli::parse_json(entry.line);
    if (!parsed || !parsed->is_object()) {
      entry.trouble = Error{ErrorCode::kMalformed, "is no line of ours"};
    } else {
      entry.where = cli::text_of(*parsed, "where");
      std::string raw = cli::text_of(*parsed, "raw");
      if (raw.empty()) raw = bytes_of(cli::text_of(*parsed, "raw_hex"));
      read(raw, cli::text_of(*parsed, "from") == "ami", entry);
    }
    entries_.push_back(std::move(entry));
  }

  void read(const std::string& raw, bool spooled, Entry& entry) {
    if (auto event = JsonCodec().decode_submission(raw)) {
      const auto& id = entry.calls.emplace_back(event->id);
      events_.insert_or_assign(id, *std::move(event));
      return;
    }
    const auto settings = spooled ? spool_settings(options_.cdr) : options_.cdr;
    asterisk::RecordReader reader(raw, settings);
    std::vector<asterisk::Leg> legs;
    while (auto row = reader.next()) {
      auto leg = std::move(row->fields).and_then([&](std::vector<std::string> fields) {
        return asterisk::read_leg(std::move(fields), settings);
      });
      if (!leg) {
        entry.trouble = std::move(leg).error();
        return;
      }
      legs.push_back(*std::move(leg));
    }
    if (legs.empty()) entry.trouble = Error{ErrorCode::kMalformed, "holds no record"};
    for (auto& leg : legs) {
      entry.calls.push_back("call:" + leg.call_key);
      calls_[leg.call_key].add(std::move(leg));
    }
  }

  // With the legs that were delivered before, or a call would be cut to those that were refused.
  [[nodiscard]] std::map<std::string, Outgoing> outgoing() {
    std::map<std::string, bool> remembered;
    for (const auto& known : state_.calls) {
      if (known.legs.empty()) continue;
      const std::string& key = known.legs.front().call_key;
      if (!calls_.contains(key) && !events_.contains("call:" + key)) continue;
      for (const auto& leg : known.legs) calls_[key].add(leg);
      remembered[key] = true;
    }
    std::map<std::string, Outgoing> outgoing;
    for (const auto& [id, event] : events_) outgoing.emplace(id, Outgoing{event, false});
    for (const auto& [key, call] : calls_) {
      auto joined = asterisk::join(call, options_.cdr);
      const std::string id = "call:" + key;
      if (auto* event = std::get_if<Submission>(&joined)) {
        const bool whole = remembered.contains(key) || !call.lacks_beginning();
        outgoing.insert_or_assign(id, Outgoing{std::move(*event), whole});
      } else if (const auto& reason = std::get<std::string>(joined);
                 reason != asterisk::kInternalCall) {
        refused_.insert_or_assign("call " + id,
                                  Error{ErrorCode::kInvalidField, reason, "own_numbers"});
      }
    }
    return outgoing;
  }

  Status deliver() {
    std::vector<Outgoing> batch;
    const auto send = [&]() -> Status {
      LEDGER_TRY(const auto outcome, delivery_.deliver(batch, clock_.now()));
      if (outcome.trouble) return tl::unexpected(*outcome.trouble);
      batch.clear();
      return {};
    };
    for (auto& [id, call] : outgoing()) {
      batch.push_back(std::move(call));
      if (batch.size() == kBatch) LEDGER_CHECK(send());
    }
    return batch.empty() ? Status() : send();
  }

  Result<Retried> settle() {
    Retried retried;
    std::vector<std::string> lines;
    for (auto& entry : entries_) {
      for (const auto& call : entry.calls) {
        const auto refused = refused_.find("call " + call);
        if (refused != refused_.end()) entry.trouble = refused->second;
      }
      if (!entry.trouble) {
        ++retried.gone;
        continue;
      }
      lines.push_back(std::move(entry.line));
      retried.left.push_back({std::move(entry.where), *std::move(entry.trouble)});
    }
    LEDGER_CHECK(remember());
    if (retried.gone > 0) LEDGER_CHECK(folder_.replace_refused(lines));
    return retried;
  }

  // A late leg must find the legs that are in now.
  Status remember() {
    bool any = false;
    for (const auto& [key, call] : calls_) {
      if (refused_.contains("call call:" + key)) continue;
      const auto known = std::find_if(
          state_.calls.begin(), state_.calls.end(), [&wanted = key](const auto& remembered) {
            return !remembered.legs.empty() && remembered.legs.front().call_key == wanted;
          });
      if (known == state_.calls.end()) {
        state_.calls.push_back({call.legs(), clock_.now()});
      } else {
        known->legs = call.legs();
      }
      any = true;
    }
    return any ? folder_.save(state_) : Status();
  }

  const EdgeOptions& options_;
  const Clock& clock_;
  StateFolder& folder_;
  Counters counters_;
  Delivery delivery_;
  State state_;
  std::vector<Entry> entries_;
  std::map<std::string, asterisk::Call> calls_;  // by their keys
  std::map<std::string, Submission> events_;     // by their ids
  std::map<std::string, Error> refused_;         // by "call " and the event's id
};

}  // namespace

Result<Retried> retry_refused(const EdgeOptions& options, const Clock& clock) {
  LEDGER_CHECK(asterisk::check_settings(options.cdr));
  LEDGER_TRY(auto client, cli::connect(options.server));
  LEDGER_TRY(auto folder, StateFolder::open(options.state));
  return Retry(options, clock, folder, std::move(client)).run();
}

}  // namespace ledger::edge
