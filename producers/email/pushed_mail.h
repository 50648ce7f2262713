#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/types/offer_response.h"
#include "producers/email/message/mapping.h"
#include "producers/mapping.h"
#include "producers/webhook/fields.h"

// What mail providers that push have in common: what became of a letter at one recipient's.
namespace ledger::mail {

// Seconds since 1970 as a provider writes them, with a fraction or without. Errors name `field`:
// kMissingField, kInvalidField, kOutOfRange (years of limits.h).
[[nodiscard]] Result<Timestamp> epoch_of(const webhook::Fields& fields, std::string_view field);
// RFC 3339; of a fraction six digits are read, however many there are.
[[nodiscard]] Result<Timestamp> instant_of(const webhook::Fields& fields, std::string_view field);

// kMissingField, or kInvalidField where it is no address.
[[nodiscard]] Result<Email> address_of(const webhook::Fields& fields, std::string_view field);

// Whether a domain, or an address of it, is near enough to the sender's to speak for him
// (message/authentication.h).
[[nodiscard]] bool speaks_for(std::string_view said, const Email& sender);

// A Message-ID as offers hold it, with its angle brackets, which providers leave out. What has no @
// is an id of the provider's own, and stays as it is.
[[nodiscard]] std::string message_id_of(std::string_view text);

// The words of a mail system, joined to one line and cut; nullopt: there are none.
[[nodiscard]] std::optional<std::string> reason_of(std::initializer_list<std::string_view> words);

// A record of a provider that is one fact, none (with its reason), or an error.
struct OneFact {
  std::optional<Submission> event = std::nullopt;
  std::string skipped = {};
};
[[nodiscard]] OneFact fact(std::string id, std::string source, Timestamp time,
                           OfferDeliveryChanged data);
[[nodiscard]] OneFact no_fact(std::string reason);
// Puts it where it belongs; `where` is for a person, `raw` what came.
void add(Mapped& mapped, std::string where, std::string_view raw, Result<OneFact> one);
[[nodiscard]] Mapped mapped_one(std::string_view raw, Result<OneFact> one);

// A recipient wants no more letters. No event says so by an address alone, and it must not get
// lost: it waits in the quarantine for somebody who notes it on the person's card.
[[nodiscard]] Error unsubscribed(std::string field);
// A word that is in no list of the provider's: kept until the program knows it.
[[nodiscard]] Error unknown_word(std::string_view word, std::string field);

// A letter, put together again from what a provider tells of it, so that it is read like any other.
struct Letter {
  std::vector<std::pair<std::string, std::string>> headers = {};  // names, and values as shown
  struct Attachment {
    std::string name;
    std::string media_type;
    std::string content;  // the bytes themselves
  };
  std::vector<Attachment> attachments = {};
  std::string text = {};  // UTF-8
  std::string html = {};  // in its place where there is no text
};
// As an RFC 5322 message. A value is one line whatever it holds; a name that no header may have
// (RFC 5322 2.2) leaves its header out. Raw UTF-8, which map_message() takes.
[[nodiscard]] std::string compose(const Letter& letter);
// "Tue, 24 Nov 2026 10:15:00 +0000".
[[nodiscard]] std::string header_date(Timestamp time);

}  // namespace ledger::mail
