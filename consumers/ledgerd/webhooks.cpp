#include "consumers/ledgerd/webhooks.h"

#include "platform/calendar_month.h"
#include "platform/http/fetch.h"
#include "producers/email/mailgun/mapping.h"
#include "producers/email/postmark/mapping.h"
#include "producers/email/sendgrid/mapping.h"
#include "producers/email/ses/mapping.h"
#include "producers/telephony/binotel/mapping.h"
#include "producers/telephony/freeswitch/mapping.h"
#include "producers/telephony/ringostat/mapping.h"
#include "producers/telephony/threecx/mapping.h"
#include "producers/telephony/twilio/mapping.h"
#include "producers/telephony/zadarma/mapping.h"
#include "projections/client_card/queries.h"
#include "projections/directory/queries.h"
#include "projections/directory/rows.h"

namespace ledger {

namespace {

// Whose number rings; nobody's if several cards hold it, as for every call.
std::optional<threecx::Contact> contact_of(const ViewStore& views, const Phone& phone) {
  const auto snapshot = views.current();
  const auto owner = directory::owner_of(*snapshot, directory::KeyKind::kPhone, phone.text());
  if (!owner || !*owner) return std::nullopt;
  const auto card = client_card::card(*snapshot, **owner, {kLastDay, std::nullopt});
  if (!card || !*card) return std::nullopt;
  return threecx::Contact{**owner, (*card)->details.name.value_or("")};
}

void add_mail_providers(const WebhookOptions& options, const Clock& clock,
                        std::vector<Webhook>& webhooks) {
  const auto now = [&clock] { return clock.now(); };
  if (options.sendgrid_key) {
    sendgrid::Settings settings{.key = *options.sendgrid_key, .now = now};
    if (options.sendgrid_hours_max > 0) {
      settings.age_max = std::chrono::hours(options.sendgrid_hours_max);
    }
    webhooks.push_back(sendgrid::webhook(std::move(settings)));
  }
  if (!options.mailgun_signing_key.empty()) {
    webhooks.push_back(mailgun::webhook({.signing_key = options.mailgun_signing_key,
                                         .offer_category = options.mail_offer_category,
                                         .age_max = std::chrono::hours(options.mailgun_hours_max),
                                         .now = now}));
  }
  if (!options.postmark_user.empty()) {
    webhooks.push_back(
        postmark::webhook({.credentials = options.postmark_user + ":" + options.postmark_password,
                           .own_domains = options.mail_own_domains,
                           .own_addresses = options.mail_own_addresses,
                           .everybody_believed = options.postmark_believe_all}));
  }
  if (!options.ses_topics.empty()) {
    webhooks.push_back(
        ses::webhook({.topics = options.ses_topics,
                      .offer_category = options.mail_offer_category,
                      .certificate = options.ses_certificate,
                      .fetch = [](const std::string& url) { return http::fetch_public(url); },
                      .age_max = std::chrono::hours(options.ses_hours_max),
                      .now = now}));
  }
}

}  // namespace

std::vector<Webhook> configured_webhooks(const WebhookOptions& options, const BusinessZone& zone,
                                         const ViewStore& views, const Clock& clock) {
  std::vector<Webhook> webhooks;
  const auto add = [&](const std::string& secret, const auto& make) {
    if (!secret.empty()) webhooks.push_back(make());
  };
  add(options.binotel_secret, [&] { return binotel::webhook({.secret = options.binotel_secret}); });
  add(options.ringostat_secret,
      [&] { return ringostat::webhook({.zone = zone, .secret = options.ringostat_secret}); });
  add(options.zadarma_secret, [&] {
    return zadarma::webhook(
        {.zone = zone, .secret = options.zadarma_secret, .api_secret = options.zadarma_api_secret});
  });
  add(options.threecx_secret, [&] {
    return threecx::webhook(
        {.secret = options.threecx_secret,
         .records_tell = options.has_threecx_cdr(),
         .lookup = [&views](const Phone& phone) { return contact_of(views, phone); }});
  });
  if (options.has_threecx_cdr()) {
    webhooks.push_back(threecx::cdr_webhook(
        {.zone = options.threecx_cdr_zone.value_or(zone),
         .columns = options.threecx_cdr_columns.value_or(threecx::CdrColumns())}));
  }
  for (auto& webhook : freeswitch::webhooks({.house = {options.own_numbers},
                                             .secret = options.freeswitch_secret,
                                             .credentials = options.freeswitch_cred})) {
    webhooks.push_back(std::move(webhook));
  }
  add(options.twilio_token, [&] {
    return twilio::webhook({.house = {options.own_numbers},
                            .public_url = options.twilio_url,
                            .auth_token = options.twilio_token});
  });
  add_mail_providers(options, clock, webhooks);
  return webhooks;
}

}  // namespace ledger
