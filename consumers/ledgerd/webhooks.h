#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/business_zone.h"
#include "producers/telephony/threecx/cdr.h"
#include "producers/webhook/webhook.h"
#include "projections/store/view_store.h"

namespace ledger {

// What the senders that push need to know. One over HTTP that has no secret is off: its path does
// not exist.
struct WebhookOptions {
  std::string binotel_secret;
  std::string ringostat_secret;
  std::string zadarma_secret;
  std::string zadarma_api_secret;
  std::string threecx_secret;
  // 3CX's call records come as lines over TCP, in either direction.
  std::string threecx_cdr_listen;
  std::string threecx_cdr_connect;
  std::optional<threecx::CdrColumns> threecx_cdr_columns;  // those of 3CX unless given
  std::optional<BusinessZone> threecx_cdr_zone;            // that of the house unless given
  std::string freeswitch_secret;                           // either or both
  std::string freeswitch_cred;
  std::string twilio_token;
  std::string twilio_url;
  std::vector<std::string> own_numbers;  // of the house, for exchanges that tell sides by numbers

  [[nodiscard]] bool has_threecx_cdr() const {
    return !threecx_cdr_listen.empty() || !threecx_cdr_connect.empty();
  }
};

// THE list of webhooks. `views` must outlive them: an exchange asks whose number rings.
[[nodiscard]] std::vector<Webhook> configured_webhooks(const WebhookOptions& options,
                                                       const BusinessZone& zone,
                                                       const ViewStore& views);

}  // namespace ledger
