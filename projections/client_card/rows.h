#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/money.h"
#include "events/position.h"
#include "events/types/client.h"

// The client card: who the client is, who answers for him, what happened and when.
namespace ledger::client_card {

inline constexpr std::string_view kName = "client_card";
inline constexpr int kVersion = 1;

// What a timeline entry is about; stored, never renumbered.
enum class Kind {
  kCall,
  kOfferEmailed,
  kOfferPhoned,
  kMeeting,
  kContract,
  kInvoice,
  kPayment,
  kRegistered,
  kUpdated,
  kAssigned
};
constexpr auto names(Kind) {
  return words("call", "offer_emailed", "offer_phoned", "meeting", "contract", "invoice", "payment",
               "registered", "updated", "assigned");
}

// Key: client id.
struct CardRow {
  static constexpr char kTable = 'c';

  struct Details {
    Position position;
    bool registration = false;  // false: an update
    ClientUpdated data;
    static void fields(auto&& field) {
      field("position", &Details::position);
      field("registration", &Details::registration);
      field("data", &Details::data);
    }
  };
  struct Assignment {
    Position position;
    ManagerId manager_id;
    Date effective_from;
    static void fields(auto&& field) {
      field("position", &Assignment::position);
      field("manager_id", &Assignment::manager_id);
      field("effective_from", &Assignment::effective_from);
    }
  };
  struct Contract {
    Position position;
    ContractId contract_id;
    std::string number;
    Date signed_on;
    std::optional<Date> valid_to;
    static void fields(auto&& field) {
      field("position", &Contract::position);
      field("contract_id", &Contract::contract_id);
      field("number", &Contract::number);
      field("signed_on", &Contract::signed_on);
      field("valid_to", &Contract::valid_to);
    }
  };

  std::vector<Details> details;
  std::vector<Assignment> assignments;
  std::vector<Contract> contracts;
  std::vector<std::int64_t> counters;  // by Kind

  static void fields(auto&& field) {
    field("details", &CardRow::details);
    field("assignments", &CardRow::assignments);
    field("contracts", &CardRow::contracts);
    field("counters", &CardRow::counters);
  }
  [[nodiscard]] bool empty() const {
    for (const auto count : counters) {
      if (count != 0) return false;
    }
    return details.empty() && assignments.empty() && contracts.empty();
  }
};

// One interaction as the timeline shows it.
struct TimelineEntry {
  Position position;
  Kind kind = Kind::kCall;
  Timestamp time;
  Timestamp recorded_time;
  std::string source;
  std::string id;
  std::string manager_id;    // empty: nobody's yet
  std::string text;          // subject, topic, number, purpose; the kind says which
  std::string detail;        // outcome, direction, place
  std::int64_t seconds = 0;  // talk of a call
  std::optional<Money> amount;

  static void fields(auto&& field) {
    field("position", &TimelineEntry::position);
    field("kind", &TimelineEntry::kind);
    field("time", &TimelineEntry::time);
    field("recorded_time", &TimelineEntry::recorded_time);
    field("source", &TimelineEntry::source);
    field("id", &TimelineEntry::id);
    field("manager_id", &TimelineEntry::manager_id);
    field("text", &TimelineEntry::text);
    field("detail", &TimelineEntry::detail);
    field("seconds", &TimelineEntry::seconds);
    field("amount", &TimelineEntry::amount);
  }
};

// Key: client id, a zero byte, the month of the business day as "209912" complemented, so that the
// newest page comes first. A month is a page: a late event finds its page without an index, and a
// busy client's history is rewritten a month at a time.
struct TimelinePage {
  static constexpr char kTable = 't';
  std::vector<TimelineEntry> entries;  // by position; queries sort by time

  static void fields(auto&& field) { field("entries", &TimelinePage::entries); }
  [[nodiscard]] bool empty() const { return entries.empty(); }
};
[[nodiscard]] std::string page_key(const ClientId& client, Date day);
[[nodiscard]] std::string page_prefix(std::string_view client_id);

}  // namespace ledger::client_card
