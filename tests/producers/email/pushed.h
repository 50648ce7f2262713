#pragma once

#include <string>

#include "events/types/offer.h"
#include "events/types/offer_response.h"
#include "platform/http/message.h"
#include "producers/mapping.h"

// What tests of pushed mail ask of a mapping.
namespace ledger::pushed {

[[nodiscard]] http::Request post(std::string body);
// `text` with the first `from` replaced; it must be there.
[[nodiscard]] std::string with(std::string text, const std::string& from, const std::string& to);

struct Fact {
  Submission submission;
  OfferDeliveryChanged data;
};
// The i-th event, as its own JSON gives it back; it must be a fact about a delivery.
[[nodiscard]] Fact fact(const Mapped& mapped, std::size_t i = 0);
[[nodiscard]] OfferEmailed offer(const Mapped& mapped);
// The only thing that a mapping made: an error, or a reason to skip.
[[nodiscard]] Error refusal(const Mapped& mapped);
[[nodiscard]] std::string skipped(const Mapped& mapped);

}  // namespace ledger::pushed
