#pragma once

#include <type_traits>

#include "events/event_data.h"
#include "events/types/client.h"
#include "events/types/contract.h"
#include "events/types/meeting_plan.h"
#include "projections/client_card/fold.h"
#include "projections/event_meta.h"
#include "projections/obligations/case_rows.h"
#include "projections/obligations/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::obligations {

// By which events a client comes among those of a manager: he was made its owner, opened its card,
// or took something upon himself. All of them are rare: calls and offers have no part in it.
template <class E>
concept BindsManager = std::same_as<E, ClientRegistered> || std::same_as<E, FollowUpSet> ||
                       std::same_as<E, MeetingPlanned> || std::same_as<E, ComplaintOpened> ||
                       std::same_as<E, ComplaintAssigned> || std::same_as<E, StockPromiseMade> ||
                       std::same_as<E, ConsultationRequested> || std::same_as<E, TenderFound> ||
                       std::same_as<E, CallResultRecorded> || std::same_as<E, SupplyRequested> ||
                       std::same_as<E, ServiceNotified>;

namespace detail {
template <class Row, class E>
[[nodiscard]] constexpr bool has_list() {
  bool found = false;
  Row::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
    found = found || std::is_same_v<decltype(member), std::vector<Told<E>> Row::*>;
  });
  return found;
}

// Whether anything is to be kept of a type.
template <class E>
inline constexpr bool kKept =
    std::same_as<E, ClientAssigned> || std::same_as<E, ContractSigned> || BindsManager<E> ||
    has_list<ClientRow, E>() || has_list<ErrandRow, E>() || has_list<InformationRow, E>() ||
    has_list<SupplyRow, E>() || has_list<NoticeRow, E>() || has_list<InquiryRow, E>() ||
    has_list<BreachRow, E>() || has_list<ManagerRow, E>() || has_list<ProductRow, E>();

// Which case an event belongs to.
template <class E>
[[nodiscard]] const std::string& case_id(const E& event) {
  if constexpr (requires { event.task_id; }) {
    return event.task_id.text();
  } else if constexpr (requires { event.notice_id; }) {
    return event.notice_id.text();
  } else if constexpr (requires { event.inquiry_id; }) {
    return event.inquiry_id.text();
  } else if constexpr (requires { event.breach_id; }) {
    return event.breach_id.text();
  } else {
    return event.request_id.text();
  }
}
}  // namespace detail

// An event of a type that has a list in a row is kept in it; nothing else is to be done.
struct Fold {
  static constexpr std::string_view kName = obligations::kName;
  static constexpr int kVersion = obligations::kVersion;

  template <EventStruct E>
  static void apply(const E& event, const EventMeta& meta, ViewBatch& batch)
    requires(detail::kKept<E>)
  {
    if constexpr (detail::has_list<ClientRow, E>()) {
      if (meta.client) client_card::keep<ClientRow>(event, meta, batch);
    }
    keep_case<ErrandRow>(event, meta, batch);
    keep_case<InformationRow>(event, meta, batch);
    keep_case<SupplyRow>(event, meta, batch);
    keep_case<NoticeRow>(event, meta, batch);
    keep_case<InquiryRow>(event, meta, batch);
    keep_case<BreachRow>(event, meta, batch);
    if constexpr (detail::has_list<ManagerRow, E>()) {
      put<ManagerRow>(event.manager_id.text(), event, meta, batch);
    }
    if constexpr (detail::has_list<ProductRow, E>()) {
      put<ProductRow>(event.product, event, meta, batch);
    }
    if constexpr (std::same_as<E, MeetingHeld> || std::same_as<E, ContractSigned>) {
      if (meta.client && meta.manager) {
        mention_act(client_card::day_of(event, meta), meta, batch);
      }
    }
    if constexpr (std::same_as<E, ClientAssigned>) {
      mention(clients_key(event.manager_id.text()) + event.client_id.text(), meta, batch);
    } else if constexpr (std::same_as<E, ComplaintAssigned>) {
      mention(clients_key(event.assignee_id.text()) + event.client_id.text(), meta, batch);
    } else if constexpr (BindsManager<E>) {
      if (meta.client && meta.manager) {
        mention(clients_key(meta.manager->text()) + meta.client->text(), meta, batch);
      }
    }
  }

 private:
  template <class Row, class E>
  static void put(std::string_view key, const E& event, const EventMeta& meta, ViewBatch& batch) {
    Row::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
      if constexpr (std::is_same_v<decltype(member), std::vector<Told<E>> Row::*>) {
        contribute(batch.edit<Row>(key).*member, meta,
                   {meta.position, meta.time, client_card::day_of(event, meta), event});
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
          mention(manager_cases_key(Row::kTable, meta.manager->text()) + id, meta, batch);
        }
        if (meta.client) {
          mention(client_cases_key(Row::kTable, meta.client->text()) + id, meta, batch);
        }
      }
    }
  }

  static void mention_act(Date day, const EventMeta& meta, ViewBatch& batch);
  static void mention(const std::string& key, const EventMeta& meta, ViewBatch& batch);
};

}  // namespace ledger::obligations
