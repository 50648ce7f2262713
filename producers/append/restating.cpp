#include "producers/append/restating.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <numeric>
#include <thread>
#include <utility>

#include "platform/limits.h"
#include "producers/append/amend.h"
#include "producers/append/statements.h"

namespace ledger {

namespace {

using Outcome = AppendDoor::Outcome;
using Outcomes = std::vector<Outcome>;

bool has_code(const Outcome& outcome, ErrorCode code) {
  return !outcome && outcome.error().code == code;
}

// The ledger holds the record already: whether it still reads so is to be looked at.
bool is_there(const Outcome& outcome) {
  return outcome ? outcome->duplicate : outcome.error().code == ErrorCode::kConflict;
}

const Error* first_error(const Outcomes& outcomes) {
  for (const auto& outcome : outcomes) {
    if (!outcome && outcome.error().code != ErrorCode::kNotAttempted) return &outcome.error();
  }
  return nullptr;
}

}  // namespace

bool ends_like_statement(std::string_view id) {
  for (const std::string_view half : {"~void", "~unmatch"}) {
    if (!id.ends_with(half)) continue;
    id.remove_suffix(half.size());
    break;
  }
  const std::size_t before = id.find_last_not_of("0123456789");
  return before != std::string_view::npos && before + 1 < id.size() && id[before] == '~';
}

Error id_of_statement_error() {
  return {ErrorCode::kInvalidField,
          "ends like the ids that the ledger gives to later statements of a record (\"~1\", "
          "\"~1~void\")",
          "id"};
}

Outcomes Restating::append(std::vector<Submission> events) {
  const auto promise = std::make_shared<std::promise<Outcomes>>();
  auto outcomes = promise->get_future();
  parts_.door.append(std::move(events),
                     [promise](Outcomes all) { promise->set_value(std::move(all)); });
  return outcomes.get();
}

// A batch is refused whole for one of its events: that one is taken out and the others go in again,
// so every round has one event less to settle. What is there already is looked at behind them, in
// the order in which it was said.
std::vector<Restating::Stated> Restating::record(std::vector<Submission> events,
                                                 std::optional<Timestamp> said_at) {
  std::vector<Stated> stated(events.size());
  std::vector<std::size_t> waiting(events.size());
  std::iota(waiting.begin(), waiting.end(), std::size_t{0});
  std::erase_if(waiting, [&](std::size_t i) {
    if (!ends_like_statement(events[i].id)) return false;
    stated[i].outcome = tl::unexpected(id_of_statement_error());
    return true;
  });
  std::vector<std::size_t> there;
  while (!waiting.empty()) {
    std::vector<Submission> batch;
    for (const std::size_t i : waiting) batch.push_back(events[i]);
    const Outcomes outcomes = append(std::move(batch));
    const Error* trouble = first_error(outcomes);
    const bool away = trouble != nullptr && trouble->retriable();
    std::vector<std::size_t> again;
    for (std::size_t k = 0; k < waiting.size(); ++k) {
      const std::size_t i = waiting[k];
      if (has_code(outcomes[k], ErrorCode::kNotAttempted)) {
        if (away) stated[i].outcome = tl::unexpected(*trouble);
        if (!away) again.push_back(i);
      } else if (is_there(outcomes[k]) && !is_amendment(events[i].data)) {
        there.push_back(i);
      } else {
        stated[i].outcome = outcomes[k];
      }
    }
    waiting = std::move(again);
  }
  std::sort(there.begin(), there.end());
  for (const std::size_t i : there) stated[i] = state(events[i], said_at);
  return stated;
}

Restating::Stated Restating::state(const Submission& now, std::optional<Timestamp> said_at) {
  constexpr int kRefusalsMax = 3;
  constexpr auto kPause = std::chrono::milliseconds(20);
  const auto deadline = std::chrono::steady_clock::now() + limits::kIndexWait;
  for (int refusals = 0;;) {
    if (!parts_.progress.wait(parts_.door.acknowledged(), deadline)) {
      return {fail(ErrorCode::kUnavailable, "the index is behind the log; try again")};
    }
    const auto standing =
        statements::find(now.source, now.id, *parts_.views.current(), parts_.reader);
    if (!standing) return {tl::unexpected(standing.error())};
    std::vector<Submission> events;
    bool mends = false;  // what was there; what is said now comes behind it
    if (!*standing) {
      events.push_back(now);
    } else if (mends = !(*standing)->left_standing.empty(); mends) {
      events.push_back(statements::take_back_left(**standing, now));
    } else {
      if (said_at && (*standing)->recorded >= *said_at && !statements::same(**standing, now)) {
        return {(*standing)->receipt, /*restated=*/false, /*superseded=*/true};
      }
      auto next = statements::next(**standing, now);
      if (!next) return {tl::unexpected(std::move(next).error())};
      if (next->empty()) return {(*standing)->receipt};
      events = *std::move(next);
      mends = (*standing)->match.has_value();
    }
    const Outcomes outcomes = append(std::move(events));
    const Error* trouble = first_error(outcomes);
    if (trouble == nullptr && !mends) return {outcomes.back(), standing->has_value()};
    if (trouble == nullptr) continue;
    if (trouble->code != ErrorCode::kConflict) return {tl::unexpected(*trouble)};
    // Another statement of that number, said at the same time, is on its way into the log: what is
    // to be said after it is told by what it says. Any other conflict is the door's own.
    const bool on_its_way = trouble->field == "id";
    if (!on_its_way && ++refusals == kRefusalsMax) return {tl::unexpected(*trouble)};
    if (std::chrono::steady_clock::now() > deadline) {
      return {fail(ErrorCode::kUnavailable, "the record is being stated by others; try again")};
    }
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace ledger
