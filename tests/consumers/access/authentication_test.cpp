// Goal: whom a token or a certificate names, where several could be meant.
#include "consumers/access/authentication.h"

#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::access;

namespace {

Tables house() {
  Tables tables;
  const auto add = [&](const char* id, Role role, std::optional<std::string> subject,
                       std::optional<std::string> certificate, bool active = true) {
    PrincipalRow row;
    row.id = id;
    row.role = role;
    row.subject = std::move(subject);
    row.certificate = std::move(certificate);
    row.active = active;
    tables.principals.emplace(id, row);
  };
  add("olena", Role::kManager, std::nullopt, std::nullopt);
  add("ivan", Role::kHead, "7f3a", "CN=ivan,O=House");
  add("gone", Role::kHead, "0000", "CN=gone", false);
  add("pbx", Role::kSource, std::nullopt, "DNS:pbx.house.example");
  return tables;
}

std::string id_of(const PrincipalRow* row) { return row == nullptr ? "nobody" : row->id; }

}  // namespace

TEST_CASE("subject: by the subject alone, and nobody by his id", "[access]") {
  const auto tables = house();
  // Else whoever calls himself "admin" at the issuer would be ours.
  CHECK(id_of(principal_of_subject(tables, "olena")) == "nobody");
  CHECK(id_of(principal_of_subject(tables, "7f3a")) == "ivan");
  CHECK(id_of(principal_of_subject(tables, "ivan")) == "nobody");
  CHECK(id_of(principal_of_subject(tables, "0000")) == "nobody");
  CHECK(id_of(principal_of_subject(tables, "gone")) == "nobody");
  CHECK(id_of(principal_of_subject(tables, "pbx")) == "nobody");
  CHECK(id_of(principal_of_subject(tables, "")) == "nobody");
}

TEST_CASE("certificate: one of its names, letter by letter", "[access]") {
  const auto tables = house();
  CHECK(id_of(principal_of_certificate(tables, "CN=ivan,O=House")) == "ivan");
  CHECK(id_of(principal_of_certificate(tables, "CN=x\nDNS:pbx.house.example\n")) == "pbx");
  CHECK(id_of(principal_of_certificate(tables, "CN=ivan")) == "nobody");
  CHECK(id_of(principal_of_certificate(tables, "CN=ivan,O=House,C=UA")) == "nobody");
  CHECK(id_of(principal_of_certificate(tables, "CN=gone")) == "nobody");
  CHECK(id_of(principal_of_certificate(tables, "")) == "nobody");
  CHECK(id_of(principal_of_certificate(tables, "\n\n")) == "nobody");
}
