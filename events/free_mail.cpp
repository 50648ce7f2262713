#include "events/free_mail.h"

#include <algorithm>
#include <array>

namespace ledger {

bool is_free_mail_domain(std::string_view domain) {
  static constexpr std::array<std::string_view, 22> kProviders{
      "gmail.com",  "googlemail.com", "ukr.net",     "i.ua",           "meta.ua",  "bigmir.net",
      "email.ua",   "online.ua",      "outlook.com", "hotmail.com",    "live.com", "yahoo.com",
      "icloud.com", "me.com",         "proton.me",   "protonmail.com", "gmx.net",  "aol.com",
      "zoho.com",   "mail.com",       "gmx.com",     "fastmail.com"};
  return std::find(kProviders.begin(), kProviders.end(), domain) != kProviders.end();
}

}  // namespace ledger
