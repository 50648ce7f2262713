#include "tests/producers/email/signed_samples.h"

// Made once, with keys that were thrown away.
namespace ledger::samples {

const std::string kSendgridKey =
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEb6orDdw9PqjlDxZhQrW4FJraGxmiITXTEMPjbopMSRix6ZIsOp3fpGvDSf"
    "JhF8TTawvSTzbYE2pM2Q0o3DTZyA==";
const std::string kSendgridBody =
    R"([{"email":"buyer@firm.example","timestamp":1795593600,"event":"delivered","sg_event_id":"e1","smtp-id":"<a1@gurt.example>"}])"
    "\r\n";
const std::string kSendgridSignature =
    "MEYCIQDcjOSrK80zuzFrlXXDeZvImTTKbwi9IJgjsjy2yEWjnAIhANrYbGhktQsUzHlcBebhf29Igd0yH28KaRrEtBv/"
    "tAWW";

const std::string kSnsCertificate = R"(-----BEGIN CERTIFICATE-----
MIICsTCCAZmgAwIBAgIBBzANBgkqhkiG9w0BAQsFADAcMRowGAYDVQQDDBFzbnMu
YW1hem9uYXdzLmNvbTAeFw0yNjAxMDEwMDAwMDBaFw0zNjAxMDEwMDAwMDBaMBwx
GjAYBgNVBAMMEXNucy5hbWF6b25hd3MuY29tMIIBIjANBgkqhkiG9w0BAQEFAAOC
AQ8AMIIBCgKCAQEAtHSQsnu8WtXePHNS+95MQEOt1eVhjb9dU85IkIUE99pnckRS
TXNT9pg5c2smNNMMd+1wws5ClEX3VInG6hPpVsSQ6js6saSxoWd19xffyadcBdF3
TM5OHJQiaSMguqZO6PKSg6JqtD/P86IVWA7jAmNWmc3+RxSGrkSqoeeYuM1kdunO
FJ+JfHUmebJMMro2yNQZve66Y1lH1C+NpTnTagdf8/A7fyc1IgW1U2K1aJQLy6NP
17Xsj0MgL9D3b49f5quITZZBzTPuPQ/bd2WnmFJcdYN7WuV2dHrur3KNKFYlQYNI
zhh/LbYyfnjrae35zymkfiO2V/Xze28Zc+ip4wIDAQABMA0GCSqGSIb3DQEBCwUA
A4IBAQCwh1hWJ6yY92TDdgdpjPfxJKzDoNFP6Imf/n9PZlrlwnd8FL7DiLeWL3oX
mcV7j0F0VzSjY2KaJNLZZJc5kGbud/eTKG3qd4cT/mXxv6CYCJD6efLFL/5MisQb
i2cANbl34h4hJ2rrMusRWNha1Eh7cM9INp0ay98MRTMcv7HwI0Ry08Hhz5lDfvYq
+GsNHaOtW+X5zqcuQSy51nqNI7pOXQN+JNLaCQ8Eak1fmfvve9k47ffIIH09kaV5
hlZ5Xh6Z3JA/5Y1Bd98+IS4v5fY/930sCN7Thb/9VuQUfcnibjZ2T//IQ4ytYjeg
QQBC0QOzEjQVSy7ARClhKdY2pcJZ
-----END CERTIFICATE-----
)";
const std::string kOthersCertificate = R"(-----BEGIN CERTIFICATE-----
MIIC0DCCAbigAwIBAgIBBzANBgkqhkiG9w0BAQsFADAbMRkwFwYDVQQDDBBzbnMu
ZmlybS5leGFtcGxlMB4XDTI2MDEwMTAwMDAwMFoXDTM2MDEwMTAwMDAwMFowGzEZ
MBcGA1UEAwwQc25zLmZpcm0uZXhhbXBsZTCCASIwDQYJKoZIhvcNAQEBBQADggEP
ADCCAQoCggEBALR0kLJ7vFrV3jxzUvveTEBDrdXlYY2/XVPOSJCFBPfaZ3JEUk1z
U/aYOXNrJjTTDHftcMLOQpRF91SJxuoT6VbEkOo7OrGksaFndfcX38mnXAXRd0zO
ThyUImkjILqmTujykoOiarQ/z/OiFVgO4wJjVpnN/kcUhq5EqqHnmLjNZHbpzhSf
iXx1JnmyTDK6NsjUGb3uumNZR9QvjaU502oHX/PwO38nNSIFtVNitWiUC8ujT9e1
7I9DIC/Q92+PX+ariE2WQc0z7j0P23dlp5hSXHWDe1rldnR67q9yjShWJUGDSM4Y
fy22Mn5462nt+c8ppH4jtlf183tvGXPoqeMCAwEAAaMfMB0wGwYDVR0RBBQwEoIQ
d3d3LmZpcm0uZXhhbXBsZTANBgkqhkiG9w0BAQsFAAOCAQEAhYVP4kvbxwH8114r
X6nMkeimG+QC9a7B1pToy4RvaYIOlWAf3WzqILh1zMq3F0S2OvyaoQCQjvLZ56Wm
a7pUiyxMEc8vN+17fHSncvCJ/1TKfZU4b7nqTL4JvNcEzCKB0xwuhkRzhHBcATNJ
V6qUuuWa/JSsbEp6+1JPx7/KZsKttrznkz6sRKmmjCeSgPWjWWD8vrVFgYU5PTfu
TB2Har1FEYjbaJW+6v0+uJVga3BuNgrfmR4tT2HOSWsBSYmXY2EwY4YixYS+XYD9
48FBF+TB+x2ZUefwsUf5657GvnD/L/1SGrMp61Wx7cEtWWFb/5loS6HK1r6Iw1tu
QESy+w==
-----END CERTIFICATE-----
)";
const std::string kRegionalCertificate = R"(-----BEGIN CERTIFICATE-----
MIICxDCCAaygAwIBAgIBBzANBgkqhkiG9w0BAQsFADAOMQwwCgYDVQQDDANzbnMw
HhcNMjYwMTAxMDAwMDAwWhcNMzYwMTAxMDAwMDAwWjAOMQwwCgYDVQQDDANzbnMw
ggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQC0dJCye7xa1d48c1L73kxA
Q63V5WGNv11TzkiQhQT32mdyRFJNc1P2mDlzayY00wx37XDCzkKURfdUicbqE+lW
xJDqOzqxpLGhZ3X3F9/Jp1wF0XdMzk4clCJpIyC6pk7o8pKDomq0P8/zohVYDuMC
Y1aZzf5HFIauRKqh55i4zWR26c4Un4l8dSZ5skwyujbI1Bm97rpjWUfUL42lOdNq
B1/z8Dt/JzUiBbVTYrVolAvLo0/XteyPQyAv0Pdvj1/mq4hNlkHNM+49D9t3ZaeY
Ulx1g3ta5XZ0eu6vco0oViVBg0jOGH8ttjJ+eOtp7fnPKaR+I7ZX9fN7bxlz6Knj
AgMBAAGjLTArMCkGA1UdEQQiMCCCHnNucy5ldS1jZW50cmFsLTEuYW1hem9uYXdz
LmNvbTANBgkqhkiG9w0BAQsFAAOCAQEAniTs6xxa/3O1jc20TjZpPa5GtjToLrrz
W4Aw3su/7sNLLnGwjszYIyTDacpikK60ejDAO3H3fKEHDpdwYarQlKmLEMhjGNs7
S4bxNpXRY5rdQgPnyC8yp460TcwlOqTEOrfXlkIxsRPAdty+MoB5tB4Opvih3xAI
9ZSwl4jp7yBLKLiY2ncLnjw8VkyxRugNdx3yziz1XOymk5fq8RXlBcC7ah1T9zBI
9LpdIjJmGptO02tJAKySlIsVlFmY16Fo4iPVlPapBc9ZZsCTGAaWyWztgww6u4NO
z98dD7vl8PuHdCPJCRDJS7+Garkx4APem78scbmVyZzH1mMx213JLA==
-----END CERTIFICATE-----
)";
const std::string kExpiredCertificate = R"(-----BEGIN CERTIFICATE-----
MIICsTCCAZmgAwIBAgIBBzANBgkqhkiG9w0BAQsFADAcMRowGAYDVQQDDBFzbnMu
YW1hem9uYXdzLmNvbTAeFw0yNDAxMDEwMDAwMDBaFw0yNTAxMDEwMDAwMDBaMBwx
GjAYBgNVBAMMEXNucy5hbWF6b25hd3MuY29tMIIBIjANBgkqhkiG9w0BAQEFAAOC
AQ8AMIIBCgKCAQEAtHSQsnu8WtXePHNS+95MQEOt1eVhjb9dU85IkIUE99pnckRS
TXNT9pg5c2smNNMMd+1wws5ClEX3VInG6hPpVsSQ6js6saSxoWd19xffyadcBdF3
TM5OHJQiaSMguqZO6PKSg6JqtD/P86IVWA7jAmNWmc3+RxSGrkSqoeeYuM1kdunO
FJ+JfHUmebJMMro2yNQZve66Y1lH1C+NpTnTagdf8/A7fyc1IgW1U2K1aJQLy6NP
17Xsj0MgL9D3b49f5quITZZBzTPuPQ/bd2WnmFJcdYN7WuV2dHrur3KNKFYlQYNI
zhh/LbYyfnjrae35zymkfiO2V/Xze28Zc+ip4wIDAQABMA0GCSqGSIb3DQEBCwUA
A4IBAQCCqsck5FT1HHLzKQzkgO7DJTLeHMJzCQUXn/LQF5VtpzUzf1E04f9wVhqm
hkvMMhfbJWp9Defvq04Ke1qVZ2dYwgd3w01UU+2hqFZgrXFGPoY4j5xaj771NOE3
mT9h7de37ptQcLEfhHWrYpfuU2n/6kQeRmCXlk4YdWdJ1YM9Rh/kwcl19K7Fw+Wm
NXY4HOltPaPLDRt5noTvzXFTms7dx/4jXnLuPUml4Kzlp9cThUqy2Wm+5FaGj7LB
lyJZ9vLX7jshQwsfoDMGNQ0O8h1rzh48XWmHAs1H4Hk39lgNfqHy2H3BsNQHMGtE
wedqBtmZ/khQgmjrHLu4CG8EZfKk
-----END CERTIFICATE-----
)";
const std::string kDelivery1 = R"({
  "Type": "Notification",
  "MessageId": "22b80b92",
  "TopicArn": "arn:aws:sns:eu-central-1:123456789012:mail",
  "Subject": "Amazon SES Email Event Notification",
  "Message": "{\"notificationType\":\"Delivery\",\"mail\":{\"timestamp\":\"2026-11-24T08:00:00.000Z\",\"messageId\":\"0102-1\",\"source\":\"olena@gurt.example\",\"destination\":[\"buyer@firm.example\"]},\"delivery\":{\"timestamp\":\"2026-11-24T08:00:02.000Z\",\"recipients\":[\"buyer@firm.example\"],\"smtpResponse\":\"250 ok\"}}",
  "Timestamp": "2026-11-24T08:00:03.000Z",
  "SignatureVersion": "1",
  "Signature": "Y684XWVXNUtkyBi/wOZw7DwbQTp2JlQ2rrrAlk6HxA7WESHuKfqelanzMCo5+9SToEOshB9Qv4+t8diEWtgLui9gk/AZsczOi23OGqbLK3hiq95edSvTfNha42RfJTHHExcn/HcdgMqxhMOR6OLHO3MCEuQm1IfY2FmiaNNkjIZVgp2bNHXkKy5lJ1uNeYx+Cv4wqzEtzzkeG1pAh81Ydk8dQ8B2HR4bMb9QdjRjRCQ7sW+ZTApeGz/wbdZ95cCN7jkRXS0bKjDLVvPjaCxhcTgVzqOJw9cbecqK/AFZxoCOVUZaQjtPKlFuJ+seWBg1AsbTe99mrJiOekGYGhdVzA==",
  "SigningCertURL": "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123abcd.pem"
})";
const std::string kDelivery2 = R"({
  "Type": "Notification",
  "MessageId": "22b80b92",
  "TopicArn": "arn:aws:sns:eu-central-1:123456789012:mail",
  "Subject": "Amazon SES Email Event Notification",
  "Message": "{\"notificationType\":\"Delivery\",\"mail\":{\"timestamp\":\"2026-11-24T08:00:00.000Z\",\"messageId\":\"0102-1\",\"source\":\"olena@gurt.example\",\"destination\":[\"buyer@firm.example\"]},\"delivery\":{\"timestamp\":\"2026-11-24T08:00:02.000Z\",\"recipients\":[\"buyer@firm.example\"],\"smtpResponse\":\"250 ok\"}}",
  "Timestamp": "2026-11-24T08:00:03.000Z",
  "SignatureVersion": "2",
  "Signature": "iwDLrwIsgpCS4KnIWcPjRe5IUdIHFUsgfRFvYFG2hUk2wqebVBPzrGlxcrIZa1DNWHllsWXbkcsrP47xhrd8SoWN40lYPfZRYYOdlsIKN+Y56q7/og3SZYMq3NVFl1ZBfCWRTop66hSiJXo1SE9OxMz8up+kdkO74A7+4itkqnxiir0qsuzrqZLzhE/3cr+DKHKtAkYU1PTGjHQ/fNNx3Q0f+qTyXpOlTQxedK2orc2RH1fgx1fFdcYmNBPz1WzSlw8AvpMDL9HfepmJaDennE5i+1AqoYLN6x3IvTFMuDmLM0EMbl5fKXNGeG9NlEf3LF+A5gghfc+4DDGvyPFNUQ==",
  "SigningCertURL": "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123abcd.pem"
})";
const std::string kConfirmation = R"({
  "Type": "SubscriptionConfirmation",
  "MessageId": "165545c9",
  "Token": "2336412f37",
  "TopicArn": "arn:aws:sns:eu-central-1:123456789012:mail",
  "Message": "You have chosen to subscribe",
  "SubscribeURL": "https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f37",
  "Timestamp": "2026-11-24T08:00:00.000Z",
  "SignatureVersion": "1",
  "Signature": "lZAHQpkuemSnMbtqdqCkYCVYKddirZ3XNzBhFRl3m4Hz9Et14hkmB6FBxTVVtZKJLH5yajUqdHhpwvpQdCqthrnC445kFxbHyOED4yoPyOMpoybZKyTADzGdlDgmG64EbMeX8Ady4hH1bgj84L8L+lpYSqRcpioJGXVMGyCMDaX+7O1hADPBU32LCeK9SpcuD4eUNGT9/sD9jlTM3vcpiBd0cG+92qPEkvAo8CyvqmLkBAHFK24LnH6WmtVt3F9wplpOfmH0gWqayS9uwkrXqZNIRMXUBPsRT0EFQ67aHZMgXqddat0w1c9QJCvl8FpT/J2uH8tSzDkKo7TRVpxqsg==",
  "SigningCertURL": "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123abcd.pem"
})";
const std::string kConfirmationElsewhere = R"({
  "Type": "SubscriptionConfirmation",
  "MessageId": "165545c9",
  "Token": "2336412f37",
  "TopicArn": "arn:aws:sns:eu-central-1:123456789012:mail",
  "Message": "You have chosen to subscribe",
  "SubscribeURL": "https://sns.eu-central-1.amazonaws.com.evil.example/?x",
  "Timestamp": "2026-11-24T08:00:00.000Z",
  "SignatureVersion": "2",
  "Signature": "eVKVkeUMJiS3HN403D7HJD9+pH8YUrVt3C4d+0XG2UlcqQA5meesZyxAQePsaCIpW9Y3j1Y03nB4BQtjBNqZQS156TYXf0woScppDO1rtfnNsFc2OBU19DIVfFMOswHEO0mjuawsrdIxBWNRvr78w5KqaKYaddHuobteD5m5dILsvD7p++bZQlnGeQKFBuE5Sy0Qde1S5NGk90LE54ebHEyWC7/Dax6y97YdpF8CzBe+4C73mWBYaN3Dfxb3DodqrApid3pe0VajGdhx+XUxXWExwbC9X07oyr60FzUkHdMsHL39uBVfBd0fS8QGsC8FYOX3b+MYsyc9kKzSi0iKSQ==",
  "SigningCertURL": "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123abcd.pem"
})";

}  // namespace ledger::samples
