#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/checks.h"
#include "events/fields.h"
#include "events/ids.h"
#include "platform/clock.h"

namespace ledger {

// A manager handed in the report of a month (job description 3.1: by the 3rd). The figures are the
// ledger's own: digest and position say which.
struct ReportSubmitted {
  static constexpr std::string_view kName = "report.submitted";
  static constexpr int kVersion = 1;

  ManagerId manager_id;                    // Whose report
  Date month;                              // First day of the month that it is about
  std::string position;                    // Position of the log at which it was made
  std::string digest;                      // SHA-256 of its canonical JSON, lower-case hex
  std::optional<std::string> conclusions;  // The manager's own words
  std::optional<Timestamp> known_at = {};  // Instant of the knowledge by which the figures stand
  std::optional<std::string> form = {};    // Form whose lines the digest is of; absent: the first

  static void fields(auto&& field) {
    field("manager_id", &ReportSubmitted::manager_id);
    field("month", &ReportSubmitted::month);
    field("position", &ReportSubmitted::position);
    field("digest", &ReportSubmitted::digest);
    field("conclusions", &ReportSubmitted::conclusions);
    field("known_at", &ReportSubmitted::known_at);
    field("form", &ReportSubmitted::form);
  }
  [[nodiscard]] Status validate() const {
    LEDGER_CHECK(check_month(month, "month"));
    return check_sha256(digest, "digest");
  }
  bool operator==(const ReportSubmitted&) const = default;
};

// A report was sent back to be mended.
struct ReportReturned {
  static constexpr std::string_view kName = "report.returned";
  static constexpr int kVersion = 1;

  ManagerId manager_id;     // Whose report
  Date month;               // First day of the month that it is about
  std::string returned_by;  // Who sent it back
  std::string reason;       // Why, in words

  static void fields(auto&& field) {
    field("manager_id", &ReportReturned::manager_id);
    field("month", &ReportReturned::month);
    field("returned_by", &ReportReturned::returned_by);
    field("reason", &ReportReturned::reason);
  }
  [[nodiscard]] Status validate() const { return check_month(month, "month"); }
  bool operator==(const ReportReturned&) const = default;
};

// A report was accepted: later changes of its month are listed beside it, not in it.
struct ReportAccepted {
  static constexpr std::string_view kName = "report.accepted";
  static constexpr int kVersion = 1;

  ManagerId manager_id;     // Whose report
  Date month;               // First day of the month that it is about
  std::string accepted_by;  // Who accepted it

  static void fields(auto&& field) {
    field("manager_id", &ReportAccepted::manager_id);
    field("month", &ReportAccepted::month);
    field("accepted_by", &ReportAccepted::accepted_by);
  }
  [[nodiscard]] Status validate() const { return check_month(month, "month"); }
  bool operator==(const ReportAccepted&) const = default;
};

}  // namespace ledger
