#pragma once

#include <algorithm>
#include <string>

#include "platform/tcp_stream.h"

// Whether the text of a setting is what it has to be, as CLI11 asks: empty, or what it should be.
namespace ledger {

inline std::string is_credentials(const std::string& text) {
  const std::size_t colon = text.find(':');
  return colon != std::string::npos && colon > 0 && colon + 1 < text.size() ? ""
                                                                            : "is USER:PASSWORD";
}

inline std::string is_address(const std::string& text) {
  const bool http = text.starts_with("https://") || text.starts_with("http://");
  return http && text.find_first_of("?#") == std::string::npos
             ? ""
             : "is an address such as https://HOST/v1/hooks/twilio, without a query";
}

inline std::string is_host_and_port(const std::string& text) {
  const auto checked = check_address(text, {});
  return checked ? "" : checked.error().message;
}

// "house.example"; what has an @ is an address, and what has a capital would never fit.
inline std::string is_lower_case_domain(const std::string& text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
  const bool domain = plain && text.find('.') != std::string::npos && text.front() != '.';
  return domain ? "" : "is a domain in lower case, such as house.example";
}

inline std::string is_topic(const std::string& text) {
  const bool topic = text.starts_with("arn:") && std::count(text.begin(), text.end(), ':') == 5 &&
                     text.find(":sns:") != std::string::npos;
  return topic ? "" : "is a topic such as arn:aws:sns:eu-central-1:123456789012:mail";
}

}  // namespace ledger
