#pragma once

#include <chrono>
#include <cstddef>

// The limits of who asks: the part of limits.h that only access includes. All ends are included.
namespace ledger::limits {

using namespace std::chrono_literals;

inline constexpr std::size_t kPrincipalsMax = 10'000;
inline constexpr std::size_t kKeysOfPrincipalMax = 20;      // that are still good
inline constexpr std::size_t kSessionsOfPrincipalMax = 20;  // over it the oldest is signed out
inline constexpr std::size_t kLinksOfPrincipalMax = 5;      // over it the oldest is no more
inline constexpr std::size_t kPasswordLettersMin = 12;
inline constexpr std::size_t kPasswordBytesMax = 1024;
inline constexpr std::ptrdiff_t kPasswordChecksMax =
    2;  // at a time, 40 ms of a core each; else 429
inline constexpr std::size_t kBearerBytesMax = 6 * 1024;

inline constexpr auto kSessionIdle = 30min;
inline constexpr auto kSessionLifetime = 12h;
inline constexpr auto kOneTimeLifetime = 15min;
inline constexpr auto kKeyOverlapMax = 30 * 24h;   // of a key that was rotated
inline constexpr auto kAccessMarkEvery = 60s;      // last use, on the disk
inline constexpr auto kAccessNoticePause = 500ms;  // between tries to record what was changed

// Keys of an issuer of tokens.
inline constexpr auto kTokenLeeway = 60s;  // of its clock
inline constexpr auto kKeySetPause = 30s;  // between two fetches for keys that are not known
inline constexpr auto kKeySetAge = 10min;  // then it is fetched anyway
inline constexpr std::size_t kKeySetBytesMax = 256 * 1024;
inline constexpr std::size_t kKeySetKeysMax = 100;

// Signing in at an issuer.
inline constexpr auto kSignInLifetime = 10min;             // from the button to the issuer's answer
inline constexpr std::size_t kSignInsWaitingMax = 10'000;  // over it the oldest is no more
inline constexpr std::ptrdiff_t kCodeExchangesMax = 2;     // at a time, of the workers
inline constexpr auto kIssuerTimeout = 5s;
inline constexpr auto kDiscoveryAge = 1h;  // then the issuer's description is fetched anew
inline constexpr std::size_t kIssuerAnswerBytesMax = 64 * 1024;
inline constexpr std::size_t kIdTokenBytesMax = 32 * 1024;
inline constexpr std::size_t kCodeBytesMax = 4 * 1024;
inline constexpr std::size_t kReturnToBytesMax = 2 * 1024;

// Rates. A bucket holds so many requests, and gets one back every so often; over it: 429 with
// Retry-After.
inline constexpr std::size_t kRateBucketsMax = 10'000;  // principals or addresses at a time
inline constexpr double kPrincipalRequestsBurst = 2000;
inline constexpr auto kPrincipalRequestEvery = 2ms;
inline constexpr double kExactSearchesBurst = 60;  // of clients by a whole code or phone number
inline constexpr auto kExactSearchEvery = 20s;
inline constexpr double kUnknownRequestsBurst = 60;  // of an address, without good credentials
inline constexpr auto kUnknownRequestEvery = 1s;
inline constexpr double kFailedSignInsBurst = 10;  // of an address
inline constexpr auto kFailedSignInEvery = 30s;
inline constexpr double kSignInStartsBurst = 30;  // of an address, at an issuer
inline constexpr auto kSignInStartEvery = 2s;
inline constexpr double kFailedLoginsBurst = 30;  // of a login, from wherever
inline constexpr auto kFailedLoginEvery = 60s;

}  // namespace ledger::limits
