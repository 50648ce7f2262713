#include "consumers/reactors/touched_accounts.h"

#include "events/json_codec.h"
#include "events/types/amendment.h"
#include "events/types/client_merge.h"
#include "events/types/payment.h"
#include "projections/receivables/owners.h"

namespace ledger {

namespace {

// Who else had a booking of the bank that counts no more where it did.
Status add_booking(std::vector<std::string>& cards, const EventData& data,
                   const ViewSnapshot& views) {
  const auto* payment = data.get_if<PaymentReceived>();
  if (payment == nullptr) return {};
  LEDGER_TRY(const auto sharing,
             receivables::cards_of(
                 views, receivables::booking_key(payment->our_account, payment->bank_reference,
                                                 payment->amount)));
  cards.insert(cards.end(), sharing.begin(), sharing.end());
  return {};
}

}  // namespace

Result<std::vector<std::string>> touched_by(const Event& event, const ViewSnapshot& views) {
  std::vector<std::string> cards{event.stamps.subject->text()};
  if (const auto* split = event.data.get_if<ClientSplit>()) {
    cards.push_back(split->new_client_id.text());
  }
  const auto* voided = event.data.get_if<EventVoided>();
  const auto* corrected = event.data.get_if<EventCorrected>();
  const auto* was = voided != nullptr      ? &voided->was
                    : corrected != nullptr ? &corrected->was
                                           : nullptr;
  if (was == nullptr || !*was) return cards;
  const bool of_cards = (*was)->type == ClientMerged::kName || (*was)->type == ClientSplit::kName;
  if (!of_cards && (*was)->type != PaymentReceived::kName) return cards;
  LEDGER_TRY(const auto data,
             JsonCodec().decode_data((*was)->type, (*was)->data.text, /*from_log=*/true));
  if (const auto* merge = data.get_if<ClientMerged>()) {
    cards.push_back(merge->absorbed_client_id.text());
  } else if (const auto* split = data.get_if<ClientSplit>()) {
    cards.push_back(split->new_client_id.text());
  }
  LEDGER_CHECK(add_booking(cards, data, views));
  return cards;
}

}  // namespace ledger
