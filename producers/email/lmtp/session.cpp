#include "producers/email/lmtp/session.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/utf8.h"

namespace ledger::lmtp {

namespace {

bool same_address(std::string_view a, std::string_view b) { return fold_case(a) == fold_case(b); }

bool has_control(std::string_view line) {
  return std::any_of(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
  });
}

// A browser that a page on the network sends here: what stands in its body are no commands.
bool is_of_http(std::string_view verb) {
  return verb == "GET" || verb == "POST" || verb == "PUT" || verb == "CONNECT" || verb == "HOST:";
}

}  // namespace

std::string Session::greeting() const {
  return fmt::format("220 {} LMTP sales activity ledger\r\n", settings_.host);
}

Session::Step Session::take(std::string_view bytes) {
  Step step;
  while (step.taken < bytes.size() && step.then == Then::kRead) {
    const std::string_view rest = bytes.substr(step.taken);
    receiving_ ? take_content(rest, step) : take_command_bytes(rest, step);
  }
  return step;
}

std::string Session::answer(const Reply& reply) {
  std::string lines;
  for (const auto& recipient : recipients_) {
    lines += to_line({reply.code, reply.status, fmt::format("<{}> {}", recipient, reply.text)});
  }
  reset();
  return lines;
}

void Session::tls_started() {
  reset();
  greeted_ = false;
  secure_ = true;
}

void Session::reset() {
  has_mail_ = smtputf8_ = receiving_ = false;
  sender_.clear();
  recipients_.clear();
  content_bytes_ = 0;
}

void Session::mistake(const Reply& reply, Step& step) {
  step.replies += to_line(reply);
  if (++mistakes_ < kMistakesMax) return;
  step.replies += to_line({421, "4.7.0", "too many mistakes"});
  step.then = Then::kClose;
}

// One line at most.
void Session::take_command_bytes(std::string_view bytes, Step& step) {
  const std::size_t end = bytes.find('\n');
  const std::string_view piece = bytes.substr(0, end);
  step.taken += piece.size() + (end == std::string_view::npos ? 0 : 1);
  line_ += piece.substr(0, kCommandBytesMax + 1 - std::min(line_.size(), kCommandBytesMax + 1));
  too_long_ = too_long_ || line_.size() > kCommandBytesMax;
  // Of a line that is too long the last byte tells whether CR stands before LF.
  if (too_long_ && !piece.empty()) line_.back() = piece.back();
  if (end == std::string_view::npos) return;
  if (!line_.ends_with('\r')) {
    step.replies += to_line({500, "5.5.2", "a line ends with CR and LF"});
    step.then = Then::kClose;
    return;
  }
  std::string line = std::exchange(line_, {});
  line.pop_back();
  if (std::exchange(too_long_, false)) {
    return mistake({500, "5.5.2", fmt::format("a command has at most {} bytes", kCommandBytesMax)},
                   step);
  }
  if (has_control(line)) return mistake({500, "5.5.2", "this is no text"}, step);
  run(line, step);
}

void Session::run(std::string_view line, Step& step) {
  const Command command = parse_command(line);
  const std::string& verb = command.verb;
  if (verb == "LHLO") return greet(command.argument, step);
  if (verb == "MAIL") return mail(command.argument, step);
  if (verb == "RCPT") return recipient(command.argument, step);
  if (verb == "DATA") return data(command.argument, step);
  if (verb == "STARTTLS") return start_tls(command.argument, step);
  others(command, step);
}

void Session::greet(std::string_view name, Step& step) {
  if (name.empty()) return mistake({501, "5.5.4", "say LHLO and your name"}, step);
  reset();
  greeted_ = true;
  step.replies += fmt::format(
      "250-{}\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n",
      settings_.host);
  if (settings_.starttls && !secure_) step.replies += "250-STARTTLS\r\n";
  step.replies += "250 SIZE\r\n";
}

void Session::mail(std::string_view argument, Step& step) {
  if (!greeted_) return mistake({503, "5.5.1", "say LHLO first"}, step);
  if (has_mail_) return mistake({503, "5.5.1", "there is a mail already"}, step);
  auto parsed = parse_mail(argument);
  if (!parsed) return mistake(parsed.error(), step);
  if (parsed->size.value_or(0) > settings_.size_max) {
    step.replies +=
        to_line({552, "5.3.4", fmt::format("a mail has at most {} bytes", settings_.size_max)});
    step.then = Then::kDrop;
    return;
  }
  has_mail_ = true;
  smtputf8_ = parsed->smtputf8;
  sender_ = std::move(parsed->address);
  step.replies += to_line({250, "2.1.0", "go on"});
}

void Session::recipient(std::string_view argument, Step& step) {
  if (!has_mail_) return mistake({503, "5.5.1", "say MAIL first"}, step);
  auto parsed = parse_recipient(argument, smtputf8_);
  if (!parsed) return mistake(parsed.error(), step);
  if (recipients_.size() >= kRecipientsMax) {
    step.replies += to_line({452, "4.5.3", "too many recipients of one mail"});
    return;
  }
  const auto& known = settings_.recipients;
  const auto is_same = [&](const std::string& one) { return same_address(one, *parsed); };
  if (!known.empty() && std::none_of(known.begin(), known.end(), is_same)) {
    step.replies += to_line({550, "5.1.1", fmt::format("<{}> is not taken here", *parsed)});
    return;
  }
  step.replies += to_line({250, "2.1.5", fmt::format("<{}> is taken", *parsed)});
  recipients_.push_back(*std::move(parsed));
}

void Session::data(std::string_view argument, Step& step) {
  if (!argument.empty()) return mistake({501, "5.5.4", "DATA stands alone"}, step);
  if (recipients_.empty()) return mistake({503, "5.5.1", "there is no recipient"}, step);
  receiving_ = true;
  at_ = At::kLineStart;
  content_bytes_ = 0;
  step.replies += "354 the mail, and behind it a dot on a line of its own\r\n";
}

void Session::start_tls(std::string_view argument, Step& step) {
  if (!settings_.starttls) return mistake({502, "5.5.1", "STARTTLS is not offered"}, step);
  if (!argument.empty()) return mistake({501, "5.5.4", "STARTTLS stands alone"}, step);
  if (secure_) return mistake({503, "5.5.1", "this is TLS already"}, step);
  step.replies += to_line({220, "2.0.0", "begin"});
  step.then = Then::kStartTls;
}

void Session::others(const Command& command, Step& step) {
  const std::string& verb = command.verb;
  if (verb == "RSET") {
    reset();
    step.replies += to_line({250, "2.0.0", "forgotten"});
  } else if (verb == "NOOP") {
    step.replies += to_line({250, "2.0.0", "nothing done"});
  } else if (verb == "VRFY") {
    step.replies += to_line({252, "2.5.2", "send a mail, its answer tells"});
  } else if (verb == "QUIT") {
    step.replies += to_line({221, "2.0.0", "goodbye"});
    step.then = Then::kClose;
  } else if (verb == "HELO" || verb == "EHLO") {
    mistake({500, "5.5.1", "this is LMTP: say LHLO"}, step);
  } else if (is_of_http(verb)) {
    step.replies += to_line({421, "4.7.0", "this is LMTP, not HTTP"});
    step.then = Then::kClose;
  } else {
    mistake({500, "5.5.2", "there is no such command"}, step);
  }
}

// True if the byte ends the mail. What leaves the state of the line's beginning was no stuffing.
bool Session::ends_at(char c, std::string& out) {
  switch (at_) {
    case At::kLineStart:
      if (c == '.') {
        at_ = At::kDot;
        return false;
      }
      break;
    case At::kDot:
      if (c == '\r') {
        at_ = At::kDotCr;
        return false;
      }
      break;  // the dot was stuffing: only what follows it is content
    case At::kDotCr:
      if (c == '\n') return true;
      out += '\r';
      at_ = At::kTextCr;
      [[fallthrough]];
    case At::kTextCr:
      if (c == '\n') {
        out += c;
        at_ = At::kLineStart;
        return false;
      }
      break;
    case At::kText:
      break;
  }
  out += c;
  at_ = c == '\r' ? At::kTextCr : At::kText;
  return false;
}

void Session::take_content(std::string_view bytes, Step& step) {
  const std::size_t before = step.content.size();
  bool ended = false;
  std::size_t at = 0;
  while (at < bytes.size() && !ended) {
    if (at_ == At::kText) {
      const std::size_t plain = std::min(bytes.find('\r', at), bytes.size()) - at;
      step.content.append(bytes, at, plain);
      at += plain;
      if (at == bytes.size()) break;
    }
    ended = ends_at(bytes[at++], step.content);
  }
  step.taken += at;
  content_bytes_ += step.content.size() - before;
  if (content_bytes_ > settings_.size_max) step.content.resize(before);
  if (ended) end_content(step);
}

void Session::end_content(Step& step) {
  receiving_ = false;
  if (content_bytes_ <= settings_.size_max) {
    step.then = Then::kDeliver;
    return;
  }
  step.replies +=
      answer({552, "5.3.4", fmt::format("a mail has at most {} bytes", settings_.size_max)});
  step.then = Then::kDrop;
}

}  // namespace ledger::lmtp
