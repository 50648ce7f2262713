#include "producers/email/message/sent.h"

#include <fmt/format.h>

#include <algorithm>

#include "events/free_mail.h"
#include "events/types/offer.h"
#include "producers/email/message/authentication.h"

namespace ledger::mail {

namespace {

// A name, a number: nobody's text.
constexpr std::size_t kOfferHeaderBytesMax = 200;
constexpr std::size_t kOfferHeadersMax = 10;

struct Company {
  std::string key;  // its domain, or the address at a free provider
  std::vector<Email> recipients;
};

void add_once(std::vector<Email>& list, const Email& address) {
  if (std::find(list.begin(), list.end(), address) == list.end()) list.push_back(address);
}

class Recipients {
 public:
  Recipients(const Email& sender, const Settings& settings, std::vector<Mapped::Refused>& refused)
      : sender_(sender), settings_(settings), refused_(refused) {}

  Status read(const MimeMessage& message) {
    for (const std::string_view header : {"To", "Cc", "Bcc"}) {
      for (Mailbox& mailbox : mailboxes_of(message, header)) {
        if (++count_ > kRecipientsMax) {
          return fail(ErrorCode::kTooLarge,
                      fmt::format("a letter has at most {} recipients", kRecipientsMax),
                      "recipients");
        }
        take(std::move(mailbox), header);
      }
    }
    if (count_ > 0) return {};
    return fail(ErrorCode::kMissingField, "the message has no recipients", "recipients");
  }

  [[nodiscard]] const std::vector<Company>& companies() const { return companies_; }
  // Of the house, in To and Cc: a copy that is kept elsewhere may not have the Bcc.
  [[nodiscard]] const std::vector<Email>& house() const { return house_; }

 private:
  void take(Mailbox mailbox, std::string_view header) {
    if (!mailbox.address) {
      Error error = std::move(mailbox.address).error();
      error.field = "recipients";
      refused_.push_back({fmt::format("recipient {} ({})", count_, header), mailbox.raw, error});
      return;
    }
    const Email& address = *mailbox.address;
    if (address == sender_) return;
    if (is_of_house(address)) {
      if (header != "Bcc") add_once(house_, address);
    } else if (!is_read_by_nobody(address)) {
      std::string key(is_free_mail_domain(address.domain()) ? address.text() : address.domain());
      auto company = std::find_if(companies_.begin(), companies_.end(),
                                  [&](const Company& known) { return known.key == key; });
      if (company == companies_.end()) {
        company = companies_.insert(company, Company{std::move(key), {}});
      }
      add_once(company->recipients, address);
    }
  }

  [[nodiscard]] bool is_of_house(const Email& address) const {
    if (!settings_.own_domains.empty()) return is_ours(address, settings_);
    return address.domain() == sender_.domain() && !is_free_mail_domain(address.domain());
  }

  const Email& sender_;
  const Settings& settings_;
  std::vector<Mapped::Refused>& refused_;
  std::vector<Company> companies_;
  std::vector<Email> house_;
  std::size_t count_ = 0;
};

std::optional<std::string> read_in_reply_to(const MimeMessage& message) {
  for (const auto value : message.all("In-Reply-To")) {
    std::string line = one_line(value);
    // Old programs wrote a sentence around the id.
    const std::size_t open = line.find('<');
    const std::size_t close = line.find('>', std::min(open, line.size()));
    if (close != std::string::npos) return line.substr(open, close - open + 1);
    if (!line.empty()) return line;
  }
  // Some write the thread alone: the letter that it ends with is the one answered (RFC 5322 3.6.4).
  std::optional<std::string> last;
  for (const auto value : message.all("References")) {
    auto ids = message_ids_in(value);
    if (!ids.empty()) last = std::move(ids.back());
  }
  return last;
}

// What the headers of kOfferHeaders say, each once: "X-Offer: 17"; "X-Offer", where it says
// nothing.
std::vector<std::string> read_offer_headers(const MimeMessage& message) {
  std::vector<std::string> all;
  for (const std::string_view name : kOfferHeaders) {
    for (const auto value : message.all(name)) {
      std::string said = one_line(trimmed(value).substr(0, kOfferHeaderBytesMax));
      said = said.empty() ? std::string(name) : fmt::format("{}: {}", name, said);
      const bool known = std::find(all.begin(), all.end(), said) != all.end();
      if (!known && all.size() < kOfferHeadersMax) all.push_back(std::move(said));
    }
  }
  return all;
}

// Everything that the events of one letter have in common.
struct Letter {
  OfferEmailed event;
  Timestamp occurred_at;
};

Result<Letter> read_letter(const MimeMessage& message, const Email& sender,
                           const Settings& settings) {
  Letter letter;
  LEDGER_TRY(auto time, read_time(message, settings));
  letter.occurred_at = time.occurred_at;
  OfferEmailed& event = letter.event;
  event.sender_date = std::move(time.sender_date);
  LetterId id = read_message_id(message);
  event.message_id = std::move(id.text);
  if (id.weak) event.weak_id = true;
  event.sender = sender;
  if (!message.subject.empty()) event.subject = message.subject;
  event.in_reply_to = read_in_reply_to(message);
  event.attachments = message.attachments;
  event.text_sha256 = message.text_sha256;
  event.authentication_failure = authentication_failure(message, settings, sender);
  event.offer_headers = read_offer_headers(message);
  LEDGER_CHECK(check_text_size(message.subject, "subject"));
  LEDGER_CHECK(check_text_size(event.in_reply_to.value_or(""), "in_reply_to"));
  LEDGER_CHECK(check_list_size(message.attachments.size(), "attachments"));
  for (const MailAttachment& attachment : message.attachments) {
    LEDGER_CHECK(check_text_size(attachment.name, "attachments.name"));
    LEDGER_CHECK(check_text_size(attachment.media_type, "attachments.media_type"));
  }
  return letter;
}

Result<Submission> submission_of(const Letter& letter, const Company& company,
                                 const Settings& settings) {
  LEDGER_CHECK(check_list_size(company.recipients.size(), "recipients"));
  OfferEmailed event = letter.event;
  event.recipients = company.recipients;
  std::string id = event.message_id + "|" + company.key;
  return to_submission(std::move(id), settings, letter.occurred_at, EventData(std::move(event)));
}

}  // namespace

Status map_sent(const MimeMessage& message, const Email& sender, const Settings& settings,
                Mapped& mapped) {
  LEDGER_TRY(Letter letter, read_letter(message, sender, settings));
  Recipients recipients(sender, settings, mapped.refused);
  LEDGER_CHECK(recipients.read(message));
  LEDGER_CHECK(check_list_size(recipients.house().size(), "house_recipients"));
  letter.event.house_recipients = recipients.house();
  for (const Company& company : recipients.companies()) {
    auto submission = submission_of(letter, company, settings);
    if (submission) {
      mapped.events.push_back(*std::move(submission));
    } else {
      mapped.refused.push_back({fmt::format("company {}", company.key), letter.event.message_id,
                                std::move(submission).error()});
    }
  }
  if (recipients.companies().empty() && mapped.refused.empty()) {
    mapped.skipped.push_back({"message", "no recipient outside the house"});
  }
  return {};
}

}  // namespace ledger::mail
