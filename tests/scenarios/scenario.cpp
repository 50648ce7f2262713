#include "tests/scenarios/scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "events/json_codec.h"
#include "platform/cursor.h"
#include "projections/duties/duties.h"
#include "tests/support/house.h"

namespace ledger::testing {

namespace {

using Lines = std::vector<std::vector<std::string>>;  // by partition

std::string take_word(std::string_view& rest) {
  const std::size_t start = rest.find_first_not_of(' ');
  if (start == std::string_view::npos) return {};
  const std::size_t end = rest.find(' ', start);
  std::string word(rest.substr(start, end - start));
  rest = end == std::string_view::npos ? "" : rest.substr(end + 1);
  return word;
}

// Whether a path is of a route: "/v1/clients/c-1?as_of=…" of "/v1/clients/{id}".
bool is_of(std::string_view path, std::string_view route) {
  path = path.substr(0, path.find('?'));
  for (;;) {
    const std::string_view part = path.substr(0, path.find('/'));
    const std::string_view wanted = route.substr(0, route.find('/'));
    if (part != wanted && !wanted.starts_with('{')) return false;
    if (part.size() == path.size() || wanted.size() == route.size()) {
      return part.size() == path.size() && wanted.size() == route.size();
    }
    path.remove_prefix(part.size() + 1);
    route.remove_prefix(wanted.size() + 1);
  }
}

// The duties that an answer names, wherever it does.
void collect_duties(const boost::json::value& value, std::vector<std::string>& found) {
  if (const auto* list = value.if_array()) {
    for (const auto& item : *list) collect_duties(item, found);
    return;
  }
  const auto* object = value.if_object();
  if (object == nullptr) return;
  for (const auto& [key, member] : *object) {
    if (key == "duty_id" && member.is_string()) found.emplace_back(member.as_string());
    if (key == "duty_ids" && member.is_object()) {
      for (const auto& link : member.as_object()) found.emplace_back(link.value().as_string());
    }
    if (key == "duty_ids" && member.is_array()) {
      for (const auto& id : member.as_array()) found.emplace_back(id.as_string());
    }
    collect_duties(member, found);
  }
}

class Story {
 public:
  explicit Story(std::string path) : path_(std::move(path)) {}

  std::vector<std::string> run() {
    std::ifstream file(path_);
    if (!file) return {path_ + " cannot be read"};
    std::string line;
    for (number_ = 1; std::getline(file, line); ++number_) {
      try {
        step(line);
      } catch (const std::exception& problem) {
        complain(problem.what());
      }
    }
    close_block();
    if (asked_ == 0 && refused_ == 0) complain("the scenario asks nothing");
    for (unsigned seed = 1; seed <= 3; ++seed) compare_refold(seed);
    return std::move(failures_);
  }

 private:
  void step(std::string_view line) {
    const std::string verb = take_word(line);
    if (verb.empty() || verb.starts_with('#')) return;
    if (verb == "now") {
      house_.set_now(take_word(line));
    } else if (verb == "+") {
      append(line);
    } else if (verb == "!") {
      refuse(line);
    } else if (verb == "?") {
      ask(take_word(line));
    } else if (verb == "do") {
      decide(line);
    } else if (verb == "=") {
      const std::string pointer = take_word(line);
      expect(pointer, std::string(line));
    } else if (verb == "duty:") {
      open_block(take_word(line));
    } else if (verb == "logged") {
      read_back();
    } else {
      complain("no such verb: " + verb);
    }
  }

  std::string event_of(std::string_view rest) {
    const std::string type = take_word(rest);
    const std::string time = take_word(rest);
    std::string data(rest);
    std::string id = fmt::format("e{}", number_);
    if (const std::size_t as = data.rfind("} as "); as != std::string::npos) {
      id = data.substr(as + 5);
      data.resize(as + 1);
    }
    // Who looked is counted as the server's own word alone.
    const char* source = type == "access.logged" ? "ledger/access" : "test";
    return fmt::format(
        R"({{"specversion":"1.0","id":"{}","source":"{}","type":"org.salesledger.{}.v1","time":"{}","data":{}}})",
        id, source, type, time, data);
  }

  void append(std::string_view rest) {
    const std::string event = event_of(rest);
    const auto response = house_.post(event);
    if (response.status != 201) {
      complain(fmt::format("not accepted: {} {}", response.status, response.body));
      return;
    }
    // Whatever it is, a sender whose answer was lost says it again and is told the same.
    const auto again = house_.post(event);
    if (again.status != 201 || again.body.find(R"("duplicate":true)") == std::string::npos) {
      complain(fmt::format("said twice: {} {}", again.status, again.body));
    }
    const auto receipt = boost::json::parse(response.body);
    positions_["e" + std::to_string(number_)] = receipt.at("position").as_string();
    positions_[std::string(receipt.at("id").as_string())] = receipt.at("position").as_string();
    block_.appended.push_back({take_word(rest), boost::json::parse(event),
                               std::string(receipt.at("position").as_string())});
  }

  // A block of lines that show one duty: it appends each type of event that the catalogue names for
  // the duty, and asks each question of which the catalogue says that it shows the duty.
  void open_block(const std::string& id) {
    close_block();
    block_ = {};
    block_.duty = duties::find(id);
    if (block_.duty == nullptr) complain("no duty is called " + id);
  }

  void close_block() {
    if (block_.duty == nullptr) return;
    for (const auto type : block_.duty->events) {
      if (std::ranges::find(block_.appended, type, &Appended::type) == block_.appended.end()) {
        complain(fmt::format("nothing of type {} is told for {}", type, block_.duty->id));
      }
    }
    if (!asked(fmt::format("/v1/duties/{}/records", block_.duty->id))) {
      complain(fmt::format("the records of {} are not asked for", block_.duty->id));
    }
    for (const auto route : block_.duty->seen_in) {
      if (!asked(route)) {
        complain(fmt::format("{} is not asked for {}", route, block_.duty->id));
      }
    }
  }

  [[nodiscard]] bool asked(std::string_view route) const {
    return std::ranges::any_of(block_.asked, [&](const auto& path) { return is_of(path, route); });
  }

  // Every event of the block lies in the log as it was told.
  void read_back() {
    ++asked_;
    for (const auto& [type, event, position] : block_.appended) {
      const std::string path = "/v1/log/" + position;
      block_.asked.push_back(path);
      const auto line = house_.opened.read(parse_position(position).value()).value();
      const auto stored = boost::json::parse(line);
      const auto* data = stored.as_object().if_contains("data");
      if (data == nullptr || stored.at("type") != event.at("type")) {
        complain(fmt::format("{} is not what was told of type {}", path, type));
        continue;
      }
      for (const auto& [name, told] : event.at("data").as_object()) {
        const auto* kept = data->as_object().if_contains(name);
        if (kept == nullptr || *kept != told) {
          complain(fmt::format("{} of {} at {} is not kept as told", std::string_view(name), type,
                               path));
        }
      }
    }
  }

  void refuse(std::string_view rest) {
    ++refused_;
    const std::string error = take_word(rest);
    const std::string field = take_word(rest);
    const auto response = house_.post(event_of(rest));
    const auto problem = boost::json::parse(response.body);
    const auto* type = problem.as_object().if_contains("type");
    const auto* at = problem.as_object().if_contains("field");
    if (type == nullptr || !type->as_string().ends_with(":" + error) ||
        (field != "-" && (at == nullptr || at->as_string() != field))) {
      complain(
          fmt::format("expected {} at {}: {} {}", error, field, response.status, response.body));
    }
  }

  // "cursor={c-3}" stands for the cursor of that place on the route.
  std::string with_cursor(std::string path) const {
    const std::size_t open = path.find("cursor={");
    if (open == std::string::npos) return path;
    const std::size_t from = open + 7;
    const std::size_t close = path.find('}', from);
    const std::string place = path.substr(from + 1, close - from - 1);
    return path.replace(from, close - from + 1, seal_cursor(house_.pattern_of(path), place));
  }

  // "{p-1}" stands for the position of the event "p-1".
  std::string with_position(std::string path) {
    const std::size_t open = path.find('{');
    if (open == std::string::npos) return path;
    const std::size_t close = path.find('}', open);
    const auto at = positions_.find(path.substr(open + 1, close - open - 1));
    if (at != positions_.end()) return path.replace(open, close - open + 1, at->second);
    complain(path + " names no event");
    return path;
  }

  void ask(const std::string& written) {
    const std::string path = with_position(with_cursor(written));
    ++asked_;
    question_ = path;
    answer_ = boost::json::parse(house_.get(path).body);
    open_next_cursor();
    block_.asked.push_back(path);
    std::vector<std::string> named;
    collect_duties(answer_, named);
    for (const auto& id : named) {
      if (duties::find(id) == nullptr) complain(path + " names no duty: " + id);
    }
  }

  // So that a scenario says where the next page begins, and not how that is written.
  void open_next_cursor() {
    auto* const next =
        answer_.is_object() ? answer_.as_object().if_contains("next_cursor") : nullptr;
    if (next == nullptr) return;
    *next = open_cursor(house_.pattern_of(question_), next->as_string()).value();
  }

  // Posts a body to a route; `=` looks at the answer.
  void decide(std::string_view rest) {
    ++asked_;
    const std::string path = with_position(take_word(rest));
    question_ = path;
    answer_ = boost::json::parse(house_.post_to(path, std::string(rest)).body);
    block_.asked.push_back(path);
  }

  void expect(const std::string& pointer, const std::string& wanted) {
    boost::json::error_code problem;
    const auto* found = answer_.find_pointer(pointer, problem);
    if (wanted == "absent") {
      if (found != nullptr) complain(pointer + " should be absent in " + question_);
      return;
    }
    if (found == nullptr) {
      complain(fmt::format("{} has nothing at {}: {}", question_, pointer,
                           boost::json::serialize(answer_)));
    } else if (*found != boost::json::parse(wanted)) {
      complain(fmt::format("{} {}: expected {}, got {}", question_, pointer, wanted,
                           boost::json::serialize(*found)));
    }
  }

  Lines stored_lines() {
    Lines lines(static_cast<std::size_t>(house_.log.partitions()));
    auto cursor = house_.log.cursor(Frontier::start(house_.log.partitions())).value();
    const auto all = cursor->poll(1'000'000, 0, {}).value();
    for (const auto& stored : all) {
      lines[static_cast<std::size_t>(stored.position.partition)].emplace_back(stored.line);
    }
    return lines;
  }

  // The same lines, each partition in order, but partitions interleaved by chance, some lines twice
  // at their partition's end, and folded in batches of chance sizes.
  void compare_refold(unsigned seed) {
    std::mt19937 random(seed);
    const Lines lines = stored_lines();
    House other("2026-11-25T15:00:00Z", house_.log.partitions(), nullptr, house_.keys);
    std::vector<std::size_t> next(lines.size(), 0);
    std::vector<std::int32_t> turns;
    for (std::size_t p = 0; p < lines.size(); ++p) {
      turns.insert(turns.end(), lines[p].size(), static_cast<std::int32_t>(p));
    }
    std::shuffle(turns.begin(), turns.end(), random);
    for (const auto partition : turns) {
      const auto p = static_cast<std::size_t>(partition);
      other.log.inject(partition, lines[p][next[p]++]);
      if (random() % 3 == 0) other.settle();
    }
    for (std::size_t p = 0; p < lines.size(); ++p) {
      for (const auto& line : lines[p]) {
        if (random() % 2 == 0) other.log.inject(static_cast<std::int32_t>(p), line);
      }
    }
    other.settle();
    if (all_rows(*other.views->current()) != all_rows(*house_.views->current())) {
      complain(fmt::format("folded again with seed {} the rows come out differently", seed));
    }
  }

  void complain(const std::string& what) {
    failures_.push_back(fmt::format("{}:{}: {}", path_, number_, what));
  }

  struct Appended {
    std::string type;
    boost::json::value event;
    std::string position;
  };
  struct Block {
    const duties::Duty* duty = nullptr;  // none before the first block
    std::vector<Appended> appended;
    std::vector<std::string> asked;
  };

  std::string path_;
  std::map<std::string, std::string> positions_;  // of events, by id
  Block block_;
  int number_ = 0;
  int asked_ = 0;
  int refused_ = 0;
  House house_{"2026-11-25T15:00:00Z", 3, nullptr, privacy::memory_key_ring()};
  std::string question_;
  boost::json::value answer_;
  std::vector<std::string> failures_;
};

}  // namespace

std::vector<std::string> run_scenario(const std::string& path) { return Story(path).run(); }

}  // namespace ledger::testing
