#pragma once

#include <string>
#include <vector>

#include "events/business_zone.h"
#include "producers/webhook/webhook.h"
#include "projections/store/view_store.h"

namespace ledger {

// What the senders that push over HTTP need to know. One that has no secret is off: its path does
// not exist.
struct WebhookOptions {
  std::string binotel_secret;
  std::string ringostat_secret;
  std::string zadarma_secret;
  std::string zadarma_api_secret;
  std::string threecx_secret;
  std::string freeswitch_secret;  // either or both
  std::string freeswitch_cred;
  std::string twilio_token;
  std::string twilio_url;
  std::vector<std::string> own_numbers;  // of the house, for exchanges that tell sides by numbers
};

// THE list of webhooks. `views` must outlive them: an exchange asks whose number rings.
[[nodiscard]] std::vector<Webhook> configured_webhooks(const WebhookOptions& options,
                                                       const BusinessZone& zone,
                                                       const ViewStore& views);

}  // namespace ledger
