#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace ledger {

// Letters, digits and - _ . : / @ + | = ~ #, 1 to limits::kIdBytesMax bytes: an id is safe in a
// URL segment once encoded, in a log line and in a file name. Error: kInvalidField.
[[nodiscard]] Status check_id(std::string_view text);

// An id that cannot be mistaken for another kind of id. Compares by bytes.
template <class Tag>
class Id {
 public:
  Id() = default;
  explicit Id(std::string text) : text_(std::move(text)) {}

  [[nodiscard]] static Result<Id> parse(std::string_view text) {
    LEDGER_CHECK(check_id(text));
    return Id(std::string(text));
  }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }
  auto operator<=>(const Id&) const = default;

 private:
  std::string text_;
};

using ClientId = Id<struct ClientTag>;
using ManagerId = Id<struct ManagerTag>;
using ContractId = Id<struct ContractTag>;
using InvoiceId = Id<struct InvoiceTag>;
using CallId = Id<struct CallTag>;
using PolicyId = Id<struct PolicyTag>;
using AbsenceId = Id<struct AbsenceTag>;
using ActId = Id<struct ActTag>;
using AppointmentId = Id<struct AppointmentTag>;
using ApplicationId = Id<struct ApplicationTag>;
using ApprovalId = Id<struct ApprovalTag>;
using BreachId = Id<struct BreachTag>;
using CaseId = Id<struct CaseTag>;
using CompetitorId = Id<struct CompetitorTag>;
using ComplaintId = Id<struct ComplaintTag>;
using ConsultationId = Id<struct ConsultationTag>;
using CreditNoteId = Id<struct CreditNoteTag>;
using DeliveryId = Id<struct DeliveryTag>;
using DisputeId = Id<struct DisputeTag>;
using DocumentId = Id<struct DocumentTag>;
using ExhibitionId = Id<struct ExhibitionTag>;
using FollowUpId = Id<struct FollowUpTag>;
using IncidentId = Id<struct IncidentTag>;
using InquiryId = Id<struct InquiryTag>;
using MeetingId = Id<struct MeetingTag>;
using MethodId = Id<struct MethodTag>;
using NeedId = Id<struct NeedTag>;
using NoticeId = Id<struct NoticeTag>;
using OffsetId = Id<struct OffsetTag>;
using OrderId = Id<struct OrderTag>;
using OutageId = Id<struct OutageTag>;
using PersonId = Id<struct PersonTag>;
using PlanId = Id<struct PlanTag>;
using ProductId = Id<struct ProductTag>;
using PromiseId = Id<struct PromiseTag>;
using RequestId = Id<struct RequestTag>;
using SchemeId = Id<struct SchemeTag>;
using ShiftId = Id<struct ShiftTag>;
using SurveyId = Id<struct SurveyTag>;
using TaskId = Id<struct TaskTag>;
using TenderId = Id<struct TenderTag>;

}  // namespace ledger

template <class Tag>
struct std::hash<ledger::Id<Tag>> {
  std::size_t operator()(const ledger::Id<Tag>& id) const {
    return std::hash<std::string>{}(id.text());
  }
};
