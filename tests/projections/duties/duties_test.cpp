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
#include <vector>

#include "events/catalogue.h"
#include "projections/duties/breakdowns.h"
#include "projections/duty_records/ratios.h"
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

using MemberNames = std::set<std::string>;

template <class T>
void collect_members(MemberNames& found, const std::string& name) {
  if constexpr (is_optional<T> || is_vector<T>) {
    collect_members<typename T::value_type>(found, name);
  } else if constexpr (HasFields<T>) {
    T::fields([&]<class M>(std::string_view inner, M T::*, Trait trait = Trait::kPlain) {
      if (trait == Trait::kPlain) collect_members<M>(found, name + '.' + std::string(inner));
    });
  } else {
    found.insert(name);
  }
}

// What records of each type may tell: members that are neither personal nor the door's.
const std::map<std::string_view, MemberNames>& members_by_type() {
  static const auto all = [] {
    std::map<std::string_view, MemberNames> by_type;
    Catalogue::for_each([&]<class E>() {
      auto& found = by_type[E::kName];
      E::fields([&]<class M>(std::string_view name, M E::*, Trait trait = Trait::kPlain) {
        if (trait == Trait::kPlain) collect_members<M>(found, std::string(name));
      });
    });
    return by_type;
  }();
  return all;
}

bool contains(const duties::Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
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
    CHECK(duty.rule.substr(duty.rule.size() - 3, 2) == ".v");
    CHECK(std::string_view("123456789").find(duty.rule.back()) != std::string_view::npos);
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

TEST_CASE("duties: a type of event leads to the duties that name it, by number", "[duties]") {
  const auto ids = [](std::string_view type) {
    const auto found = duties::duties_of(type);
    return std::vector<std::string>(found.begin(), found.end());
  };
  CHECK(ids("lead.found") == std::vector<std::string>{"leads.channels"});
  CHECK(ids("survey.sent") == std::vector<std::string>{"surveys.held"});
  CHECK(ids("feedback.recorded") ==
        std::vector<std::string>{"complaints.resolved", "dissatisfaction.causes"});
  CHECK(ids("no.such").empty());
}

TEST_CASE("duties: tables are of members that the duty's own events tell", "[duties]") {
  for (const auto& one : duties::breakdowns()) {
    INFO(one.duty_id << " by " << one.event);
    const Duty* duty = duties::find(one.duty_id);
    REQUIRE(duty != nullptr);
    CHECK(contains(duty->events, one.event));
    CHECK_FALSE(one.title_uk.empty());
    CHECK_FALSE(one.title_en.empty());
    CHECK(one.key.size() > 0);
    const auto& told = members_by_type().at(one.event);
    const auto is_told = [&](std::string_view name) { return told.contains(std::string(name)); };
    for (const auto name : one.key) {
      INFO("by " << name);
      const bool of_record = name == "client_id" || name == "manager_id" || name == "month" ||
                             name == "client_segment" || name == "owner_id";
      CHECK((of_record || is_told(name == "about_month" ? "month" : name)));
    }
    const auto in_key = [&](std::string_view name) {
      return name.empty() || contains(one.key, name);
    };
    CHECK(in_key(one.unsaid.member));
    CHECK(in_key(one.hryvnias));
    CHECK((one.where.member.empty() || is_told(one.where.member)));
    CHECK((one.with.empty() || is_told(one.with)));
    CHECK((one.money.empty() || is_told(std::string(one.money) + ".currency")));
    CHECK((one.of_item.empty() || (is_told(one.of_item) && !one.money.empty())));
  }
}

TEST_CASE("duties: whose rule is its tables has one, and who only records has none", "[duties]") {
  for (const auto& duty : duties::all()) {
    INFO(duty.id);
    const bool has_tables = !duties::breakdowns_of(duty.id).empty();
    if (duty.rule == duties::kTables) CHECK(has_tables);
    if (duty.rule == duties::kRecord) CHECK_FALSE(has_tables);
    if (duty.rule == duties::kRecord) CHECK(duty_records::rule_of(duty.id) == nullptr);
  }
}

TEST_CASE("duties: rules over records read types that there are, and tell their share",
          "[duties]") {
  using duty_records::Rule;
  std::set<std::string_view> duties_seen;
  std::set<std::string_view> names;
  for (const auto rules :
       {duty_records::search_rules(), duty_records::offer_rules(), duty_records::service_rules()}) {
    for (const Rule& rule : rules) {
      INFO(rule.name);
      CHECK(duties::find(rule.duty_id) != nullptr);
      CHECK(duties_seen.insert(rule.duty_id).second);
      CHECK(names.insert(rule.name).second);
      CHECK(rule.name.ends_with(".v1"));
      for (const auto type : rule.reads) CHECK(members_by_type().contains(type));
      CHECK(rule.part.empty() == rule.of.empty());
      CHECK((rule.part.empty() || contains(rule.figures, rule.part)));
      CHECK((rule.of.empty() || contains(rule.figures, rule.of)));
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
