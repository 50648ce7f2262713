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

// Somebody sells to our clients too (article, post 12).
struct CompetitorRegistered {
  static constexpr std::string_view kName = "competitor.registered";
  static constexpr int kVersion = 1;

  CompetitorId competitor_id;       // Of the competitor
  std::string name;                 // His name
  std::optional<std::string> note;  // What else is worth keeping

  static void fields(auto&& field) {
    field("competitor_id", &CompetitorRegistered::competitor_id);
    field("name", &CompetitorRegistered::name);
    field("note", &CompetitorRegistered::note);
  }
  bool operator==(const CompetitorRegistered&) const = default;
};

// What a competitor offers, seen on a day.
struct CompetitorObserved {
  static constexpr std::string_view kName = "competitor.observed";
  static constexpr int kVersion = 1;

  CompetitorId competitor_id;          // Who
  ManagerId manager_id;                // The manager who did it
  std::optional<ClientId> client_id;   // The client
  std::optional<std::string> product;  // What it is about, as the trade names it
  std::optional<Money> price;          // His price
  std::optional<std::string> terms;    // His terms
  std::optional<std::string> note;     // What else is worth keeping

  static void fields(auto&& field) {
    field("competitor_id", &CompetitorObserved::competitor_id);
    field("manager_id", &CompetitorObserved::manager_id);
    field("client_id", &CompetitorObserved::client_id);
    field("product", &CompetitorObserved::product);
    field("price", &CompetitorObserved::price);
    field("terms", &CompetitorObserved::terms);
    field("note", &CompetitorObserved::note);
  }
  bool operator==(const CompetitorObserved&) const = default;
};

// Why ours is the better choice, for managers to say (article).
struct ComparisonPublished {
  static constexpr std::string_view kName = "comparison.published";
  static constexpr int kVersion = 1;

  CompetitorId competitor_id;  // With whom
  std::string product;         // What it is about, as the trade names it
  std::string text;            // In words

  static void fields(auto&& field) {
    field("competitor_id", &ComparisonPublished::competitor_id);
    field("product", &ComparisonPublished::product);
    field("text", &ComparisonPublished::text);
  }
  bool operator==(const ComparisonPublished&) const = default;
};

// A way of searching or talking that managers are to use (job description 3.2).
struct MethodPublished {
  static constexpr std::string_view kName = "method.published";
  static constexpr int kVersion = 1;

  MethodId method_id;               // Of the method
  std::int64_t version = 0;         // Counted from 1
  std::string title;                // Its name
  std::optional<std::string> text;  // In words

  static void fields(auto&& field) {
    field("method_id", &MethodPublished::method_id);
    field("version", &MethodPublished::version);
    field("title", &MethodPublished::title);
    field("text", &MethodPublished::text);
  }
  [[nodiscard]] Status validate() const { return check_at_least(version, 1, "version"); }
  bool operator==(const MethodPublished&) const = default;
};

// A method was used with a client.
struct MethodApplied {
  static constexpr std::string_view kName = "method.applied";
  static constexpr int kVersion = 1;

  MethodId method_id;    // Of the method
  ClientId client_id;    // The client
  ManagerId manager_id;  // The manager who did it

  static void fields(auto&& field) {
    field("method_id", &MethodApplied::method_id);
    field("client_id", &MethodApplied::client_id);
    field("manager_id", &MethodApplied::manager_id);
  }
  bool operator==(const MethodApplied&) const = default;
};

enum class LeadChannel { kColdCall, kMail, kWeb, kExhibition, kReferral, kAdvertising, kOther };
constexpr auto names(LeadChannel) {
  return words("cold_call", "mail", "web", "exhibition", "referral", "advertising", "other");
}

// An advertisement or an action began (article).
struct PromotionPublished {
  static constexpr std::string_view kName = "promotion.published";
  static constexpr int kVersion = 1;

  std::optional<ManagerId> manager_id;  // The manager who did it
  std::string name;                     // Its name
  LeadChannel channel{};                // Where
  Date published_on;                    // The day

  static void fields(auto&& field) {
    field("manager_id", &PromotionPublished::manager_id);
    field("name", &PromotionPublished::name);
    field("channel", &PromotionPublished::channel);
    field("published_on", &PromotionPublished::published_on);
  }
  bool operator==(const PromotionPublished&) const = default;
};

}  // namespace ledger
