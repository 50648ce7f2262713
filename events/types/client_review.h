#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/checks.h"
#include "events/fields.h"
#include "events/ids.h"
#include "events/money.h"
#include "platform/clock.h"

namespace ledger {

// A manager went through a card and drew a conclusion (job description 3.1).
struct ClientReviewed {
  static constexpr std::string_view kName = "client.reviewed";
  static constexpr int kVersion = 1;

  ClientId client_id;                  // The client
  ManagerId manager_id;                // The manager who did it
  std::string conclusion;              // What follows
  std::optional<Date> next_review_on;  // When to look again

  static void fields(auto&& field) {
    field("client_id", &ClientReviewed::client_id);
    field("manager_id", &ClientReviewed::manager_id);
    field("conclusion", &ClientReviewed::conclusion);
    field("next_review_on", &ClientReviewed::next_review_on);
  }
  bool operator==(const ClientReviewed&) const = default;
};

// By what a client decides, each weight from 0 to 100 (article: price, quality, functionality,
// benefit, term, information).
struct ClientCriteriaRecorded {
  static constexpr std::string_view kName = "client.criteria_recorded";
  static constexpr int kVersion = 1;

  ClientId client_id;              // The client
  ManagerId manager_id;            // The manager who did it
  std::int64_t price = 0;          // Weight
  std::int64_t quality = 0;        // Weight
  std::int64_t functionality = 0;  // Weight
  std::int64_t benefit = 0;        // Weight
  std::int64_t term = 0;           // Weight
  std::int64_t information = 0;    // Weight

  static void fields(auto&& field) {
    field("client_id", &ClientCriteriaRecorded::client_id);
    field("manager_id", &ClientCriteriaRecorded::manager_id);
    field("price", &ClientCriteriaRecorded::price);
    field("quality", &ClientCriteriaRecorded::quality);
    field("functionality", &ClientCriteriaRecorded::functionality);
    field("benefit", &ClientCriteriaRecorded::benefit);
    field("term", &ClientCriteriaRecorded::term);
    field("information", &ClientCriteriaRecorded::information);
  }
  [[nodiscard]] Status validate() const {
    LEDGER_CHECK(check_within(price, 0, 100, "price"));
    LEDGER_CHECK(check_within(quality, 0, 100, "quality"));
    LEDGER_CHECK(check_within(functionality, 0, 100, "functionality"));
    LEDGER_CHECK(check_within(benefit, 0, 100, "benefit"));
    LEDGER_CHECK(check_within(term, 0, 100, "term"));
    return check_within(information, 0, 100, "information");
  }
  bool operator==(const ClientCriteriaRecorded&) const = default;
};

// What is known of a client's finances (article: financial state and potential).
struct FinancialsRecorded {
  static constexpr std::string_view kName = "financials.recorded";
  static constexpr int kVersion = 1;

  ClientId client_id;              // The client
  ManagerId manager_id;            // The manager who did it
  std::string source;              // Where it is from
  Date period_from;                // The first day
  Date period_to;                  // The last day, included
  std::optional<Money> revenue;    // Turnover of the period
  std::optional<Money> profit;     // Profit of the period; a loss is negative
  std::optional<Money> potential;  // What it could buy of us in a year

  static void fields(auto&& field) {
    field("client_id", &FinancialsRecorded::client_id);
    field("manager_id", &FinancialsRecorded::manager_id);
    field("source", &FinancialsRecorded::source);
    field("period_from", &FinancialsRecorded::period_from);
    field("period_to", &FinancialsRecorded::period_to);
    field("revenue", &FinancialsRecorded::revenue);
    field("profit", &FinancialsRecorded::profit);
    field("potential", &FinancialsRecorded::potential);
  }
  [[nodiscard]] Status validate() const {
    return check_not_before(period_to, period_from, "period_to");
  }
  bool operator==(const FinancialsRecorded&) const = default;
};

// A pays as agreed, D only in advance.
enum class ReliabilityGrade { kA, kB, kC, kD };
constexpr auto names(ReliabilityGrade) { return words("A", "B", "C", "D"); }

// How far a client is to be trusted with goods (job description 3.2, forecast of reliability).
struct ReliabilityAssessed {
  static constexpr std::string_view kName = "reliability.assessed";
  static constexpr int kVersion = 1;

  ClientId client_id;                 // The client
  ManagerId manager_id;               // The manager who did it
  ReliabilityGrade grade{};           // The class
  std::optional<std::int64_t> score;  // Out of 100
  std::string basis;                  // What it rests on
  std::optional<Date> valid_to;       // How long it is believed

  static void fields(auto&& field) {
    field("client_id", &ReliabilityAssessed::client_id);
    field("manager_id", &ReliabilityAssessed::manager_id);
    field("grade", &ReliabilityAssessed::grade);
    field("score", &ReliabilityAssessed::score);
    field("basis", &ReliabilityAssessed::basis);
    field("valid_to", &ReliabilityAssessed::valid_to);
  }
  [[nodiscard]] Status validate() const {
    return score ? check_within(*score, 0, 100, "score") : Status();
  }
  bool operator==(const ReliabilityAssessed&) const = default;
};

}  // namespace ledger
