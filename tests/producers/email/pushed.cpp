#include "tests/producers/email/pushed.h"

#include "events/json_codec.h"
#include "tests/support/catch.h"

namespace ledger::pushed {

namespace {

Submission strictly(const Submission& event) {
  auto read = JsonCodec().decode_submission(encode_submission(event));
  INFO((read ? std::string() : read.error().field + " " + read.error().message));
  REQUIRE(read);
  return *std::move(read);
}

}  // namespace

http::Request post(std::string body) {
  http::Request request;
  request.method = "POST";
  request.body = std::move(body);
  return request;
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

Fact fact(const Mapped& mapped, std::size_t i) {
  INFO((mapped.refused.empty()
            ? std::string()
            : mapped.refused.front().error.field + " " + mapped.refused.front().error.message));
  REQUIRE(mapped.events.size() > i);
  Submission event = strictly(mapped.events[i]);
  const auto* data = event.data.get_if<OfferDeliveryChanged>();
  REQUIRE(data != nullptr);
  OfferDeliveryChanged copy = *data;
  return {std::move(event), std::move(copy)};
}

OfferEmailed offer(const Mapped& mapped) {
  INFO((mapped.refused.empty()
            ? std::string()
            : mapped.refused.front().error.field + " " + mapped.refused.front().error.message));
  REQUIRE(mapped.events.size() == 1);
  const Submission event = strictly(mapped.events.front());
  const auto* data = event.data.get_if<OfferEmailed>();
  REQUIRE(data != nullptr);
  return *data;
}

Error refusal(const Mapped& mapped) {
  REQUIRE(mapped.events.empty());
  REQUIRE(mapped.skipped.empty());
  REQUIRE(mapped.refused.size() == 1);
  return mapped.refused.front().error;
}

std::string skipped(const Mapped& mapped) {
  INFO((mapped.refused.empty() ? std::string() : mapped.refused.front().error.message));
  REQUIRE(mapped.events.empty());
  REQUIRE(mapped.refused.empty());
  REQUIRE(mapped.skipped.size() == 1);
  return mapped.skipped.front().reason;
}

}  // namespace ledger::pushed
