#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "platform/http/form.h"
#include "platform/result.h"

namespace ledger::http {

// The URL as it may be shown and logged: without a user and his password.
[[nodiscard]] std::string without_userinfo(std::string_view url);

// A blocking HTTP client with one kept-alive connection, over libcurl. Not thread-safe: one each.
class Client {
 public:
  struct Answer {
    int status = 0;
    std::string content_type;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
    [[nodiscard]] std::string header(std::string_view lower_case_name) const;
  };
  struct Call {
    std::string method = "GET";
    std::string path;  // with its query, already encoded
    std::string content_type = {};
    std::string body = {};
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::chrono::milliseconds timeout{30'000};
  };

  // "http://127.0.0.1:8080". kMisconfigured for another scheme than http or https.
  [[nodiscard]] static Result<Client> to(std::string base_url);
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;
  ~Client();

  // A header of every call from now on. What it holds is shown nowhere.
  void always_send(const std::string& name, const std::string& value);

  // Any HTTP status is an answer. kUnavailable: no connection (the message says to whom and why);
  // kTimeout: no whole answer in time.
  [[nodiscard]] Result<Answer> send(const Call& call);
  // The body goes to `sink` piece by piece, the answer's body stays empty. Without a time limit
  // for the whole; a connection that is silent for `call.timeout` ends with kTimeout.
  [[nodiscard]] Result<Answer> stream(const Call& call,
                                      const std::function<void(std::string_view)>& sink);

 private:
  class Impl;
  explicit Client(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ledger::http
