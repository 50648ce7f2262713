#include "producers/telephony/freeswitch/parties.h"

#include <fmt/format.h>

#include <utility>

namespace ledger::freeswitch {

namespace {

using telephony::Side;
using telephony::side_of;

constexpr std::size_t kProfilesMax = 32;  // each transfer makes one

struct Numbers {
  std::string caller;
  std::optional<std::string> caller_extension;
  std::optional<std::string> called_extension;
  std::string dialled;  // the outside number that was dialled, if one was
  bool outgoing = false;
};

// The first of the names that holds an extension.
Result<std::optional<std::string>> extension_at(const Cdr& cdr,
                                                const std::vector<std::string>& names,
                                                const telephony::HouseNumbers& house) {
  for (const std::string& name : names) {
    LEDGER_TRY(auto value, cdr.find(name));
    if (value && side_of(*value, house) == Side::kExtension) return value;
  }
  return std::nullopt;
}

Result<Numbers> read_numbers(const Cdr& cdr, const telephony::HouseNumbers& house) {
  Numbers numbers;
  LEDGER_TRY(auto direction, cdr.find("channel_data.direction"));
  if (!direction) {
    LEDGER_TRY(direction, cdr.find("variables.direction"));
  }
  numbers.outgoing = direction.value_or("") == "outbound";
  const auto profiles = profiles_of(cdr);
  std::vector<std::string> destinations{"variables.dialed_user"};
  for (const std::string& profile : profiles) {
    // Of transfers the newest; what was dialled is the newest that lies outside.
    const std::string destination = profile + "destination_number";
    destinations.push_back(destination);
    LEDGER_TRY(auto value, cdr.find(destination));
    if (value && numbers.dialled.empty() && side_of(*value, house) == Side::kOutside) {
      numbers.dialled = *std::move(value);
    }
    // Who called, by the oldest: a transfer may rewrite it.
    LEDGER_TRY(auto caller, cdr.find(profile + "caller_id_number"));
    if (caller) numbers.caller = *std::move(caller);
  }
  LEDGER_TRY(numbers.called_extension, extension_at(cdr, destinations, house));
  if (side_of(numbers.caller, house) == Side::kExtension) {
    numbers.caller_extension = numbers.caller;
  } else if (!numbers.outgoing) {
    // A manager's phone may show the house's number; the account it logged in with names it.
    std::vector<std::string> accounts{"variables.sip_auth_username", "variables.user_name"};
    for (const std::string& profile : profiles) accounts.push_back(profile + "username");
    LEDGER_TRY(numbers.caller_extension, extension_at(cdr, accounts, house));
  }
  return numbers;
}

}  // namespace

std::vector<std::string> profiles_of(const Cdr& cdr) {
  const auto is_there = [&](const std::string& profile) {
    return cdr.has(profile + "destination_number") || cdr.has(profile + "caller_id_number") ||
           cdr.has(profile + "uuid");
  };
  std::vector<std::string> profiles;
  for (std::size_t i = 0; i < kProfilesMax; ++i) {
    std::string profile = fmt::format("callflow.{}.caller_profile.", i);
    if (!is_there(profile)) break;
    profiles.push_back(std::move(profile));
  }
  if (profiles.empty() && is_there("callflow.caller_profile.")) {
    profiles.emplace_back("callflow.caller_profile.");
  }
  return profiles;
}

Result<Parties> parties_of(const Cdr& cdr, bool root, const telephony::HouseNumbers& house) {
  LEDGER_TRY(const Numbers numbers, read_numbers(cdr, house));
  const Side from = side_of(numbers.caller, house);
  if (numbers.outgoing && root) {
    if (numbers.called_extension) {
      return Parties{CallDirection::kOutbound, {}, numbers.called_extension};
    }
    if (!numbers.dialled.empty()) return Parties{CallDirection::kOutbound, numbers.dialled, {}};
  }
  if (numbers.caller_extension) {
    if (!numbers.dialled.empty()) {
      return Parties{CallDirection::kOutbound, numbers.dialled, numbers.caller_extension};
    }
    return Parties{CallDirection::kInternal, {}, numbers.caller_extension};
  }
  if (from == Side::kOwn) {
    if (!numbers.dialled.empty()) return Parties{CallDirection::kOutbound, numbers.dialled, {}};
    return Parties{CallDirection::kInternal, {}, numbers.called_extension};
  }
  if (!numbers.outgoing || (numbers.called_extension && from == Side::kOutside)) {
    // What a client's own leg dialled may be a group or a menu; who rang is the other leg's to say.
    return Parties{CallDirection::kInbound, numbers.caller,
                   root ? std::nullopt : numbers.called_extension};
  }
  // Made by the exchange for another leg, from a number that may be the client's or the house's to
  // one that may be too: the other leg knows.
  return Parties{std::nullopt, numbers.dialled, numbers.called_extension};
}

}  // namespace ledger::freeswitch
