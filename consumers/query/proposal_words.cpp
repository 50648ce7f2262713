#include "consumers/query/proposal_words.h"

#include "events/types/interaction_ruling.h"
#include "events/types/payment_ruling.h"
#include "projections/receivables/pay_proposals.h"
#include "projections/unmatched/proposals.h"
#include "projections/unmatched/queries.h"

namespace ledger {

namespace {

struct Words {
  std::string_view uk;
  std::string_view en;
};

Words words_of(unmatched::Reason reason) {
  using unmatched::Reason;
  switch (reason) {
    case Reason::kSameBooking:
      return {"цю саму проводку банку вже враховано клієнтові",
              "this booking of the bank counts for the client already"};
    case Reason::kTaxCode:
      return {"код платника є на картці", "the payer's code is on the card"};
    case Reason::kIban:
      return {"рахунок платника є на картці", "the payer's account is on the card"};
    case Reason::kInvoiceNumber:
      return {"у призначенні названо рахунок клієнта",
              "the purpose names an invoice of the client"};
    case Reason::kContractNumber:
      return {"у призначенні названо договір клієнта",
              "the purpose names a contract of the client"};
    case Reason::kPurposeTaxCode:
      return {"у призначенні названо код клієнта", "the purpose names the client's code"};
    case Reason::kSharedKey:
      return {"телефон або адреса є на картці", "the telephone or address is on the card"};
    case Reason::kPayerName:
      return {"платник зветься так само", "the payer is called as the client is"};
    case Reason::kSimilarName:
      return {"платник зветься подібно", "the payer is called much like the client"};
    case Reason::kAmount:
      return {"відкритий рахунок клієнта на ту саму суму",
              "an open invoice of the client is of the same amount"};
  }
  return {};
}

Words words_of(unmatched::Cause cause) {
  using unmatched::Cause;
  switch (cause) {
    case Cause::kUnknownClient:
      return {"клієнта не визначено", "nobody knows which client it is"};
    case Cause::kUnknownExtension:
      return {"внутрішній номер не закріплено за жодним менеджером",
              "the extension is no manager's"};
    case Cause::kUnknownSender:
      return {"адреса відправника не належить жодному менеджеру",
              "the sender's address is no manager's"};
  }
  return {};
}

Words words_of(receivables::PayReason reason) {
  using receivables::PayReason;
  switch (reason) {
    case PayReason::kNamedInvoice:
      return {"платник назвав рахунок", "the payer named the invoice"};
    case PayReason::kNamedContract:
      return {"платник назвав договір рахунка", "the payer named the invoice's contract"};
    case PayReason::kAmount:
      return {"відкрито стільки ж, скільки вільно", "as much is open as is free"};
    case PayReason::kNextInOrder:
      return {"перший за черговістю оплати", "the first in the order of payment"};
  }
  return {};
}

Words words_of(MoneyNature nature) {
  switch (nature) {
    case MoneyNature::kSupplierRefund:
      return {"повернення від постачальника", "a supplier's refund"};
    case MoneyNature::kOwnTransfer:
      return {"переказ власних коштів", "a transfer of our own"};
    case MoneyNature::kBank:
      return {"операція банку", "the bank's own booking"};
    case MoneyNature::kTax:
      return {"повернення з бюджету", "a return from the budget"};
    case MoneyNature::kLoan:
      return {"позика", "a loan"};
    case MoneyNature::kOther:
      return {"інше", "something else"};
  }
  return {};
}

Words words_of(InteractionNature nature) {
  switch (nature) {
    case InteractionNature::kWrongNumber:
      return {"помилка номером або адресою", "a wrong number or address"};
    case InteractionNature::kPrivate:
      return {"приватна розмова", "a private matter"};
    case InteractionNature::kSpam:
      return {"спам, реклама", "spam, advertising"};
    case InteractionNature::kSupplier:
      return {"постачальник або підрядник", "a supplier or contractor"};
    case InteractionNature::kInternal:
      return {"свої: співробітник або філія", "our own people"};
    case InteractionNature::kTest:
      return {"перевірка зв’язку", "a test"};
    case InteractionNature::kOther:
      return {"інше", "something else"};
  }
  return {};
}

template <class Word>
void write_words(JsonWriter& json) {
  json.begin_object();
  for (const auto word : names(Word{})) {
    const Words words = words_of(*from_name<Word>(word));
    json.key(word).begin_object();
    json.member("text_uk", words.uk);
    json.member("text_en", words.en);
    json.end_object();
  }
  json.end_object();
}

template <class Reason>
void write_reasons(JsonWriter& json) {
  json.key("reasons").begin_object();
  for (const auto word : names(Reason{})) {
    const auto reason = *from_name<Reason>(word);
    const Words words = words_of(reason);
    json.key(word).begin_object();
    json.member("points", std::int64_t{points_of(reason)});
    json.member("text_uk", words.uk);
    json.member("text_en", words.en);
    json.end_object();
  }
  json.end_object();
}

}  // namespace

void write_match_reasons(JsonWriter& json) { write_reasons<unmatched::Reason>(json); }

void write_causes(JsonWriter& json) { write_words<unmatched::Cause>(json.key("causes")); }

void write_pay_reasons(JsonWriter& json) { write_reasons<receivables::PayReason>(json); }

void write_natures(JsonWriter& json) {
  write_words<MoneyNature>(json.key("natures"));
  write_words<InteractionNature>(json.key("interaction_natures"));
}

}  // namespace ledger
