#pragma once

#include <vector>

#include "events/types/advance.h"
#include "events/types/collection.h"
#include "events/types/payment_ruling.h"
#include "projections/store/view_store.h"

// What is said of money, invoices and reminders that the ledger holds has to fit them.
namespace ledger {

// That money does not pay an invoice. kConflict, naming the member: the invoice or the money is not
// the client's, or the one pays the other already. kNotFound: who says so was never hired. What the
// ledger does not hold passes: it may be recorded later.
[[nodiscard]] Status check_rejection(const ViewSnapshot& snapshot,
                                     const PaymentAllocationRejected& said);

// That what is left of money is an advance. kConflict, naming the member: it is not the client's,
// nothing of it is left, or somebody has said so already. kNotFound: the ledger holds no such
// money, or who says so was never hired.
[[nodiscard]] Status check_advance(const ViewSnapshot& snapshot, const PaymentAdvanceNamed& said);

// What became of a reminder. kNotFound, naming the member: none was sent of that invoice, level or
// part; kOutOfRange: none by that day. `in_batch`: sent by the same batch before it.
[[nodiscard]] Status check_delivery(const ViewSnapshot& snapshot,
                                    const DunningDeliveryChanged& said,
                                    const std::vector<DunningSent>& in_batch);

// Whether a correction says it of the same thing as before: then nothing is to be checked, whatever
// became of that since.
[[nodiscard]] bool of_the_same(const PaymentAllocationRejected& now,
                               const PaymentAllocationRejected& was);
[[nodiscard]] bool of_the_same(const PaymentAdvanceNamed& now, const PaymentAdvanceNamed& was);
[[nodiscard]] bool of_the_same(const DunningDeliveryChanged& now,
                               const DunningDeliveryChanged& was);

}  // namespace ledger
