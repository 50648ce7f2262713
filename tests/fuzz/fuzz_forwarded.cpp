// Whatever a client says of whom he speaks for: what the proxy adds behind it is what counts.
#include <string>

#include "platform/assert.h"
#include "platform/http/forwarded.h"

using namespace ledger;
using namespace ledger::http;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto kProxies = TrustedProxies::parse({"10.0.0.0/8", "fd00::/8"}).value();
  const std::string said(reinterpret_cast<const char*>(data), size);
  const Origin direct{"10.0.0.1", false};
  const std::string client = "203.0.113.9";
  const auto peer = [&](const char* name, const std::string& value) {
    return origin_of({{name, value}}, direct, kProxies).peer;
  };
  LEDGER_ASSERT(peer("x-forwarded-for", said + ", " + client) == client, "the right-most counts");
  LEDGER_ASSERT(peer("x-forwarded-for", said + "," + client + ", 10.0.0.2") == client,
                "of those who are no proxies of ours");
  LEDGER_ASSERT(peer("forwarded", said + ", for=" + client) == client, "in either form");
  LEDGER_ASSERT(peer("forwarded", said + ", for=\"" + client + ":1\";proto=http") == client,
                "also quoted");
  const Origin strange = origin_of({{"x-forwarded-for", said}}, {"192.0.2.1", false}, kProxies);
  LEDGER_ASSERT((strange == Origin{"192.0.2.1", false}), "from elsewhere nothing is heard");
  return 0;
}
