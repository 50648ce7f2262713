#include <map>
#include <set>
#include <string>
#include <utility>

#include "projections/duty_records/ratios.h"

namespace ledger::duty_records {

namespace {

// What was last said of each offer: one that is described again is one offer.
std::map<std::pair<std::string_view, std::string_view>, const Entry*> described(const Book& book) {
  std::map<std::pair<std::string_view, std::string_view>, const Entry*> last;
  for (const auto* one : book.asked("offer.described")) {
    last[{one->client_id, one->text("offer_ref")}] = one;
  }
  return last;
}

// 56: three ticks on each offer; complete with all of them.
void count_ticks(const Book& book, Tally& tally) {
  for (const auto& [ref, offer] : described(book)) {
    tally.add(offer->manager_id, "", "offers");
    bool complete = true;
    for (const auto tick : {"characteristics", "price_range", "purchase_terms"}) {
      const bool has = offer->is_true(tick);
      if (has) tally.add(offer->manager_id, "", std::string("with_") + tick);
      complete = complete && has;
    }
    if (complete) tally.add(offer->manager_id, "", "complete");
  }
}

// 57: offers of something beside the goods.
void count_bundles(const Book& book, Tally& tally) {
  for (const auto& [ref, offer] : described(book)) {
    tally.add(offer->manager_id, "", "offers");
    if (!offer->text("bundle").empty()) tally.add(offer->manager_id, "", "with_bundle");
  }
}

// 58: letters from clients that no letter or offer of ours answers by its In-Reply-To.
void count_letters(const Book& book, Tally& tally) {
  std::set<std::string_view> answered;
  for (const auto* letter : book.all("letter.exchanged")) {
    if (letter->text("direction") == "sent") answered.insert(letter->text("in_reply_to"));
  }
  for (const auto* offer : book.all("offer.emailed")) answered.insert(offer->text("in_reply_to"));
  for (const auto* letter : book.asked("letter.exchanged")) {
    if (letter->text("direction") != "received") continue;
    const bool is_answered = answered.contains(letter->text("message_id"));
    tally.add(letter->manager_id, letter->client_id, "received");
    tally.add(letter->manager_id, letter->client_id, is_answered ? "answered" : "unanswered");
    if (!is_answered) tally.wait(letter->manager_id, *letter);
  }
}

// 60: a need is offered for where something else was offered to its client from its day on.
void count_needs(const Book& book, Tally& tally) {
  for (const auto* need : book.asked("need.recorded")) {
    const auto direction = need->text("direction");
    tally.add(need->manager_id, direction, "needs");
    bool offered = false;
    bool accepted = false;
    for (const auto* other : book.all("analogue.offered")) {
      if (other->client_id != need->client_id || other->time < need->time) continue;
      offered = true;
      accepted = accepted || other->is_true("accepted");
    }
    if (offered) tally.add(need->manager_id, direction, "offered");
    if (accepted) tally.add(need->manager_id, direction, "accepted");
  }
}

// 70: what became of analogues, and for how many of the shortages of these days there was one.
void count_analogues(const Book& book, Tally& tally) {
  std::set<std::string_view> answered;
  for (const auto* one : book.all("analogue.offered")) answered.insert(one->text("case_id"));
  for (const auto* one : book.asked("analogue.offered")) {
    const auto wanted = one->text("wanted");
    const auto word = one->text("accepted");
    tally.add(one->manager_id, wanted, "offered");
    tally.add(one->manager_id, wanted,
              word.empty() ? "undecided" : (word == "true" ? "accepted" : "refused"));
  }
  std::set<std::string_view> cases;
  for (const auto* shortage : book.asked("stockout.reported")) {
    const auto id = shortage->text("case_id");
    if (!cases.insert(id).second) continue;
    const auto product = shortage->text("product");
    tally.add(shortage->manager_id, product, "shortages");
    if (answered.contains(id)) tally.add(shortage->manager_id, product, "shortages_offered");
  }
}

constexpr Rule kRules[] = {
    {.duty_id = "offers.completeness",
     .name = "offer_completeness.v1",
     .reads = {"offer.described"},
     .figures = {"offers", "with_characteristics", "with_price_range", "with_purchase_terms",
                 "complete"},
     .part = "complete",
     .of = "offers",
     .count = count_ticks},
    {.duty_id = "offers.bundles",
     .name = "bundle_rate.v1",
     .reads = {"offer.described"},
     .figures = {"offers", "with_bundle"},
     .part = "with_bundle",
     .of = "offers",
     .count = count_bundles},
    {.duty_id = "letters.answered",
     .name = "letters_answered.v1",
     .reads = {"letter.exchanged", "offer.emailed"},
     .figures = {"received", "answered", "unanswered"},
     .part = "answered",
     .of = "received",
     .key = "client_id",
     .count = count_letters},
    {.duty_id = "needs.alternatives",
     .name = "need_alternatives.v1",
     .reads = {"need.recorded", "analogue.offered"},
     .figures = {"needs", "offered", "accepted"},
     .part = "accepted",
     .of = "offered",
     .key = "direction",
     .count = count_needs},
    {.duty_id = "analogues.offered",
     .name = "analogue_share.v1",
     .reads = {"analogue.offered", "stockout.reported"},
     .figures = {"offered", "accepted", "refused", "undecided", "shortages", "shortages_offered"},
     .part = "accepted",
     .of = "offered",
     .key = "product",
     .count = count_analogues},
};

}  // namespace

std::span<const Rule> offer_rules() { return kRules; }

}  // namespace ledger::duty_records
