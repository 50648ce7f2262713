#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/clock.h"
#include "platform/durable_file.h"
#include "platform/result.h"

namespace ledger::pull {

// Up to when an account was told, with everything before it acknowledged by the ledger.
struct Place {
  std::string account;
  Timestamp through;

  static void fields(auto&& field) {
    field("account", &Place::account);
    field("through", &Place::through);
  }
};

// What outlives the process.
struct State {
  static constexpr std::size_t kRefusedMax = 10'000;

  std::vector<Place> places;
  // Digests of what lies in refused.ndjson: the banks tell the same rows for days.
  std::vector<std::string> refused;

  static void fields(auto&& field) {
    field("places", &State::places);
    field("refused", &State::refused);
  }
  [[nodiscard]] std::optional<Timestamp> through(std::string_view account) const;
  void set_through(const std::string& account, Timestamp through);
  [[nodiscard]] bool has_refused(std::string_view digest) const;
  void note_refused(std::string digest);  // of one that is not noted yet
};

// What a webhook said, until the statement says it too, and for some days longer.
struct Heard {
  std::string account;
  std::string item;
  Timestamp time;      // of the entry
  Timestamp heard_at;  // the first time
  bool confirmed = false;
  bool missing = false;  // a person was told that no statement has it

  static void fields(auto&& field) {
    field("account", &Heard::account);
    field("item", &Heard::item);
    field("time", &Heard::time);
    field("heard_at", &Heard::heard_at);
    field("confirmed", &Heard::confirmed);
    field("missing", &Heard::missing);
  }
};
struct HookState {
  std::optional<Timestamp> hooked_at;  // since when the bank has our address
  std::vector<Heard> heard;

  static void fields(auto&& field) {
    field("hooked_at", &HookState::hooked_at);
    field("heard", &HookState::heard);
  }
};

// What cannot be recorded, for a person to look at.
struct Refusal {
  std::string where;  // "privatbank UA21…, row 3, REF JBKLOB7"
  std::string raw;    // the row as it came, or the event made of it
  Error error;
};

// The connector's own directory: `position` and `hooks` (cereal, format number first),
// `refused.ndjson` and `lock`. Its files are written by one thread each.
class StateFolder {
 public:
  // Makes the directory. kMisconfigured: it cannot be made or written, or is in use.
  [[nodiscard]] static Result<StateFolder> open(std::filesystem::path folder);

  // As last saved; fresh ones if nothing was. kCorrupt: the bytes are not ours.
  [[nodiscard]] Result<State> load() const;
  [[nodiscard]] Result<HookState> load_hooks() const;
  // All or nothing, on the disk when they return. kUnavailable: the disk is full or gone.
  [[nodiscard]] Status save(const State& state) const;
  [[nodiscard]] Status save_hooks(const HookState& state) const;
  // After a crash a refusal may be in there twice.
  [[nodiscard]] Status keep_refused(const Refusal& refusal, Timestamp now) const;

 private:
  StateFolder(std::filesystem::path folder, LockedFolder lock)
      : folder_(std::move(folder)), lock_(std::move(lock)) {}
  std::filesystem::path folder_;
  LockedFolder lock_;
};

}  // namespace ledger::pull
