// Goal: what is sealed can be read with its key at its place and nowhere else, what is erased says
// nothing and leaves what counts hang on, and a lost key is never taken for an erasure. Method:
// lines of one event of each kind are sealed, opened, changed and erased.
#include <set>

#include "events/catalogue.h"
#include "events/json_codec.h"
#include "events/leaf_hash.h"
#include "events/privacy/line_seal.h"
#include "events/privacy/memory_key_ring.h"
#include "events/types/call.h"
#include "events/types/person.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::privacy;

namespace {

const IsNatural kNobodyNatural = [](const ClientId&) { return Result<bool>(false); };

std::string line_of(std::string_view type, std::string_view data) {
  return R"({"specversion":"1.0","id":"e-1","source":"pbx","type":"org.salesledger.)" +
         std::string(type) +
         R"(.v1","subject":"c-1","time":"2026-11-25T08:00:00Z","recordedtime":"2026-11-25T08:00:01Z","localday":"2026-11-25","partitionkey":"c-1","datacontenttype":"application/json","dataschema":"urn:salesledger:schema:)" +
         std::string(type) + R"(.v1","data":)" + std::string(data) + "}";
}

const std::string kPerson = line_of(
    "contact_person.set",
    R"({"client_id":"c-1","person_id":"p-1","name":"Ірина","role":"user","phones":["+380501112233"],"emails":["i@ukr.net"],"birthday":"--02-29"})");
const std::string kCall = line_of(
    "call.completed",
    R"({"call_id":"k","direction":"inbound","client_phone_raw":"050 111 22 33","client_phone":"+380501112233","duration_s":9,"talk_s":5,"outcome":"answered"})");
const std::string kLetter = line_of(
    "offer.emailed",
    R"({"message_id":"<1@x>","sender":"olena@gurt.example","recipients":["i@ukr.net","office@romashka.example"],"subject":"КП"})");

struct Sealed {
  std::unique_ptr<KeyRing> ring = memory_key_ring();

  std::string seal(const std::string& line) {
    JsonCodec codec;
    const auto event = codec.decode_line(line).value();
    const auto bearing = bearing_of(event.data, kNobodyNatural).value();
    if (const auto his = belongings_of(event.data, bearing)) {
      (void)ring->key_of(his->name).value();
      CHECK(ring->link(his->name, his->identifiers));
    }
    return seal_line(line, bearing, *ring).value();
  }
  std::string open(const std::string& line) const { return open_line(line, *ring).value().value(); }
  std::string verdict(const std::string& line) const {
    const auto opened = open_line(line, *ring);
    return opened ? "ok" : std::string(name_of(opened.error().code)) + " " + opened.error().field;
  }
};

bool has(std::string_view line, std::string_view text) {
  return line.find(text) != std::string_view::npos;
}

// The attributes that say that a line was opened.
std::string without_attributes(std::string line) {
  const auto from = line.find(",\"leafhash\"");
  if (from != std::string::npos) line.erase(from, line.find(",\"data\"") - from);
  return line;
}

}  // namespace

TEST_CASE("sealed line: nothing of a person is in it, and opened it is the line of before",
          "[events]") {
  Sealed house;
  for (const auto& line : {kPerson, kCall, kLetter}) {
    const std::string stored = house.seal(line);
    for (const auto* text : {"Ірина", "0501112233", "050 111", "i@ukr.net", "--02-29"}) {
      CHECK_FALSE(has(stored, text));
    }
    const std::string opened = house.open(stored);
    CHECK(without_attributes(opened) == line);
    const auto event = JsonCodec().decode_line(opened).value();
    CHECK(event.leaf_hash == to_hex(leaf_hash_of(stored)));
    CHECK_FALSE(event.erased_by);
  }
  CHECK(has(house.seal(kLetter), "olena@gurt.example"));  // one of ours
}

TEST_CASE("sealed line: sealed twice the bytes differ, and both spellings of a number are one's",
          "[events]") {
  Sealed house;
  CHECK(house.seal(kCall) != house.seal(kCall));
  (void)house.seal(kPerson);
  const std::string strange = house.seal(line_of(
      "call.completed",
      R"({"call_id":"k","direction":"inbound","client_phone_raw":"sip:+380501112233@pbx","client_phone":"+380501112233","duration_s":9,"talk_s":5,"outcome":"answered"})"));
  const auto ids = house.ring->ids_of(name_of_contact(ClientId("c-1"), PersonId("p-1"))).value();
  const auto first = strange.find(kSealedPrefix);
  const auto second = strange.find(kSealedPrefix, first + 1);
  CHECK(strange.substr(first, kSealedPrefix.size() + 22) ==
        strange.substr(second, kSealedPrefix.size() + 22));
  // himself and his number; his address and his name have no key until a line has them
  CHECK(ids.size() == 2);
}

TEST_CASE("sealed line: a text opens at its place alone, and unchanged", "[events]") {
  Sealed house;
  const std::string stored = house.seal(kCall);
  const auto changed = [&](std::string_view was, std::string_view now) {
    std::string line = stored;
    line.replace(line.find(was), was.size(), now);
    return line;
  };
  CHECK(house.verdict(stored) == "ok");
  CHECK(house.verdict(changed(R"("id":"e-1")", R"("id":"e-2")")) == "corrupt client_phone_raw");
  CHECK(house.verdict(changed(R"("source":"pbx")", R"("source":"pbY")")) ==
        "corrupt client_phone_raw");
  CHECK(house.verdict(changed("client_phone_raw", "manager_extensio")) ==
        "corrupt manager_extensio");
  CHECK(house.verdict(changed(":nothing:", ":word:")) == "corrupt client_phone_raw");
  // every letter of every part: the id, what is left, the box, the commitment
  const std::size_t begin = stored.find(kSealedPrefix) + kSealedPrefix.size();
  const std::size_t end = stored.find('"', begin);
  for (std::size_t at = begin; at < end; ++at) {
    std::string line = stored;
    line[at] = line[at] == 'A' ? 'B' : 'A';
    const auto opened = open_line(line, *house.ring);
    // where it is no sealed text any more it stays what it is, and no codec takes it for a number
    CHECK((!opened || !has(opened->value_or(line), "050 111 22 33")));
  }
}

TEST_CASE("sealed line: erased it keeps what counts hang on, and names the event", "[events]") {
  Sealed house;
  const std::string person = house.seal(kPerson);
  const std::string call = house.seal(kCall);
  const std::string letter = house.seal(kLetter);
  const auto ids = house.ring->ids_of(name_of_contact(ClientId("c-1"), PersonId("p-1"))).value();
  REQUIRE(house.ring->destroy(ids, "people e-9"));
  JsonCodec codec;
  const auto gone = codec.decode_line(house.open(person)).value();
  const auto* set = gone.data.get_if<ContactPersonSet>();
  CHECK(set->name == kErasedWord);
  CHECK(set->phones.empty());
  CHECK(set->emails.empty());
  CHECK_FALSE(set->birthday);
  CHECK(set->role == PersonRole::kUser);
  CHECK(gone.erased_by == "people e-9");
  CHECK(gone.leaf_hash == to_hex(leaf_hash_of(person)));
  const auto counted = codec.decode_line(house.open(call)).value();
  CHECK_FALSE(counted.data.get_if<CallCompleted>()->client_phone);
  CHECK(counted.data.get_if<CallCompleted>()->talk_s == 5);
  const std::string opened = house.open(letter);
  CHECK(has(opened, "@erased.invalid\",\"office@romashka.example\"]"));
  CHECK(codec.decode_line(opened));
}

TEST_CASE("sealed line: a key that is neither held nor erased is damage", "[events]") {
  Sealed house;
  const std::string stored = house.seal(kPerson);
  const auto other = memory_key_ring();
  const auto opened = open_line(stored, *other);
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == ErrorCode::kCorrupt);
  CHECK(opened.error().field == "name");
  CHECK(has(opened.error().message, "--keys"));
}

TEST_CASE("sealed line: a text that reads as a sealed one is not taken", "[events]") {
  Sealed house;
  const std::string line = line_of(
      "contact_person.set",
      R"({"client_id":"c-1","person_id":"p-1","name":"Ірина","position":"sealed:v1:x","role":"user"})");
  const auto sealed = seal_line(line, {"contact_person.set"}, *house.ring);
  REQUIRE_FALSE(sealed);
  CHECK(sealed.error().code == ErrorCode::kInvalidField);
  CHECK(sealed.error().field == "position");
  CHECK_FALSE(open_line(kPerson, *house.ring).value());  // nothing sealed: nothing is copied
}

namespace {

struct PersonalMembers {
  std::string_view type;
  std::set<std::string>& kept;

  template <class Member>
  void operator()(std::string_view name, Member, Trait trait = Trait::kPlain) const {
    if (trait != ledger::personal || is_sealed(type, name)) return;
    kept.insert(std::string(type) + " " + std::string(name));
  }
};

}  // namespace

// Whoever marks a member as a person's decides here whether it can be erased (decisions/0038).
TEST_CASE("sealed line: what of persons stays in the clear is a list", "[events]") {
  std::set<std::string> kept;
  Catalogue::for_each([&]<class E>() { E::fields(PersonalMembers{E::kName, kept}); });
  const std::set<std::string> decided = {
      // our own people, and who asked: who did what is what the ledger is for
      "access.changed certificate", "access.changed holder", "access.changed principal",
      "access.changed subject", "access.logged principal", "manager.hired emails",
      "manager.hired name", "manager.hired phones", "letter.exchanged own_address",
      "offer.answered own_address", "offer.emailed house_recipients", "offer.emailed sender",
      "qualification.recorded document", "qualification.recorded education",
      "qualification.recorded sales_months",
      // what an offer is known by
      "letter.exchanged subject", "offer.answered subject", "offer.emailed subject",
      // documents that are kept by law
      "contract.signed signatory", "reconciliation.confirmed confirmed_by",
      "reconciliation.signed our_signatory", "reconciliation.signed their_signatory",
      // sealed member by member, as of the event that it is about
      "correction.proposed data", "event.corrected data"};
  CHECK(kept == decided);
}
