#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "producers/email/lmtp/command.h"

namespace ledger::lmtp {

inline constexpr std::size_t kRecipientsMax = 1000;  // of one mail; RFC 5321 asks for 100
inline constexpr int kMistakesMax = 20;              // commands nobody understands; then 421

// The server's side of one LMTP conversation (RFC 2033): bytes in, answers and the mail's bytes
// out. No sockets, no clock; how the stream is cut makes no difference.
//
// - Lines end with CR LF. A bare LF in a command ends the conversation; in a mail it is a byte like
//   others, so that only CR LF . CR LF ends one and nothing can be smuggled in behind it (also "LF
//   . CR LF" is content). A longer command than kCommandBytesMax is refused and passed over. The
//   lines of a mail may have any length: they are handed on as they come.
// - LHLO only: to HELO and EHLO the answer is 500, as RFC 2033 wants it.
// - Offered: PIPELINING, 8BITMIME, SMTPUTF8, ENHANCEDSTATUSCODES, SIZE and STARTTLS. SIZE names no
//   limit (RFC 1870 4): a client that knew it would give up a longer mail without a word to us, and
//   nobody would see that it is missing.
// - After a mail there is one answer for each recipient that was taken. One over `size_max` is
//   read to its end, and refused with 552 (RFC 1870); at once if MAIL tells its size.
// - What a client sends behind STARTTLS in the clear is thrown away (CVE-2011-0411).
//
// Memory: a command line, the recipients, and what one take() gives back, a few times its bytes.
class Session {
 public:
  struct Settings {
    std::string host = "localhost";  // by which name we greet
    std::size_t size_max = std::size_t{36} * 1024 * 1024;
    std::vector<std::string> recipients = {};  // the only ones taken, case ignored; empty: all are
    bool starttls = false;
  };
  enum class Then {
    kRead,      // give it more
    kDeliver,   // a mail is whole: keep it for good, then answer()
    kDrop,      // a mail was over its size, and is answered: forget its content
    kStartTls,  // when the replies are sent: the handshake, then tls_started()
    kClose,     // when the replies are sent
  };
  struct Step {
    std::size_t taken = 0;  // of the bytes; the rest is to be given again after what `then` says
    std::string replies;
    std::string content;  // the next of the mail, without the stuffed dots
    Then then = Then::kRead;
  };

  explicit Session(Settings settings) : settings_(std::move(settings)) {}
  [[nodiscard]] std::string greeting() const;
  [[nodiscard]] Step take(std::string_view bytes);
  // The same for every recipient, each by a line of its own.
  [[nodiscard]] std::string answer(const Reply& reply);
  void tls_started();

  // Between DATA and the mail's end.
  [[nodiscard]] bool receiving() const { return receiving_; }
  // Of the mail whose content is given out; until answer().
  [[nodiscard]] const std::string& sender() const { return sender_; }
  [[nodiscard]] const std::vector<std::string>& recipients() const { return recipients_; }

 private:
  enum class At { kLineStart, kDot, kDotCr, kText, kTextCr };  // in a mail
  void take_command_bytes(std::string_view bytes, Step& step);
  void take_content(std::string_view bytes, Step& step);
  [[nodiscard]] bool ends_at(char c, std::string& out);
  void end_content(Step& step);
  void run(std::string_view line, Step& step);
  void greet(std::string_view name, Step& step);
  void mail(std::string_view argument, Step& step);
  void recipient(std::string_view argument, Step& step);
  void data(std::string_view argument, Step& step);
  void start_tls(std::string_view argument, Step& step);
  void others(const Command& command, Step& step);
  void mistake(const Reply& reply, Step& step);
  void reset();

  Settings settings_;
  std::string line_;       // of a command, what has come of it
  bool too_long_ = false;  // of it
  bool greeted_ = false;
  bool secure_ = false;
  bool has_mail_ = false;
  bool smtputf8_ = false;
  std::string sender_;
  std::vector<std::string> recipients_;
  bool receiving_ = false;
  At at_ = At::kLineStart;
  std::size_t content_bytes_ = 0;
  int mistakes_ = 0;
};

}  // namespace ledger::lmtp
