#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/types/offer.h"
#include "producers/email/message/mapping.h"

namespace ledger::letter {

// A letter to one person of one firm; a test adds, replaces or drops headers.
class Letter {
 public:
  Letter& set(const std::string& name, const std::string& value);  // replaces, or adds at the end
  Letter& add(const std::string& name, const std::string& value);
  Letter& drop(const std::string& name);
  Letter& body(std::string text);
  [[nodiscard]] std::string bytes() const;

 private:
  std::vector<std::pair<std::string, std::string>> headers_{
      {"From", "Olena Bondar <bondar@gurt.example>"},
      {"To", "buyer@firm.example"},
      {"Date", "Tue, 24 Nov 2026 10:15:00 +0200"},
      {"Message-ID", "<a1@gurt.example>"},
      {"Subject", "Offer"}};
  std::string body_ = "Text\r\n";
};

[[nodiscard]] std::string fixture(const std::string& name);

// Maps, and checks of every event that it comes back from its own JSON as the same event.
[[nodiscard]] Mapped map(const std::string& bytes, const mail::Settings& settings = {});
[[nodiscard]] Mapped map(const Letter& letter, const mail::Settings& settings = {});

[[nodiscard]] OfferEmailed offer(const Mapped& mapped, std::size_t i = 0);
// The addresses of an event, joined by spaces.
[[nodiscard]] std::string recipients(const Mapped& mapped, std::size_t i = 0);

}  // namespace ledger::letter
