#include "consumers/query/letter_words.h"

namespace ledger {

LetterWords words_of(directory::CountsAs letter) {
  using directory::CountsAs;
  switch (letter) {
    case CountsAs::kOffer:
      return {"пропозиція", "an offer"};
    case CountsAs::kReply:
      return {"відповідь без документа, не пропозиція", "an answer without a document, no offer"};
    case CountsAs::kUnmarked:
      return {"лист без ознаки пропозиції за правилом",
              "a letter without a mark by which the rule knows an offer"};
    case CountsAs::kForward:
      return {"переслане, не пропозиція", "passed on, no offer"};
    case CountsAs::kUnverified:
      return {"наш поштовий шлюз не підтвердив відправника",
              "our mail gateway does not believe the sender"};
    case CountsAs::kStranger:
      return {"відправник не є нашим менеджером", "the sender is no manager of ours"};
    case CountsAs::kBounced:
      return {"не доставлено нікому", "reached nobody"};
  }
  return {};
}

}  // namespace ledger
