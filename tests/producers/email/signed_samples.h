#pragma once

#include <string>

// Deliveries as senders sign them, for tests without a private key.
namespace ledger::samples {

// SendGrid: one delivered event and its line end, signed at 1795593605.
extern const std::string kSendgridKey;
extern const std::string kSendgridBody;
extern const std::string kSendgridSignature;

// SNS: valid from 2026 to 2036 but for the expired one, all of the key that signed the envelopes.
extern const std::string kSnsCertificate;
extern const std::string kOthersCertificate;
extern const std::string kRegionalCertificate;
extern const std::string kExpiredCertificate;
// The same notification by both versions of the signature.
extern const std::string kDelivery1;
extern const std::string kDelivery2;
extern const std::string kConfirmation;
extern const std::string kConfirmationElsewhere;  // its SubscribeURL is none of SNS

}  // namespace ledger::samples
