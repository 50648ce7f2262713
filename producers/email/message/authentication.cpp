#include "producers/email/message/authentication.h"

#include <algorithm>
#include <array>
#include <vector>

#include "platform/domain_name.h"
#include "platform/utf8.h"
#include "producers/email/message/letter.h"

namespace ledger::mail {

namespace {

constexpr std::size_t kResultsMax = 100;  // of all headers; more are not looked at
constexpr std::size_t kWordsBytesMax = 500;

// Lower-case words of one result, a quoted string without its quotes, '=' a word by itself.
using Words = std::vector<std::string>;

// A header's value as its results, without comments; the first is the server's name.
class Reader {
 public:
  std::vector<Words> read(std::string_view value) {
    for (const char c : value) take(c);
    end_word();
    return std::move(results_);
  }
  // Of the value that was read.
  [[nodiscard]] const std::vector<std::string>& comments() const { return comment_texts_; }

 private:
  void take(char c) {
    if (escaped_) {
      escaped_ = false;
      (comments_ == 0 ? word_ : comment_texts_.back()) += c;
    } else if (c == '\\' && (quoted_ || comments_ > 0)) {
      escaped_ = true;
    } else if (comments_ > 0 || (c == '(' && !quoted_)) {
      take_of_comment(c);
    } else if (c == '"') {
      quoted_ = !quoted_;
    } else if (quoted_) {
      word_ += c;
    } else if (c == ';') {
      end_word();
      results_.emplace_back();
    } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      end_word();
    } else if (c == '=') {
      end_word();
      results_.back().emplace_back("=");
    } else {
      word_ += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }

  void take_of_comment(char c) {
    if (c == '(' && ++comments_ == 1) {
      comment_texts_.emplace_back();
      return;
    }
    if (c == ')' && --comments_ == 0) {
      end_word();
    } else {
      comment_texts_.back() += c;
    }
  }

  void end_word() {
    if (!word_.empty()) results_.back().push_back(std::move(word_));
    word_.clear();
  }

  std::vector<Words> results_{1};
  std::string word_;
  std::vector<std::string> comment_texts_;
  bool quoted_ = false;
  bool escaped_ = false;
  int comments_ = 0;
};

struct Verdict {
  std::string method;  // "spf"
  std::string result;  // "pass"
  std::vector<std::pair<std::string, std::string>> properties;
};

// nullopt: "none", or a method that says nothing of the author (iprev, arc).
std::optional<Verdict> verdict_of(const Words& words) {
  if (words.size() < 3 || words[1] != "=") return std::nullopt;
  Verdict verdict{words[0].substr(0, words[0].find('/')), words[2], {}};
  static constexpr std::array<std::string_view, 4> kMethods{"spf", "dkim", "dmarc", "auth"};
  if (std::find(kMethods.begin(), kMethods.end(), verdict.method) == kMethods.end()) {
    return std::nullopt;
  }
  for (std::size_t at = 3; at + 2 < words.size() && words[at + 1] == "="; at += 3) {
    verdict.properties.emplace_back(words[at], words[at + 2]);
  }
  return verdict;
}

bool is_same_or_below(std::string_view domain, std::string_view above) {
  if (domain == above) return true;
  // A top-level domain is above everybody.
  return above.find('.') != std::string_view::npos && domain.ends_with(above) &&
         domain[domain.size() - above.size() - 1] == '.';
}

std::string_view property_of(const Verdict& verdict, std::string_view name) {
  for (const auto& [known, value] : verdict.properties) {
    if (known == name) return value;
  }
  return {};
}

// By whom the client's machine calls itself says nothing where the envelope names a sender.
bool is_spf_about(const Verdict& verdict, std::string_view domain) {
  for (const auto name : {"smtp.mailfrom", "smtp.mail"}) {
    const auto said = property_of(verdict, name);
    if (!said.empty()) return is_near_domain(said, domain);
  }
  return is_near_domain(property_of(verdict, "smtp.helo"), domain);
}

// Whether a pass says that the sender is who he says.
bool is_about(const Verdict& verdict, const Email& sender) {
  const std::string_view domain = sender.domain();
  if (verdict.method == "dmarc") {
    const auto from = property_of(verdict, "header.from");
    return from.empty() || is_near_domain(from, domain);
  }
  if (verdict.method == "spf") return is_spf_about(verdict, domain);
  if (verdict.method == "dkim") {
    return is_near_domain(property_of(verdict, "header.d"), domain) ||
           is_near_domain(property_of(verdict, "header.i"), domain);
  }
  const std::string login = fold_case(one_line(property_of(verdict, "smtp.auth")));
  if (const auto address = Email::parse(login)) return *address == sender;
  return !login.empty() && login == sender.text().substr(0, sender.text().rfind('@'));
}

// A colleague who writes in the sender's name: that the domain is right says nothing then. A login
// that is no address may be the sender's by another name.
bool is_of_colleague(const Verdict& verdict, const Email& sender) {
  return verdict.method == "auth" && verdict.result == "pass" && !is_about(verdict, sender) &&
         property_of(verdict, "smtp.auth").find('@') != std::string_view::npos;
}

// "Received: from … (Authenticated sender: olena@firm.ua) by mx.firm.ua (Postfix) with ESMTPSA …".
// Of what a client says Postfix writes no parenthesis, so that the comment is its own.
std::optional<Verdict> login_of(std::string_view received, std::string_view authserv_id) {
  constexpr std::string_view kLogin = "authenticated sender: ";
  Reader reader;
  const auto parts = reader.read(received);
  const Words& words = parts.front();
  // The last one: before it stands how the client greeted, which may be several words.
  const auto after = [&](std::string_view word) {
    std::string_view found;
    for (std::size_t i = 1; i < words.size(); ++i) {
      if (words[i - 1] == word) found = words[i];
    }
    return found;
  };
  const std::string_view protocol = after("with");
  const bool logged_in = protocol.find("smtp") != std::string_view::npos && protocol.ends_with('a');
  if (!logged_in || after("by") != authserv_id) return std::nullopt;
  for (const auto& comment : reader.comments()) {
    const std::string text = fold_case(one_line(comment));
    if (text.starts_with(kLogin)) {
      return Verdict{"auth", "pass", {{"smtp.auth", text.substr(kLogin.size())}}};
    }
  }
  return std::nullopt;
}

std::vector<Verdict> verdicts_of(const MimeMessage& message, std::string_view authserv_id) {
  std::vector<Verdict> all;
  for (const auto header : message.all("Authentication-Results")) {
    const auto results = Reader().read(header);
    if (results.front().empty() || results.front().front() != authserv_id) continue;
    for (std::size_t i = 1; i < results.size() && all.size() < kResultsMax; ++i) {
      if (auto verdict = verdict_of(results[i])) all.push_back(*std::move(verdict));
    }
  }
  const auto received = message.all("Received");
  if (received.empty()) return all;
  if (auto login = login_of(received.front(), authserv_id)) all.push_back(*std::move(login));
  return all;
}

bool has(const std::vector<Verdict>& verdicts, std::string_view method, std::string_view result) {
  return std::any_of(verdicts.begin(), verdicts.end(), [&](const Verdict& one) {
    return one.method == method && one.result == result;
  });
}

bool is_believed(const std::vector<Verdict>& verdicts, const Email& sender) {
  if (has(verdicts, "dmarc", "fail")) return false;
  const auto by_colleague = [&](const Verdict& one) { return is_of_colleague(one, sender); };
  if (std::any_of(verdicts.begin(), verdicts.end(), by_colleague)) return false;
  return std::any_of(verdicts.begin(), verdicts.end(), [&](const Verdict& one) {
    return one.result == "pass" && is_about(one, sender);
  });
}

std::string words_of(const std::vector<Verdict>& verdicts, const Email& sender) {
  std::string words;
  for (const auto& verdict : verdicts) {
    std::string word = verdict.method + "=" + verdict.result;
    if (verdict.result == "pass" && !is_about(verdict, sender)) word += " for another";
    if (words.size() + word.size() > kWordsBytesMax) break;
    words += (words.empty() ? "" : "; ") + word;
  }
  words = one_line(words);
  return words.empty() ? "no verdict" : words;
}

}  // namespace

bool is_near_domain(std::string_view said, std::string_view domain) {
  const std::string named = domain_in_letters(one_line(said.substr(said.rfind('@') + 1)));
  return !named.empty() && (is_same_or_below(domain, named) || is_same_or_below(named, domain));
}

std::optional<std::string> authentication_failure(const MimeMessage& message,
                                                  const Settings& settings, const Email& sender) {
  if (settings.authserv_id.empty()) return std::nullopt;
  const auto verdicts = verdicts_of(message, settings.authserv_id);
  if (verdicts.empty() && settings.unstamped_believed) return std::nullopt;
  if (is_believed(verdicts, sender)) return std::nullopt;
  return words_of(verdicts, sender);
}

std::optional<std::string> contradiction(const MimeMessage& message, const Settings& settings,
                                         const Email& sender) {
  if (settings.authserv_id.empty()) return std::nullopt;
  const auto verdicts = verdicts_of(message, settings.authserv_id);
  const bool against = has(verdicts, "dmarc", "fail") || has(verdicts, "spf", "fail") ||
                       has(verdicts, "spf", "softfail");
  if (!against || is_believed(verdicts, sender)) return std::nullopt;
  return words_of(verdicts, sender);
}

}  // namespace ledger::mail
