#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "projections/obligations/obligation.h"

// Private to this view: the obligations of one client while they are found.
namespace ledger::obligations {

class Reckoning {
 public:
  Reckoning(const ClientBook& book, Responsibility& responsibility, const BusinessZone& zone,
            Timestamp until)
      : book_(book), responsibility_(responsibility), zone_(zone), until_(until) {}

  [[nodiscard]] const ClientBook& book() const { return book_; }
  [[nodiscard]] Date day() const { return book_.as_of.day; }
  [[nodiscard]] Timestamp until() const { return until_; }
  [[nodiscard]] const BusinessZone& zone() const { return zone_; }
  [[nodiscard]] const directory::Calendar& calendar() const { return responsibility_.calendar(); }

  [[nodiscard]] Obligation about(Kind kind, std::string id,
                                 std::optional<Position> position) const {
    Obligation one;
    one.kind = kind;
    one.id = std::move(id);
    one.client_id = book_.card.client.survivor;
    one.position = position;
    return one;
  }

  // Who answers for the client answers for it; where nobody does, who recorded it.
  void add(Obligation one, const std::optional<ManagerId>& otherwise) {
    add_on(std::move(one), otherwise, book_.as_of.day);
  }
  [[nodiscard]] Result<Answering> answering_on(Date day) {
    return responsibility_.of_client(book_.card, day, std::nullopt);
  }
  // By who answered on that day.
  void add_on(Obligation one, const std::optional<ManagerId>& otherwise, Date day) {
    finish(std::move(one), responsibility_.of_client(book_.card, day, otherwise));
  }
  // It was given to that person.
  void add_for(Obligation one, const ManagerId& person) {
    finish(std::move(one), responsibility_.of_person(book_.card, book_.as_of.day, person));
  }

  // The head of the department of who has the client sees to it; who is the head himself, he.
  void add_of_head(Obligation one, const std::optional<ManagerId>& otherwise) {
    const auto owner = client_card::owner_on(book_.card.facts, book_.as_of.day);
    const auto& whose = owner ? owner : otherwise;
    auto who = whose ? responsibility_.of_head_over(*whose, book_.as_of.day) : Answering{};
    if (who && !who->manager) return add(std::move(one), otherwise);
    finish(std::move(one), std::move(who));
  }

  [[nodiscard]] Result<std::vector<Obligation>> take() && {
    if (!status_) return tl::unexpected(std::move(status_).error());
    return std::move(found_);
  }

 private:
  void finish(Obligation one, Result<Answering> who) {
    if (!who) {
      status_ = tl::unexpected(std::move(who).error());
      return;
    }
    one.who = *std::move(who);
    found_.push_back(std::move(one));
  }

  const ClientBook& book_;
  Responsibility& responsibility_;
  const BusinessZone& zone_;
  Timestamp until_;
  Status status_;
  std::vector<Obligation> found_;
};

// What comes of itself: debts, acts, birthdays, terms that end.
[[nodiscard]] Status add_recurring(Reckoning& owed, const ViewSnapshot& snapshot);
// A wrong check digit of the client's code, until it is put right (domain-semantics.md 4c).
void add_requisites(Reckoning& owed);

void describe_supply(Obligation& one, const SupplyRow& row);
void describe_notice(Obligation& one, const NoticeRow& row);

}  // namespace ledger::obligations
