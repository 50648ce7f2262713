#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/business_zone.h"
#include "platform/clock.h"
#include "platform/signature.h"
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
  bool mail = false;  // ledger-mail brings letters: what it cannot record is kept here
  std::vector<std::string> own_numbers;  // of the house, for exchanges that tell sides by numbers

  // Mail providers.
  std::optional<PublicKey> sendgrid_key;
  // Above the day in which it comes again, also with the first signature; 0: any age.
  std::int64_t sendgrid_hours_max = 72;
  std::string mailgun_signing_key;
  std::int64_t mailgun_hours_max = 24;
  std::string postmark_user;
  std::string postmark_password;
  bool postmark_believe_all = false;  // whatever Postmark says of a letter's sender
  std::vector<std::string> ses_topics;
  std::optional<Certificate> ses_certificate;
  std::int64_t ses_hours_max = 3;
  std::string mail_offer_category;
  std::vector<std::string> mail_own_domains;
  std::vector<std::string> mail_own_addresses;

  [[nodiscard]] bool has_threecx_cdr() const {
    return !threecx_cdr_listen.empty() || !threecx_cdr_connect.empty();
  }
};

// THE list of webhooks. `views` and `clock` must outlive them: an exchange asks whose number rings,
// and what a provider signed long ago is refused.
[[nodiscard]] std::vector<Webhook> configured_webhooks(const WebhookOptions& options,
                                                       const BusinessZone& zone,
                                                       const ViewStore& views, const Clock& clock);

}  // namespace ledger
