// Goal: what a handler is told of its client is what the handshake has proved, and nothing that the
// client claims. Method: certificates made here, and OpenSSL's own client over loopback.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>

#include "platform/http/server.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_directory.h"

using namespace ledger;
using namespace ledger::http;
using ledger::testing::TemporaryDirectory;

namespace {

template <auto free>
struct Freed {
  template <class T>
  void operator()(T* owned) const {
    free(owned);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<&EVP_PKEY_free>>;
using Cert = std::unique_ptr<X509, Freed<&X509_free>>;

struct Identity {
  Key key{EVP_EC_gen("P-256")};
  Cert cert{X509_new()};
};

struct Wanted {
  std::string name;
  std::vector<std::pair<int, std::string>> alternatives = {};
  long from_now = -3600;
  long until_now = 3600;
};

// Signed by `authority`, or by itself as one.
Identity issue(const Wanted& wanted, const Identity* authority = nullptr) {
  Identity made;
  X509* cert = made.cert.get();
  X509_set_version(cert, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(cert), 7);
  X509_gmtime_adj(X509_getm_notBefore(cert), wanted.from_now);
  X509_gmtime_adj(X509_getm_notAfter(cert), wanted.until_now);
  X509_set_pubkey(cert, made.key.get());
  X509_NAME* name = X509_get_subject_name(cert);
  const auto add = [&](const char* field, const std::string& text) {
    X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(text.data()),
                               static_cast<int>(text.size()), -1, 0);
  };
  add("O", "Гурт, ТОВ");
  add("CN", wanted.name);
  X509_set_issuer_name(cert, authority ? X509_get_subject_name(authority->cert.get()) : name);
  GENERAL_NAMES* names = sk_GENERAL_NAME_new_null();
  for (const auto& [kind, text] : wanted.alternatives) {
    GENERAL_NAME* alternative = GENERAL_NAME_new();
    ASN1_IA5STRING* value = ASN1_IA5STRING_new();
    ASN1_STRING_set(value, text.data(), static_cast<int>(text.size()));
    GENERAL_NAME_set0_value(alternative, kind, value);
    sk_GENERAL_NAME_push(names, alternative);
  }
  if (!wanted.alternatives.empty()) X509_add1_ext_i2d(cert, NID_subject_alt_name, names, 0, 0);
  GENERAL_NAMES_free(names);
  if (authority == nullptr) {
    const std::unique_ptr<BASIC_CONSTRAINTS, Freed<&BASIC_CONSTRAINTS_free>> is(
        BASIC_CONSTRAINTS_new());
    is->ca = 1;
    X509_add1_ext_i2d(cert, NID_basic_constraints, is.get(), 1, 0);
  }
  REQUIRE(X509_sign(cert, (authority ? authority : &made)->key.get(), EVP_sha256()) > 0);
  return made;
}

void write_pem(const std::filesystem::path& path, const Identity& identity, bool key) {
  const std::unique_ptr<BIO, Freed<&BIO_free>> out(BIO_new_file(path.c_str(), "w"));
  const int written = key ? PEM_write_bio_PrivateKey(out.get(), identity.key.get(), nullptr,
                                                     nullptr, 0, nullptr, nullptr)
                          : PEM_write_bio_X509(out.get(), identity.cert.get());
  REQUIRE(written == 1);
}

// What the server answers to "GET /who", or nothing where it does not let the client in.
std::string ask(std::uint16_t port, const Identity* client, int version,
                const std::string& headers = {}) {
  const std::unique_ptr<SSL_CTX, Freed<&SSL_CTX_free>> context(SSL_CTX_new(TLS_client_method()));
  SSL_CTX_set_min_proto_version(context.get(), version);
  SSL_CTX_set_max_proto_version(context.get(), version);
  if (client != nullptr) {
    SSL_CTX_use_certificate(context.get(), client->cert.get());
    SSL_CTX_use_PrivateKey(context.get(), client->key.get());
  }
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  const timeval limit{10, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  const std::unique_ptr<SSL, Freed<&SSL_free>> ssl(SSL_new(context.get()));
  SSL_set_fd(ssl.get(), socket);
  std::string answer;
  if (SSL_connect(ssl.get()) == 1) {
    const std::string request =
        "GET /who HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n";
    SSL_write(ssl.get(), request.data(), static_cast<int>(request.size()));
    char piece[4096];
    for (int got = 0; (got = SSL_read(ssl.get(), piece, sizeof piece)) > 0;) {
      answer.append(piece, static_cast<std::size_t>(got));
    }
    // The end was told, and is no cut.
    if (!answer.empty()) CHECK(SSL_get_shutdown(ssl.get()) == SSL_RECEIVED_SHUTDOWN);
  }
  ::close(socket);
  return answer;
}

struct House {
  House() {
    write_pem(directory.path() / "ca.pem", authority, false);
    put(server);
    router.add("GET", "/who", RunOn::kInline, [](const Request& request) {
      return Response{200, "text/plain",
                      (request.secure ? "secure " : "plain ") + request.peer + " [" +
                          request.peer_certificate + "]" +
                          std::string(request.header("x-forwarded-for"))};
    });
  }
  void put(const Identity& identity) const {
    write_pem(directory.path() / "cert.pem", identity, false);
    write_pem(directory.path() / "key.pem", identity, true);
  }
  std::unique_ptr<Server> serve(bool ask_clients, TrustedProxies proxies = {}) {
    auto options = Server::defaults("127.0.0.1:0");
    options.tls = TlsFiles{directory.path() / "cert.pem", directory.path() / "key.pem"};
    if (ask_clients) options.tls->client_authority = directory.path() / "ca.pem";
    options.trusted_proxies = std::move(proxies);
    return Server::start(std::move(options), router).value();
  }

  TemporaryDirectory directory;
  Identity authority = issue({"authority"});
  Identity server = issue({"server"}, &authority);
  Router router;
};

}  // namespace

TEST_CASE("tls: a handler is told of a certificate that was proved", "[platform][http]") {
  House house;
  const auto server = house.serve(/*ask_clients=*/true);
  const Identity known = issue({"ledger-bank",
                                {{GEN_DNS, "bank.house.example"},
                                 {GEN_URI, "urn:salesledger:source:bank"},
                                 {GEN_EMAIL, "bank@house.example"},
                                 {GEN_DNS, "evil\nDNS:ledger-admin"},
                                 {GEN_DNS, std::string("admin\0.evil.example", 19)}}},
                               &house.authority);
  const Identity stranger_authority = issue({"authority"});
  const Identity stranger = issue({"ledger-bank"}, &stranger_authority);
  const Identity expired = issue({"ledger-bank", {}, -7200, -3600}, &house.authority);
  const Identity early = issue({"ledger-bank", {}, 3600, 7200}, &house.authority);
  const Identity self = issue({"ledger-bank"});
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    CHECK(ask(server->port(), &known, version)
              .ends_with("\r\n\r\nsecure 127.0.0.1 [CN=ledger-bank,O=Гурт\\, ТОВ\n"
                         "DNS:bank.house.example\nURI:urn:salesledger:source:bank\n"
                         "email:bank@house.example]"));
    CHECK(ask(server->port(), nullptr, version).ends_with("secure 127.0.0.1 []"));
    for (const auto* refused : {&stranger, &expired, &early, &self}) {
      CHECK(ask(server->port(), refused, version).empty());
    }
  }
  for (int i = 0; i < 500 && server->counters().refused < 8; ++i) {
    (void)ask(server->port(), nullptr, TLS1_3_VERSION);
  }
  CHECK(server->counters().refused == 8);
}

TEST_CASE("tls: a certificate that is not asked for tells nothing", "[platform][http]") {
  House house;
  const auto server = house.serve(/*ask_clients=*/false);
  const Identity known = issue({"ledger-bank"}, &house.authority);
  const std::string answer = ask(server->port(), &known, TLS1_3_VERSION);
  CHECK(answer.ends_with("secure 127.0.0.1 []"));
  CHECK(answer.find("Strict-Transport-Security: max-age=31536000\r\n") != std::string::npos);
  CHECK(ask(server->port(), nullptr, TLS1_1_VERSION).empty());
  const auto ends = server->certificate_ends();
  REQUIRE(ends);
  CHECK(std::abs(*ends - ::time(nullptr) - 3600) < 60);
}

TEST_CASE("tls: what proxies say is told apart from what they pass on", "[platform][http]") {
  House house;
  const auto closed = house.serve(false);
  const std::string said = "X-Forwarded-For: 10.9.9.9, 203.0.113.9\r\nX-Forwarded-Proto: http\r\n";
  CHECK(ask(closed->port(), nullptr, TLS1_3_VERSION, said).ends_with("secure 127.0.0.1 []"));
  const auto open = house.serve(false, TrustedProxies::parse({"127.0.0.1"}).value());
  const std::string answer = ask(open->port(), nullptr, TLS1_3_VERSION, said);
  CHECK(answer.ends_with("plain 203.0.113.9 []"));
  CHECK(answer.find("Strict-Transport-Security") == std::string::npos);
}

TEST_CASE("tls: new files are taken whole or not at all", "[platform][http]") {
  House house;
  const auto server = house.serve(false);
  const auto before = server->certificate_ends();
  const auto ends_a_day_later = [&] {
    for (int i = 0; i < 500 && server->certificate_ends() == before; ++i) {
      CHECK_FALSE(ask(server->port(), nullptr, TLS1_3_VERSION).empty());
    }
    return *server->certificate_ends() - *before > 86'000;
  };
  const Identity later = issue({"server", {}, -3600, 90'000}, &house.authority);
  write_pem(house.directory.path() / "cert.pem", later, false);  // its key is not there yet
  server->reload_tls();
  CHECK_FALSE(ask(server->port(), nullptr, TLS1_3_VERSION).empty());
  CHECK(server->certificate_ends() == before);
  house.put(later);
  server->reload_tls();
  CHECK(ends_a_day_later());
}
