#include "producers/telephony/asterisk/parties.h"

#include <algorithm>
#include <array>

#include "events/phone.h"
#include "producers/telephony/asterisk/outcome.h"

namespace ledger::asterisk {

namespace {

enum class Side {
  kExtension,
  kOwn,       // an outside number of the house
  kOutside,   // a number, and not ours
  kNameless,  // nothing, "anonymous", "s", a feature code
};

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_extension(std::string_view text, const Settings& settings) {
  return text.size() >= kExtensionDigitsMin && text.size() <= settings.extension_digits_max &&
         all_digits(text);
}

bool is_own(std::string_view text, const Settings& settings) {
  const auto phone = normalise_phone(text);
  return std::any_of(settings.own_numbers.begin(), settings.own_numbers.end(),
                     [&](const std::string& own) {
                       return own == text || (phone && normalise_phone(own) == phone);
                     });
}

Side side_of(std::string_view text, const Settings& settings) {
  if (is_own(text, settings)) return Side::kOwn;
  if (is_extension(text, settings)) return Side::kExtension;
  // A number that cannot be normalised (a city number, a trunk prefix) is outside all the same.
  const bool digits = text.size() > settings.extension_digits_max && all_digits(text);
  return digits || normalise_phone(text) ? Side::kOutside : Side::kNameless;
}

// "PJSIP/101-0000002a" and "Local/101@from-internal-00000003;1" -> "101". Only drivers whose
// channels are named after the device: "DAHDI/1-1" is a line, not an extension.
std::optional<std::string> extension_of_channel(std::string_view channel,
                                                const Settings& settings) {
  static constexpr std::array<std::string_view, 5> kDrivers{"PJSIP", "SIP", "IAX2", "SCCP",
                                                            "Local"};
  const std::size_t slash = channel.find('/');
  if (slash == std::string_view::npos ||
      std::find(kDrivers.begin(), kDrivers.end(), channel.substr(0, slash)) == kDrivers.end()) {
    return std::nullopt;
  }
  const std::string_view rest = channel.substr(slash + 1);
  const std::string_view peer = rest.substr(0, rest.find_first_of("@-"));
  if (!is_extension(peer, settings)) return std::nullopt;
  return std::string(peer);
}

}  // namespace

Parties parties_of(const Leg& leg, const Settings& settings) {
  const Side from = side_of(leg.src, settings);
  const Side to = side_of(leg.dst, settings);
  const auto caller_device = extension_of_channel(leg.channel, settings);
  auto called = extension_of_channel(leg.dst_channel, settings);
  // A queue and a menu have numbers like those of telephones.
  if (!called && to == Side::kExtension && !ended_at_the_exchange(leg)) called = leg.dst;

  if (from == Side::kExtension) {
    if (to == Side::kOutside) return {CallDirection::kOutbound, leg.dst, leg.src};
    return {CallDirection::kInternal, {}, leg.src};
  }
  // The exchange may show the house's number as the caller's; the channel still names the device.
  if (to == Side::kOutside && caller_device && !called) {
    return {CallDirection::kOutbound, leg.dst, caller_device};
  }
  if (from == Side::kOwn) return {CallDirection::kInternal, {}, caller_device};
  if (called) return {CallDirection::kInbound, leg.src, called};
  if (to == Side::kOutside) return {std::nullopt, {}, std::nullopt};
  return {CallDirection::kInbound, leg.src, std::nullopt};
}

}  // namespace ledger::asterisk
