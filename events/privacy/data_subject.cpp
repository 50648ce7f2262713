#include "events/privacy/data_subject.h"

#include <algorithm>
#include <array>

#include "events/json_codec.h"
#include "events/phone.h"
#include "events/types/amendment.h"
#include "events/types/call.h"
#include "events/types/call_leg.h"
#include "events/types/client.h"
#include "events/types/meeting.h"
#include "events/types/offer_response.h"
#include "events/types/payment.h"
#include "events/types/person.h"
#include "events/types/proposal.h"

namespace ledger::privacy {

namespace {

enum class Whose {
  kContact,
  kNaturalClient,
  kNumber,
  kCallsNumber,  // as the sender spelled it
  kAddress,
  kNoticesAddress,  // whatever a mail system wrote of it
  kNamedAtClient,
  kPayer,
};

struct Rule {
  std::string_view type;
  std::string_view member;
  Whose whose;
  Remainder remainder;
};

// THE list. A count that hangs on how many recipients or participants there were keeps them.
constexpr std::array kRules = {
    Rule{"contact_person.set", "name", Whose::kContact, Remainder::kWord},
    Rule{"contact_person.set", "phones", Whose::kContact, Remainder::kNothing},
    Rule{"contact_person.set", "emails", Whose::kContact, Remainder::kNothing},
    Rule{"contact_person.set", "birthday", Whose::kContact, Remainder::kNothing},
    Rule{"client.registered", "name", Whose::kNaturalClient, Remainder::kWord},
    Rule{"client.registered", "tax_code", Whose::kNaturalClient, Remainder::kNothing},
    Rule{"client.registered", "phones", Whose::kNaturalClient, Remainder::kNothing},
    Rule{"client.registered", "emails", Whose::kNaturalClient, Remainder::kNothing},
    Rule{"client.registered", "ibans", Whose::kNaturalClient, Remainder::kNothing},
    Rule{"client.registered", "address", Whose::kNaturalClient, Remainder::kNothing},
    Rule{"client.registered", "director", Whose::kNaturalClient, Remainder::kNothing},
    Rule{"client.registered", "short_name", Whose::kNaturalClient, Remainder::kNothing},
    Rule{"client.registered", "actual_address", Whose::kNaturalClient, Remainder::kNothing},
    Rule{"client.updated", "name", Whose::kNaturalClient, Remainder::kWord},
    Rule{"client.updated", "tax_code", Whose::kNaturalClient, Remainder::kNothing},
    Rule{"client.updated", "phones", Whose::kNaturalClient, Remainder::kNothing},
    Rule{"client.updated", "emails", Whose::kNaturalClient, Remainder::kNothing},
    Rule{"client.updated", "ibans", Whose::kNaturalClient, Remainder::kNothing},
    Rule{"client.updated", "address", Whose::kNaturalClient, Remainder::kNothing},
    Rule{"client.updated", "director", Whose::kNaturalClient, Remainder::kNothing},
    Rule{"client.updated", "short_name", Whose::kNaturalClient, Remainder::kNothing},
    Rule{"client.updated", "actual_address", Whose::kNaturalClient, Remainder::kNothing},
    Rule{"call.completed", "client_phone_raw", Whose::kCallsNumber, Remainder::kNothing},
    Rule{"call.completed", "client_phone", Whose::kNumber, Remainder::kNothing},
    Rule{"call.leg_completed", "client_phone_raw", Whose::kCallsNumber, Remainder::kNothing},
    Rule{"call.leg_completed", "client_phone", Whose::kNumber, Remainder::kNothing},
    Rule{"inquiry.received", "phone", Whose::kNumber, Remainder::kNothing},
    Rule{"inquiry.received", "email", Whose::kAddress, Remainder::kNothing},
    Rule{"offer.emailed", "recipients", Whose::kAddress, Remainder::kAddress},
    Rule{"offer.delivery_changed", "recipient", Whose::kAddress, Remainder::kAddress},
    Rule{"offer.delivery_changed", "reason", Whose::kNoticesAddress, Remainder::kNothing},
    Rule{"offer.answered", "sender", Whose::kAddress, Remainder::kAddress},
    Rule{"letter.exchanged", "address", Whose::kAddress, Remainder::kAddress},
    Rule{"meeting.held", "participants", Whose::kNamedAtClient, Remainder::kWord},
    Rule{"payment.received", "payer_name", Whose::kPayer, Remainder::kNothing},
    Rule{"payment.received", "payer_tax_code", Whose::kPayer, Remainder::kNothing},
    Rule{"payment.received", "payer_iban", Whose::kPayer, Remainder::kNothing},
    Rule{"payment.received", "purpose", Whose::kPayer, Remainder::kNothing},
};

const Rule* rule_of(std::string_view type, std::string_view member) {
  const auto* rule = std::find_if(kRules.begin(), kRules.end(), [&](const Rule& each) {
    return each.type == type && each.member == member;
  });
  return rule == kRules.end() ? nullptr : rule;
}

bool is_natural(const TaxCode& code) { return code.text().size() == 10; }

// As a sender spelled it, too: both spellings of one number are one subject's.
std::string name_of_number(std::string_view text) {
  const auto phone = Phone::parse_spelled(text);
  return "phone/" + (phone ? std::string(phone->text()) : std::string(text));
}
std::string name_of_address(std::string_view text) { return "email/" + std::string(text); }
std::string name_of_code(std::string_view code) { return "tax/" + std::string(code); }
std::string name_at(const ClientId& client, std::string_view text) {
  return "name/" + client.text() + "/" + std::string(text);
}

Result<bool> is_natural_by(const std::optional<TaxCode>& code, const ClientId& client,
                           const IsNatural& on_card) {
  if (code) return is_natural(*code);
  return on_card(client);
}

Result<EventData> data_of(const std::string& type, const RawJson& data) {
  thread_local JsonCodec codec;
  return codec.decode_data(type, data.text, /*from_log=*/true);
}

Result<Bearing> bearing_of_amended(const EventAsRead& was, const IsNatural& on_card) {
  LEDGER_TRY(const auto data, data_of(was.type, was.data));
  return bearing_of(data, on_card);
}

// A code may stand in one of the two alone: it was wrong, or what was said is erased.
Result<Bearing> bearing_of_corrected(const EventCorrected& event, const IsNatural& on_card) {
  LEDGER_TRY(auto bearing, bearing_of_amended(*event.was, on_card));
  LEDGER_TRY(const auto data, data_of(event.was->type, event.data));
  LEDGER_TRY(auto now, bearing_of(data, on_card));
  bearing.natural_client |= now.natural_client;
  if (now.payer_code) bearing.payer_code = std::move(now.payer_code);
  if (now.phone) bearing.phone = std::move(now.phone);
  return bearing;
}

// A proposal names its event, not its type: of those that can be proposed a payment is a person's.
Bearing bearing_of_proposed(const RawJson& proposed) {
  thread_local JsonCodec codec;
  const auto data = codec.decode_data(PaymentReceived::kName, proposed.text, /*from_log=*/true);
  if (!data) return {std::string(CorrectionProposed::kName)};
  return bearing_of(*data, [](const ClientId&) { return Result<bool>(false); }).value();
}

std::optional<std::string> name_by(const Bearing& bearing, Whose whose, std::string_view text) {
  switch (whose) {
    case Whose::kContact:
      if (!bearing.client || !bearing.contact) return std::nullopt;
      return name_of_contact(*bearing.client, *bearing.contact);
    case Whose::kNaturalClient:
      if (!bearing.client || !bearing.natural_client) return std::nullopt;
      return name_of_client(*bearing.client);
    case Whose::kNumber:
      return name_of_number(text);
    case Whose::kCallsNumber:
      return name_of_number(bearing.phone ? std::string_view(*bearing.phone) : text);
    case Whose::kAddress:
      return name_of_address(text);
    case Whose::kNoticesAddress:
      if (!bearing.address) return std::nullopt;
      return name_of_address(*bearing.address);
    case Whose::kNamedAtClient:
      if (!bearing.client) return std::nullopt;
      return name_at(*bearing.client, text);
    case Whose::kPayer:
      if (!bearing.payer_code) return std::nullopt;
      return name_of_code(*bearing.payer_code);
  }
  return std::nullopt;
}

template <class Card>
void add_keys(const Card& card, std::vector<std::string>& identifiers) {
  for (const auto& phone : card.phones) identifiers.push_back(name_of_number(phone.text()));
  for (const auto& email : card.emails) identifiers.push_back(name_of_address(email.text()));
}

template <class Card>
Belongings belongings_of_client(const Card& card) {
  Belongings his{name_of_client(card.client_id), {}};
  add_keys(card, his.identifiers);
  if (card.tax_code) his.identifiers.push_back(name_of_code(card.tax_code->text()));
  return his;
}

}  // namespace

std::string name_of_contact(const ClientId& client, const PersonId& person) {
  return "contact/" + client.text() + "/" + person.text();
}

std::string name_of_client(const ClientId& client) { return "client/" + client.text(); }

Result<Bearing> bearing_of(const EventData& data, const IsNatural& on_card) {
  if (const auto* voided = data.get_if<EventVoided>(); voided != nullptr && voided->was) {
    return bearing_of_amended(*voided->was, on_card);
  }
  if (const auto* corrected = data.get_if<EventCorrected>();
      corrected != nullptr && corrected->was) {
    return bearing_of_corrected(*corrected, on_card);
  }
  if (const auto* matched = data.get_if<InteractionMatched>(); matched != nullptr && matched->was) {
    return bearing_of_amended(*matched->was, on_card);
  }
  if (const auto* asked = data.get_if<CorrectionProposed>(); asked != nullptr && asked->data) {
    return bearing_of_proposed(*asked->data);
  }
  Bearing bearing{std::string(data.type().name)};
  if (const auto* set = data.get_if<ContactPersonSet>()) {
    bearing.client = set->client_id;
    bearing.contact = set->person_id;
  } else if (const auto* card = data.get_if<ClientRegistered>()) {
    bearing.client = card->client_id;
    LEDGER_TRY(bearing.natural_client, is_natural_by(card->tax_code, card->client_id, on_card));
  } else if (const auto* details = data.get_if<ClientUpdated>()) {
    bearing.client = details->client_id;
    LEDGER_TRY(bearing.natural_client,
               is_natural_by(details->tax_code, details->client_id, on_card));
  } else if (const auto* meeting = data.get_if<MeetingHeld>()) {
    bearing.client = meeting->client_id;
  } else if (const auto* call = data.get_if<CallCompleted>()) {
    if (call->client_phone) bearing.phone = call->client_phone->text();
  } else if (const auto* leg = data.get_if<CallLegCompleted>()) {
    if (leg->client_phone) bearing.phone = leg->client_phone->text();
  } else if (const auto* notice = data.get_if<OfferDeliveryChanged>()) {
    bearing.address = notice->recipient.text();
  } else if (const auto* payment = data.get_if<PaymentReceived>()) {
    const auto& code = payment->payer_tax_code;
    if (code && is_natural(*code)) bearing.payer_code = code->text();
  }
  return bearing;
}

bool is_sealed(std::string_view type, std::string_view member) {
  return rule_of(type, member) != nullptr;
}

std::optional<Subject> subject_of(const Bearing& bearing, std::string_view member,
                                  std::string_view text) {
  const Rule* rule = rule_of(bearing.type, member);
  if (rule == nullptr) return std::nullopt;
  auto name = name_by(bearing, rule->whose, text);
  if (!name) return std::nullopt;
  return Subject{*std::move(name), rule->remainder};
}

std::optional<Belongings> belongings_of(const EventData& data, const Bearing& bearing) {
  if (const auto* set = data.get_if<ContactPersonSet>()) {
    Belongings his{name_of_contact(set->client_id, set->person_id), {}};
    add_keys(*set, his.identifiers);
    his.identifiers.push_back(name_at(set->client_id, set->name));
    return his;
  }
  if (const auto* corrected = data.get_if<EventCorrected>(); corrected && corrected->was) {
    const auto now = data_of(corrected->was->type, corrected->data);
    return now ? belongings_of(*now, bearing) : std::nullopt;
  }
  if (!bearing.natural_client) return std::nullopt;
  if (const auto* card = data.get_if<ClientRegistered>()) return belongings_of_client(*card);
  if (const auto* details = data.get_if<ClientUpdated>()) return belongings_of_client(*details);
  return std::nullopt;
}

}  // namespace ledger::privacy
