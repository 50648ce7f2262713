#pragma once

#include <cstddef>

#include "events/event_data.h"
#include "events/types/access.h"
#include "events/types/adjustment.h"
#include "events/types/advance.h"
#include "events/types/allocation.h"
#include "events/types/amendment.h"
#include "events/types/application.h"
#include "events/types/attestation.h"
#include "events/types/calendar.h"
#include "events/types/call.h"
#include "events/types/call_leg.h"
#include "events/types/client.h"
#include "events/types/client_merge.h"
#include "events/types/client_review.h"
#include "events/types/client_terms.h"
#include "events/types/collection.h"
#include "events/types/conduct.h"
#include "events/types/contract.h"
#include "events/types/contract_draft.h"
#include "events/types/credit.h"
#include "events/types/dispute.h"
#include "events/types/erasure.h"
#include "events/types/errand.h"
#include "events/types/exhibition.h"
#include "events/types/feedback.h"
#include "events/types/follow_up.h"
#include "events/types/fx.h"
#include "events/types/interaction_ruling.h"
#include "events/types/invoice.h"
#include "events/types/manager.h"
#include "events/types/market.h"
#include "events/types/match_rejection.h"
#include "events/types/meeting.h"
#include "events/types/meeting_plan.h"
#include "events/types/need.h"
#include "events/types/notice.h"
#include "events/types/offer.h"
#include "events/types/offer_content.h"
#include "events/types/offer_response.h"
#include "events/types/offset.h"
#include "events/types/order.h"
#include "events/types/payment.h"
#include "events/types/payment_ruling.h"
#include "events/types/person.h"
#include "events/types/plan.h"
#include "events/types/proposal.h"
#include "events/types/qualification.h"
#include "events/types/quota_policy.h"
#include "events/types/reconciliation.h"
#include "events/types/reconciliation_answer.h"
#include "events/types/report.h"
#include "events/types/rule.h"
#include "events/types/shop.h"
#include "events/types/staff.h"
#include "events/types/statement.h"
#include "events/types/stock.h"
#include "events/types/supply.h"
#include "events/types/talk.h"
#include "events/types/tender.h"

namespace ledger {

template <EventStruct... E>
struct EventList {
  // Calls f.template operator()<E>() for each.
  static void for_each(auto&& f) { (f.template operator()<E>(), ...); }
  static constexpr std::size_t kSize = sizeof...(E);
};

// THE list: every event that the ledger can hold. Order is free; nothing stored depends on it.
using Catalogue = EventList<
    ClientRegistered, ClientUpdated, ClientAssigned, ManagerHired, CallCompleted, OfferEmailed,
    OfferPhoned, MeetingHeld, ContractSigned, InvoiceIssued, PaymentReceived, InteractionMatched,
    EventVoided, EventCorrected, QuotaPolicySet, ManagerDismissed, AbsenceRecorded,
    StandInAppointed, StandInEnded, AttestationHeld, TrainingCompleted, SecrecyAcknowledged,
    CriteriaAcknowledged, PlanSet, PlanItemDone, TaskAssigned, TaskDone, TaskRefused,
    CalendarDaySet, OutageRecorded, RulePublished, ReportSubmitted, ReportReturned, ReportAccepted,
    ClientSegmentSet, ClientTermsSet, ClientKeyAccountSet, CreditLimitSet, ShipmentStopped,
    ShipmentReleased, ClientLost, ClientMerged, ClientSplit, ClientReviewed, ClientCriteriaRecorded,
    FinancialsRecorded, ReliabilityAssessed, ContactPersonSet, ContactPersonRemoved, GreetingSent,
    NeedRecorded, RequirementsRecorded, AnalogueOffered, SurveySent, SurveyAnswered,
    CompetitorRegistered, CompetitorObserved, ComparisonPublished, MethodPublished, MethodApplied,
    PromotionPublished, ObjectionRaised, FeedbackRecorded, ComplaintOpened, ComplaintAssigned,
    ComplaintResolved, ComplaintRejected, CallResultRecorded, InteractionNoted, LetterExchanged,
    LeadFound, ProjectMilestoneReached, FollowUpSet, FollowUpPostponed, FollowUpDone,
    InquiryReceived, InquiryAnswered, OfferDeliveryChanged, OfferAnswered, OfferMatched,
    MeetingPlanned, MeetingMissed, ContractDraftSent, ContractDisagreementRaised,
    ContractDisagreementResolved, ContractTerminated, ExhibitionPlanned, ExhibitionInvited,
    ExhibitionAttended, TenderFound, TenderBidSubmitted, TenderDecided, PaymentAllocated,
    PaymentDeallocated, PaymentRefunded, PaymentReversed, CreditNoteIssued, CreditNoteApplied,
    InvoiceWrittenOff, InvoiceCancelled, FxConverted, FxRatePublished, DisputeOpened, DisputeClosed,
    PromiseToPayMade, DunningSent, DunningDeliveryChanged, CollectionActionTaken,
    ReconciliationDrafted, ReconciliationSent, ReconciliationConfirmed, ReconciliationDisagreed,
    ReconciliationSigned, OrderPlaced, OffsetMade, OrderClosed, DeliveryMade, DocumentIssued,
    DocumentReturned, StockoutReported, StockPromiseMade, StockPromiseKept, GoodsArrived,
    AssortmentGapReported, SupplyRequested, SupplyAnswered, SupplyDetailsConfirmed,
    ConsultationRequested, ConsultationAnswered, ProductRegistered, ServiceNotified,
    ServiceAcknowledged, SchemeAssigned, SchemeStepDone, BreachRecorded, ExplanationGiven,
    BreachClosed, IncidentRecorded, AccessLogged, AccessChanged, InformationRequested,
    InformationSupplied, ApprovalRequested, ApprovalDecided, ResourceRequested, CashShiftClosed,
    ConnectionActivated, InventoryCounted, PremisesChecked, ApplicationReceived, ApplicationDecided,
    QualificationRecorded, OfferDescribed, InteractionMatchRejected, CallLegCompleted,
    StatementReceived, PaymentRuledOut, PaymentAllocationRejected, CorrectionProposed,
    InteractionRuledOut, PaymentAdvanceNamed, PriceIndexPublished, KeyRatePublished,
    DataSubjectErased>;

}  // namespace ledger
