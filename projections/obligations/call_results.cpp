#include "projections/obligations/call_results.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <tuple>

#include "platform/calendar_month.h"
#include "projections/client_card/timeline.h"
#include "projections/obligations/rows.h"
#include "projections/quota_compliance/queries.h"
#include "projections/store/view_batch.h"

namespace ledger::obligations {

namespace {

using quota_compliance::Item;
using quota_compliance::Verdict;

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

bool is_later(const Told<CallResultRecorded>& left, const Told<CallResultRecorded>& right) {
  return std::tie(left.day, left.time, left.position) >
         std::tie(right.day, right.time, right.position);
}

// The calls of one client that have a result, told from the month of a day on.
class Results {
 public:
  Results(const ViewSnapshot& snapshot, Date from, const AsOf& as_of)
      : snapshot_(snapshot), from_(from), as_of_(as_of) {}

  [[nodiscard]] Result<bool> has(const std::string& client, const std::string& call) {
    auto told = by_client_.find(client);
    if (told == by_client_.end()) {
      LEDGER_TRY(auto calls, read(client));
      told = by_client_.emplace(client, std::move(calls)).first;
    }
    return told->second.contains(call);
  }

 private:
  Result<std::set<std::string>> read(const std::string& card) const {
    std::set<std::string> calls;
    LEDGER_TRY(const auto client, directory::one_client(snapshot_, card, as_of_.known_at));
    for (const auto& home : client.homes) {
      for (Date month = first_of_month(from_); month <= as_of_.day; month = add_months(month, 1)) {
        LEDGER_TRY(const auto row,
                   read_row<CallResultsRow>(snapshot_, family(),
                                            client_card::page_key(ClientId(home), month)));
        if (!row) continue;
        for (const auto& told : row->results) {
          if (as_of_.sees(told.known, told.day)) calls.insert(told.data.call_id.text());
        }
      }
    }
    return calls;
  }

  const ViewSnapshot& snapshot_;
  Date from_;
  AsOf as_of_;
  std::map<std::string, std::set<std::string>> by_client_;
};

// Of a day's counted calls. A redial is the same talk: what came of it is told of either.
Result<std::int64_t> untold_of(const std::vector<Item>& calls, Results& results) {
  std::set<Position> told;
  for (const auto& call : calls) {
    const bool redial = call.verdict == Verdict::kRedial;
    if (call.verdict != Verdict::kCounted && !redial) continue;
    LEDGER_TRY(const bool has, results.has(call.client_id, call.id));
    if (has) told.insert(redial ? *call.beside : call.position);
  }
  return std::count_if(calls.begin(), calls.end(), [&](const Item& call) {
    return call.verdict == Verdict::kCounted && !told.contains(call.position);
  });
}

}  // namespace

Result<std::optional<Told<CallResultRecorded>>> last_call_result(const ViewSnapshot& snapshot,
                                                                 const directory::OneClient& client,
                                                                 const AsOf& as_of) {
  std::optional<Told<CallResultRecorded>> last;
  for (const auto& home : client.homes) {
    const auto is_ours = [&](const Position& position) {
      return client.owns(home, [&](const directory::Split& split) {
        return std::binary_search(split.events.begin(), split.events.end(), position);
      });
    };
    LEDGER_CHECK(scan_rows<CallResultsRow>(
        snapshot, family(), client_card::page_prefix(home),
        client_card::page_key(ClientId(home), as_of.day),
        [&](std::string_view, CallResultsRow row) {
          bool any = false;  // the newest month that has one is enough
          for (auto& told : row.results) {
            if (!as_of.sees(told.known, told.day) || !is_ours(told.position)) continue;
            any = true;
            if (!last || is_later(told, *last)) last = std::move(told);
          }
          return !any;
        }));
  }
  return last;
}

Result<std::vector<UntoldCalls>> untold_calls(const ViewSnapshot& snapshot,
                                              const ManagerId& manager, Date from,
                                              const AsOf& as_of, const BusinessZone& zone) {
  const Timestamp now = zone.to_instant(add_days(as_of.day, 1), std::chrono::minutes(0));
  LEDGER_TRY(const auto days, quota_compliance::judged_calls(snapshot, manager, from, as_of.day,
                                                             {now, as_of.known_at, zone}));
  Results results(snapshot, from, as_of);
  std::vector<UntoldCalls> found;
  for (const auto& [day, calls] : days) {
    LEDGER_TRY(const auto untold, untold_of(calls, results));
    if (untold > 0) found.push_back({day, untold});
  }
  return found;
}

}  // namespace ledger::obligations
