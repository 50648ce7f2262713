#include "producers/append/restating.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <numeric>
#include <thread>
#include <utility>

#include "events/types/amendment.h"
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

// A sender's void of its own record; nullptr: any other event.
const EventVoided* retraction_in(const Submission& event) {
  const auto* voided = event.data.get_if<EventVoided>();
  return voided != nullptr && voided->target_source == event.source ? voided : nullptr;
}

tl::unexpected<Error> nothing_to_take_back(const EventVoided& retraction) {
  return fail(ErrorCode::kNotFound,
              "the ledger holds no event '" + retraction.target_id + "' of source '" +
                  retraction.target_source + "'",
              "data.target_id");
}

// Of the last statement: it was made now if steps led to it.
Receipt receipt_of(const statements::Standing& standing, bool stepped) {
  Receipt receipt = standing.receipt;
  if (stepped) receipt.duplicate = false;
  return receipt;
}

const Error* first_error(const Outcomes& outcomes) {
  for (const auto& outcome : outcomes) {
    if (!outcome && outcome.error().code != ErrorCode::kNotAttempted) return &outcome.error();
  }
  return nullptr;
}

}  // namespace

bool ends_like_statement(std::string_view id) {
  for (const std::string_view half : {"~void", "~unmatch", "~match"}) {
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
  std::vector<std::size_t> there;
  std::erase_if(waiting, [&](std::size_t i) {
    if (ends_like_statement(events[i].id)) {
      stated[i].outcome = tl::unexpected(id_of_statement_error());
      return true;
    }
    if (retraction_in(events[i]) == nullptr) return false;
    there.push_back(i);
    return true;
  });
  while (!waiting.empty()) {
    std::vector<Submission> batch;
    batch.reserve(waiting.size());
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

std::vector<Result<Restating::Found>> Restating::check(
    const std::vector<Submission>& events) const {
  std::vector<Result<Found>> all;
  all.reserve(events.size());
  const bool behind = !parts_.progress.wait(parts_.door.acknowledged(),
                                            std::chrono::steady_clock::now() + limits::kIndexWait);
  for (const auto& event : events) {
    if (behind) {
      all.emplace_back(fail(ErrorCode::kUnavailable, "the index is behind the log; try again"));
    } else if (ends_like_statement(event.id)) {
      all.emplace_back(tl::unexpected(id_of_statement_error()));
    } else {
      all.push_back(found(event));
    }
  }
  return all;
}

Result<Restating::Found> Restating::found(const Submission& now) const {
  LEDGER_TRY(const auto standing,
             statements::find(now.source, now.id, *parts_.views.current(), parts_.reader));
  if (!standing) return Found::kNew;
  if (!standing->left_standing.empty()) return Found::kChanged;
  if (standing->erased) return Found::kKnown;
  // An amendment is what it is: it is restated never.
  if (is_amendment(now.data)) {
    if (statements::same(*standing, now)) return Found::kKnown;
    return fail(ErrorCode::kConflict, "the ledger has it with another body", "id");
  }
  LEDGER_TRY(const auto next, statements::next(*standing, now, *parts_.views.current()));
  return next.empty() ? Found::kKnown : Found::kChanged;
}

Restating::Stated Restating::state(const Submission& now, std::optional<Timestamp> said_at) {
  constexpr int kRefusalsMax = 3;
  constexpr auto kPause = std::chrono::milliseconds(20);
  const EventVoided* retraction = retraction_in(now);
  const std::string& id = retraction != nullptr ? retraction->target_id : now.id;
  const auto deadline = std::chrono::steady_clock::now() + limits::kIndexWait;
  bool stepped = false;
  for (int refusals = 0;;) {
    if (!parts_.progress.wait(parts_.door.acknowledged(), deadline)) {
      return {fail(ErrorCode::kUnavailable, "the index is behind the log; try again")};
    }
    const auto views = parts_.views.current();
    const auto standing = statements::find(now.source, id, *views, parts_.reader);
    if (!standing) return {tl::unexpected(standing.error())};
    std::vector<Submission> events;
    bool mends = false;  // what was there; what is said now comes behind it
    if (!*standing && retraction != nullptr) return {nothing_to_take_back(*retraction)};
    if (!*standing) {
      events.push_back(now);
    } else if (mends = !(*standing)->left_standing.empty(); mends) {
      events.push_back(statements::take_back_left(**standing));
    } else if ((*standing)->erased && retraction == nullptr) {
      // What it said is not known any more, and said again it would bring the person back.
      return {receipt_of(**standing, stepped), stepped};
    } else {
      const bool same = retraction == nullptr && statements::same(**standing, now);
      // What a step of this statement has recorded is not said later than it.
      if (said_at && !stepped && (*standing)->recorded >= *said_at && !same) {
        return {(*standing)->receipt, /*restated=*/false, /*superseded=*/true};
      }
      auto next = retraction != nullptr ? statements::retract(**standing, retraction->reason)
                                        : statements::next(**standing, now, *views);
      if (!next) return {tl::unexpected(std::move(next).error())};
      if (next->empty()) return {receipt_of(**standing, stepped), stepped};
      events = *std::move(next);
      mends = statements::is_step(**standing);
    }
    const Outcomes outcomes = append(std::move(events));
    const Error* trouble = first_error(outcomes);
    if (trouble == nullptr && !mends) return {outcomes.back(), standing->has_value()};
    if (trouble == nullptr) {
      stepped = stepped || (*standing && statements::is_step(**standing));
      continue;
    }
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
