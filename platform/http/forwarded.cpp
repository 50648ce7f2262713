#include "platform/http/forwarded.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace ledger::http {

namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;
using Bytes = std::array<std::uint8_t, 16>;

constexpr std::string_view kFor = "x-forwarded-for";
constexpr std::string_view kProto = "x-forwarded-proto";
constexpr std::string_view kForwarded = "forwarded";
constexpr Bytes kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr int kMappedBits = 96;

std::optional<Bytes> bytes_of(std::string_view address) {
  const std::string text(address);
  Bytes bytes = kMapped;
  if (inet_pton(AF_INET, text.c_str(), bytes.data() + 12) == 1) return bytes;
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return bytes;
  return std::nullopt;
}

bool is_mapped(const Bytes& bytes) {
  return std::equal(bytes.begin(), bytes.begin() + 12, kMapped.begin());
}

// One spelling of each address.
std::string text_of(const Bytes& bytes) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (is_mapped(bytes)) {
    inet_ntop(AF_INET, bytes.data() + 12, text.data(), text.size());
  } else {
    inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
  }
  return text.data();
}

bool within(const Bytes& address, const Bytes& start, int bits) {
  for (int i = 0; i < bits; ++i) {
    const auto byte = static_cast<std::size_t>(i / 8);
    const unsigned mask = 0x80U >> static_cast<unsigned>(i % 8);
    if (((address[byte] ^ start[byte]) & mask) != 0) return false;
  }
  return true;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool same_word(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

std::vector<std::string_view> split_plainly(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// At `separator` outside of quotes. A quote that does not end quotes nothing: a client's must not
// swallow what the proxy adds behind it.
std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoted && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (text[i] == separator && !quoted) {
      parts.push_back(trimmed(text.substr(begin, i - begin)));
      begin = i + 1;
    }
  }
  if (quoted) return split_plainly(text, separator);
  parts.push_back(trimmed(text.substr(begin)));
  return parts;
}

std::string unquoted(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
  std::string plain;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '\\' && i + 2 < text.size()) ++i;
    plain += text[i];
  }
  return plain;
}

// "192.0.2.1", "192.0.2.1:4711", "2001:db8::1", "[2001:db8::1]:4711".
std::optional<std::string> address_of(std::string_view node) {
  if (node.starts_with('[')) {
    const std::size_t end = node.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    node = node.substr(1, end - 1);
  } else if (std::count(node.begin(), node.end(), ':') == 1) {
    node = node.substr(0, node.find(':'));
  }
  const auto bytes = bytes_of(node);
  return bytes ? std::optional(text_of(*bytes)) : std::nullopt;
}

// All values of that name as the one list that they are, in order.
std::optional<std::string> joined(const Headers& headers, std::string_view wanted) {
  std::optional<std::string> all;
  for (const auto& [name, value] : headers) {
    if (name == wanted) all = all ? *all + "," + value : value;
  }
  return all;
}

// One link of a chain, as the proxy behind it tells it.
struct Hop {
  std::string node;
  std::optional<std::string> proto;
};

std::vector<Hop> hops_of_forwarded(std::string_view list) {
  std::vector<Hop> hops;
  for (const auto element : split(list, ',')) {
    Hop hop;
    for (const auto pair : split(element, ';')) {
      const std::size_t equals = pair.find('=');
      if (equals == std::string_view::npos) continue;
      const auto name = trimmed(pair.substr(0, equals));
      auto value = unquoted(trimmed(pair.substr(equals + 1)));
      if (same_word(name, "for")) {
        hop.node = std::move(value);
      } else if (same_word(name, "proto")) {
        hop.proto = std::move(value);
      }
    }
    hops.push_back(std::move(hop));
  }
  return hops;
}

// As many X-Forwarded-Proto as there are hops, if each proxy adds its own; else the last one's
// word.
std::vector<Hop> hops_of_x_forwarded(const std::optional<std::string>& list,
                                     const std::optional<std::string>& protos) {
  std::vector<Hop> hops;
  if (list) {
    for (const auto node : split_plainly(*list, ','))
      hops.push_back({std::string(node), std::nullopt});
  }
  if (!protos) return hops;
  const auto said = split_plainly(*protos, ',');
  for (std::size_t i = 0; i < hops.size(); ++i) {
    hops[i].proto = std::string(said.size() == hops.size() ? said[i] : said.back());
  }
  return hops;
}

// From the right, as far as those who say it are trusted.
Origin follow(const std::vector<Hop>& hops, const Origin& direct, const TrustedProxies& trusted) {
  Origin origin = direct;
  for (auto hop = hops.rbegin(); hop != hops.rend() && trusted.contains(origin.peer); ++hop) {
    auto address = address_of(hop->node);
    if (!address) return origin;
    origin.peer = *std::move(address);
    if (hop->proto) origin.secure = same_word(*hop->proto, "https");
  }
  return origin;
}

}  // namespace

Result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& networks) {
  TrustedProxies proxies;
  for (const auto& text : networks) {
    const std::size_t slash = text.find('/');
    const auto start = bytes_of(std::string_view(text).substr(0, slash));
    const auto bad = [&] {
      return fail(ErrorCode::kMisconfigured,
                  fmt::format("'{}' is no address or network such as 10.0.0.0/8", text),
                  "trusted-proxy");
    };
    if (!start) return bad();
    const bool four = is_mapped(*start) && text.find(':') == std::string::npos;
    int bits = four ? 32 : 128;
    if (slash != std::string::npos) {
      const int most = bits;
      const char* end = text.data() + text.size();
      const auto [read, error] = std::from_chars(text.data() + slash + 1, end, bits);
      if (error != std::errc() || read != end || bits < 0 || bits > most) return bad();
    }
    if (four) bits += kMappedBits;
    Bytes rest{};
    std::copy(start->begin(), start->end(), rest.begin());
    for (int i = bits; i < 128; ++i) {
      if ((rest[static_cast<std::size_t>(i / 8)] & (0x80U >> static_cast<unsigned>(i % 8))) != 0) {
        return bad();
      }
    }
    proxies.networks_.push_back({*start, bits});
  }
  return proxies;
}

bool TrustedProxies::contains(std::string_view address) const {
  const auto bytes = bytes_of(address);
  return bytes && std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
           return within(*bytes, network.start, network.bits);
         });
}

Origin origin_of(const Headers& headers, const Origin& direct, const TrustedProxies& trusted) {
  if (!trusted.contains(direct.peer)) return direct;
  const auto forwarded = joined(headers, kForwarded);
  const auto nodes = joined(headers, kFor);
  const auto protos = joined(headers, kProto);
  if (!forwarded && !nodes) {
    Origin origin = direct;
    if (protos) origin.secure = same_word(split_plainly(*protos, ',').back(), "https");
    return origin;
  }
  Origin by_old = follow(hops_of_x_forwarded(nodes, protos), direct, trusted);
  if (!forwarded) return by_old;
  Origin by_new = follow(hops_of_forwarded(*forwarded), direct, trusted);
  if (!nodes) return by_new;
  return by_old.peer == by_new.peer ? by_old : direct;
}

void strip_forwarded(Headers& headers) {
  std::erase_if(headers, [](const auto& header) {
    return header.first == kForwarded || header.first.starts_with("x-forwarded-");
  });
}

}  // namespace ledger::http
