#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>

#include "consumers/access/authentication.h"
#include "events/types/access.h"

namespace ledger::access {

// Records a change of access as an event: again under the same id is the same event. Waits for the
// log's answer.
using Record =
    std::function<Status(const std::string& id, Timestamp at, const AccessChanged& what)>;

// What is done about access while nobody asks, on one thread: changes go to the log, last uses to
// the disk, the issuer's keys are fetched, and what is outdated is forgotten.
class Keeper {
 public:
  struct Parts {
    AccessStore& store;
    Authentication& authentication;
    Issuer* issuer;  // null: none
    const Clock& clock;
    Record record;
  };
  explicit Keeper(Parts parts) : parts_(std::move(parts)) {}

  void start();  // the thread
  // Something changed: have it recorded now.
  void wake();

  // Its steps, in turn; without start() they are the caller's, who is a test. A notice that the log
  // refuses for good is an error of ours: it is kept, as a later server may write it so that it
  // fits, but holds up none that came after it.
  void record_notices();
  void keep_marks();
  void refresh_issuer();

 private:
  void run(const std::stop_token& stop);

  Parts parts_;
  bool log_away_ = false;
  std::set<std::string> refused_;  // notices that the log refused for good, since the start
  bool issuer_away_ = false;       // its keys
  bool description_away_ = false;  // what it says of itself
  std::mutex mutex_;
  std::condition_variable_any waiting_;
  bool woken_ = false;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace ledger::access
