#include "producers/email/message/mailbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace ledger::mail {

namespace {

constexpr std::string_view kFrom = "From ";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view line_at(std::string_view text, std::size_t at) {
  const auto line = text.substr(at, text.find('\n', at) - at);
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

// "From bondar@firm.ua Tue Nov 24 10:15:00 2026", perhaps with a zone before or behind the year.
bool begins_message(std::string_view line) {
  if (!line.starts_with(kFrom)) return false;
  const std::size_t colon = line.find(':');
  const bool time = colon != std::string_view::npos && colon + 2 < line.size() &&
                    is_digit(line[colon - 1]) && is_digit(line[colon + 1]) &&
                    is_digit(line[colon + 2]);
  if (!time) return false;
  std::size_t digits = 0;
  for (const char c : line.substr(colon)) {
    digits = is_digit(c) ? digits + 1 : 0;
    if (digits == 4) return true;
  }
  return false;
}

// Where the message ends that begins at `from`: at the next From line, or at the end.
std::size_t end_of_message(std::string_view mbox, std::size_t from) {
  for (std::size_t at = mbox.find("\nFrom ", from); at != std::string_view::npos;
       at = mbox.find("\nFrom ", at + 1)) {
    const bool behind_empty =
        mbox.substr(0, at + 1).ends_with("\n\n") || mbox.substr(0, at + 1).ends_with("\n\r\n");
    if (behind_empty && begins_message(line_at(mbox, at + 1))) return at + 1;
  }
  return mbox.size();
}

// One '>' less before every quoted From.
std::string unquoted(std::string_view message) {
  std::string text;
  text.reserve(message.size());
  while (!message.empty()) {
    const std::size_t end = std::min(message.find('\n'), message.size() - 1) + 1;
    std::string_view line = message.substr(0, end);
    message.remove_prefix(end);
    const std::size_t quotes = line.find_first_not_of('>');
    const bool quoted =
        quotes != std::string_view::npos && quotes > 0 && line.substr(quotes).starts_with(kFrom);
    text += quoted ? line.substr(1) : line;
  }
  return text;
}

template <class Item>
void add(std::vector<Item>& all, std::vector<Item> some, std::size_t number) {
  for (auto& item : some) {
    item.where = item.where == "message" ? fmt::format("message {}", number)
                                         : fmt::format("message {}, {}", number, item.where);
    all.push_back(std::move(item));
  }
}

void add_message(Mapped& all, std::string_view message, std::size_t number,
                 const Settings& settings) {
  Mapped one = message.find(">From ") == std::string_view::npos
                   ? map_message(message, settings)
                   : map_message(unquoted(message), settings);
  std::move(one.events.begin(), one.events.end(), std::back_inserter(all.events));
  add(all.refused, std::move(one.refused), number);
  add(all.skipped, std::move(one.skipped), number);
}

}  // namespace

Mapped map_file(std::string_view content, const Settings& settings) {
  if (!content.starts_with(kFrom)) return map_message(content, settings);
  Mapped all;
  std::size_t number = 0;
  for (std::size_t from = 0; from < content.size();) {
    const std::size_t end = end_of_message(content, from);
    const std::string_view message = content.substr(from, end - from);
    const std::size_t body = std::min(message.find('\n'), message.size() - 1) + 1;
    add_message(all, message.substr(body), ++number, settings);
    from = end;
  }
  return all;
}

}  // namespace ledger::mail
