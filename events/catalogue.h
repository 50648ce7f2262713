#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "events/types/amendment.h"
#include "events/types/call.h"
#include "events/types/client.h"
#include "events/types/contract.h"
#include "events/types/invoice.h"
#include "events/types/manager.h"
#include "events/types/meeting.h"
#include "events/types/offer.h"
#include "events/types/payment.h"
#include "events/types/quota_policy.h"

namespace ledger {

// THE list: every event that the ledger can hold. Order is free; nothing stored depends on it.
using EventData =
    std::variant<ClientRegistered, ClientUpdated, ClientAssigned, ManagerHired, CallCompleted,
                 OfferEmailed, OfferPhoned, MeetingHeld, ContractSigned, InvoiceIssued,
                 PaymentReceived, InteractionMatched, EventVoided, EventCorrected, QuotaPolicySet>;

// "org.salesledger.call.completed.v1", as CloudEvents' `type`.
[[nodiscard]] std::string_view cloud_event_type(const EventData& data);
// "call.completed".
[[nodiscard]] std::string_view type_name(const EventData& data);

}  // namespace ledger
