#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/types/notice.h"
#include "events/types/offer_content.h"
#include "projections/directory/sent_letter.h"
#include "projections/said.h"

// Offers and what was said of them, for the rules that an offer has to keep (domain-semantics.md 1,
// rows 17, 40, 55, 56). Rows keep what was said and no verdict: the card against which an offer is
// checked may be told later, or be taken back.
namespace ledger::offer_checks {

inline constexpr std::string_view kName = "offer_checks";
inline constexpr int kVersion = 4;

// That an offer was made: a letter to one company, or a telephone call.
struct Made {
  Position position;
  Known known;
  Timestamp time;
  Date day;
  std::string manager_id;             // empty: nobody gets the credit yet
  directory::SentLetter letter = {};  // of a letter
  static void fields(auto&& field) {
    field("position", &Made::position);
    field("known", &Made::known);
    field("time", &Made::time);
    field("day", &Made::day);
    field("manager_id", &Made::manager_id);
    field("letter", &Made::letter);
  }
};

// Key: client id, a zero byte, the offer's name (name_of_offer).
struct OfferRow {
  static constexpr char kTable = 'o';
  std::vector<Made> mailed;
  std::vector<Made> phoned;
  std::vector<Told<OfferDescribed>> described;

  static void fields(auto&& field) {
    field("mailed", &OfferRow::mailed);
    field("phoned", &OfferRow::phoned);
    field("described", &OfferRow::described);
  }
  [[nodiscard]] bool empty() const { return all_empty(*this); }
};
[[nodiscard]] std::string offer_key(std::string_view client_id, std::string_view name);

// Key: business day, a zero byte, client id. Where to look for the offers of a day; those that were
// taken back stay named, since it was not always known.
struct DayRow {
  static constexpr char kTable = 'd';
  std::vector<std::string> names;  // sorted
  static void fields(auto&& field) { field("names", &DayRow::names); }
  [[nodiscard]] bool empty() const { return names.empty(); }
};
[[nodiscard]] std::string day_key(Date day, std::string_view client_id);

// Key: product id.
struct ProductRow {
  static constexpr char kTable = 'p';
  std::vector<Told<ProductRegistered>> registered;
  static void fields(auto&& field) { field("registered", &ProductRow::registered); }
  [[nodiscard]] bool empty() const { return registered.empty(); }
};

}  // namespace ledger::offer_checks
