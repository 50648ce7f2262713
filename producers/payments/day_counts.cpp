#include "producers/payments/day_counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace ledger::bank {

std::vector<std::size_t> by_day(const std::vector<StatementReceived>& statements) {
  std::vector<std::size_t> order(statements.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto key = [&](const std::size_t& i) {
    const auto& one = statements[i];
    return std::tie(one.from, one.to, one.sequence, one.page, i);
  };
  std::sort(order.begin(), order.end(),
            [&](const auto& left, const auto& right) { return key(left) < key(right); });
  return order;
}

namespace {

std::tuple<std::string, std::string, std::int64_t, std::string> at(const StatementReceived& one,
                                                                   const Money& balance,
                                                                   const std::string& where) {
  return {one.account, std::string(balance.currency.text()), balance.amount_minor, where};
}

// The bank's name for a page by its number, and for a statement where it numbers no pages.
std::string name_of_page(const StatementReceived& one, std::int64_t ahead) {
  if (!one.sequence || !one.page) return one.statement_id;
  return fmt::format("{}/{}", *one.sequence, *one.page + ahead);
}

}  // namespace

void DayCounts::end() {
  if (!read_.empty()) read_.back().after = std::move(now_);
  now_.clear();
}

// What was counted of the days that the statement goes on with.
DayCounts::Counts DayCounts::goes_on_from(const StatementReceived& statement, bool continues) {
  auto found = ended_.find(at(statement, statement.opening, name_of_page(statement, 0)));
  const bool page = found != ended_.end();
  if (!page) found = ended_.find(at(statement, statement.opening, format_date(statement.from)));
  lacks_page_ = continues && found == ended_.end();
  if (found == ended_.end()) return {};
  const Counts& before = read_[found->second].after;
  if (page || continues) return before;
  return {before.lower_bound({statement.from, ""}), before.end()};
}

void DayCounts::begin(const StatementReceived& statement, bool continues) {
  end();
  const Identity identity{at(statement, statement.opening, format_date(statement.from)),
                          at(statement, statement.closing, format_date(statement.to)),
                          statement.statement_id,
                          statement.sequence,
                          statement.page,
                          statement.entries};
  const auto [known, fresh] = told_.try_emplace(identity, read_.size());
  if (fresh) {
    now_ = goes_on_from(statement, continues);
  } else {
    now_ = read_[known->second].before;
    lacks_page_ = read_[known->second].lacks_page;
  }
  read_.push_back({now_, {}, lacks_page_});
  if (!fresh) return;
  ended_[at(statement, statement.closing, format_date(statement.to))] = read_.size() - 1;
  ended_[at(statement, statement.closing, name_of_page(statement, 1))] = read_.size() - 1;
}

int DayCounts::next(Date day, const std::string& line) { return ++now_[{day, line}]; }

}  // namespace ledger::bank
