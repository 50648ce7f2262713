#pragma once

#include <vector>

#include "events/types/conduct.h"
#include "events/types/errand.h"
#include "events/types/follow_up.h"
#include "events/types/notice.h"
#include "events/types/plan.h"
#include "events/types/supply.h"
#include "projections/said.h"

// What may name a client in the question and none in the answer: a row for each case, found through
// the index (IndexRow). The key of each is the id of the case.
namespace ledger::obligations {

struct ErrandRow {
  static constexpr char kTable = 'e';
  std::vector<Told<TaskAssigned>> asked;
  std::vector<Told<TaskDone>> done;
  std::vector<Told<TaskRefused>> refused;
  static constexpr void fields(auto&& field) {
    field("asked", &ErrandRow::asked);
    field("done", &ErrandRow::done);
    field("refused", &ErrandRow::refused);
  }
  [[nodiscard]] bool empty() const { return all_empty(*this); }
};

struct InformationRow {
  static constexpr char kTable = 'i';
  std::vector<Told<InformationRequested>> asked;
  std::vector<Told<InformationSupplied>> done;
  static constexpr void fields(auto&& field) {
    field("asked", &InformationRow::asked);
    field("done", &InformationRow::done);
  }
  [[nodiscard]] bool empty() const { return all_empty(*this); }
};

struct ApprovalRow {
  static constexpr char kTable = 'v';
  std::vector<Told<ApprovalRequested>> asked;
  std::vector<Told<ApprovalDecided>> done;
  static constexpr void fields(auto&& field) {
    field("asked", &ApprovalRow::asked);
    field("done", &ApprovalRow::done);
  }
  [[nodiscard]] bool empty() const { return all_empty(*this); }
};

struct SupplyRow {
  static constexpr char kTable = 's';
  std::vector<Told<SupplyRequested>> asked;
  std::vector<Told<SupplyAnswered>> done;
  std::vector<Told<SupplyDetailsConfirmed>> details;
  static constexpr void fields(auto&& field) {
    field("asked", &SupplyRow::asked);
    field("done", &SupplyRow::done);
    field("details", &SupplyRow::details);
  }
  [[nodiscard]] bool empty() const { return all_empty(*this); }
};

struct NoticeRow {
  static constexpr char kTable = 'n';
  std::vector<Told<ServiceNotified>> asked;
  std::vector<Told<ServiceAcknowledged>> done;
  static constexpr void fields(auto&& field) {
    field("asked", &NoticeRow::asked);
    field("done", &NoticeRow::done);
  }
  [[nodiscard]] bool empty() const { return all_empty(*this); }
};

struct InquiryRow {
  static constexpr char kTable = 'q';
  std::vector<Told<InquiryReceived>> asked;
  std::vector<Told<InquiryAnswered>> done;
  static constexpr void fields(auto&& field) {
    field("asked", &InquiryRow::asked);
    field("done", &InquiryRow::done);
  }
  [[nodiscard]] bool empty() const { return all_empty(*this); }
};

struct BreachRow {
  static constexpr char kTable = 'b';
  std::vector<Told<BreachRecorded>> asked;
  std::vector<Told<ExplanationGiven>> done;
  std::vector<Told<BreachClosed>> closed;
  static constexpr void fields(auto&& field) {
    field("asked", &BreachRow::asked);
    field("done", &BreachRow::done);
    field("closed", &BreachRow::closed);
  }
  [[nodiscard]] bool empty() const { return all_empty(*this); }
};

}  // namespace ledger::obligations
