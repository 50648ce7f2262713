// Goal: who speaks through a proxy is known by what trusted proxies say, and by nothing that he
// says himself. Method: chains, forged in every way, as headers.
#include "platform/http/forwarded.h"

#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::http;

namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

const TrustedProxies& proxies() {
  static const auto kProxies =
      TrustedProxies::parse({"10.0.0.0/8", "127.0.0.1", "::1", "fd00::/8"}).value();
  return kProxies;
}

struct Case {
  const char* name;
  std::string direct;
  Headers headers;
  Origin origin;
};

// X-Forwarded-For and X-Forwarded-Proto.
const std::vector<Case> kOld{
    {"nothing is said", "10.0.0.1", {}, {"10.0.0.1", false}},
    {"one proxy", "10.0.0.1", {{"x-forwarded-for", "203.0.113.9"}}, {"203.0.113.9", false}},
    {"one proxy that speaks TLS",
     "127.0.0.1",
     {{"x-forwarded-for", "203.0.113.9"}, {"x-forwarded-proto", "https"}},
     {"203.0.113.9", true}},
    {"from elsewhere nothing is heard",
     "192.0.2.1",
     {{"x-forwarded-for", "203.0.113.9"},
      {"x-forwarded-proto", "https"},
      {"forwarded", "for=203.0.113.9;proto=https"}},
     {"192.0.2.1", false}},
    {"the client says he is another",
     "10.0.0.1",
     {{"x-forwarded-for", "198.51.100.7, 203.0.113.9"}},
     {"203.0.113.9", false}},
    {"the client says he is a trusted proxy",
     "10.0.0.1",
     {{"x-forwarded-for", "10.0.0.5, 127.0.0.1, 203.0.113.9"}},
     {"203.0.113.9", false}},
    {"the client says it in a header of his own",
     "10.0.0.1",
     {{"x-forwarded-for", "127.0.0.1"}, {"x-forwarded-for", "203.0.113.9"}},
     {"203.0.113.9", false}},
    {"two trusted proxies",
     "10.0.0.1",
     {{"x-forwarded-for", "198.51.100.7, 203.0.113.9, 10.1.1.1"}},
     {"203.0.113.9", false}},
    {"one of ours asks",
     "10.0.0.1",
     {{"x-forwarded-for", "10.0.0.9, 10.1.1.1"}},
     {"10.0.0.9", false}},
    {"what is no address ends the chain",
     "10.0.0.1",
     {{"x-forwarded-for", "198.51.100.7, unknown, 10.1.1.1"}},
     {"10.1.1.1", false}},
    {"empty", "10.0.0.1", {{"x-forwarded-for", ""}}, {"10.0.0.1", false}},
    {"with a comma too many",
     "10.0.0.1",
     {{"x-forwarded-for", "203.0.113.9,"}},
     {"10.0.0.1", false}},
    {"with a port", "10.0.0.1", {{"x-forwarded-for", "203.0.113.9:4711"}}, {"203.0.113.9", false}},
    {"IPv6", "fd00::2", {{"x-forwarded-for", "[2001:DB8:0::1]:4711"}}, {"2001:db8::1", false}},
    {"IPv4 within IPv6",
     "::ffff:10.0.0.1",
     {{"x-forwarded-for", "::ffff:203.0.113.9"}},
     {"203.0.113.9", false}},
    {"no address at all", "10.0.0.1", {{"x-forwarded-for", "0x7f.1"}}, {"10.0.0.1", false}},
    {"each proxy says how it was asked: the client's counts",
     "10.0.0.1",
     {{"x-forwarded-for", "203.0.113.9, 10.1.1.1"}, {"x-forwarded-proto", "https, http"}},
     {"203.0.113.9", true}},
    {"forged before what the proxy says",
     "10.0.0.1",
     {{"x-forwarded-for", "203.0.113.9"}, {"x-forwarded-proto", "https, http"}},
     {"203.0.113.9", false}},
    {"the way alone", "10.0.0.1", {{"x-forwarded-proto", "HTTPS"}}, {"10.0.0.1", true}},
};

// Forwarded, and both.
const std::vector<Case> kNew{
    {"RFC 7239",
     "10.0.0.1",
     {{"forwarded", R"(for=198.51.100.7;proto=https, For="203.0.113.9:1";Proto=https;by=x)"}},
     {"203.0.113.9", true}},
    {"RFC 7239, IPv6 and two headers",
     "10.0.0.1",
     {{"forwarded", "for=198.51.100.7"},
      {"forwarded", R"(for="[2001:db8::1]:4711" , for=10.0.0.3;proto=http)"}},
     {"2001:db8::1", false}},
    {"RFC 7239, a comma in quotes does not part",
     "10.0.0.1",
     {{"forwarded", R"(for=203.0.113.9;host="a, for=198.51.100.7")"}},
     {"203.0.113.9", false}},
    {"RFC 7239, hidden", "10.0.0.1", {{"forwarded", "for=_hidden"}}, {"10.0.0.1", false}},
    {"RFC 7239, a quote that does not end swallows nothing",
     "10.0.0.1",
     {{"forwarded", R"(for="203.0.113.9, for=198.51.100.7)"}},
     {"198.51.100.7", false}},
    {"RFC 7239, nor does one that is escaped",
     "10.0.0.1",
     {{"forwarded", R"(a="\", for=198.51.100.7)"}},
     {"198.51.100.7", false}},
    {"a quote in a list that knows none",
     "10.0.0.1",
     {{"x-forwarded-for", R"(", 198.51.100.7)"}},
     {"198.51.100.7", false}},
    {"both agree",
     "10.0.0.1",
     {{"x-forwarded-for", "203.0.113.9"}, {"forwarded", "for=203.0.113.9"}},
     {"203.0.113.9", false}},
    {"both differ: one of them is forged",
     "10.0.0.1",
     {{"x-forwarded-for", "203.0.113.9"}, {"forwarded", "for=198.51.100.7;proto=https"}},
     {"10.0.0.1", false}},
};

}  // namespace

TEST_CASE("forwarded: the client is the right-most who is no trusted proxy", "[platform][http]") {
  for (const auto* cases : {&kOld, &kNew}) {
    for (const auto& item : *cases) {
      INFO(item.name);
      const Origin origin = origin_of(item.headers, {item.direct, false}, proxies());
      CHECK(origin.peer == item.origin.peer);
      CHECK(origin.secure == item.origin.secure);
    }
  }
  // By TLS to us, from nobody's proxy.
  CHECK(origin_of({{"x-forwarded-proto", "http"}}, {"192.0.2.1", true}, proxies()).secure);
  // Without trusted proxies nobody is believed.
  CHECK(origin_of({{"x-forwarded-for", "203.0.113.9"}}, {"10.0.0.1", false}, {}).peer ==
        "10.0.0.1");
}

TEST_CASE("forwarded: networks are read with care", "[platform][http]") {
  for (const auto* bad : {"", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/", "10.0.0.0/-1",
                          "10.0.0.0/8x", "fd00::/129", "house.example", "10.0.0", "/8"}) {
    INFO(bad);
    const auto parsed = TrustedProxies::parse({bad});
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == ErrorCode::kMisconfigured);
    CHECK(parsed.error().field == "trusted-proxy");
  }
  const auto some =
      TrustedProxies::parse({"192.168.4.0/22", "2001:db8::/33", "0.0.0.0/32"}).value();
  CHECK(some.contains("192.168.7.255"));
  CHECK(some.contains("::ffff:192.168.4.1"));
  CHECK_FALSE(some.contains("192.168.8.0"));
  CHECK(some.contains("2001:db8:7fff::1"));
  CHECK_FALSE(some.contains("2001:db8:8000::1"));
  CHECK_FALSE(some.contains("nonsense"));
  CHECK(TrustedProxies::parse({"0.0.0.0/0"}).value().contains("8.8.8.8"));
  CHECK_FALSE(TrustedProxies::parse({"0.0.0.0/0"}).value().contains("2001:db8::1"));
}

TEST_CASE("forwarded: nothing of it is left to those behind", "[platform][http]") {
  Headers headers{{"x-forwarded-for", "a"},
                  {"host", "x"},
                  {"forwarded", "b"},
                  {"accept", "y"},
                  {"x-forwarded-host", "c"}};
  strip_forwarded(headers);
  CHECK(headers == Headers{{"host", "x"}, {"accept", "y"}});
}
