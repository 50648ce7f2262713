// Whatever comes as a mail provider's delivery, a form, JSON or JSON within JSON: no crash in any
// mapping or check of a signature, and every record is a fact, none, or refused with a reason.
#include "platform/signature.h"
#include "producers/email/mailgun/mapping.h"
#include "producers/email/mailgun/signature.h"
#include "producers/email/postmark/mapping.h"
#include "producers/email/pushed_mail.h"
#include "producers/email/sendgrid/mapping.h"
#include "producers/email/ses/mapping.h"
#include "producers/email/ses/sns.h"
#include "tests/fuzz/delivered.h"

using namespace ledger;
using fuzz::check_delivered;
using fuzz::check_rows;

namespace {

// Of what is no JSON a letter is made, so that its parts are tried too.
void check_letter(std::string_view bytes) {
  const mail::Letter letter{{{"From", "a@house.example"},
                             {std::string(bytes.substr(0, 20)), "x"},
                             {"Subject", std::string(bytes)}},
                            {{std::string(bytes), std::string(bytes.substr(0, 40)), "content"}}};
  check_rows(mail::map_message(mail::compose(letter), {}));
}

void check_signatures(const http::Request& request) {
  (void)PublicKey::parse(request.body);
  (void)Certificate::parse(request.body);
  (void)sendgrid::forged(request, {});
  if (const auto fields = mailgun::fields_of(request)) {
    if (const auto signature = mailgun::signature_of(*fields)) {
      (void)mailgun::fits(*signature, "key");
      (void)mailgun::is_older(*signature, Timestamp(), std::chrono::hours(1));
    }
    (void)mailgun::digest_of(*fields);
  }
  if (const auto envelope = webhook::Fields::of_json(request.body)) {
    (void)ses::signed_text(*envelope);
    (void)ses::is_certificate_of_sns(envelope->find("SigningCertURL").value_or(""),
                                     envelope->find("TopicArn").value_or(""));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  http::Request request;
  request.method = "POST";
  request.body = fuzz::bytes_of(data, size);
  check_rows(sendgrid::map_delivery(request, {}));
  check_delivered(mailgun::map_delivery(request, {.offer_category = "offer"}));
  check_rows(postmark::map_delivery(request, {.own_domains = {"house.example"}}));
  check_rows(ses::map_delivery(request, {.offer_category = "offer"}));
  check_signatures(request);
  check_letter(request.body);
  return 0;
}
