#include "platform/signature.h"

#include <fmt/format.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <ctime>
#include <optional>

#include "platform/base64.h"

namespace ledger {

namespace {

template <class T, void (*Free)(T*)>
struct Freed {
  void operator()(T* object) const { Free(object); }
};
using Bio = std::unique_ptr<BIO, Freed<BIO, BIO_free_all>>;
using Context = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX, EVP_MD_CTX_free>>;
using X509Owner = std::unique_ptr<X509, Freed<X509, X509_free>>;
using Names = std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES, GENERAL_NAMES_free>>;

std::shared_ptr<EVP_PKEY> owned(EVP_PKEY* key) { return {key, &EVP_PKEY_free}; }

Bio reading(std::string_view bytes) {
  return Bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

std::string lower(std::string_view text) {
  std::string all(text);
  for (char& c : all) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return all;
}

std::string without_spaces(std::string_view text) {
  std::string all(text);
  std::erase_if(all, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
  return all;
}

// What stands between the lines of a PEM, or all of it where there are none.
std::optional<std::string> spki_of(std::string_view text) {
  constexpr std::string_view kBegin = "-----BEGIN PUBLIC KEY-----";
  constexpr std::string_view kEnd = "-----END PUBLIC KEY-----";
  if (const std::size_t begin = text.find(kBegin); begin != std::string_view::npos) {
    text.remove_prefix(begin + kBegin.size());
    text = text.substr(0, text.find(kEnd));
  }
  return base64_decode(without_spaces(text));
}

std::optional<Timestamp> instant_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::year(parts.tm_year + 1900),
                                        std::chrono::month(static_cast<unsigned>(parts.tm_mon) + 1),
                                        std::chrono::day(static_cast<unsigned>(parts.tm_mday))};
  return Timestamp(std::chrono::sys_days(day)) + std::chrono::hours(parts.tm_hour) +
         std::chrono::minutes(parts.tm_min) + std::chrono::seconds(parts.tm_sec);
}

std::string text_of(const ASN1_STRING* string) {
  return lower({reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
                static_cast<std::size_t>(ASN1_STRING_length(string))});
}

std::vector<std::string> names_of(X509* certificate) {
  std::vector<std::string> names;
  const X509_NAME* subject = X509_get_subject_name(certificate);
  const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (at >= 0) {
    names.push_back(text_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at))));
  }
  const Names others(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; others && i < sk_GENERAL_NAME_num(others.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(others.get(), i);
    if (name->type == GEN_DNS) names.push_back(text_of(name->d.dNSName));
  }
  return names;
}

}  // namespace

Result<PublicKey> PublicKey::checked(std::shared_ptr<evp_pkey_st> key) {
  if (!key) return fail(ErrorCode::kInvalidField, "is no public key in PEM or base64");
  PublicKey checked(std::move(key));
  const bool is_rsa = EVP_PKEY_get_base_id(checked.key_.get()) == EVP_PKEY_RSA;
  if (is_rsa && EVP_PKEY_get_bits(checked.key_.get()) < kRsaBitsMin) {
    return fail(ErrorCode::kInvalidField,
                fmt::format("is an RSA key of less than {} bits", kRsaBitsMin));
  }
  if (!is_rsa && !checked.is_p256()) {
    return fail(ErrorCode::kInvalidField, "is a key neither of RSA nor on the curve P-256");
  }
  return checked;
}

Result<PublicKey> PublicKey::parse(std::string_view text) {
  const auto der = spki_of(text);
  if (!der || der->empty()) return checked(nullptr);
  const auto* begin = reinterpret_cast<const unsigned char*>(der->data());
  const auto* at = begin;
  auto key = owned(d2i_PUBKEY(nullptr, &at, static_cast<long>(der->size())));
  if (static_cast<std::size_t>(at - begin) != der->size()) key.reset();
  return checked(std::move(key));
}

bool PublicKey::verifies(SignatureHash hash, std::string_view signature, std::string_view first,
                         std::string_view second) const {
  if (!key_ || signature.empty()) return false;
  const Context context(EVP_MD_CTX_new());
  const EVP_MD* digest = hash == SignatureHash::kSha1 ? EVP_sha1() : EVP_sha256();
  return EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key_.get()) == 1 &&
         EVP_DigestVerifyUpdate(context.get(), first.data(), first.size()) == 1 &&
         EVP_DigestVerifyUpdate(context.get(), second.data(), second.size()) == 1 &&
         EVP_DigestVerifyFinal(context.get(),
                               reinterpret_cast<const unsigned char*>(signature.data()),
                               signature.size()) == 1;
}

bool PublicKey::is_p256() const {
  if (!key_ || EVP_PKEY_get_base_id(key_.get()) != EVP_PKEY_EC) return false;
  char group[64] = "";
  std::size_t size = 0;
  return EVP_PKEY_get_group_name(key_.get(), group, sizeof group, &size) == 1 &&
         std::string_view(group, size) == SN_X9_62_prime256v1;
}

Result<Certificate> Certificate::parse(std::string_view pem) {
  const Bio source = reading(pem);
  const X509Owner certificate(PEM_read_bio_X509(source.get(), nullptr, nullptr, nullptr));
  if (!certificate) return fail(ErrorCode::kInvalidField, "is no certificate in PEM");
  const auto from = instant_of(X509_get0_notBefore(certificate.get()));
  const auto until = instant_of(X509_get0_notAfter(certificate.get()));
  if (!from || !until) {
    return fail(ErrorCode::kInvalidField, "is a certificate without the time of its validity");
  }
  LEDGER_TRY(auto key, PublicKey::checked(owned(X509_get_pubkey(certificate.get()))));
  return Certificate{std::move(key), names_of(certificate.get()), *from, *until};
}

bool Certificate::is_of(std::string_view lower_case_name) const {
  return std::find(names.begin(), names.end(), lower_case_name) != names.end();
}

}  // namespace ledger
