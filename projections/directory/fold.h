#pragma once

#include "events/types/person.h"
#include "projections/directory/one_client.h"
#include "projections/directory/rows.h"
#include "projections/directory/time_rows.h"
#include "projections/event_meta.h"
#include "projections/store/view_batch.h"

namespace ledger::directory {

struct Fold {
  static constexpr std::string_view kName = directory::kName;
  static constexpr int kVersion = directory::kVersion;

  static void apply(const ManagerHired& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ClientRegistered& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ClientUpdated& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ContactPersonSet& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ContactPersonRemoved& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const QuotaPolicySet& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const RulePublished& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const CalendarDaySet& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const OutageRecorded& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const AbsenceRecorded& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ManagerDismissed& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const StandInAppointed& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ClientMerged& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ClientSplit& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const StandInEnded& event, const EventMeta& meta, ViewBatch& batch);
};

}  // namespace ledger::directory
