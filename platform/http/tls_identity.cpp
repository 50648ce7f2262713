#include "platform/http/tls_identity.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <ctime>
#include <utility>

namespace ledger::http::detail {

namespace {

// Of TLS 1.2; those of 1.3 are all fit.
constexpr const char* kCiphers =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr std::array<unsigned char, 9> kHttp11{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

// The oldest of this thread's errors, and none of them stays for the next call.
std::string reason() {
  const unsigned long code = ERR_get_error();
  ERR_clear_error();
  const char* text = code == 0 ? nullptr : ERR_reason_error_string(code);
  return text == nullptr ? "OpenSSL gives no reason" : text;
}

tl::unexpected<Error> bad(const std::filesystem::path& file, std::string_view setting) {
  return fail(ErrorCode::kMisconfigured, fmt::format("{}: {}", file.string(), reason()),
              std::string(setting));
}

// Who offers other protocols alone is told so rather than answered in one that he does not speak.
int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_size,
                    const unsigned char* offered, unsigned int offered_size, void*) {
  unsigned char* chosen = nullptr;
  if (SSL_select_next_proto(&chosen, out_size, kHttp11.data(), kHttp11.size(), offered,
                            offered_size) != OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

void set_rules(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context, kCiphers);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(context, &choose_protocol, nullptr);
}

Status trust_clients_of(SSL_CTX* context, const std::filesystem::path& authority) {
  if (SSL_CTX_load_verify_locations(context, authority.c_str(), nullptr) != 1) {
    return bad(authority, "tls-client-ca");
  }
  STACK_OF(X509_NAME)* names = SSL_load_client_CA_file(authority.c_str());
  if (names == nullptr) return bad(authority, "tls-client-ca");
  SSL_CTX_set_client_CA_list(context, names);  // owns them
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  return {};
}

Result<TlsIdentity::Context> load_context(const TlsFiles& files) {
  ERR_clear_error();
  TlsIdentity::Context context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
  if (!context) return fail(ErrorCode::kInternal, reason());
  set_rules(context.get());
  if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str()) != 1) {
    return bad(files.certificate, "tls-cert");
  }
  // Also that it is the certificate's.
  if (SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1) {
    return bad(files.key, "tls-key");
  }
  if (!files.client_authority.empty()) {
    LEDGER_CHECK(trust_clients_of(context.get(), files.client_authority));
  }
  return context;
}

std::int64_t not_after_of(SSL_CTX* context) {
  std::tm moment{};
  const X509* certificate = SSL_CTX_get0_certificate(context);
  if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &moment) != 1) return 0;
  return timegm(&moment);
}

bool is_plain(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return false;
  }
  return true;
}

std::string subject_of(const X509& certificate) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), &BIO_free);
  // As RFC 2253 has it, but with letters of any script as they are.
  constexpr unsigned long kForm =
      XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  X509_NAME_print_ex(out.get(), X509_get_subject_name(&certificate), 0, kForm);
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

}  // namespace

std::vector<TlsIdentity::Stamp> TlsIdentity::stamps() const {
  std::vector<Stamp> stamps;
  for (const auto& file : {files_.certificate, files_.key, files_.client_authority}) {
    std::error_code none;
    Stamp stamp;
    stamp.written = std::filesystem::last_write_time(file, none);
    stamp.size = std::filesystem::file_size(file, none);
    stamps.push_back(stamp);
  }
  return stamps;
}

Result<std::unique_ptr<TlsIdentity>> TlsIdentity::load(TlsFiles files) {
  std::unique_ptr<TlsIdentity> identity(new TlsIdentity(std::move(files)));
  LEDGER_CHECK(identity->refresh(/*in_any_case=*/true));
  return identity;
}

Result<bool> TlsIdentity::refresh(bool in_any_case) {
  auto seen = stamps();
  if (!in_any_case && seen == stamps_) return false;
  stamps_ = std::move(seen);
  LEDGER_TRY(auto context, load_context(files_));
  not_after_ = not_after_of(context.get());
  std::atomic_store(&context_, std::move(context));
  return true;
}

std::string describe_certificate(const X509& certificate) {
  std::string told = subject_of(certificate);
  auto* names = static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr));
  const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> owner(names,
                                                                            &GENERAL_NAMES_free);
  for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names, i);
    const char* kind = name->type == GEN_DNS     ? "DNS"
                       : name->type == GEN_URI   ? "URI"
                       : name->type == GEN_EMAIL ? "email"
                                                 : nullptr;
    if (kind == nullptr) continue;
    const auto* data = reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.ia5));
    const std::string_view text(data, static_cast<std::size_t>(ASN1_STRING_length(name->d.ia5)));
    if (is_plain(text)) told += fmt::format("\n{}:{}", kind, text);
  }
  return told;
}

}  // namespace ledger::http::detail
