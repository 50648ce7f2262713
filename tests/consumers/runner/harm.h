#pragma once

#include <fmt/format.h>

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

#include "consumers/runner/projector.h"
#include "tests/support/catch.h"
#include "tests/support/house.h"

// What the tests of the projector put into a house, and how they harm it.
namespace ledger::testing {

inline std::string meeting(const std::string& id, const std::string& client) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"test","type":"org.salesledger.meeting.held.v1","time":"2026-11-24T08:00:00Z","data":{{"client_id":"{}","manager_id":"m-1","topic":"умови"}}}})",
      id, client);
}

inline std::string taken_back(const std::string& id) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"void-{0}","source":"test","type":"org.salesledger.event.voided.v1","time":"2026-11-24T09:00:00Z","data":{{"target_source":"test","target_id":"{0}","reason":"помилка"}}}})",
      id);
}

// A void as no door would stamp it: it claims to take back something of a type that is not known.
inline std::string bad_void(const std::string& client) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"bad","source":"test","type":"org.salesledger.event.voided.v1","subject":"{0}","time":"2026-11-24T08:00:00Z","recordedtime":"2026-11-24T08:00:00Z","localday":"2026-11-24","partitionkey":"{0}","datacontenttype":"application/json","dataschema":"urn:salesledger:schema:event.voided.v1","data":{{"target_source":"test","target_id":"a","reason":"x","was":{{"type":"no.such","position":"0:0","time":"2026-11-24T08:00:00Z","local_day":"2026-11-24","data":{{}}}}}}}})",
      client);
}

inline int meetings(House& house, const std::string& client) {
  const auto body = house.get("/v1/clients/" + client).body;
  const auto at = body.find("\"meeting\":");
  return at == std::string::npos ? 0 : std::atoi(body.c_str() + at + 10);
}

inline std::string family_named(std::string_view view) {
  for (const auto& family : projector_families()) {
    if (family.starts_with(std::string(view) + ".v")) return family;
  }
  throw std::runtime_error("no such view");
}

// Cuts the last byte off every row of the view.
inline void spoil(House& house, std::string_view view) {
  const std::string family = family_named(view);
  auto changes = house.views->begin();
  int rows = 0;
  REQUIRE(house.views->current()->scan(family, "", "", [&](std::string_view key, auto value) {
    changes->put(family, key, value.substr(0, value.size() - 1));
    ++rows;
    return true;
  }));
  REQUIRE(rows > 0);
  REQUIRE(house.views->commit(std::move(changes), house.views->current()->position()));
}

inline void settle_renewals(House& house) {
  const auto busy = [&] {
    const auto& renewals = house.views->renewals();
    return !renewals.reported().empty() || !renewals.aside().empty();
  };
  for (int i = 0; i < 100 && busy(); ++i) {
    REQUIRE(house.projector->step(std::chrono::milliseconds(0)));
  }
  CHECK_FALSE(busy());
}

}  // namespace ledger::testing
