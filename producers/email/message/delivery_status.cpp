#include "producers/email/message/delivery_status.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "platform/utf8.h"
#include "producers/email/message/letter.h"

namespace ledger::mail {

namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return result;
}

std::string* field_of(RecipientStatus& recipient, std::string_view name) {
  const std::array<std::pair<std::string_view, std::string*>, 5> fields{{
      {"original-recipient", &recipient.original_recipient},
      {"final-recipient", &recipient.final_recipient},
      {"action", &recipient.action},
      {"status", &recipient.status},
      {"diagnostic-code", &recipient.diagnostic},
  }};
  for (const auto& [known, member] : fields) {
    if (known == name) return member;
  }
  return nullptr;
}

// RFC 6533 3: \x{431} is the letter of that number.
std::string without_escapes(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t close = text.starts_with("\\x{") ? text.find('}') : std::string_view::npos;
    std::uint32_t code = 0;
    const bool escaped =
        close != std::string_view::npos &&
        std::from_chars(text.data() + 3, text.data() + close, code, 16).ptr == text.data() + close;
    if (!escaped || code < 0x20 || code > 0x10ffff) {
      result += text.front();
      text.remove_prefix(1);
      continue;
    }
    if (code < 0x80) {
      result += static_cast<char>(code);
    } else if (code < 0x800) {
      result += static_cast<char>(0xc0 | (code >> 6));
    } else {
      if (code < 0x10000) {
        result += static_cast<char>(0xe0 | (code >> 12));
      } else {
        result += static_cast<char>(0xf0 | (code >> 18));
        result += static_cast<char>(0x80 | ((code >> 12) & 0x3f));
      }
      result += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
    }
    if (code >= 0x80) result += static_cast<char>(0x80 | (code & 0x3f));
    text.remove_prefix(close + 1);
  }
  return result;
}

// "smtp; 450 4.2.0 busy" begins with 4.
bool may_pass(const RecipientStatus& recipient) {
  if (!recipient.status.empty()) return recipient.status.front() == '4';
  const std::string_view text = recipient.diagnostic;
  const std::size_t semicolon = text.find(';');
  const auto said = trimmed(text.substr(semicolon == std::string_view::npos ? 0 : semicolon + 1));
  return said.starts_with('4');
}

}  // namespace

DeliveryFields read_delivery_status(std::string_view text) {
  DeliveryFields found;
  for (const auto& block : read_header_blocks(text)) {
    RecipientStatus recipient;
    for (const auto& [name, value] : block) {
      const std::string key = lower(name);
      if (key == "original-envelope-id") found.original_envelope_id = one_line(value);
      if (auto* member = field_of(recipient, key)) *member = one_line(value);
    }
    const bool of_recipient = !recipient.original_recipient.empty() ||
                              !recipient.final_recipient.empty() || !recipient.action.empty() ||
                              !recipient.status.empty();
    if (of_recipient) found.recipients.push_back(std::move(recipient));
  }
  return found;
}

std::optional<Email> address_of(std::string_view field) {
  const std::size_t semicolon = field.find(';');
  if (semicolon == std::string_view::npos) return std::nullopt;
  const std::string type = lower(trimmed(field.substr(0, semicolon)));
  if (type != "rfc822" && type != "utf-8") return std::nullopt;
  std::string text = std::string(trimmed(field.substr(semicolon + 1)));
  if (type == "utf-8") text = without_escapes(text);
  if (!is_valid_utf8(text)) return std::nullopt;
  const auto mailboxes = read_address_list(text);
  if (mailboxes.size() != 1 || !mailboxes.front().address) return std::nullopt;
  return *mailboxes.front().address;
}

std::optional<DeliveryStatus> status_of(const RecipientStatus& recipient) {
  if (recipient.action.empty() && recipient.status.starts_with("5.")) {
    return DeliveryStatus::kBouncedHard;
  }
  const std::string action = keyword(recipient.action);
  if (action == "failed") {
    return may_pass(recipient) ? DeliveryStatus::kBouncedSoft : DeliveryStatus::kBouncedHard;
  }
  static constexpr std::array<std::pair<std::string_view, DeliveryStatus>, 4> kOthers{{
      {"delayed", DeliveryStatus::kDelayed},
      {"delivered", DeliveryStatus::kDelivered},
      {"relayed", DeliveryStatus::kRelayed},
      {"expanded", DeliveryStatus::kExpanded},
  }};
  for (const auto& [word, status] : kOthers) {
    if (action == word) return status;
  }
  return std::nullopt;
}

std::optional<Email> recipient_in_return_path(const Email& address) {
  const std::string_view local =
      std::string_view(address.text()).substr(0, address.text().rfind('@'));
  const std::size_t plus = local.find('+');
  const std::size_t equals = local.rfind('=');
  if (plus == std::string_view::npos || equals == std::string_view::npos || equals < plus) {
    return std::nullopt;
  }
  std::string text(local.substr(plus + 1));
  text[equals - plus - 1] = '@';
  auto email = Email::parse(text);
  return email ? std::optional(*std::move(email)) : std::nullopt;
}

}  // namespace ledger::mail
