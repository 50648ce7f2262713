#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/envelope.h"
#include "producers/email/message/address_list.h"
#include "producers/email/message/mapping.h"
#include "producers/email/message/mime_message.h"

// What letters of every kind say in the same way.
namespace ledger::mail {

[[nodiscard]] std::string_view trimmed(std::string_view text);
// The first word of a header in lower case: "auto-replied" of "Auto-Replied; owner=x".
[[nodiscard]] std::string keyword(std::string_view value);

struct LetterId {
  std::string text;  // with its angle brackets
  bool weak = false;
};
// Never fails: where Message-ID is absent, no id, or said twice and differently, a digest.
[[nodiscard]] LetterId read_message_id(const MimeMessage& message);

// Ids in angle brackets, in order; those that are none or longer than an id may be are left out.
[[nodiscard]] std::vector<std::string> message_ids_in(std::string_view header);

struct LetterTime {
  Timestamp occurred_at;                   // when it was taken; Date where nobody says when
  std::optional<std::string> sender_date;  // Date as written, where it says another time
};
// domain-semantics.md 4a, Time. kMissingField, kInvalidField, kOutOfRange: Date is no date, and no
// gateway says when.
[[nodiscard]] Result<LetterTime> read_time(const MimeMessage& message, const Settings& settings);

[[nodiscard]] std::vector<Mailbox> mailboxes_of(const MimeMessage& message,
                                                std::string_view header);
[[nodiscard]] Result<Email> read_sender(const MimeMessage& message);

// Whether an address is the house's by the settings alone.
[[nodiscard]] bool is_ours(const Email& address, const Settings& settings);
// A mailbox that nobody reads, or that robots write from.
[[nodiscard]] bool is_read_by_nobody(const Email& address);

[[nodiscard]] Status check_text_size(std::string_view text, std::string field);
[[nodiscard]] Status check_list_size(std::size_t count, std::string field);
// kTooLarge if the id or the event's line would be.
[[nodiscard]] Result<Submission> to_submission(std::string id, const Settings& settings,
                                               Timestamp occurred_at, EventData data);

}  // namespace ledger::mail
