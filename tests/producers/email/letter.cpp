#include "tests/producers/email/letter.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "events/json_codec.h"
#include "tests/support/catch.h"

namespace ledger::letter {

Letter& Letter::set(const std::string& name, const std::string& value) {
  for (auto& header : headers_) {
    if (header.first == name) {
      header.second = value;
      return *this;
    }
  }
  return add(name, value);
}

Letter& Letter::add(const std::string& name, const std::string& value) {
  headers_.emplace_back(name, value);
  return *this;
}

Letter& Letter::drop(const std::string& name) {
  std::erase_if(headers_, [&](const auto& header) { return header.first == name; });
  return *this;
}

Letter& Letter::body(std::string text) {
  body_ = std::move(text);
  return *this;
}

std::string Letter::bytes() const {
  std::string text;
  for (const auto& [name, value] : headers_) {
    text.append(name).append(": ").append(value).append("\r\n");
  }
  return text + "\r\n" + body_;
}

std::string fixture(const std::string& name) {
  std::ifstream file(std::string(LEDGER_FIXTURES) + "/" + name, std::ios::binary);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

Mapped map(const std::string& bytes, const mail::Settings& settings) {
  Mapped mapped = mail::map_message(bytes, settings);
  JsonCodec codec;
  for (const Submission& event : mapped.events) {
    const auto again = codec.decode_submission(encode_submission(event));
    REQUIRE(again.has_value());
    CHECK(again->id == event.id);
    CHECK(body_of(again->time, again->data) == body_of(event.time, event.data));
  }
  return mapped;
}

Mapped map(const Letter& letter, const mail::Settings& settings) {
  return map(letter.bytes(), settings);
}

OfferEmailed offer(const Mapped& mapped, std::size_t i) {
  return (*mapped.events.at(i).data.get_if<OfferEmailed>());
}

std::string recipients(const Mapped& mapped, std::size_t i) {
  std::string text;
  for (const Email& address : offer(mapped, i).recipients) {
    text += (text.empty() ? "" : " ") + address.text();
  }
  return text;
}

}  // namespace ledger::letter
