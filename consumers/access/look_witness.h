#pragma once

#include <memory>

#include "consumers/access/looks.h"
#include "consumers/access/principal.h"
#include "consumers/access/recording.h"
#include "events/business_zone.h"
#include "events/log/log_reader.h"
#include "platform/clock.h"
#include "platform/http/router.h"
#include "producers/append/door.h"
#include "projections/store/view_store.h"

namespace ledger {

// Records who looked, through the one door, before he sees it: an access.logged of source
// "ledger/access", one for each principal, role, thing and hour. What cannot be recorded is not
// shown: 503. Nobody is asked where there is no principal, and nothing is recorded.
class LookWitness {
 public:
  static constexpr std::string_view kSource = kAccessSource;

  // All must outlive it.
  struct Parts {
    AppendDoor& door;
    const ViewStore& views;
    const LogReader& log;
    const Clock& clock;
    BusinessZone zone;
  };
  explicit LookWitness(Parts parts) : parts_(parts) {}

  // As http::Witness.
  [[nodiscard]] http::Reply attend(const http::Request& request, std::string_view method,
                                   std::string_view pattern, http::Reply reply);
  [[nodiscard]] http::Witness witness() {
    return [this](const http::Request& request, std::string_view method, std::string_view pattern,
                  http::Reply reply) { return attend(request, method, pattern, std::move(reply)); };
  }

 private:
  [[nodiscard]] Result<std::optional<Submission>> to_record(const Principal& principal,
                                                            Look look) const;
  [[nodiscard]] Result<bool> is_his(const Principal& principal, Look& look) const;
  [[nodiscard]] Result<bool> is_his_event(const Principal& principal, Look& look) const;
  [[nodiscard]] Result<bool> answers_for(const Principal& principal,
                                         const std::string& client) const;

  Parts parts_;
};

}  // namespace ledger
