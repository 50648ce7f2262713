#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/business_zone.h"
#include "projections/duties/duty.h"
#include "projections/duty_records/queries.h"

// What the records of a duty come to: shares and medians, each a named rule over the records alone.
namespace ledger::duty_records {

// What follows within so many days is taken for the fruit of what was done (ours; for a client who
// is lost after a shortage domain-semantics.md 1.4, row 68).
inline constexpr int kFruitDays = 90;

// What a rule is asked about.
struct Scope {
  Date from;  // both included
  Date to;
  Date as_of;                         // up to which records are known
  std::optional<std::string> client;  // absent: all of them
};

// The records that a rule reads, all of them up to the day as of which is asked: what was done in
// the days asked about may bear fruit behind them.
class Book {
 public:
  // `entries` by time, none of another client than the one that is asked about; they must outlive
  // it, and the zone too.
  Book(std::span<const Entry> entries, Scope scope, const BusinessZone& zone);

  // Of one type, by time.
  [[nodiscard]] const std::vector<const Entry*>& all(std::string_view type) const;
  // Of one type, those of the days and the client that are asked about.
  [[nodiscard]] std::vector<const Entry*> asked(std::string_view type) const;
  [[nodiscard]] bool is_asked(Date day) const { return scope_.from <= day && day <= scope_.to; }
  [[nodiscard]] const Scope& scope() const { return scope_; }
  // The business day of an instant that an event tells; nullopt where it tells none.
  [[nodiscard]] std::optional<Date> day_of(std::string_view instant) const;

 private:
  std::map<std::string, std::vector<const Entry*>, std::less<>> by_type_;
  Scope scope_;
  const BusinessZone& zone_;
};

// Figures of a line by name, and what a median is taken of.
struct Figures {
  std::map<std::string, std::int64_t, std::less<>> counts;
  std::vector<std::int64_t> samples;
};

// What a rule counts into. Of everything it keeps the whole, a part for each manager and, where the
// rule has a key, a part for each of its values.
class Tally {
 public:
  // Absent: everybody's. Whoever is asked for alone has the whole to himself.
  explicit Tally(std::optional<std::string> manager) : manager_(std::move(manager)) {}

  void add(std::string_view manager, std::string_view key, std::string_view figure,
           std::int64_t count = 1);
  // Where the whole would add up what does not: of two currencies, say.
  void add_to_key(std::string_view manager, std::string_view key, std::string_view figure,
                  std::int64_t count);
  void sample(std::string_view manager, std::string_view key, std::int64_t value);
  // What still waits for somebody: letters without an answer, say.
  void wait(std::string_view manager, const Entry& entry);

  [[nodiscard]] const Figures& whole() const { return whole_; }
  [[nodiscard]] const std::map<std::string, Figures, std::less<>>& by_manager() const {
    return by_manager_;
  }
  [[nodiscard]] const std::map<std::string, Figures, std::less<>>& by_key() const {
    return by_key_;
  }
  [[nodiscard]] const std::vector<Entry>& waiting() const { return waiting_; }

 private:
  void each(std::string_view manager, std::string_view key, auto&& change);

  std::optional<std::string> manager_;
  Figures whole_;
  std::map<std::string, Figures, std::less<>> by_manager_;  // "": nobody's
  std::map<std::string, Figures, std::less<>> by_key_;      // without what has no key
  std::vector<Entry> waiting_;                              // the oldest first
};

struct Rule {
  std::string_view duty_id;
  std::string_view name;         // "repeat_orders.v1"
  duties::Names reads;           // types of events
  duties::Names figures;         // in the order in which they are told; 0 where nothing was counted
  std::string_view part;         // the share is this figure's…
  std::string_view of;           // …of that; neither: there is no share
  std::string_view key = {};     // by what it counts besides: "method_id"
  std::string_view median = {};  // what the median of the samples is called
  // Null: it needs more than records (answer.h).
  void (*count)(const Book& book, Tally& tally) = nullptr;
};

// In parts, each in a file of its own; a rule for a duty, or none.
[[nodiscard]] std::span<const Rule> search_rules();
[[nodiscard]] std::span<const Rule> offer_rules();
[[nodiscard]] std::span<const Rule> service_rules();
[[nodiscard]] const Rule* rule_of(std::string_view duty_id);

// Hundredths of a per cent; nullopt of nothing, or where the rule has no share.
[[nodiscard]] std::optional<std::int64_t> share_bp(const Rule& rule, const Figures& figures);

}  // namespace ledger::duty_records
