#include "platform/http/fetch.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <tuple>
#include <utility>

namespace ledger::http {

namespace {

struct Range {
  std::array<std::uint8_t, 4> start;
  int bits;
};
// Of RFC 6890 and its successors: what is no single host of the public internet.
constexpr std::array kNotPublic{
    Range{{0, 0, 0, 0}, 8},      Range{{10, 0, 0, 0}, 8},     Range{{100, 64, 0, 0}, 10},
    Range{{127, 0, 0, 0}, 8},    Range{{169, 254, 0, 0}, 16}, Range{{172, 16, 0, 0}, 12},
    Range{{192, 0, 0, 0}, 24},   Range{{192, 0, 2, 0}, 24},   Range{{192, 88, 99, 0}, 24},
    Range{{192, 168, 0, 0}, 16}, Range{{198, 18, 0, 0}, 15},  Range{{198, 51, 100, 0}, 24},
    Range{{203, 0, 113, 0}, 24}, Range{{224, 0, 0, 0}, 3},
};

std::uint32_t number_of(const std::array<std::uint8_t, 4>& bytes) {
  return (std::uint32_t{bytes[0]} << 24U) | (std::uint32_t{bytes[1]} << 16U) |
         (std::uint32_t{bytes[2]} << 8U) | bytes[3];
}

bool is_public(const std::array<std::uint8_t, 4>& bytes) {
  return std::none_of(kNotPublic.begin(), kNotPublic.end(), [&](const Range& range) {
    return (number_of(bytes) ^ number_of(range.start)) >> (32 - range.bits) == 0;
  });
}

// Public ones are 2000::/3 without those that hold another network's address, or none: 6to4,
// Teredo and what is kept for documents.
bool is_public(const std::array<std::uint8_t, 16>& bytes) {
  if ((bytes[0] & 0xe0U) != 0x20U) return false;
  if (bytes[0] == 0x20 && bytes[1] == 0x02) return false;
  const bool special = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] < 0x02;
  return !special &&
         !(bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0d && bytes[3] == 0xb8);
}

curl_socket_t open_public(void*, curlsocktype, curl_sockaddr* address) {
  std::array<char, NI_MAXHOST> host{};
  if (getnameinfo(&address->addr, address->addrlen, host.data(), host.size(), nullptr, 0,
                  NI_NUMERICHOST) != 0 ||
      !is_public_address(host.data())) {
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

struct Body {
  std::string bytes;
  std::size_t bytes_max;
};

std::size_t take(char* data, std::size_t size, std::size_t count, void* user) {
  auto& body = *static_cast<Body*>(user);
  if (body.bytes.size() + size * count > body.bytes_max) return 0;
  body.bytes.append(data, size * count);
  return size * count;
}

}  // namespace

bool is_public_address(std::string_view address) {
  const std::string text(address);
  std::array<std::uint8_t, 4> four{};
  if (inet_pton(AF_INET, text.c_str(), four.data()) == 1) return is_public(four);
  std::array<std::uint8_t, 16> sixteen{};
  return inet_pton(AF_INET6, text.c_str(), sixteen.data()) == 1 && is_public(sixteen);
}

namespace {

enum class Reach { kPublic, kAnywhere };

using Headers = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

struct Form {
  const std::string& fields;
  const std::string& authorization;
};

// The handle and the headers keep what they are told by address.
Headers send_form(CURL* curl, const Form& form) {
  Headers headers(curl_slist_append(nullptr, "Accept: application/json"), &curl_slist_free_all);
  std::ignore = curl_slist_append(headers.get(), "Expect:");
  if (!form.authorization.empty()) {
    std::ignore =
        curl_slist_append(headers.get(), ("Authorization: " + form.authorization).c_str());
  }
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, form.fields.c_str());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(form.fields.size()));
  return headers;
}

Result<Posted> perform(const std::string& url, FetchLimits limits, Reach reach, const Form* form) {
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> owner(curl_easy_init(),
                                                                  &curl_easy_cleanup);
  CURL* curl = owner.get();
  Body body{{}, limits.bytes_max};
  std::array<char, CURL_ERROR_SIZE> reason{};
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, reach == Reach::kPublic ? "https" : "https,http");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason.data());
  if (reach == Reach::kPublic) {
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, &open_public);
  }
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &take);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.timeout.count()));
  Headers headers(nullptr, &curl_slist_free_all);
  if (form != nullptr) headers = send_form(curl, *form);
  const CURLcode code = curl_easy_perform(curl);
  if (code == CURLE_OPERATION_TIMEDOUT) {
    return fail(ErrorCode::kTimeout, fmt::format("{} gave no answer in time", url));
  }
  if (code == CURLE_WRITE_ERROR) {
    return fail(ErrorCode::kUnavailable,
                fmt::format("{} answers with more than {} bytes", url, limits.bytes_max));
  }
  if (code != CURLE_OK) {
    return fail(ErrorCode::kUnavailable,
                fmt::format("{} cannot be reached: {}", url,
                            reason[0] != '\0' ? reason.data() : curl_easy_strerror(code)));
  }
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  return Posted{static_cast<int>(status), std::move(body.bytes)};
}

Result<std::string> fetch(const std::string& url, FetchLimits limits, Reach reach) {
  LEDGER_TRY(auto answer, perform(url, limits, reach, nullptr));
  if (answer.status != 200) {
    return fail(ErrorCode::kUnavailable, fmt::format("{} answers {}", url, answer.status));
  }
  return std::move(answer.body);
}

}  // namespace

Result<std::string> fetch_public(const std::string& url, FetchLimits limits) {
  if (!url.starts_with("https://")) {
    return fail(ErrorCode::kInvalidField, fmt::format("'{}' is no https address", url));
  }
  return fetch(url, limits, Reach::kPublic);
}

Result<std::string> fetch_configured(const std::string& url, FetchLimits limits) {
  return fetch(url, limits, Reach::kAnywhere);
}

Result<Posted> post_configured(const std::string& url, const std::string& form,
                               const std::string& authorization, FetchLimits limits) {
  const Form sent{form, authorization};
  return perform(url, limits, Reach::kAnywhere, &sent);
}

}  // namespace ledger::http
