// Whatever a client says: the same answers and mails however it is cut, every answer a line, and a
// mail that is given out as the client would stuff it again ends at the same place.
#include <string>

#include "platform/assert.h"
#include "tests/fuzz/accepted.h"
#include "tests/producers/email/lmtp/talk.h"

using namespace ledger::lmtp;

namespace {

void check_lines(std::string_view replies) {
  while (!replies.empty()) {
    const std::size_t end = replies.find("\r\n");
    LEDGER_ASSERT(end != std::string_view::npos && end <= 510, "an answer is whole lines");
    const std::string_view line = replies.substr(0, end);
    LEDGER_ASSERT(line.size() > 4 && (line[3] == ' ' || line[3] == '-'), "with a code");
    LEDGER_ASSERT(line.find_first_of("\r\n") == std::string_view::npos, "each one line");
    replies.remove_prefix(end + 2);
  }
}

// As a client sends it; what does not end with CR LF gets that.
std::string stuffed(std::string_view content) {
  std::string text;
  bool line_start = true;
  for (std::size_t i = 0; i < content.size(); ++i) {
    if (line_start && content[i] == '.') text += '.';
    text += content[i];
    line_start = content[i] == '\n' && i > 0 && content[i - 1] == '\r';
  }
  return text + ".\r\n";
}

void check_again(const Talk::Mail& mail) {
  const std::string text = "LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.c>\r\nDATA\r\n";
  const auto again =
      Talk::about(Session({.host = "x", .recipients = {}}), text + stuffed(mail.content), SIZE_MAX);
  LEDGER_ASSERT(again.mails.size() == 1 && again.mails.front().content == mail.content,
                "what was given out is what was meant");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = ledger::fuzz::bytes_of(data, size);
  const Session::Settings settings{
      .host = "x", .size_max = 200, .recipients = {}, .starttls = true};
  const Talk whole = Talk::about(Session(settings), bytes, SIZE_MAX);
  for (const std::size_t piece : {1U, 3U, 17U}) {
    LEDGER_ASSERT(Talk::about(Session(settings), bytes, piece) == whole,
                  "a conversation does not depend on how the stream is cut");
  }
  check_lines(whole.replies);
  for (const auto& mail : whole.mails) {
    LEDGER_ASSERT(mail.content.size() <= settings.size_max, "a mail is bounded");
    LEDGER_ASSERT(!mail.recipients.empty(), "and goes to somebody");
    check_again(mail);
  }
  return 0;
}
