#pragma once

#include <cstddef>
#include <string>

// By which ids the readings of a call are recorded: who records them, and who asks what became of
// them, need the same.
namespace ledger::call_legs {

// The source is that of the legs.
class EventIds {
 public:
  explicit EventIds(const std::string& call_id);
  // Of the call, or its correction, that a reading records; from 0.
  [[nodiscard]] std::string of(std::size_t reading) const;
  // Of what takes back the one before it.
  [[nodiscard]] std::string void_of(std::size_t reading) const;

 private:
  std::string first_;
};

}  // namespace ledger::call_legs
