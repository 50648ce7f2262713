#include "platform/http/client.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>

namespace ledger::http {

namespace {

using Sink = std::function<void(std::string_view)>;

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* user) {
  (*static_cast<Sink*>(user))({data, size * count});
  return size * count;
}

std::size_t take_header(char* data, std::size_t size, std::size_t count, void* user) {
  const std::string_view line(data, size * count);
  auto& headers = *static_cast<std::vector<std::pair<std::string, std::string>>*>(user);
  if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
    std::string name(line.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    std::string_view value = line.substr(colon + 1);
    while (!value.empty() && (value.front() == ' ')) value.remove_prefix(1);
    while (!value.empty() && (value.back() == '\r' || value.back() == '\n')) value.remove_suffix(1);
    headers.emplace_back(std::move(name), value);
  }
  return size * count;
}

}  // namespace

std::string without_userinfo(std::string_view url) {
  const std::size_t scheme = url.find("://");
  const std::size_t begin = scheme == std::string_view::npos ? 0 : scheme + 3;
  const std::string_view authority = url.substr(begin, url.find_first_of("/?#", begin) - begin);
  const std::size_t at = authority.rfind('@');
  if (at == std::string_view::npos) return std::string(url);
  return std::string(url.substr(0, begin)) + std::string(url.substr(begin + at + 1));
}

std::string Client::Answer::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers) {
    if (name == lower_case_name) return value;
  }
  return {};
}

class Client::Impl {
 public:
  explicit Impl(std::string base_url)
      : base_url_(std::move(base_url)),
        shown_url_(without_userinfo(base_url_)),
        curl_(curl_easy_init()) {}
  ~Impl() { curl_easy_cleanup(curl_); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void always_send(const std::string& name, const std::string& value) {
    always_.emplace_back(name, value);
  }

  Result<Answer> perform(const Call& call, Sink sink, bool whole_in_time) {
    Answer answer;
    char reason[CURL_ERROR_SIZE] = "";
    curl_slist* headers = nullptr;
    const auto add = [&](const std::string& line) {
      headers = curl_slist_append(headers, line.c_str());
    };
    add("Expect:");  // one round trip, not two
    if (!call.content_type.empty()) add("Content-Type: " + call.content_type);
    for (const auto& [name, value] : always_) add(name + ": " + value);
    for (const auto& [name, value] : call.headers) add(name + ": " + value);
    curl_easy_reset(curl_);
    curl_easy_setopt(curl_, CURLOPT_URL, (base_url_ + call.path).c_str());
    curl_easy_setopt(curl_, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl_, CURLOPT_PROXY, "");
    curl_easy_setopt(curl_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl_, CURLOPT_ERRORBUFFER, reason);
    curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, &take_body);
    curl_easy_setopt(curl_, CURLOPT_WRITEDATA, &sink);
    curl_easy_setopt(curl_, CURLOPT_HEADERFUNCTION, &take_header);
    curl_easy_setopt(curl_, CURLOPT_HEADERDATA, &answer.headers);
    if (call.method == "HEAD") {
      curl_easy_setopt(curl_, CURLOPT_NOBODY, 1L);
    } else if (call.method != "GET") {
      curl_easy_setopt(curl_, CURLOPT_POST, 1L);
      curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, call.body.c_str());
      curl_easy_setopt(curl_, CURLOPT_POSTFIELDSIZE_LARGE,
                       static_cast<curl_off_t>(call.body.size()));
      curl_easy_setopt(curl_, CURLOPT_CUSTOMREQUEST, call.method.c_str());
    }
    if (whole_in_time) {
      curl_easy_setopt(curl_, CURLOPT_TIMEOUT_MS, static_cast<long>(call.timeout.count()));
    } else {
      const auto seconds = std::max<long>(1, static_cast<long>(call.timeout.count() / 1000));
      curl_easy_setopt(curl_, CURLOPT_LOW_SPEED_LIMIT, 1L);
      curl_easy_setopt(curl_, CURLOPT_LOW_SPEED_TIME, seconds);
    }
    const CURLcode code = curl_easy_perform(curl_);
    curl_slist_free_all(headers);
    if (code == CURLE_OPERATION_TIMEDOUT) {
      return fail(ErrorCode::kTimeout, fmt::format("{} gave no answer in time", shown_url_));
    }
    if (code != CURLE_OK) {
      return fail(ErrorCode::kUnavailable,
                  fmt::format("{} cannot be reached: {}", shown_url_,
                              reason[0] != '\0' ? reason : curl_easy_strerror(code)));
    }
    long status = 0;
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
    answer.content_type = answer.header("content-type");
    return answer;
  }

 private:
  std::string base_url_;
  std::string shown_url_;
  std::vector<std::pair<std::string, std::string>> always_;
  CURL* curl_;
};

Client::Client(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

Result<Client> Client::to(std::string base_url) {
  while (base_url.ends_with('/')) base_url.pop_back();
  if (!base_url.starts_with("http://") && !base_url.starts_with("https://")) {
    return fail(
        ErrorCode::kMisconfigured,
        fmt::format("'{}' is not a URL such as http://127.0.0.1:8080", without_userinfo(base_url)));
  }
  return Client(std::make_unique<Impl>(std::move(base_url)));
}

void Client::always_send(const std::string& name, const std::string& value) {
  impl_->always_send(name, value);
}

Result<Client::Answer> Client::send(const Call& call) {
  std::string body;
  LEDGER_TRY(auto answer,
             impl_->perform(call, [&body](std::string_view piece) { body += piece; }, true));
  answer.body = std::move(body);
  return answer;
}

Result<Client::Answer> Client::stream(const Call& call,
                                      const std::function<void(std::string_view)>& sink) {
  return impl_->perform(call, sink, false);
}

}  // namespace ledger::http
