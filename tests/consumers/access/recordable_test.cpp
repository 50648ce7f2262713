// Goal: of every type it was decided whose word it is. Method: the catalogue and the table are
// walked against one another; a type that stands in one alone is named.
#include "consumers/access/recordable.h"

#include <set>

#include "events/catalogue.h"
#include "tests/support/catch.h"

using namespace ledger;

TEST_CASE("recordable: every type of the catalogue is somebody's word, and no other") {
  std::set<std::string_view> types;
  Catalogue::for_each([&]<class E>() {
    types.insert(E::kName);
    INFO("missing step: decide who may record " << E::kName
                                                << " in consumers/access/recordable.cpp");
    CHECK(recordable(E::kName) != nullptr);
  });
  for (const auto& one : recordables()) {
    INFO(one.type << " is no event");
    CHECK(types.contains(one.type));
    CHECK_FALSE(one.why.empty());
  }
  CHECK(recordables().size() == types.size());
  CHECK(recordable("") == nullptr);
  CHECK(recordable("meeting.heldx") == nullptr);
}

TEST_CASE("recordable: what decides how all are judged is no head's word") {
  for (const char* type : {"rule.published", "quota_policy.set", "manager.hired",
                           "manager.dismissed", "calendar.day_set", "outage.recorded"}) {
    INFO(type);
    CHECK(recordable(type)->word == WordOf::kAdmin);
  }
  CHECK(recordable("meeting.held")->word == WordOf::kManager);
  CHECK(recordable("report.accepted")->word == WordOf::kHead);
  CHECK(recordable("access.logged")->word == WordOf::kLedger);
}

TEST_CASE("recordable: two people mend contracts and payments, one the rest") {
  CHECK(needs_second_person("contract.signed"));
  CHECK(needs_second_person("payment.received"));
  CHECK_FALSE(needs_second_person("meeting.held"));
  CHECK_FALSE(needs_second_person("payment.allocated"));
}
