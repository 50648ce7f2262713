#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "events/types/statement.h"

// Bookings without a reference of the bank are known by their day, by what they are, and by which
// of several equal ones they are. The last has to come out the same however the bank cuts its days
// into statements and pages, and whatever numbers it gives these.
namespace ledger::bank {

// The order in which a file's statements are to be read: by day, a page behind the one before it.
[[nodiscard]] std::vector<std::size_t> by_day(const std::vector<StatementReceived>& statements);

// Counts the equal lines of a file's statements. A statement goes on counting where the file holds
// the one that it follows within the day; one that stands in the file twice, or tells again of days
// that another one tells of, counts them anew. What begins with the balance and on the day with
// which another one ends goes on from it: where the lines of that day leave the balance as it was,
// nothing tells this from one that repeats them, and they count twice.
class DayCounts {
 public:
  // In the order of by_day(). `continues`: its opening balance is one in between.
  void begin(const StatementReceived& statement, bool continues);

  // 1 for the first line of the statement's day that reads so.
  [[nodiscard]] int next(Date day, const std::string& line);

  // Lines of the day stand on a page that the file does not hold: which of the equal ones these
  // are, nobody knows.
  [[nodiscard]] bool lacks_page() const { return lacks_page_; }

 private:
  using Counts = std::map<std::pair<Date, std::string>, int>;
  struct Read {
    Counts before, after;
    bool lacks_page = false;
  };
  using Balance = std::tuple<std::string, std::string, std::int64_t, std::string>;
  using Identity = std::tuple<Balance, Balance, std::string, std::optional<std::int64_t>,
                              std::optional<std::int64_t>, std::int64_t>;
  void end();
  [[nodiscard]] Counts goes_on_from(const StatementReceived& statement, bool continues);

  std::vector<Read> read_;
  std::map<Identity, std::size_t> told_;
  std::map<Balance, std::size_t> ended_;  // with its day, and with the page to come
  Counts now_;
  bool lacks_page_ = false;
};

}  // namespace ledger::bank
