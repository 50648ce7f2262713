#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "events/event_data.h"
#include "events/types/client.h"
#include "events/types/contract.h"
#include "events/types/meeting_plan.h"
#include "projections/obligations/call_results.h"
#include "projections/obligations/case_rows.h"
#include "projections/obligations/rows.h"

// Private to the fold: which types of event it keeps, and where.
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
    has_list<ApprovalRow, E>() || has_list<SupplyRow, E>() || has_list<NoticeRow, E>() ||
    has_list<InquiryRow, E>() || has_list<BreachRow, E>() || has_list<ProductRow, E>();

// Which case an event belongs to.
template <class E>
[[nodiscard]] const std::string& case_id(const E& event) {
  if constexpr (requires { event.task_id; }) {
    return event.task_id.text();
  } else if constexpr (requires { event.notice_id; }) {
    return event.notice_id.text();
  } else if constexpr (requires { event.inquiry_id; }) {
    return event.inquiry_id.text();
  } else if constexpr (requires { event.approval_id; }) {
    return event.approval_id.text();
  } else if constexpr (requires { event.breach_id; }) {
    return event.breach_id.text();
  } else {
    return event.request_id.text();
  }
}
}  // namespace detail

}  // namespace ledger::obligations
