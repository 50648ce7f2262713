#include "producers/email/postmark/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/types/offer.h"
#include "events/types/offer_response.h"
#include "producers/email/pushed_mail.h"

namespace ledger::postmark {

namespace {

using webhook::Fields;

std::string lower(std::string_view text) {
  std::string all(text);
  for (char& c : all) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return all;
}

struct Spf {
  std::string result;  // "pass"
  std::string sender;  // of the envelope
};

struct Checks {
  std::vector<Spf> spf;
  std::vector<std::string> tests;  // ",dkim_signed,dkim_valid_au,spf_pass,"
};

// "Pass (sender SPF authorized) identity=mailfrom; helo=x; envelope-from=olena@gurt.example; …"
Spf spf_of(std::string_view value) {
  constexpr std::string_view kSender = "envelope-from=";
  const std::string text = lower(value);
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  Spf spf{{text.begin(), std::find_if_not(text.begin(), text.end(), is_letter)}, {}};
  const std::size_t at = text.find(kSender);
  if (at == std::string::npos) return spf;
  spf.sender = text.substr(at + kSender.size());
  spf.sender.resize(std::min(spf.sender.find_first_of("; \t\r\n"), spf.sender.size()));
  std::erase_if(spf.sender, [](char c) { return c == '"' || c == '<' || c == '>'; });
  return spf;
}

Checks checks_of(const Fields& fields) {
  Checks checks;
  for (std::size_t i = 0; i < fields.count("Headers"); ++i) {
    const auto name = lower(fields.find(fmt::format("Headers.{}.Name", i)).value_or(""));
    const auto value = fields.find(fmt::format("Headers.{}.Value", i)).value_or("");
    if (name == "received-spf") checks.spf.push_back(spf_of(value));
    if (name != "x-spam-tests") continue;
    std::string tests = lower(value);
    std::erase_if(tests, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
    checks.tests.push_back(fmt::format(",{},", tests));
  }
  return checks;
}

template <class T, class Test>
bool all_say(const std::vector<T>& list, Test&& test) {
  return !list.empty() && std::all_of(list.begin(), list.end(), test);
}

bool any_spf(const Checks& checks, std::string_view result) {
  return std::any_of(checks.spf.begin(), checks.spf.end(),
                     [&](const Spf& one) { return one.result == result; });
}

bool is_signed(const Checks& checks) {
  return all_say(checks.tests, [](const std::string& tests) {
    return tests.find(",dkim_valid_au,") != std::string::npos;
  });
}

bool is_believed(const Checks& checks, const Email& sender) {
  const bool by_spf = all_say(checks.spf, [&](const Spf& one) {
    return one.result == "pass" && mail::speaks_for(one.sender, sender);
  });
  return by_spf || (is_signed(checks) && !any_spf(checks, "fail"));
}

bool is_contradicted(const Checks& checks) {
  return (any_spf(checks, "fail") || any_spf(checks, "softfail")) && !is_signed(checks);
}

std::string words_of(const Checks& checks) {
  constexpr std::size_t kWordsMax = 10;
  std::string words;
  for (std::size_t i = 0; i < checks.spf.size() && i < kWordsMax; ++i) {
    const std::string result = checks.spf[i].result;
    words += fmt::format("{}spf={}{}", words.empty() ? "" : "; ", result.substr(0, 20),
                         result == "pass" ? " for another" : "");
  }
  if (!checks.tests.empty() && !is_signed(checks)) {
    words += words.empty() ? "dkim=none" : "; dkim=none";
  }
  return words.empty() ? "no verdict" : words;
}

template <class Event, class Test>
void judge(Submission& submission, const Checks& checks, Test&& is_doubted) {
  const auto* said = submission.data.get_if<Event>();
  if (said == nullptr || !is_doubted(said->sender)) return;
  Event event = *said;
  event.authentication_failure = words_of(checks);
  submission.data = EventData(std::move(event));
}

}  // namespace

void judge_senders(Mapped& mapped, const Fields& fields) {
  const Checks checks = checks_of(fields);
  for (Submission& submission : mapped.events) {
    judge<OfferEmailed>(submission, checks,
                        [&](const Email& sender) { return !is_believed(checks, sender); });
    judge<OfferAnswered>(submission, checks, [&](const Email&) { return is_contradicted(checks); });
  }
}

}  // namespace ledger::postmark
