// Goal: stored lines of every type stay readable and byte-stable for ever. Method: golden/*.ndjson
// holds a line of each type (and of each shape it has had); read and written again, all of them
// must give the same bytes. Lines are added there, never changed: they are what customers have.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <set>

#include "events/catalogue.h"
#include "events/fields_json.h"
#include "events/json_codec.h"
#include "tests/events/samples.h"
#include "tests/support/catch.h"

namespace ledger::testing {

namespace {

std::vector<std::string> golden_lines(const std::string& name) {
  std::ifstream file(std::string(GOLDEN_DIR) + "/" + name + ".ndjson");
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

// Names of members that the sample leaves empty: its golden line would not show them.
template <class T>
struct EmptyMembers {
  const T& object;
  std::vector<std::string>& found;

  template <class Member>
  void operator()(std::string_view name, Member T::* member, Trait = Trait::kPlain) const {
    if constexpr (is_optional<Member>) {
      if (!(object.*member).has_value()) found.emplace_back(name);
    } else if constexpr (is_vector<Member>) {
      if ((object.*member).empty()) found.emplace_back(name);
    }
  }
};

std::vector<std::string> empty_members(const EventData& data) {
  std::vector<std::string> found;
  Catalogue::for_each([&]<class E>() {
    if (const auto* event = data.get_if<E>()) E::fields(EmptyMembers<E>{*event, found});
  });
  return found;
}

}  // namespace

TEST_CASE("golden: there is a sample of every type", "[events][golden]") {
  std::set<std::string_view> seen;
  for (const auto& event : sample_events()) seen.insert(type_name(event.data));
  CHECK(seen.size() == Catalogue::kSize);
}

TEST_CASE("golden: samples fill every member", "[events][golden]") {
  for (const auto& event : sample_events()) {
    INFO("missing step: fill these of " << type_name(event.data) << " in tests/events/samples.cpp");
    CHECK(empty_members(event.data) == std::vector<std::string>{});
  }
}

TEST_CASE("golden: today's encoding of every type is on record", "[events][golden]") {
  for (const auto& event : sample_events()) {
    const std::string name = versioned_name(event.data);
    const auto lines = golden_lines(name);
    const std::string line = line_of(event);
    const bool on_record = std::find(lines.begin(), lines.end(), line) != lines.end();
    // Printed apart: Catch would break it into several lines.
    if (!on_record) std::puts(line.c_str());
    INFO("missing step: append the line above to tests/events/golden/"
         << name << ".ndjson, and change none that is there");
    CHECK(on_record);
  }
}

TEST_CASE("golden: every recorded line gives the same bytes again", "[events][golden]") {
  JsonCodec codec;
  for (const auto& sample : sample_events()) {
    for (const auto& line : golden_lines(versioned_name(sample.data))) {
      INFO(line);
      const auto event = codec.decode_line(line);
      REQUIRE(event);
      CHECK(line_of(*event) == line);
      CHECK(type_name(event->data) == type_name(sample.data));
    }
  }
}

TEST_CASE("golden: what was read equals what was written", "[events][golden]") {
  JsonCodec codec;
  for (const auto& sample : sample_events()) {
    const auto event = codec.decode_line(line_of(sample));
    REQUIRE(event);
    CHECK(event->data == sample.data);
    CHECK(event->stamps == sample.stamps);
    CHECK(event->time == sample.time);
    CHECK(event->id == sample.id);
    CHECK(event->source == sample.source);
  }
}

}  // namespace ledger::testing
