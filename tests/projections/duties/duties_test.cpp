// Goal: the catalogue of duties is whole and true, and each duty is shown by name. Method: the list
// itself, the catalogue of events, the job description's text, and the blocks of
// tests/scenarios/duties, each of which the scenario runner holds to its duty's events and routes.
#include "projections/duties/duties.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "events/catalogue.h"
#include "tests/support/catch.h"

namespace ledger::testing {

namespace {

using duties::Duty;

// Lower-case words with underscores, joined by dots.
bool is_dotted(std::string_view id) {
  bool at_start = true;
  for (const char c : id) {
    if (c == '.' ? at_start : !(std::islower(static_cast<unsigned char>(c)) || c == '_')) {
      return false;
    }
    at_start = c == '.';
  }
  return !at_start && id.find('.') != std::string_view::npos;
}

// Every run of spaces and line breaks as one space.
std::string flowing(std::string_view text) {
  std::istringstream words{std::string(text)};
  std::string flowed;
  for (std::string word; words >> word;) flowed += flowed.empty() ? word : ' ' + word;
  return flowed;
}

struct Source {
  std::string text;
  std::set<std::string> lines;
};

// The job description: all *.txt of the folder that LEDGER_REQUIREMENTS names.
Source read_source(const std::filesystem::path& folder) {
  Source source;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".txt") continue;
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      line = flowing(line);
      if (!line.empty()) source.text += line + ' ';
      source.lines.insert(std::move(line));
    }
  }
  return source;
}

void check_quote(const Source& source, const duties::Quote& quote) {
  INFO(quote.text << " at " << quote.place);
  CHECK(source.text.find(quote.text) != std::string::npos);
  if (std::isdigit(static_cast<unsigned char>(quote.place.front())) != 0) return;
  const std::size_t comma = quote.place.rfind(", ");
  const bool numbered = comma != std::string_view::npos &&
                        std::isdigit(static_cast<unsigned char>(quote.place[comma + 2])) != 0;
  CHECK(source.lines.contains(
      std::string(quote.place.substr(0, numbered ? comma : quote.place.size()))));
}

// {id: number of its blocks}
std::map<std::string, int> shown_duties() {
  std::map<std::string, int> shown;
  for (const auto& entry : std::filesystem::directory_iterator(SHOWN_DUTIES_DIR)) {
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with("duty: ")) ++shown[line.substr(6)];
    }
  }
  return shown;
}

}  // namespace

TEST_CASE("duties: there are 93, by number, and none is missing", "[duties]") {
  int number = 0;
  for (const auto& duty : duties::all()) CHECK(duty.number == ++number);
  CHECK(number == 93);
}

TEST_CASE("duties: each has an id of its own, by which it is found", "[duties]") {
  for (const auto& duty : duties::all()) {
    INFO(duty.id);
    CHECK(is_dotted(duty.id));
    CHECK(duties::find(duty.id) == &duty);
  }
  CHECK(duties::find("calls") == nullptr);
  CHECK(duties::find("") == nullptr);
}

TEST_CASE("duties: each says what it is, by what it is counted and where it is seen", "[duties]") {
  for (const auto& duty : duties::all()) {
    INFO(duty.id);
    CHECK_FALSE(duty.quote.text.empty());
    CHECK_FALSE(duty.quote.place.empty());
    CHECK(duty.also.text.empty() == duty.also.place.empty());
    CHECK_FALSE(duty.title_uk.empty());
    CHECK_FALSE(duty.title_en.empty());
    CHECK(is_dotted(duty.rule.substr(0, duty.rule.size() - 1)));  // call.v and a digit
    CHECK(duty.rule.ends_with(".v1"));
    CHECK(duty.events.size() > 0);
    CHECK(duty.seen_in.size() > 0);
    CHECK(duty.quote.text.find(duty.norm.text) != std::string_view::npos);
    CHECK((duty.norm.number == 0 || !duty.norm.text.empty()));
  }
}

TEST_CASE("duties: the norms that the job description counts", "[duties]") {
  const auto number_of = [](std::string_view id) { return duties::find(id)->norm.number; };
  CHECK(number_of("calls.daily") == 30);
  CHECK(number_of("offers.email.daily") == 50);
  CHECK(number_of("offers.phone.daily") == 20);
  CHECK(number_of("contracts.new.monthly") == 4);
  CHECK(number_of("reconciliation.monthly") == 1);
  CHECK(number_of("report.monthly") == 3);
  CHECK(number_of("database.daily") == 1);
  CHECK(number_of("attestation.half_yearly") == 1);
}

TEST_CASE("duties: their events are types of the catalogue, none twice", "[duties]") {
  std::set<std::string_view> types;
  Catalogue::for_each([&]<class E>() { types.insert(E::kName); });
  for (const auto& duty : duties::all()) {
    std::set<std::string_view> once;
    for (const auto type : duty.events) {
      INFO(duty.id << " names " << type);
      CHECK(types.contains(type));
      CHECK(once.insert(type).second);
    }
  }
}

TEST_CASE("duties: the quotes stand in the job description, word for word", "[duties]") {
  const char* folder = std::getenv("LEDGER_REQUIREMENTS");
  if (folder == nullptr) {
    WARN("not compared: LEDGER_REQUIREMENTS names no folder with the job description's text");
    return;
  }
  const Source source = read_source(folder);
  REQUIRE_FALSE(source.text.empty());
  for (const auto& duty : duties::all()) {
    INFO(duty.id);
    check_quote(source, duty.quote);
    if (!duty.also.text.empty()) check_quote(source, duty.also);
  }
}

TEST_CASE("duties: each is shown by name in tests/scenarios/duties", "[duties]") {
  const auto shown = shown_duties();
  for (const auto& duty : duties::all()) {
    INFO("missing step: a block \"duty: " << duty.id << "\"");
    CHECK(shown.contains(std::string(duty.id)));
  }
  for (const auto& [id, blocks] : shown) {
    INFO("a block for " << id);
    CHECK(duties::find(id) != nullptr);
    CHECK(blocks == 1);
  }
}

}  // namespace ledger::testing
