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

  [[nodiscard]] bool any() const {
    return !binotel_secret.empty() || !ringostat_secret.empty() || !zadarma_secret.empty() ||
           !threecx_secret.empty();
  }
};

// THE list of webhooks. `views` must outlive them: an exchange asks whose number rings.
[[nodiscard]] std::vector<Webhook> configured_webhooks(const WebhookOptions& options,
                                                       const BusinessZone& zone,
                                                       const ViewStore& views);

}  // namespace ledger
