#include "producers/append/void_checks.h"

#include <fmt/format.h>

#include "events/types/call.h"
#include "events/types/call_leg.h"
#include "events/types/offer.h"
#include "events/types/offer_response.h"
#include "events/types/payment.h"
#include "projections/directory/queries.h"

namespace ledger {

namespace {

Result<bool> is_told_by_machine(const EventAsRead& was, JsonCodec& codec) {
  if (was.type == CallCompleted::kName) {
    LEDGER_TRY(const auto data, codec.decode_data(was.type, was.data.text, /*from_log=*/true));
    return !data.get_if<CallCompleted>()->self_reported.value_or(false);
  }
  return was.type == CallLegCompleted::kName || was.type == OfferEmailed::kName ||
         was.type == OfferDeliveryChanged::kName || was.type == PaymentReceived::kName;
}

}  // namespace

Status check_void(const ViewSnapshot& snapshot, const EventVoided& voided, const EventAsRead& was,
                  std::string_view source, Date day, JsonCodec& codec) {
  if (source == voided.target_source) return {};
  LEDGER_TRY(const bool by_machine, is_told_by_machine(was, codec));
  if (!by_machine) return {};
  if (!voided.manager_id) {
    return fail(ErrorCode::kMissingField,
                fmt::format("a machine told of it ({}): only a head of department voids that; name "
                            "who decided",
                            was.type),
                "data.manager_id");
  }
  LEDGER_TRY(const bool decides, directory::is_supervisor(snapshot, *voided.manager_id, day));
  if (decides) return {};
  return fail(ErrorCode::kConflict,
              fmt::format("a machine told of it ({}): only a head of department voids that, and "
                          "'{}' is none (manager.hired with post 'supervisor')",
                          was.type, voided.manager_id->text()),
              "data.manager_id");
}

}  // namespace ledger
