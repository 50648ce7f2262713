#include "projections/unmatched/queries.h"

#include <algorithm>

#include "platform/calendar_month.h"
#include "projections/directory/one_client.h"
#include "projections/directory/working_time.h"
#include "projections/seen/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::unmatched {

namespace {

constexpr AsOf kByNow{kLastDay, std::nullopt};

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

// By that knowledge; a correction stands at the place of what it corrects.
const Wait* wait_at(const WaitingRow& row, const AsOf& as_of) {
  return telling(row.waits, [&](const Wait& wait) { return as_of.sees(wait.known, wait.day); });
}

// What waits for its manager alone, since its client is known.
void add_manager(Fact& fact, const WaitingRow& row, const AsOf& as_of) {
  for (const auto& wait : row.waits) {
    if (wait.client_id.empty() || !as_of.sees(wait.known, wait.day)) continue;
    fact.client_id = wait.client_id;
    fact.manager_keys = wait.manager_keys;
  }
}

// Recorded by then and voided by then.
bool taken_back_at(const Known& known, const std::optional<Timestamp>& instant) {
  return known.taken_back && (!instant || *known.taken_back <= *instant);
}

Result<std::optional<Fact>> fact_of(const ViewSnapshot& snapshot, std::string_view key,
                                    const WaitingRow& row, const AsOf& as_of) {
  const Wait* wait = wait_at(row, as_of);
  if (wait == nullptr) return std::nullopt;
  Fact fact{row.type, row.source, row.id, *wait, {}, {}, {}};
  add_manager(fact, row, as_of);
  LEDGER_TRY(const auto said, read_row<AnswersRow>(snapshot, family(), key));
  if (!said) return fact;
  for (const auto& answer : said->answers) {
    if (taken_back_at(answer.known, as_of.known_at)) ++fact.taken_back;
    if (!answer.known.at(as_of.known_at)) continue;
    switch (answer.verdict) {
      case Verdict::kMatched:
        fact.match = answer;
        break;
      case Verdict::kRuledOut:
        fact.ruled_out = answer;
        break;
      case Verdict::kRejected:
        fact.rejected.push_back(answer);
        break;
    }
  }
  if (fact.match && fact.client_id.empty()) fact.client_id = fact.match->client_id;
  return fact;
}

// nullopt: it is none of those that are asked for.
Result<std::optional<Fact>> wanted_fact(const ViewSnapshot& snapshot, std::string_view key,
                                        const WaitingRow& row, const Wanted& wanted) {
  LEDGER_TRY(auto fact, fact_of(snapshot, key, row, wanted.as_of));
  if (!fact) return std::nullopt;
  const bool is_listed = wanted.ruled_out ? fact->ruled_out && !fact->match : fact->waits();
  if (!is_listed) return std::nullopt;
  if (!wanted.shows) return fact;
  LEDGER_TRY(const bool shown, wanted.shows(*fact));
  return shown ? std::move(fact) : std::nullopt;
}

// Whether the question is of what waits by all that is recorded: OpenRow knows.
bool is_by_now(const Wanted& wanted) { return !wanted.as_of.known_at && !wanted.ruled_out; }

// The rows among which those that are asked for are, from a key on, until `visit` says false.
template <class Visit>
Status visit_rows(const ViewSnapshot& snapshot, std::string_view from, const Wanted& wanted,
                  Visit&& visit) {
  Status failure;
  const auto go_on = [&](std::string_view key, const WaitingRow& row) {
    auto next = visit(key, row);
    if (next) return *next;
    failure = tl::unexpected(std::move(next).error());
    return false;
  };
  if (!is_by_now(wanted)) {
    LEDGER_CHECK(scan_rows<WaitingRow>(snapshot, family(), "", from, go_on));
    return failure;
  }
  LEDGER_CHECK(
      scan_rows<OpenRow>(snapshot, family(), "", from, [&](std::string_view key, const OpenRow&) {
        auto row = read_row<WaitingRow>(snapshot, family(), key);
        if (row) return !*row || go_on(key, **row);
        failure = tl::unexpected(std::move(row).error());
        return false;
      }));
  return failure;
}

// Whether to go on, where the row is one that is asked for.
template <class Take>
Result<bool> visit_wanted(const ViewSnapshot& snapshot, std::string_view key, const WaitingRow& row,
                          const Wanted& wanted, Take&& take) {
  LEDGER_TRY(auto fact, wanted_fact(snapshot, key, row, wanted));
  return !fact || take(*std::move(fact));
}

}  // namespace

directory::KeyLevel missing_manager(const Fact& fact) {
  if (!fact.waits()) return {};
  return fact.lacks_client() ? fact.wait.manager_keys : fact.manager_keys;
}

std::vector<Cause> causes_of(const Fact& fact) {
  std::vector<Cause> causes;
  if (fact.lacks_client()) causes.push_back(Cause::kUnknownClient);
  const auto keys = missing_manager(fact);
  if (keys.empty()) return causes;
  const bool by_extension = keys.front().kind == directory::KeyKind::kExtension;
  causes.push_back(by_extension ? Cause::kUnknownExtension : Cause::kUnknownSender);
  return causes;
}

Result<Page> waiting(const ViewSnapshot& snapshot, std::string_view from, const Wanted& wanted) {
  Page page;
  const auto visit = [&](std::string_view key, const WaitingRow& row) -> Result<bool> {
    if (wanted.type && !wanted.type(row.type)) return true;
    return visit_wanted(snapshot, key, row, wanted, [&](Fact fact) {
      if (page.facts.size() == wanted.limit) {
        page.next = key;
        return false;
      }
      page.facts.push_back(std::move(fact));
      return true;
    });
  };
  LEDGER_CHECK(visit_rows(snapshot, from, wanted, visit));
  return page;
}

Result<std::map<std::string, Tally>> tally(const ViewSnapshot& snapshot, const Wanted& wanted) {
  std::map<std::string, Tally> all;
  const auto add = [&](const std::string& type, Date since) {
    Tally& one = all[type];
    one.oldest = one.count == 0 ? since : std::min(one.oldest, since);
    ++one.count;
    return true;
  };
  if (is_by_now(wanted) && !wanted.shows) {
    LEDGER_CHECK(
        scan_rows<OpenRow>(snapshot, family(), "", "", [&](std::string_view, const OpenRow& open) {
          return open.day > wanted.as_of.day || add(open.type, open.since);
        }));
    return all;
  }
  LEDGER_CHECK(visit_rows(snapshot, "", wanted, [&](std::string_view key, const WaitingRow& row) {
    return visit_wanted(snapshot, key, row, wanted,
                        [&](const Fact& fact) { return add(fact.type, waits_since(fact.wait)); });
  }));
  return all;
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
    if (fact && fact->waits()) facts.push_back(*std::move(fact));
  }
  return facts;
}

Result<std::optional<ManagerId>> manager_for(const ViewSnapshot& snapshot,
                                             const directory::KeyLevel& keys, Date day) {
  if (keys.empty()) return std::nullopt;
  LEDGER_TRY(auto owner, directory::agreed_owner(snapshot, {keys}));
  if (!owner) return std::nullopt;
  ManagerId manager(*std::move(owner));
  LEDGER_TRY(auto time, directory::WorkingTime::read(snapshot, day, day, std::nullopt));
  LEDGER_TRY(const auto* hired, time.employed(manager, day));
  if (hired == nullptr) return std::nullopt;
  return manager;
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
