#pragma once

#include <type_traits>

#include "platform/words.h"
#include "projections/client_card/fold.h"
#include "projections/event_meta.h"
#include "projections/obligations/kept.h"
#include "projections/store/view_batch.h"

namespace ledger::obligations {

// An event of a type that has a list in a row is kept in it; nothing else is to be done.
struct Fold {
  static constexpr std::string_view kName = obligations::kName;
  static constexpr int kVersion = obligations::kVersion;

  template <EventStruct E>
  static void apply(const E& event, const EventMeta& meta, ViewBatch& batch)
    requires(detail::kKept<E>)
  {
    if constexpr (detail::has_list<ClientRow, E>()) {
      if (meta.client && concerns_us(event)) client_card::keep<ClientRow>(event, meta, batch);
    }
    if constexpr (std::same_as<E, CallResultRecorded>) {
      put<CallResultsRow>(client_card::page_key(event.client_id, meta.local_day), event, meta,
                          batch);
    }
    keep_case<ErrandRow>(event, meta, batch);
    keep_case<InformationRow>(event, meta, batch);
    keep_case<ApprovalRow>(event, meta, batch);
    keep_case<SupplyRow>(event, meta, batch);
    keep_case<NoticeRow>(event, meta, batch);
    keep_case<InquiryRow>(event, meta, batch);
    keep_case<BreachRow>(event, meta, batch);
    if constexpr (detail::has_list<ProductRow, E>()) {
      put<ProductRow>(fold_words(event.product), event, meta, batch);
    }
    if constexpr (std::same_as<E, MeetingHeld> || std::same_as<E, ContractSigned>) {
      if (meta.client && meta.manager) {
        note_act(client_card::day_of(event, meta), meta, batch);
      }
    }
    if constexpr (std::same_as<E, ClientAssigned>) {
      mention(clients_key(event.manager_id.text()) + event.client_id.text(), batch);
    } else if constexpr (std::same_as<E, ComplaintAssigned>) {
      mention(clients_key(event.assignee_id.text()) + event.client_id.text(), batch);
    } else if constexpr (BindsManager<E>) {
      if (meta.client && meta.manager && concerns_us(event)) {
        mention(clients_key(meta.manager->text()) + meta.client->text(), batch);
      }
    }
  }

 private:
  // Meetings that nobody planned settle nothing, and most results of calls say of nothing to
  // follow.
  template <class E>
  [[nodiscard]] static bool concerns_us(const E& event) {
    if constexpr (std::same_as<E, MeetingHeld>) {
      return event.meeting_id.has_value();
    } else if constexpr (std::same_as<E, CallResultRecorded>) {
      return event.next_on.has_value();
    } else {
      return true;
    }
  }

  template <class Row, class E>
  static void put(std::string_view key, const E& event, const EventMeta& meta, ViewBatch& batch) {
    Row::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
      if constexpr (std::is_same_v<decltype(member), std::vector<Told<E>> Row::*>) {
        contribute(batch.edit<Row>(key).*member, meta,
                   {meta.position, {}, meta.time, client_card::day_of(event, meta), event});
      }
    });
  }

  // The question that opens a case is found by whom it concerns, what follows by the case's id.
  template <class Row, class E>
  static void keep_case(const E& event, const EventMeta& meta, ViewBatch& batch) {
    if constexpr (detail::has_list<Row, E>()) {
      // Before its client is known an inquiry waits among the unmatched.
      if (std::same_as<E, InquiryReceived> && !meta.client) return;
      const std::string& id = detail::case_id(event);
      put<Row>(id, event, meta, batch);
      if constexpr (std::is_same_v<decltype(Row::asked), std::vector<Told<E>>>) {
        if (meta.manager) {
          mention(manager_cases_key(Row::kTable, meta.manager->text()) + id, batch);
        }
        if (meta.client) {
          mention(client_cases_key(Row::kTable, meta.client->text()) + id, batch);
        }
      }
    }
  }

  static void note_act(Date day, const EventMeta& meta, ViewBatch& batch);
  static void mention(const std::string& key, ViewBatch& batch);
};

}  // namespace ledger::obligations
