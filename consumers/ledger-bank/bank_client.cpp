#include "consumers/ledger-bank/bank_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "platform/code_page.h"
#include "platform/utf8.h"

namespace ledger::pull {

namespace {

constexpr std::size_t kAnswerBytesMax = std::size_t{32} * 1024 * 1024;
constexpr auto kRetryAfterMax = std::chrono::seconds(3600);

// "Retry-After: 60"; a date there is rare, and our own pause will do.
std::optional<std::chrono::seconds> pause_in(const http::Client::Answer& answer) {
  const std::string text = answer.header("retry-after");
  int seconds = 0;
  const char* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, seconds);
  if (error != std::errc() || end != last || seconds < 0) return std::nullopt;
  return std::min(std::chrono::seconds(seconds), kRetryAfterMax);
}

bool is_cp1251(std::string_view content_type) {
  return fold_case(content_type).find("1251") != std::string::npos;
}

Result<std::string> text_of(const http::Client::Answer& answer) {
  if (is_valid_utf8(answer.body)) return answer.body;
  if (is_cp1251(answer.content_type)) return decode(answer.body, CodePage::kCp1251);
  return fail(ErrorCode::kUnavailable, "the bank's answer is no UTF-8 and names no other set");
}

Error error_of(int status) {
  if (status == 401 || status == 403) {
    return {ErrorCode::kMisconfigured,
            fmt::format("the bank refuses the token (HTTP {}): has it ended, or the address of "
                        "this machine changed?",
                        status)};
  }
  const bool away = status == 429 || status >= 500;
  return {away ? ErrorCode::kUnavailable : ErrorCode::kInvalidField,
          status == 429 ? "the bank wants fewer questions (HTTP 429)"
                        : fmt::format("the bank answers HTTP {}", status)};
}

}  // namespace

Result<BankClient> BankClient::to(const std::string& url, Headers headers, Counters& counters) {
  const auto is_at = [&](std::string_view host) {
    return url.starts_with(host) && url.find_first_of(":/", host.size()) == host.size();
  };
  const bool own = is_at("http://127.0.0.1") || is_at("http://localhost") || is_at("http://[::1]");
  const bool has_user = url.find('@') != std::string::npos;
  if (!url.starts_with("https://") && (!own || has_user)) {
    return fail(ErrorCode::kMisconfigured,
                fmt::format("'{}' is no https address, and the token would be read on the way",
                            http::without_userinfo(url)));
  }
  LEDGER_TRY(auto client, http::Client::to(url));
  return BankClient(std::move(client), std::move(headers), counters);
}

Result<std::string> BankClient::send(http::Client::Call call) {
  call.headers = headers_;
  retry_after_.reset();
  ++counters_.requests;
  LEDGER_TRY(const auto answer, client_.send(call));
  if (answer.body.size() > kAnswerBytesMax) {
    return fail(ErrorCode::kUnavailable, "the bank's answer is longer than any page of it");
  }
  if (answer.status == 200) return text_of(answer);
  retry_after_ = pause_in(answer);
  Error error = error_of(answer.status);
  if (call.method == "GET" && !answer.body.empty()) {
    const std::string said = with_replaced_bytes(answer.body.substr(0, 200));
    error.message += fmt::format(": {}", said);
  }
  return tl::unexpected(std::move(error));
}

Result<std::string> BankClient::get(const std::string& path) { return send({.path = path}); }

Result<std::string> BankClient::post(const std::string& path, std::string json) {
  return send({.method = "POST",
               .path = path,
               .content_type = "application/json",
               .body = std::move(json)});
}

}  // namespace ledger::pull
