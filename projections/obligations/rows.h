#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/types/collection.h"
#include "events/types/feedback.h"
#include "events/types/meeting.h"
#include "events/types/need.h"
#include "events/types/person.h"
#include "events/types/stock.h"
#include "events/types/supply.h"
#include "events/types/tender.h"
#include "projections/said.h"

// What is owed and by when, so far as no other view holds it: complaints, follow-ups and acts lie
// on the client card, invoices in receivables, reports in their own view. Rows keep what was said;
// what is open or overdue is decided for the date that is asked for. The lists of fields are
// constexpr because the fold asks them while it is compiled which events it is to keep.
namespace ledger::obligations {

inline constexpr std::string_view kName = "obligations";
inline constexpr int kVersion = 3;

// Key: client id. Events that always say whose they are.
struct ClientRow {
  static constexpr char kTable = 'c';

  std::vector<Told<ComplaintAssigned>> complaints_assigned;
  std::vector<Told<StockoutReported>> stockouts;
  std::vector<Told<StockPromiseMade>> promises;
  std::vector<Told<StockPromiseKept>> promises_kept;
  std::vector<Told<AnalogueOffered>> analogues;
  std::vector<Told<ConsultationRequested>> consultations;
  std::vector<Told<ConsultationAnswered>> consultations_answered;
  std::vector<Told<TenderFound>> tenders;
  std::vector<Told<TenderBidSubmitted>> bids;
  std::vector<Told<TenderDecided>> tenders_decided;
  std::vector<Told<MeetingHeld>> meetings;  // those that were planned
  std::vector<Told<GreetingSent>> greetings;
  std::vector<Told<CollectionActionTaken>> actions;

  static constexpr void fields(auto&& field) {
    field("complaints_assigned", &ClientRow::complaints_assigned);
    field("stockouts", &ClientRow::stockouts);
    field("promises", &ClientRow::promises);
    field("promises_kept", &ClientRow::promises_kept);
    field("analogues", &ClientRow::analogues);
    field("consultations", &ClientRow::consultations);
    field("consultations_answered", &ClientRow::consultations_answered);
    field("tenders", &ClientRow::tenders);
    field("bids", &ClientRow::bids);
    field("tenders_decided", &ClientRow::tenders_decided);
    field("meetings", &ClientRow::meetings);
    field("greetings", &ClientRow::greetings);
    field("actions", &ClientRow::actions);
  }
  [[nodiscard]] bool empty() const { return all_empty(*this); }
};

// Key: product, as the trade names it, by fold_words().
struct ProductRow {
  static constexpr char kTable = 'g';
  std::vector<Told<GoodsArrived>> arrived;
  std::vector<Told<StockoutReported>> wanted;
  std::vector<Told<StockPromiseMade>> promised;
  static constexpr void fields(auto&& field) {
    field("arrived", &ProductRow::arrived);
    field("wanted", &ProductRow::wanted);
    field("promised", &ProductRow::promised);
  }
  [[nodiscard]] bool empty() const { return all_empty(*this); }
};

// Key: what the functions below begin, and what they say behind it. What there may be of somebody,
// so that a question reads his cases and no others; an event that was taken back leaves it, since
// it was known once.
struct IndexRow {
  static constexpr char kTable = 'x';
  bool mentioned = false;
  static void fields(auto&& field) { field("mentioned", &IndexRow::mentioned); }
};
// Clients that a manager was assigned, or owes something; and cases of a manager or of a client, by
// the table of their row.
[[nodiscard]] std::string clients_key(std::string_view manager_id);
[[nodiscard]] std::string manager_cases_key(char table, std::string_view manager_id);
[[nodiscard]] std::string client_cases_key(char table, std::string_view client_id);

// Key: acts_key(), the day, a zero byte and the client: whom a manager met, or with whom he signed.
struct ActRow {
  static constexpr char kTable = 'a';
  struct Done {
    Position position;
    Known known;
    static void fields(auto&& field) {
      field("position", &Done::position);
      field("known", &Done::known);
    }
  };
  std::vector<Done> done;
  static void fields(auto&& field) { field("done", &ActRow::done); }
  [[nodiscard]] bool empty() const { return done.empty(); }
};
[[nodiscard]] std::string acts_key(std::string_view manager_id);

}  // namespace ledger::obligations
