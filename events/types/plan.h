#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/checks.h"
#include "events/fields.h"
#include "events/ids.h"
#include "platform/clock.h"

namespace ledger {

enum class PlanMetric {
  kCalls,
  kEmailOffers,
  kPhoneOffers,
  kNewClientContracts,
  kNewClients,
  kMeetings,
  kTurnover,
  kOther
};
constexpr auto names(PlanMetric) {
  return words("calls", "email_offers", "phone_offers", "new_client_contracts", "new_clients",
               "meetings", "turnover", "other");
}

// One line of a plan: so much of a metric, or a text for what is not counted.
struct PlanItem {
  PlanMetric metric{};      // What is planned
  std::int64_t target = 0;  // How many; of turnover in minor units of the hryvnia
  // What exactly, for `other`; of turnover the product, as invoice.issued names it
  std::optional<std::string> text;

  static void fields(auto&& field) {
    field("metric", &PlanItem::metric);
    field("target", &PlanItem::target);
    field("text", &PlanItem::text);
  }
  [[nodiscard]] Status validate() const { return check_at_least(target, 0, "target"); }
  bool operator==(const PlanItem&) const = default;
};

// A manager's plan of a month (job description 1.5); setting it again replaces it.
struct PlanSet {
  static constexpr std::string_view kName = "plan.set";
  static constexpr int kVersion = 1;

  PlanId plan_id;               // Of the plan
  ManagerId manager_id;         // Whose plan
  Date month;                   // First day of the month that it is about
  std::vector<PlanItem> items;  // What is planned

  static void fields(auto&& field) {
    field("plan_id", &PlanSet::plan_id);
    field("manager_id", &PlanSet::manager_id);
    field("month", &PlanSet::month);
    field("items", &PlanSet::items);
  }
  [[nodiscard]] Status validate() const {
    LEDGER_CHECK(check_month(month, "month"));
    return items.empty() ? fail(ErrorCode::kMissingField, "a plan has at least one line", "items")
                         : Status();
  }
  bool operator==(const PlanSet&) const = default;
};

// A line of a plan that nothing counts was done.
struct PlanItemDone {
  static constexpr std::string_view kName = "plan.item_done";
  static constexpr int kVersion = 1;

  PlanId plan_id;                   // Of the plan
  ManagerId manager_id;             // Whose plan
  std::int64_t item = 0;            // Its place in the plan, from 0
  std::optional<std::string> note;  // What else is worth keeping

  static void fields(auto&& field) {
    field("plan_id", &PlanItemDone::plan_id);
    field("manager_id", &PlanItemDone::manager_id);
    field("item", &PlanItemDone::item);
    field("note", &PlanItemDone::note);
  }
  [[nodiscard]] Status validate() const { return check_at_least(item, 0, "item"); }
  bool operator==(const PlanItemDone&) const = default;
};

// A head gave a manager a task (job description 2.4, 3.4).
struct TaskAssigned {
  static constexpr std::string_view kName = "task.assigned";
  static constexpr int kVersion = 1;

  TaskId task_id;           // Of the task
  ManagerId manager_id;     // Who is to do it
  std::string assigned_by;  // Which of his superiors
  Date due_on;              // The day by which it is due, included
  std::string text;         // What is to be done

  static void fields(auto&& field) {
    field("task_id", &TaskAssigned::task_id);
    field("manager_id", &TaskAssigned::manager_id);
    field("assigned_by", &TaskAssigned::assigned_by);
    field("due_on", &TaskAssigned::due_on);
    field("text", &TaskAssigned::text);
  }
  bool operator==(const TaskAssigned&) const = default;
};

// A task was done.
struct TaskDone {
  static constexpr std::string_view kName = "task.done";
  static constexpr int kVersion = 1;

  TaskId task_id;                   // Of the task
  ManagerId manager_id;             // Who did it
  std::optional<std::string> note;  // What else is worth keeping

  static void fields(auto&& field) {
    field("task_id", &TaskDone::task_id);
    field("manager_id", &TaskDone::manager_id);
    field("note", &TaskDone::note);
  }
  bool operator==(const TaskDone&) const = default;
};

// A task was handed back undone.
struct TaskRefused {
  static constexpr std::string_view kName = "task.refused";
  static constexpr int kVersion = 1;

  TaskId task_id;        // Of the task
  ManagerId manager_id;  // Who refused it
  std::string reason;    // Why, in words

  static void fields(auto&& field) {
    field("task_id", &TaskRefused::task_id);
    field("manager_id", &TaskRefused::manager_id);
    field("reason", &TaskRefused::reason);
  }
  bool operator==(const TaskRefused&) const = default;
};

}  // namespace ledger
