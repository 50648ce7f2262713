#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/types/offer.h"
#include "events/types/offer_response.h"
#include "events/types/talk.h"
#include "projections/directory/one_client.h"
#include "projections/directory/sent_letter.h"
#include "projections/event_meta.h"
#include "projections/known.h"
#include "projections/store/view_batch.h"

// What became of a letter that we sent to a client: what it is, and his answers, which may come to
// the ledger before it.
namespace ledger::client_card {

// Key: client id, a zero byte, the letter's message id.
struct LetterRow {
  static constexpr char kTable = 'l';
  struct Sent {
    Position position;
    Known known;
    Date day;
    Timestamp time;
    directory::SentLetter letter;
    static void fields(auto&& field) {
      field("position", &Sent::position);
      field("known", &Sent::known);
      field("day", &Sent::day);
      field("time", &Sent::time);
      field("letter", &Sent::letter);
    }
  };
  struct Answer {
    Position position;
    Known known;
    Date day;
    Timestamp time;
    static void fields(auto&& field) {
      field("position", &Answer::position);
      field("known", &Answer::known);
      field("day", &Answer::day);
      field("time", &Answer::time);
    }
  };
  std::vector<Sent> sent;
  std::vector<Answer> answers;

  static void fields(auto&& field) {
    field("sent", &LetterRow::sent);
    field("answers", &LetterRow::answers);
  }
  [[nodiscard]] bool empty() const { return sent.empty() && answers.empty(); }
};

void note_letter(const OfferEmailed& event, const EventMeta& meta, ViewBatch& batch);
// Of a sender whom our gateway does not believe, nothing is noted: it answers nothing.
void note_letter(const OfferAnswered& event, const EventMeta& meta, ViewBatch& batch);
// A letter of theirs that names one of ours; of one that we sent nothing is noted.
void note_letter(const LetterExchanged& event, const EventMeta& meta, ViewBatch& batch);

// What is known as of a date of the letter that one event tells of, from all cards of the client.
// Another event may name the same message id: whoever forges a letter may.
struct Letter {
  std::optional<LetterRow::Sent> sent;      // nullopt: only answers are known
  std::optional<LetterRow::Answer> answer;  // the first of them
};
[[nodiscard]] Result<Letter> letter_of(const ViewSnapshot& snapshot,
                                       const directory::OneClient& client,
                                       std::string_view message_id, const Position& position,
                                       const AsOf& as_of);

// All that was ever told of answers to it on the cards of the client, also what was taken back.
[[nodiscard]] Result<std::vector<LetterRow::Answer>> answers_to(const ViewSnapshot& snapshot,
                                                                const directory::OneClient& client,
                                                                std::string_view message_id);

}  // namespace ledger::client_card
