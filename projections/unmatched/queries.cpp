#include "projections/unmatched/queries.h"

#include <algorithm>

#include "platform/calendar_month.h"
#include "projections/directory/one_client.h"
#include "projections/seen/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::unmatched {

namespace {

constexpr AsOf kByNow{kLastDay, std::nullopt};

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

// By that knowledge, the last one told; a correction stands at the place of what it corrects.
const Wait* wait_at(const WaitingRow& row, const AsOf& as_of) {
  const auto at = std::find_if(row.waits.rbegin(), row.waits.rend(),
                               [&](const Wait& wait) { return as_of.sees(wait.known, wait.day); });
  return at == row.waits.rend() ? nullptr : &*at;
}

// Recorded by then and voided by then.
bool taken_back_at(const Known& known, const std::optional<Timestamp>& instant) {
  return known.taken_back && (!instant || *known.taken_back <= *instant);
}

Result<std::optional<Fact>> fact_of(const ViewSnapshot& snapshot, std::string_view key,
                                    const WaitingRow& row, const AsOf& as_of) {
  const Wait* wait = wait_at(row, as_of);
  if (wait == nullptr) return std::nullopt;
  Fact fact{row.type, row.source, row.id, *wait, {}, {}};
  LEDGER_TRY(const auto said, read_row<AnswersRow>(snapshot, family(), key));
  if (!said) return fact;
  for (const auto& answer : said->answers) {
    if (taken_back_at(answer.known, as_of.known_at)) ++fact.taken_back;
    if (!answer.known.at(as_of.known_at)) continue;
    if (answer.verdict == Verdict::kMatched) {
      fact.match = answer;
    } else {
      fact.rejected.push_back(answer);
    }
  }
  return fact;
}

}  // namespace

Result<Page> waiting(const ViewSnapshot& snapshot, std::string_view from, const Wanted& wanted) {
  Page page;
  Status failure;
  LEDGER_CHECK(scan_rows<WaitingRow>(snapshot, family(), "", from,
                                     [&](std::string_view key, const WaitingRow& row) {
                                       if (wanted.type && !wanted.type(row.type)) return true;
                                       auto fact = fact_of(snapshot, key, row, wanted.as_of);
                                       if (!fact) {
                                         failure = tl::unexpected(std::move(fact).error());
                                         return false;
                                       }
                                       if (!*fact || (*fact)->match) return true;
                                       if (page.facts.size() == wanted.limit) {
                                         page.next = key;
                                         return false;
                                       }
                                       page.facts.push_back(**std::move(fact));
                                       return true;
                                     }));
  LEDGER_CHECK(std::move(failure));
  return page;
}

Result<std::optional<Fact>> fact(const ViewSnapshot& snapshot, std::string_view source,
                                 std::string_view id, const AsOf& as_of) {
  const std::string key = seen::key_of(source, id);
  LEDGER_TRY(const auto row, read_row<WaitingRow>(snapshot, family(), key));
  if (!row) return std::nullopt;
  return fact_of(snapshot, key, *row, as_of);
}

Result<std::vector<Fact>> waiting_for(const ViewSnapshot& snapshot, const directory::Key& key) {
  const std::string prefix = waits_key(directory::key_of(key.kind, key.value));
  std::vector<std::string> waiting;
  LEDGER_CHECK(scan_rows<KeyWaitsRow>(snapshot, family(), prefix, prefix,
                                      [&](std::string_view row_key, const KeyWaitsRow&) {
                                        waiting.emplace_back(row_key.substr(prefix.size()));
                                        return true;
                                      }));
  std::vector<Fact> facts;
  for (const auto& row_key : waiting) {
    LEDGER_TRY(const auto row, read_row<WaitingRow>(snapshot, family(), row_key));
    if (!row) continue;
    LEDGER_TRY(auto fact, fact_of(snapshot, row_key, *row, kByNow));
    if (fact && !fact->match) facts.push_back(*std::move(fact));
  }
  return facts;
}

Result<bool> is_rejected(const ViewSnapshot& snapshot, std::string_view source, std::string_view id,
                         std::string_view client_id) {
  LEDGER_TRY(const auto said, read_row<AnswersRow>(snapshot, family(), seen::key_of(source, id)));
  if (!said) return false;
  LEDGER_TRY(const auto client,
             directory::survivor_of(snapshot, std::string(client_id), std::nullopt));
  for (const auto& answer : said->answers) {
    if (answer.verdict != Verdict::kRejected || !answer.known.at(std::nullopt)) continue;
    LEDGER_TRY(const auto refused,
               directory::survivor_of(snapshot, answer.client_id, std::nullopt));
    if (refused == client) return true;
  }
  return false;
}

}  // namespace ledger::unmatched
