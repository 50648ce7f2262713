#include "producers/email/postmark/inbound.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "events/types/offer.h"
#include "platform/base64.h"
#include "producers/email/postmark/verdict.h"
#include "producers/email/pushed_mail.h"

namespace ledger::postmark {

namespace {

using webhook::Fields;

constexpr std::string_view kPostmarksDomain = "inbound.postmarkapp.com";

std::string lower(std::string_view text) {
  std::string all(text);
  for (char& c : all) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return all;
}

// "ToFull" as a header: addresses alone, since a name may hold anything.
std::string addresses_of(const Fields& fields, std::string_view list) {
  std::string all;
  for (std::size_t i = 0; i < fields.count(list); ++i) {
    const auto address = fields.find(fmt::format("{}.{}.Email", list, i));
    if (address) all += (all.empty() ? "" : ", ") + std::string(*address);
  }
  return all;
}

// Postmark writes a zone with a colon: "Fri, 1 Aug 2014 16:45:32 -04:00".
std::string date_of(std::string_view text) {
  std::string date(text);
  const std::size_t sign = date.find_last_of("+-");
  if (sign != std::string::npos && sign + 6 == date.size() && date[sign + 3] == ':') {
    date.erase(sign + 3, 1);
  }
  return date;
}

bool is_given_apart(std::string_view lower_case_name) {
  static constexpr std::array<std::string_view, 6> kApart{"from", "to",      "cc",
                                                          "bcc",  "subject", "date"};
  return std::find(kApart.begin(), kApart.end(), lower_case_name) != kApart.end();
}

// A logo under the signature, as mime_message.h leaves it out: whether it was marked as attachment
// Postmark does not tell, but the text names what it shows.
bool is_shown_in_text(const Fields& fields, const std::string& attachment) {
  std::string id(fields.find(attachment + "ContentID").value_or(""));
  std::erase_if(id, [](char c) { return c == '<' || c == '>'; });
  return !id.empty() &&
         lower(fields.find(attachment + "ContentType").value_or("")).starts_with("image/") &&
         fields.find("HtmlBody").value_or("").find("cid:" + id) != std::string_view::npos;
}

Result<mail::Letter> read_letter(const Fields& fields) {
  mail::Letter letter;
  letter.text = fields.find("TextBody").value_or("");
  letter.html = fields.find("HtmlBody").value_or("");
  const auto set = [&](std::string name, std::string value) {
    if (!value.empty()) letter.headers.emplace_back(std::move(name), std::move(value));
  };
  set("From", std::string(fields.find("FromFull.Email").value_or("")));
  set("To", addresses_of(fields, "ToFull"));
  set("Cc", addresses_of(fields, "CcFull"));
  set("Bcc", addresses_of(fields, "BccFull"));
  set("Subject", std::string(fields.find("Subject").value_or("")));
  set("Date", date_of(fields.find("Date").value_or("")));
  for (std::size_t i = 0; i < fields.count("Headers"); ++i) {
    const auto name = fields.find(fmt::format("Headers.{}.Name", i)).value_or("");
    if (is_given_apart(lower(name))) continue;
    set(std::string(name),
        std::string(fields.find(fmt::format("Headers.{}.Value", i)).value_or("")));
  }
  for (std::size_t i = 0; i < fields.count("Attachments"); ++i) {
    const std::string prefix = fmt::format("Attachments.{}.", i);
    if (is_shown_in_text(fields, prefix)) continue;
    auto content = base64_decode(fields.find(prefix + "Content").value_or(""));
    if (!content) {
      return fail(ErrorCode::kInvalidField, "is not base64", prefix + "Content");
    }
    letter.attachments.push_back({std::string(fields.find(prefix + "Name").value_or("")),
                                  std::string(fields.find(prefix + "ContentType").value_or("")),
                                  *std::move(content)});
  }
  return letter;
}

// The address to which Postmark took the letter in stands among the recipients where somebody wrote
// it there; it is our own.
Mapped without_our_address(Mapped mapped, std::string_view our_address) {
  const std::string ours = lower(our_address);
  std::vector<Submission> events;
  for (Submission& event : mapped.events) {
    const auto* mapped_offer = event.data.get_if<OfferEmailed>();
    if (mapped_offer == nullptr) {
      events.push_back(std::move(event));
      continue;
    }
    OfferEmailed offer = *mapped_offer;
    std::erase_if(offer.recipients, [&](const Email& recipient) {
      return recipient.text() == ours || recipient.domain() == kPostmarksDomain;
    });
    if (offer.recipients.empty()) {
      mapped.skipped.push_back({"letter", "no recipient outside the house"});
    } else {
      event.data = EventData(std::move(offer));
      events.push_back(std::move(event));
    }
  }
  mapped.events = std::move(events);
  return mapped;
}

}  // namespace

bool is_inbound(const Fields& fields) {
  return fields.find("RecordType").value_or("Inbound") == "Inbound" &&
         (fields.find("FromFull.Email") || fields.find("RawEmail"));
}

Mapped map_inbound(const Fields& fields, const Settings& settings) {
  if (settings.own_domains.empty()) {
    Error error{ErrorCode::kMisconfigured,
                "the setting mail-own-domains is missing, without which nothing tells the house's "
                "letters from its clients'",
                "FromFull.Email"};
    return mail::mapped_one({}, tl::unexpected(std::move(error)));
  }
  std::string message(fields.find("RawEmail").value_or(""));
  if (message.empty()) {
    const auto letter = read_letter(fields);
    if (!letter) return mail::mapped_one({}, tl::unexpected(letter.error()));
    message = mail::compose(*letter);
  }
  auto mapped = mail::map_message(message, {.source = settings.letters_source,
                                            .own_domains = settings.own_domains,
                                            .own_addresses = settings.own_addresses});
  if (!settings.everybody_believed) judge_senders(mapped, fields);
  return without_our_address(std::move(mapped), fields.find("OriginalRecipient").value_or(""));
}

}  // namespace ledger::postmark
