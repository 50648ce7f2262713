#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/fields.h"
#include "events/ids.h"
#include "events/money.h"
#include "platform/clock.h"

namespace ledger {

// The client confirmed an act, by letter and without a signature yet.
struct ReconciliationConfirmed {
  static constexpr std::string_view kName = "reconciliation.confirmed";
  static constexpr int kVersion = 1;

  ActId act_id;                         // Of the act
  ClientId client_id;                   // The client
  std::optional<ManagerId> manager_id;  // The manager who did it
  Date confirmed_on;                    // The day
  std::string confirmed_by;             // Who, at the client's

  static void fields(auto&& field) {
    field("act_id", &ReconciliationConfirmed::act_id);
    field("client_id", &ReconciliationConfirmed::client_id);
    field("manager_id", &ReconciliationConfirmed::manager_id);
    field("confirmed_on", &ReconciliationConfirmed::confirmed_on);
    field("confirmed_by", &ReconciliationConfirmed::confirmed_by, personal);
  }
  bool operator==(const ReconciliationConfirmed&) const = default;
};

enum class DifferenceKind { kAbsentAtThem, kAbsentAtUs, kAmount, kDateShift, kSign };
constexpr auto names(DifferenceKind) {
  return words("absent_at_them", "absent_at_us", "amount", "date_shift", "sign");
}

// One line on which the two sides' books differ.
struct ActDifference {
  DifferenceKind kind{};            // How they differ
  std::string document;             // Number of the document
  std::optional<Money> ours;        // As our books have it
  std::optional<Money> theirs;      // As theirs have it
  std::optional<std::string> note;  // What is known about the cause

  static void fields(auto&& field) {
    field("kind", &ActDifference::kind);
    field("document", &ActDifference::document);
    field("ours", &ActDifference::ours);
    field("theirs", &ActDifference::theirs);
    field("note", &ActDifference::note);
  }
  bool operator==(const ActDifference&) const = default;
};

// The client's books differ.
struct ReconciliationDisagreed {
  static constexpr std::string_view kName = "reconciliation.disagreed";
  static constexpr int kVersion = 1;

  ActId act_id;                            // Of the act
  ClientId client_id;                      // The client
  std::optional<ManagerId> manager_id;     // The manager who did it
  std::optional<Money> their_closing;      // What they say is owed
  std::vector<ActDifference> differences;  // Line by line

  static void fields(auto&& field) {
    field("act_id", &ReconciliationDisagreed::act_id);
    field("client_id", &ReconciliationDisagreed::client_id);
    field("manager_id", &ReconciliationDisagreed::manager_id);
    field("their_closing", &ReconciliationDisagreed::their_closing);
    field("differences", &ReconciliationDisagreed::differences);
  }
  [[nodiscard]] Status validate() const {
    return differences.empty()
               ? fail(ErrorCode::kMissingField, "a disagreement has a line", "differences")
               : Status();
  }
  bool operator==(const ReconciliationDisagreed&) const = default;
};

// Both sides signed an act. Whether it interrupts limitation depends on the signatory's authority.
struct ReconciliationSigned {
  static constexpr std::string_view kName = "reconciliation.signed";
  static constexpr int kVersion = 1;

  ActId act_id;                         // Of the act
  ClientId client_id;                   // The client
  std::optional<ManagerId> manager_id;  // The manager who did it
  Date signed_on;                       // The later of the two
  std::string our_signatory;            // Who signed for us
  std::string their_signatory;          // Who signed for the client
  std::string
      their_authority;  // On what ground: charter, power of attorney with its number and date

  static void fields(auto&& field) {
    field("act_id", &ReconciliationSigned::act_id);
    field("client_id", &ReconciliationSigned::client_id);
    field("manager_id", &ReconciliationSigned::manager_id);
    field("signed_on", &ReconciliationSigned::signed_on);
    field("our_signatory", &ReconciliationSigned::our_signatory, personal);
    field("their_signatory", &ReconciliationSigned::their_signatory, personal);
    field("their_authority", &ReconciliationSigned::their_authority);
  }
  bool operator==(const ReconciliationSigned&) const = default;
};

}  // namespace ledger
